"""A small archive in which somebody has to decide who is who."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from claimtrack.records import Speaker, SpeakerKind, digest
from claimtrack.store import Store
from tests.store.build import COUNCIL, MAYOR, RIVAL, make_article, make_claim, put

TEXT = "Quill of the Council said the bridge is open, and the road is shut, and the tram is late."
PARTS = ("the bridge is open", "the road is shut", "the tram is late")
ADA = Speaker("s" + digest("a. quill")[:12], "A. Quill", SpeakerKind.PERSON)
WHO = "mia"


def put_all(store: Store, number: int, *speakers: Speaker, outlet: str = "Harbour Times") -> list[str]:
    """Store an article in which these speakers say one thing each; returns the keys of the claims."""
    article = make_article(f"{number}. {TEXT}", f"{number}.txt", outlet, day=number)
    claims = [
        replace(make_claim(article, part, replace(speaker, name="Quill")), speaker=speaker)
        for part, speaker in zip(PARTS, speakers, strict=False)
    ]
    put(store, article, *claims)
    return [claim.key for claim in claims]


@pytest.fixture
def archive(store: Store) -> Store:
    put_all(store, 1, MAYOR, RIVAL, COUNCIL)
    put_all(store, 2, ADA, RIVAL, outlet="Hill Gazette")
    put_all(store, 3, MAYOR)
    return store


@pytest.fixture
def counts(archive: Store) -> Callable[[], dict[str, int]]:
    return lambda: {view.name: view.claims for view in archive.speakers()}
