"""A text twice as long is at most somewhat more than twice the work: counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import pytest

from claimtrack.attribution.modes import Mode
from claimtrack.extraction import extract
from claimtrack.knowledge import load_knowledge
from claimtrack.language.model import load
from claimtrack.language.unreadable import find_unreadable
from claimtrack.records import Article

# Without some words between, floods are not read at all.
WORDS = (
    "and then this old town near our river should again get rain before winter, since nobody who ever lived"
    " on its banks can tell how high water rose when her mills were built of stone, "
)
FLOODS = ["he said ", "“said” ", "according to Ada Quill, ", '"yes" ', "“No,” said Bo. ", "“Bo said no.\n\n"]


def calls(text: str) -> int:
    """How many Python functions run while a text is extracted."""
    model, knowledge = load(), load_knowledge()
    article = Article(text, "a.txt")
    extract(article, model, knowledge, Mode.RULES)  # what is remembered of its words is no part of it
    count: Counter[str] = Counter()

    def note(_frame: Any, event: str, _arg: Any) -> None:
        count[event] += 1

    sys.setprofile(note)
    try:
        extract(article, model, knowledge, Mode.RULES)
    finally:
        sys.setprofile(None)
    return count["call"]


@pytest.mark.slow
@pytest.mark.parametrize("flood", FLOODS)
def test_work_grows_with_the_text(flood: str) -> None:
    text = flood * (2_400 // len(flood)) + WORDS
    assert find_unreadable(text * 2) == []
    assert calls(text * 4) < 2.6 * calls(text * 2)
