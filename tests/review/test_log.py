"""Every decision is in the log, is only added to, and what was changed behind it is found."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from claimtrack import review
from claimtrack.errors import NotFoundError, UsageError
from claimtrack.store import Store, open_store
from tests.review.conftest import ADA, WHO, put_all
from tests.store.build import MAYOR, RIVAL, alter, alter_kept


def test_a_decision_says_who_when_why_and_what_changed(archive: Store) -> None:
    change = review.merge_speakers(archive, "A. Quill", "Ada Quill", WHO, "same desk")
    (event,) = archive.events()
    assert (event.kind, event.subject, event.who) == ("speakers merged", MAYOR.key, WHO)
    assert event.payload == {
        "decision": change.decision.id,
        "decided": {"speaker": MAYOR.key, "merged": ADA.key},
        "undoes": None,
        "note": "same desk",
        "before": {
            MAYOR.key: {"name": "Ada Quill", "claims": 2},
            ADA.key: {"name": "A. Quill", "claims": 1},
        },
        "after": {MAYOR.key: {"name": "Ada Quill", "claims": 3}, ADA.key: {"name": "A. Quill", "claims": 0}},
        "moved": [[ADA.key, MAYOR.key, 1]],
    }
    assert abs((event.at - change.decision.at).total_seconds()) < 60


def test_undo_is_a_decision_and_can_be_undone(archive: Store) -> None:
    first = review.merge_speakers(archive, "A. Quill", "Ada Quill", WHO).decision
    second = review.undo(archive, None, "ben", "not sure").decision
    assert (second.undoes, second.reviewer, second.note) == (first.id, "ben", "not sure")
    with pytest.raises(UsageError, match=f"undone already.*speakers undo {second.id}"):
        review.undo(archive, first.id, WHO)
    with pytest.raises(UsageError, match="no decision to undo"):
        review.undo(archive, None, WHO)
    third = review.undo(archive, second.id[:8], WHO).decision
    assert archive.find_speaker("A. Quill").id == MAYOR.key
    assert [(d.id, d.in_force) for d in archive.decisions()] == [
        (third.id, True),
        (second.id, False),
        (first.id, True),
    ]
    review.undo(archive, None, WHO)
    assert archive.find_speaker("A. Quill").id == ADA.key
    assert [event.kind for event in archive.events()] == ["decision undone"] * 3 + ["speakers merged"]
    assert list(archive.verify()) == []


@pytest.mark.parametrize("key", ["d000000", "x", "", "%", "dz"])
def test_a_decision_that_is_not_there(archive: Store, key: str) -> None:
    review.merge_speakers(archive, "A. Quill", "Ada Quill", WHO)
    with pytest.raises(NotFoundError, match="claimtrack speakers decisions"):
        review.undo(archive, key, WHO)


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("UPDATE speaker SET effective_id = id", "does not stand where linking and decisions put it"),
        ("UPDATE speaker SET name = 'Nobody'", "does not stand where linking and decisions put it"),
        ("UPDATE claim SET speaker_id = persona_id", "is not under the speaker"),
        ("UPDATE claim SET override_id = NULL", "is not under the speaker"),
        ("UPDATE outlet SET effective_id = id", "does not stand where decisions put it"),
        ("UPDATE article SET outlet_id = printed_outlet_id", "is not under the outlet"),
        ("DELETE FROM ruling WHERE kind = 'merged'", "what is in force of it is not what it says"),
    ],
)
def test_a_change_behind_the_decisions_is_found(database: str, command: str, problem: str) -> None:
    with open_store(database) as store:
        put_all(store, 1, MAYOR, RIVAL)
        put_all(store, 2, ADA, outlet="Hill Gazette")
        review.merge_speakers(store, "A. Quill", "Ada Quill", WHO)
        review.split_speaker(store, "Bo Quill", [next(store.claims(speaker="Bo Quill")).id], WHO, name="Bee")
        review.merge_outlets(store, "Hill Gazette", "Harbour Times", WHO)
        assert list(store.verify()) == []
    alter(database, command)
    with open_store(database) as store:
        assert any(problem in line for line in store.verify())


@pytest.mark.parametrize("command", ["UPDATE decision SET reviewer = 'x'", "DELETE FROM decision"])
def test_a_decision_cannot_be_changed(database: str, command: str) -> None:
    with open_store(database) as store:
        put_all(store, 1, MAYOR, RIVAL)
        review.mark_distinct(store, "Ada Quill", "Bo Quill", WHO)
    with pytest.raises(DBAPIError, match="decision is append-only"):
        alter(database, command)


def test_a_decision_changed_all_the_same_is_found(database: str) -> None:
    with open_store(database) as store:
        put_all(store, 1, MAYOR, RIVAL)
        review.mark_distinct(store, "Ada Quill", "Bo Quill", WHO)
    alter_kept(database, "decision", "UPDATE decision SET reviewer = 'ben'")
    with open_store(database) as store:
        assert any("the log does not tell of it" in line for line in store.verify())
