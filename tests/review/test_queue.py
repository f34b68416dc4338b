"""A review session without a screen: what is shown, what is stored, and the way back."""

from __future__ import annotations

import pytest

from claimtrack import review
from claimtrack.errors import UsageError
from claimtrack.records import Decision, Fault, QueueOrder, in_force
from claimtrack.review.queue import Session
from claimtrack.review.verdicts import DecidedMeanwhileError
from claimtrack.store import Store
from claimtrack.store.queue import QueueFilter
from tests.store.queued import put_queue, say

CONFIRMED, REJECTED, UNSURE, _ = Decision
SCORES = [0.95, 0.9, 0.85, 0.8, 0.75]


@pytest.fixture
def relations(store: Store) -> list[str]:
    return put_queue(store, SCORES)[0]


def begin(store: Store, **wanted: object) -> Session:
    return Session(store, QueueFilter("Ada", **wanted))  # type: ignore[arg-type]


def shown(session: Session) -> str | None:
    return session.case.id if session.case else None


def decision(store: Store, key: str) -> Decision | None:
    found = in_force(store.verdicts_of([key]).get(key, ()))
    return found.decision if found else None


def test_one_after_the_other_to_the_end(store: Store, relations: list[str]) -> None:
    session = begin(store)
    assert (session.progress.at, session.progress.total, session.progress.whole) == (1, 5, True)
    session.write_note(" on tape ")
    assert session.decide(CONFIRMED) == f"{relations[0]} confirmed."
    assert shown(session) == relations[1]
    session.decide(REJECTED)
    session.decide(UNSURE)
    session.skip()
    session.decide(CONFIRMED)
    assert shown(session) is None
    assert (session.progress.at, session.progress.decided, session.skipped) == (0, 4, 1)
    decided = [decision(store, key) for key in relations]
    assert decided == [CONFIRMED, REJECTED, UNSURE, None, CONFIRMED]
    (verdict,) = store.verdicts_of([relations[0]])[relations[0]]
    assert (verdict.reviewer, verdict.note) == ("Ada", "on tape")
    with pytest.raises(UsageError, match="nothing to decide on"):
        session.decide(CONFIRMED)


def test_what_was_skipped_comes_again_at_the_end(store: Store, relations: list[str]) -> None:
    session = begin(store)
    for _ in relations:
        session.skip()
    assert (shown(session), session.skipped) == (None, 5)
    session.skip()
    assert [shown(session), session.skipped] == [relations[0], 0]
    session.decide(CONFIRMED)
    session.undo()
    assert shown(session) == relations[0]


def test_back_and_forth(store: Store, relations: list[str]) -> None:
    session = begin(store)
    assert session.back() == "This is the first one."
    session.decide(CONFIRMED)
    session.skip()
    assert [session.back(), shown(session)] == ["", relations[1]]
    session.back()
    assert shown(session) == relations[0]
    assert session.progress.at == 1
    session.decide(REJECTED)  # thought better of it
    assert shown(session) == relations[1]
    assert decision(store, relations[0]) is REJECTED
    session.skip()
    assert shown(session) == relations[2]


def test_undo_goes_back_step_by_step_over_this_sessions_verdicts_only(
    store: Store, relations: list[str]
) -> None:
    say(store, relations[4], CONFIRMED, "Ada")  # yesterday
    session = begin(store)
    session.write_note("first")
    session.decide(CONFIRMED)
    session.decide(REJECTED)
    assert session.undo() == f"{relations[1]}: rejected is taken back."
    assert (shown(session), decision(store, relations[1])) == (relations[1], None)
    session.undo()
    assert (shown(session), session.note, session.progress.decided) == (relations[0], "first", 0)
    with pytest.raises(UsageError, match="decided nothing"):
        session.undo()
    assert decision(store, relations[4]) is CONFIRMED
    assert len(store.verdicts_of(relations[:1])[relations[0]]) == 2  # nothing is ever taken out


def test_undo_after_somebody_else_took_it_back_says_so(store: Store, relations: list[str]) -> None:
    session = begin(store)
    session.decide(CONFIRMED)
    review.undo_verdict(store, relations[0], "Bea")
    with pytest.raises(UsageError, match="no verdict to take back"):
        session.undo()
    assert (shown(session), session.progress.decided) == (relations[0], 0)


def test_a_fault_rejects_the_claim_and_closes_what_stands_on_it(store: Store, relations: list[str]) -> None:
    session = begin(store)
    claim = session.case.claims[1].id  # type: ignore[union-attr]
    said = session.fault(Fault.WRONG_SPEAKER, 1)
    (verdict,) = store.verdicts_of([claim])[claim]
    assert (verdict.decision, verdict.reason) == (REJECTED, "wrong speaker")
    # The next relation stands on the same claim.
    assert said == f"{claim} rejected for wrong speaker. Passed over 1 decided by now."
    assert shown(session) == relations[2]
    session.undo()
    assert (shown(session), decision(store, claim)) == (relations[0], None)
    assert begin(store).progress.total == 5


@pytest.mark.parametrize("fault", Fault)
def test_claims_are_reviewed_too(store: Store, relations: list[str], fault: Fault) -> None:
    session = begin(store, claims=True)
    first = shown(session)
    assert first is not None
    assert len(session.case.claims) == 1  # type: ignore[union-attr]
    session.fault(fault)
    session.decide(CONFIRMED)
    assert store.verdicts_of([first])[first][0].reason == str(fault)
    assert session.progress.decided == 2


def test_who_decides_meanwhile_is_heard_first(store: Store, relations: list[str]) -> None:
    session = begin(store)
    assert session.look() == ""
    say(store, relations[0], REJECTED, "Bea")
    with pytest.raises(DecidedMeanwhileError, match="Bea decided meanwhile: rejected"):
        session.decide(CONFIRMED)
    assert decision(store, relations[0]) is REJECTED
    assert shown(session) == relations[0]
    assert [v.reviewer for v in session.case.verdicts[relations[0]]] == ["Bea"]  # type: ignore[union-attr]
    session.decide(CONFIRMED)  # knowing it
    assert [v.reviewer for v in store.verdicts_of(relations)[relations[0]]] == ["Ada", "Bea"]


def test_a_look_shows_it_and_the_next_key_still_asks(store: Store, relations: list[str]) -> None:
    session = begin(store)
    claim = session.case.claims[0].id  # type: ignore[union-attr]
    review.judge(store, claim, REJECTED, "Bea", reason=Fault.NOT_A_CLAIM)
    assert session.look() == "Bea decided: rejected (not a claim) while this was on show."
    with pytest.raises(DecidedMeanwhileError):
        session.decide(CONFIRMED)
    session.decide(CONFIRMED)
    review.undo_verdict(store, claim, "Bea")


def test_what_others_decided_since_the_page_was_read_is_passed_over_and_said(
    store: Store, relations: list[str]
) -> None:
    session = begin(store)
    for key in relations[1:3]:
        say(store, key, CONFIRMED, "Bea")
    assert session.skip() == "Passed over 2 decided by now."
    assert shown(session) == relations[3]


def test_a_second_reviewer_sees_the_first_verdict_afterwards(store: Store, relations: list[str]) -> None:
    say(store, relations[0], CONFIRMED, "Bea")
    say(store, relations[1], REJECTED, "Bea")
    session = begin(store, second=True)
    assert session.case.covered  # type: ignore[union-attr]
    assert not any(session.case.verdicts.values())  # type: ignore[union-attr]
    assert session.decide(CONFIRMED) == f"{relations[0]} confirmed; Bea also confirmed."
    assert session.decide(CONFIRMED) == f"{relations[1]} confirmed; Bea had rejected."
    session.back()
    assert not session.case.covered  # type: ignore[union-attr]
    assert [v.reviewer for v in session.case.verdicts[relations[1]]] == ["Ada", "Bea"]  # type: ignore[union-attr]
    session.undo()
    assert session.case.covered  # type: ignore[union-attr]
    disputed = begin(store, order=QueueOrder.DISAGREEMENT)
    assert shown(disputed) == relations[1]


def test_notes_wait_for_a_verdict_and_are_told_of_where_none_came(store: Store, relations: list[str]) -> None:
    session = begin(store)
    session.write_note("look it up")
    session.skip()
    assert (session.note, session.unused_notes) == ("", {relations[0]: "look it up"})
    session.back()
    assert session.note == "look it up"
    session.write_note("  ")
    assert session.unused_notes == {}
    with pytest.raises(UsageError, match="2000 characters"):
        session.write_note("x" * 2_001)


def test_an_empty_queue_is_no_error(store: Store) -> None:
    session = begin(store)
    assert (session.case, session.progress.total, session.look()) == (None, 0, "")
    assert session.back() == "This is the first one."
