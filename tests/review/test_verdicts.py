"""Verdicts given and taken back: nothing is written over, the newest counts, and the former one returns."""

from __future__ import annotations

import pytest

from claimtrack import review
from claimtrack.errors import NotFoundError, UsageError
from claimtrack.records import Decision, Fault, in_force
from claimtrack.store import Store
from claimtrack.store.views import ReviewStatus
from tests.store.build import MAYOR, make_article, make_claim, put

CONFIRMED, REJECTED, UNSURE, WITHDRAWN = Decision


@pytest.fixture
def claim(store: Store) -> str:
    article = make_article("The Mayor said the bridge is open. Quill said so.")
    claim = make_claim(article, "the bridge is open")
    put(store, article, claim)
    return claim.key


def decided(store: Store, key: str) -> Decision | None:
    verdict = in_force(store.verdicts_of([key]).get(key, ()))
    return verdict.decision if verdict else None


def statuses(store: Store, status: ReviewStatus) -> list[str]:
    return [claim.id for claim in store.claims(statuses=[status])]


def test_the_newest_counts_and_all_stay(store: Store, claim: str) -> None:
    review.judge(store, claim, CONFIRMED, "Ada", "on tape")
    second = review.judge(store, claim[:8], REJECTED, "Bea", reason=Fault.WRONG_SPEAKER)
    assert decided(store, claim) is REJECTED
    assert [v.reviewer for v in store.verdicts_of([claim])[claim]] == ["Bea", "Ada"]
    assert second.reason == "wrong speaker"
    assert statuses(store, ReviewStatus.REJECTED) == [claim]
    assert statuses(store, ReviewStatus.OPEN) == []


def test_undo_brings_back_what_was_so_before(store: Store, claim: str) -> None:
    review.judge(store, claim, CONFIRMED, "Ada", "on tape")
    review.judge(store, claim, REJECTED, "Bea")
    review.undo_verdict(store, claim, "Bea", "a slip")
    verdict = in_force(store.verdicts_of([claim])[claim])
    assert verdict is not None
    assert (verdict.decision, verdict.reviewer, verdict.note) == (CONFIRMED, "Ada", "on tape")
    review.undo_verdict(store, claim, "Cy")
    assert decided(store, claim) is None
    assert statuses(store, ReviewStatus.OPEN) == [claim]
    assert len(store.verdicts_of([claim])[claim]) == 4
    with pytest.raises(UsageError, match="no verdict to take back"):
        review.undo_verdict(store, claim, "Cy")


def test_undo_of_an_older_one_leaves_the_newer_in_force(store: Store, claim: str) -> None:
    first = review.judge(store, claim, CONFIRMED, "Ada")
    review.judge(store, claim, UNSURE, "Bea", "who knows")
    review.undo_verdict(store, first.id, "Ada")
    assert decided(store, claim) is UNSURE
    review.undo_verdict(store, claim, "Bea")
    assert decided(store, claim) is None


def test_undo_without_a_subject_is_of_ones_own_last(store: Store, claim: str) -> None:
    review.judge(store, claim, CONFIRMED, "Ada")
    review.judge(store, claim, REJECTED, "Bea")
    assert review.undo_verdict(store, None, "Ada").undoes == 1
    assert decided(store, claim) is REJECTED
    with pytest.raises(UsageError, match="no verdict to take back"):
        review.undo_verdict(store, None, "Ada")


def test_every_step_is_in_the_log(store: Store, claim: str) -> None:
    review.judge(store, claim, CONFIRMED, "Ada")
    review.undo_verdict(store, claim, "Bea")
    undone, given = list(store.events(limit=2))
    assert (given.who, given.payload["decision"], given.payload["before"]) == ("Ada", "confirmed", None)
    assert (undone.who, undone.payload["undoes"], undone.payload["before"]) == ("Bea", 1, "confirmed")
    assert list(store.verify()) == []


@pytest.mark.parametrize(
    ("subject", "decision", "reviewer", "reason", "problem"),
    [
        ("s", CONFIRMED, "Ada", None, "neither a claim nor a relation"),
        ("c", WITHDRAWN, "Ada", None, "is no verdict"),
        ("c", CONFIRMED, "  ", None, "needs somebody"),
        ("c", CONFIRMED, "Ada", Fault.NOT_A_CLAIM, "Only a claim that is rejected"),
    ],
)
def test_what_is_no_verdict_is_refused(
    store: Store, claim: str, subject: str, decision: Decision, reviewer: str, reason: Fault, problem: str
) -> None:
    key = claim if subject == "c" else MAYOR.key
    with pytest.raises(UsageError, match=problem):
        review.judge(store, key, decision, reviewer, reason=reason)
    assert store.verdicts_of([key]) == {}


def test_an_unknown_subject_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError):
        review.judge(store, "c0000000", CONFIRMED, "Ada")
