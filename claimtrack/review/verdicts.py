"""Verdicts on claims and relations: giving one, and taking one back.

Nothing is written over.  What counts is the newest verdict on a subject; taking one back adds another that
repeats what was so before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from claimtrack.errors import ClaimtrackError, UsageError
from claimtrack.records import JUDGED, Decision, Fault, Verdict, standing
from claimtrack.store import Store
from claimtrack.store.views import ClaimView, RelationView

_LOOK_BACK = 1_000  # verdicts among which the one to take back is looked for where none is named
NOTE_LENGTH = 2_000  # characters of a note


class DecidedMeanwhileError(ClaimtrackError):
    """Somebody else decided on what was about to be judged; nothing was added."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"{verdict.reviewer} decided meanwhile: {verdict.decision}", "Decide again to go on")
        self.verdict = verdict


def judge(
    store: Store,
    subject: str,
    decision: Decision,
    reviewer: str,
    note: str = "",
    reason: Fault | None = None,
    seen: int | None = None,
) -> Verdict:
    """Give a verdict on a claim or relation, named by its key or enough of its beginning.

    `reason` says what is wrong with a claim that is rejected; `seen` is the number of the newest verdict
    that the reviewer knows of, 0 for none.  Raises NotFoundError for nothing or several things of that
    name, UsageError for a verdict that cannot be given, DecidedMeanwhileError for one that is not known of.
    """
    with store.transaction():
        key = find_subject(store, subject)
        if seen is not None:
            newer = [
                v for v in store.verdicts_of([key]).get(key, ()) if v.id > seen and v.reviewer != reviewer
            ]
            if newer:
                raise DecidedMeanwhileError(newer[0])
        return give(store, key, decision, reviewer, note, reason)


def give(
    store: Store,
    key: str,
    decision: Decision,
    reviewer: str,
    note: str = "",
    reason: Fault | None = None,
    who: str | None = None,
) -> Verdict:
    """Add a verdict on the claim or relation with this key, inside a transaction.

    `who` brings it in, where that is not the reviewer.  Raises UsageError for one that cannot be given.
    """
    if decision not in JUDGED:
        raise UsageError(f"{decision} is no verdict", f"Give one of {', '.join(JUDGED)}")
    if reason is not None and (not key.startswith("c") or decision is not Decision.REJECTED):
        raise UsageError("Only a claim that is rejected has a reason", "Write it into the note")
    now = datetime.now(UTC)
    verdict = Verdict(key, decision, _somebody(reviewer), now, _clean(note), reason=reason or "")
    return store.decide(verdict, who)


def undo_verdict(store: Store, subject: str | int | None, reviewer: str, note: str = "") -> Verdict:
    """Take a verdict back: the newest on a claim or relation, the one with a number, or this reviewer's last.

    What comes back repeats what was so before it, or is *withdrawn* where nothing was.  Raises NotFoundError
    for an unknown subject, UsageError where there is nothing to take back.
    """
    reviewer = _somebody(reviewer)
    with store.transaction():
        target = _target(store, subject, reviewer)
        verdicts = store.verdicts_of([target.subject])[target.subject]
        return store.decide(taken_back(target, verdicts, reviewer, datetime.now(UTC), _clean(note)))


def taken_back(
    target: Verdict, verdicts: Sequence[Verdict], reviewer: str, at: datetime, note: str
) -> Verdict:
    """The verdict that takes `target` back: it repeats what is left of those on its subject, newest first."""
    rest = next((v for v in standing(verdicts) if v.id != target.id), None)
    if rest is None:
        return Verdict(target.subject, Decision.WITHDRAWN, reviewer, at, note, target.kind, undoes=target.id)
    return Verdict(
        target.subject, rest.decision, reviewer, at, note, rest.kind, rest.reason,
        undoes=target.id, carries=rest.id,
    )  # fmt: skip


def find_subject(store: Store, text: str) -> str:
    """The key of the claim or relation meant.  Raises NotFoundError for none, several or another thing."""
    found = store.get(text, "c or r")
    if not isinstance(found, ClaimView | RelationView):
        raise UsageError(
            f"{text!r} is neither a claim nor a relation", "Lists show them; they begin with c or r"
        )
    return found.id


def _target(store: Store, subject: str | int | None, reviewer: str) -> Verdict:
    if isinstance(subject, int):
        found = store.find_verdict(subject)
        if found is None:
            raise UsageError(f"There is no verdict number {subject}", "See `claimtrack log`")
        candidates: tuple[Verdict, ...] = standing(store.verdicts_of([found.subject])[found.subject])
        candidates = tuple(v for v in candidates if v.id == subject)
    elif subject is not None:
        key = find_subject(store, subject)
        candidates = standing(store.verdicts_of([key]).get(key, ()))
    else:
        candidates = tuple(v for v in standing(store.last_verdicts(_LOOK_BACK)) if v.reviewer == reviewer)
    if not candidates:
        raise UsageError("There is no verdict to take back", "See `claimtrack log`")
    return candidates[0]


def _somebody(reviewer: str) -> str:
    reviewer = " ".join(reviewer.split())
    if not reviewer:
        raise UsageError(
            "A verdict needs somebody who gives it", "Give --reviewer, or set CLAIMTRACK_REVIEWER"
        )
    return reviewer


def _clean(note: str) -> str:
    note = note.strip().replace("\0", "")
    if len(note) > NOTE_LENGTH:
        raise UsageError(f"The note is longer than {NOTE_LENGTH} characters", "Shorten it")
    return note
