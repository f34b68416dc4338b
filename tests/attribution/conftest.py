"""One parse for all attribution tests: the real language model."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claimtrack.attribution.chains import chain_relays
from claimtrack.attribution.finder import find_attributions
from claimtrack.knowledge import load_knowledge
from claimtrack.language.model import load
from claimtrack.records import Article, Attribution

Extract = Callable[[str], list[Attribution]]


@pytest.fixture(scope="session")
def extract() -> Extract:
    model, knowledge = load(), load_knowledge()

    def run(text: str) -> list[Attribution]:
        article = Article(text, "test.txt", outlet="Harbour Post")
        parsed = model.parse(article)
        return chain_relays(article, parsed, find_attributions(article, parsed), knowledge)

    return run
