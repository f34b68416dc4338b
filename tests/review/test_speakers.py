"""Merging, splitting and telling apart: what it does to lists and look-ups, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from claimtrack import review
from claimtrack.errors import NotFoundError, UsageError
from claimtrack.store import Store
from tests.review.conftest import ADA, WHO, put_all
from tests.store.build import COUNCIL, MAYOR, RIVAL

Counts = Callable[[], dict[str, int]]
START = {"Ada Quill": 2, "Bo Quill": 2, "A. Quill": 1, "Harbour Council": 1}


def test_merging_moves_claims_names_and_look_ups(archive: Store, counts: Counts) -> None:
    assert counts() == START
    change = review.merge_speakers(archive, "A. Quill", "Ada Quill", WHO, "same desk")
    assert counts() == {"Ada Quill": 3, "Bo Quill": 2, "Harbour Council": 1}
    assert [(m.former, m.now, m.claims) for m in change.moves] == [(ADA.key, MAYOR.key, 1)]
    for name in ("A. Quill", "a.  quill", ADA.key, ADA.key[:6], "Ada Quill", "Mayor Quill"):
        assert archive.find_speaker(name).id == MAYOR.key
    assert set(archive.find_speaker(MAYOR.key).aliases) == {"Mayor Quill", "A. Quill"}
    assert {claim.speaker_id for claim in archive.claims(speaker="A. Quill")} == {MAYOR.key}
    assert list(archive.verify()) == []


def test_a_later_article_lands_with_who_its_speaker_was_merged_into(archive: Store, counts: Counts) -> None:
    review.merge_speakers(archive, "A. Quill", "Ada Quill", WHO)
    put_all(archive, 9, ADA)
    put_all(archive, 2, ADA, RIVAL, outlet="Hill Gazette")
    assert counts() == {"Ada Quill": 4, "Bo Quill": 2, "Harbour Council": 1}
    assert list(archive.verify()) == []


def test_merging_the_merged_and_undoing_in_another_order(archive: Store, counts: Counts) -> None:
    first = review.merge_speakers(archive, "A. Quill", "Ada Quill", WHO).decision
    second = review.merge_speakers(archive, "Ada Quill", "Bo Quill", WHO).decision
    assert counts() == {"Bo Quill": 5, "Harbour Council": 1}
    review.undo(archive, first.id, WHO)
    assert counts() == {"Bo Quill": 4, "A. Quill": 1, "Harbour Council": 1}
    review.undo(archive, second.id, WHO)
    assert counts() == START
    assert list(archive.verify()) == []


def test_the_other_way_round_is_no_circle(archive: Store, counts: Counts) -> None:
    first = review.merge_speakers(archive, "A. Quill", "Ada Quill", WHO).decision
    review.undo(archive, None, WHO)
    review.merge_speakers(archive, "Ada Quill", "A. Quill", WHO)
    undone = archive.undoing(first.id)
    assert undone is not None
    review.undo(archive, undone.id, WHO)
    assert counts() == {"Ada Quill": 3, "Bo Quill": 2, "Harbour Council": 1}
    assert list(archive.verify()) == []


def test_splitting_claims_off(archive: Store, counts: Counts) -> None:
    claim = next(c for c in archive.claims(speaker="Ada Quill") if c.path == "3.txt").id
    done = review.split_speaker(archive, "Ada Quill", [claim[:7]], WHO, name="Ada Quill the younger")
    assert counts() == START | {"Ada Quill": 1, "Ada Quill the younger": 1}
    put_all(archive, 3, MAYOR)
    assert archive.find_speaker("Ada Quill the younger").claims == 1
    review.merge_speakers(archive, "Ada Quill the younger", "Bo Quill", WHO)
    review.undo(archive, done.decision.id, WHO)
    assert counts() == START
    review.undo(archive, None, WHO)
    assert counts() == START
    assert list(archive.verify()) == []


def test_splitting_to_one_who_is_there(archive: Store, counts: Counts) -> None:
    claims = [claim.id for claim in archive.claims(speaker="Bo Quill")]
    review.split_speaker(archive, "Bo Quill", claims[:1], WHO, to="Ada Quill")
    second = review.split_speaker(archive, "Ada Quill", claims[:1], WHO, to="Harbour Council")
    assert counts() == {"Ada Quill": 2, "Harbour Council": 2, "Bo Quill": 1, "A. Quill": 1}
    review.undo(archive, second.decision.id, WHO)
    assert counts()["Ada Quill"] == 3
    assert list(archive.verify()) == []


def test_a_split_outlives_retirement(archive: Store, counts: Counts) -> None:
    claim = next(c for c in archive.claims(speaker="Bo Quill") if c.path == "1.txt")
    review.split_speaker(archive, "Bo Quill", [claim.id], WHO, to="Ada Quill")
    put_all(archive, 1, MAYOR)
    assert counts() == {"Ada Quill": 2, "Bo Quill": 1, "A. Quill": 1}
    put_all(archive, 1, MAYOR, RIVAL, COUNCIL)
    assert counts() == {"Ada Quill": 3, "Bo Quill": 1, "A. Quill": 1, "Harbour Council": 1}
    assert list(archive.verify()) == []


def test_pairs_told_apart(archive: Store) -> None:
    review.mark_distinct(archive, "Ada Quill", "Bo Quill", WHO)
    pair = (min(MAYOR.key, RIVAL.key), max(MAYOR.key, RIVAL.key))
    assert archive.distinct_pairs([RIVAL.key]) == {pair}
    assert archive.distinct_pairs([COUNCIL.key]) == set()
    with pytest.raises(UsageError, match="told apart already"):
        review.mark_distinct(archive, "Bo Quill", "Ada Quill", WHO)
    with pytest.raises(UsageError, match="were told apart"):
        review.merge_speakers(archive, "Ada Quill", "Bo Quill", WHO)
    review.undo(archive, None, WHO)
    assert archive.distinct_pairs([RIVAL.key]) == set()
    review.merge_speakers(archive, "A. Quill", "Ada Quill", WHO)
    review.mark_distinct(archive, "A. Quill", "Bo Quill", WHO)
    assert archive.distinct_pairs([MAYOR.key]) == {pair}


@pytest.mark.parametrize(
    ("a", "b", "error", "words"),
    [
        ("Ada Quill", "Mayor Quill", UsageError, "are one speaker"),
        ("Ada Quill", MAYOR.key, UsageError, "are one speaker"),
        ("Ada Quill", "Harbour Council", UsageError, "two kinds.*--force"),
        ("Ada Quill", "Bo Quil Jr", NotFoundError, "Did you mean"),
        ("s000000000000", "Bo Quill", NotFoundError, "s000000000000"),
    ],
)
def test_what_cannot_be_merged(
    archive: Store, counts: Counts, a: str, b: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        review.merge_speakers(archive, a, b, WHO)
    assert counts() == START
    assert list(archive.decisions()) == []
    assert list(archive.events()) == []


def test_force_merges_a_person_with_a_body(archive: Store, counts: Counts) -> None:
    review.merge_speakers(archive, "Ada Quill", "Harbour Council", WHO, force=True)
    assert counts()["Harbour Council"] == 3


def test_what_cannot_be_split(archive: Store, counts: Counts) -> None:
    theirs = next(archive.claims(speaker="Bo Quill")).id
    mine = next(archive.claims(speaker="Ada Quill")).id
    for claims, more, error, words in (
        ([theirs], {"name": "N"}, UsageError, "Not said by Ada Quill: .*Bo Quill"),
        (["c0ffee0"], {"name": "N"}, NotFoundError, "c0ffee0"),
        ([MAYOR.key], {"name": "N"}, NotFoundError, "is no claim"),
        ([], {"name": "N"}, NotFoundError, "is no claim"),
        ([mine], {}, UsageError, "--name"),
        ([mine], {"name": "N", "to": "Bo Quill"}, UsageError, "--name"),
        ([mine], {"to": "Mayor Quill"}, UsageError, "too"),
        ([mine], {"name": "Bo Quill"}, UsageError, "--to"),
        ([mine], {"name": " "}, UsageError, "empty"),
        ([mine], {"name": "a\x1b[31mb"}, UsageError, "no name"),
    ):
        with pytest.raises(error, match=words):
            review.split_speaker(archive, "Ada Quill", claims, WHO, **more)
    assert counts() == START


def test_a_decision_is_somebodys(archive: Store) -> None:
    with pytest.raises(UsageError, match="--reviewer"):
        review.merge_speakers(archive, "A. Quill", "Ada Quill", " ")


def test_who_changes_hands_is_judged_anew_in_the_same_transaction(archive: Store, counts: Counts) -> None:
    judged: list[str] = []

    def judge(store: Store, claims: object) -> None:
        judged.extend(claims)  # type: ignore[call-overload]
        raise RuntimeError("no judge")

    claim = next(archive.claims(speaker="A. Quill")).id
    with pytest.raises(RuntimeError):
        review.merge_speakers(archive, "A. Quill", "Ada Quill", WHO, rejudge=judge)
    assert judged == [claim]
    assert counts() == START
    assert list(archive.events()) == []
