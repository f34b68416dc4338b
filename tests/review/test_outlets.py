"""Outlets that are one: lists, later articles, keys that stay, and undoing."""

from __future__ import annotations

import pytest

from claimtrack import review
from claimtrack.errors import NotFoundError, UsageError
from claimtrack.store import Store
from tests.review.conftest import ADA, WHO, put_all
from tests.store.build import MAYOR, RIVAL


def counts(store: Store) -> dict[str, tuple[int, int]]:
    return {view.name: (view.articles, view.claims) for view in store.outlets()}


def test_merged_outlets_are_listed_as_one(archive: Store) -> None:
    start = counts(archive)
    assert start == {"Harbour Times": (2, 4), "Hill Gazette": (1, 2)}
    before = [(a.id, a.path, a.title) for a in archive.articles()]
    change = review.merge_outlets(archive, "hill gazette", "Harbour Times", WHO)
    assert counts(archive) == {"Harbour Times": (3, 6)}
    assert [(a.id, a.path, a.title) for a in archive.articles()] == before
    assert {claim.outlet for claim in archive.claims()} == {"Harbour Times"}
    assert len(list(archive.claims(outlet="Hill Gazette"))) == 6
    put_all(archive, 2, ADA, RIVAL, outlet="Hill Gazette")
    put_all(archive, 7, MAYOR, outlet="Hill Gazette")
    assert counts(archive) == {"Harbour Times": (4, 7)}
    assert list(archive.verify()) == []
    review.undo(archive, change.decision.id, WHO)
    assert counts(archive) == {"Harbour Times": (2, 4), "Hill Gazette": (2, 3)}
    assert list(archive.verify()) == []


def test_merging_the_merged_outlets(archive: Store) -> None:
    put_all(archive, 8, MAYOR, outlet="Night Post")
    start = counts(archive)
    review.merge_outlets(archive, "Hill Gazette", "Night Post", WHO)
    first = next(archive.decisions())
    review.merge_outlets(archive, "Night Post", "Harbour Times", WHO)
    assert counts(archive) == {"Harbour Times": (4, 7)}
    review.undo(archive, first.id, WHO)
    assert counts(archive) == {"Harbour Times": (3, 5), "Hill Gazette": (1, 2)}
    review.undo(archive, None, WHO)
    assert counts(archive) == start


def test_what_cannot_be_merged(archive: Store) -> None:
    with pytest.raises(UsageError, match="one outlet"):
        review.merge_outlets(archive, "Hill Gazette", "HILL  gazette", WHO)
    with pytest.raises(NotFoundError, match="Did you mean Hill Gazette"):
        review.merge_outlets(archive, "Hill Gazete", "Harbour Times", WHO)
