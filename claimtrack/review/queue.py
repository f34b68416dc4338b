"""A review session: which case is shown, what was decided, and the way back.

It knows no screen: the terminal and the tests drive it alike.  Nothing waits to be saved: each verdict is
stored when it is given.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from claimtrack.errors import UsageError
from claimtrack.records import Decision, Fault, QueueOrder, Verdict, in_force, standing
from claimtrack.review.verdicts import NOTE_LENGTH, DecidedMeanwhileError, judge, undo_verdict
from claimtrack.store import Store
from claimtrack.store.queue import Place, QueueFilter
from claimtrack.store.views import ClaimView, RelationView

PAGE = 100  # keys that are read ahead
COUNTED = 10_000  # a longer queue is not counted to its end


@dataclass(frozen=True)
class Case:
    """One relation or claim to decide on, with the verdicts that may be shown, the newest first."""

    subject: RelationView | ClaimView
    verdicts: Mapping[str, tuple[Verdict, ...]]  # on the subject and its claims, by key
    covered: bool = False  # what others decided is not shown before this reviewer has decided

    @property
    def id(self) -> str:
        """The key of what is decided on."""
        return self.subject.id

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """The claims side by side: two of a relation, or the one."""
        return (self.subject.a, self.subject.b) if isinstance(self.subject, RelationView) else (self.subject,)


@dataclass(frozen=True)
class Progress:
    """How far a session has come."""

    at: int  # the number of the case shown, 0 for none
    total: int  # as many were waiting when it began
    whole: bool  # false: there are more than were counted
    decided: int


class Session:
    """One reviewer's way through a queue."""

    def __init__(self, store: Store, wanted: QueueFilter) -> None:
        self._store = store
        self._wanted = wanted
        self.reviewer = wanted.reviewer
        self._waiting = store.count_queue(wanted, COUNTED + 1)
        self._ahead: deque[tuple[str, Place]] = deque()
        self._place: Place | None = None
        self._seen: list[str] = []
        self._at = -1
        self._skipped: set[str] = set()
        self._given: list[tuple[Verdict, str]] = []  # with the case that was shown, the last one at the end
        self._notes: dict[str, str] = {}
        self._known = 0  # the newest verdict that this reviewer had before them when the case came up
        self.case: Case | None = None
        self.forward()

    @property
    def progress(self) -> Progress:
        """Where the session stands."""
        whole = self._waiting <= COUNTED
        at = self._at + 1 if self.case else 0
        return Progress(at, max(min(self._waiting, COUNTED), at), whole, len(self._given))

    @property
    def note(self) -> str:
        """What was noted on the case shown, for the verdict to come."""
        return self._notes.get(self.case.id, "") if self.case else ""

    @property
    def unused_notes(self) -> dict[str, str]:
        """Notes on cases that got no verdict after them, by key."""
        return dict(self._notes)

    @property
    def skipped(self) -> int:
        """How many cases were shown and left open."""
        return len(self._skipped)

    def decide(self, decision: Decision) -> str:
        """Give a verdict on the case shown, with its note, and go on; what happened comes back.

        Raises DecidedMeanwhileError where somebody else did since the case came up: their verdict is on
        show now, and deciding again goes on.
        """
        case = self._case()
        return self._give(case, case.id, decision, None, str(decision))

    def fault(self, fault: Fault, side: int = 0) -> str:
        """Reject a claim of the case shown, the first or second one, for what is wrong with it; go on.

        Raises DecidedMeanwhileError as `decide` does.
        """
        case = self._case()
        claim = case.claims[side]
        return self._give(case, claim.id, Decision.REJECTED, fault, f"rejected for {fault}")

    def write_note(self, text: str) -> str:
        """Keep a note for the verdict to come on the case shown; an empty one takes it away."""
        case, text = self._case(), text.strip()
        if len(text) > NOTE_LENGTH:
            raise UsageError(f"The note is longer than {NOTE_LENGTH} characters", "Shorten it")
        if text:
            self._notes[case.id] = text
            return ""
        return "The note is taken away." if self._notes.pop(case.id, "") else ""

    def skip(self) -> str:
        """Leave the case open and go on; at the end, begin again with what was left open."""
        if self.case is None:
            self._ahead.clear()
            self._place = None
            self._skipped.clear()
            self._waiting = len(self._seen) + self._store.count_queue(self._wanted, COUNTED + 1)
        elif not self._decided(self.case.id):
            self._skipped.add(self.case.id)
        return self.forward()

    def back(self) -> str:
        """Show the case before; at the first one it stays."""
        if self._at <= 0:
            return "This is the first one."
        self._at -= 1
        self._show(self._seen[self._at])
        return ""

    def forward(self) -> str:
        """Show the next case; those that no longer wait are passed over, and it is said."""
        if self._at + 1 < len(self._seen):
            self._at += 1
            self._show(self._seen[self._at])
            return ""
        passed = 0
        self._at = len(self._seen)
        while (found := self._next()) is not None:
            key, place = found
            self._show(key)
            if self._waits(place):
                self._seen.append(key)
                return _passed(passed)
            passed += 1
        self.case = None
        return _passed(passed)

    def undo(self) -> str:
        """Take back this session's last verdict that was not taken back yet, and show its case again."""
        if not self._given:
            raise UsageError("You have decided nothing that can be taken back here", "See `claimtrack log`")
        verdict, shown = self._given[-1]
        try:
            undo_verdict(self._store, verdict.id, self.reviewer)
        except UsageError:  # somebody else took it back
            self._given.pop()
            self._return_to(shown)
            raise
        self._given.pop()
        self._return_to(shown)
        if verdict.note:
            self._notes.setdefault(shown, verdict.note)
        return f"{verdict.subject}: {verdict.decision} is taken back."

    def look(self) -> str:
        """Read the verdicts on the case shown again; who decided since it came up is what comes back."""
        if self.case is None:
            return ""
        verdicts = self._read(self.case)
        self.case = self._made(self.case.subject, verdicts)
        if self._wanted.second:
            return ""
        newer = [v for found in verdicts.values() for v in found if v.id > self._known]
        others = [v for v in newer if v.reviewer != self.reviewer]
        return _news(max(others, key=lambda v: v.id)) if others else ""

    def _give(self, case: Case, key: str, decision: Decision, fault: Fault | None, what: str) -> str:
        note, seen = self.note, None if self._wanted.second else self._known
        try:
            if seen is not None:
                self._refuse_unseen()
            verdict = judge(self._store, key, decision, self.reviewer, note, fault, seen)
        except DecidedMeanwhileError:
            self._show(case.id)
            raise
        self._given.append((verdict, case.id))
        self._notes.pop(case.id, None)
        self._skipped.discard(case.id)
        said = f"{key} {what}{self._compared(key, decision)}."
        return " ".join(filter(None, (said, self.forward())))

    def _refuse_unseen(self) -> None:
        """Stop where somebody decided on one of the claims: `judge` looks at the subject alone."""
        if self.case is None:
            return
        for found in self._read(self.case).values():
            for verdict in found:
                if verdict.id > self._known and verdict.reviewer != self.reviewer:
                    raise DecidedMeanwhileError(verdict)

    def _compared(self, key: str, decision: Decision) -> str:
        """What others had said, told to a second reviewer who has decided now."""
        if not self._wanted.second:
            return ""
        given = standing(self._store.verdicts_of([key]).get(key, ()))
        others = {v.reviewer: v.decision for v in reversed(given) if v.reviewer != self.reviewer}
        return "".join(
            f"; {who} {'also' if theirs is decision else 'had'} {theirs}" for who, theirs in others.items()
        )

    def _return_to(self, key: str) -> None:
        self._at = len(self._seen) - 1 - self._seen[::-1].index(key)
        self._show(key)

    def _next(self) -> tuple[str, Place] | None:
        if not self._ahead:
            self._ahead.extend(self._store.queue(self._wanted, self._place, PAGE))
        if not self._ahead:
            return None
        key, self._place = self._ahead.popleft()
        return key, self._place

    def _case(self) -> Case:
        if self.case is None:
            raise UsageError("There is nothing to decide on", "Go back with b, or quit with q")
        return self.case

    def _show(self, key: str) -> None:
        subject = self._store.get(key)
        if not isinstance(subject, RelationView | ClaimView):  # pragma: no cover
            raise TypeError(key)
        case = Case(subject, {})
        verdicts = self._read(case)
        self._known = max((v.id for found in verdicts.values() for v in found), default=0)
        self.case = self._made(subject, verdicts)

    def _read(self, case: Case) -> dict[str, tuple[Verdict, ...]]:
        return self._store.verdicts_of([case.id, *(claim.id for claim in case.claims)])

    def _made(self, subject: RelationView | ClaimView, verdicts: Mapping[str, tuple[Verdict, ...]]) -> Case:
        if not self._wanted.second or self._has_decided(verdicts.get(subject.id, ())):
            return Case(subject, verdicts)
        own = {key: tuple(v for v in found if v.reviewer == self.reviewer) for key, found in verdicts.items()}
        return Case(subject, own, covered=True)

    def _has_decided(self, verdicts: tuple[Verdict, ...]) -> bool:
        return any(v.reviewer == self.reviewer for v in standing(verdicts))

    def _decided(self, key: str) -> bool:
        return any(shown == key for _, shown in self._given)

    def _waits(self, place: Place) -> bool:
        """Whether what a page named is still to be decided on, now that it is shown."""
        case = self._case()
        verdicts = self._read(case)
        mine = verdicts.get(case.id, ())
        if self._wanted.second:
            return not self._has_decided(mine)
        if self._wanted.order is QueueOrder.DISAGREEMENT and place.part == 0:
            return all(verdict.reviewer != self.reviewer for verdict in standing(mine)[:1])
        false = any(_decision(verdicts, claim.id) is Decision.REJECTED for claim in case.claims)
        return _decision(verdicts, case.id) is None and not false


def _passed(number: int) -> str:
    return f"Passed over {number} decided by now." if number else ""


def _decision(verdicts: Mapping[str, tuple[Verdict, ...]], key: str) -> Decision | None:
    newest = in_force(verdicts.get(key, ()))
    return newest.decision if newest else None


def _news(verdict: Verdict) -> str:
    why = f" ({verdict.reason})" if verdict.reason else ""
    taken = "took a verdict back" if verdict.undoes is not None else f"decided: {verdict.decision}{why}"
    return f"{verdict.reviewer} {taken} while this was on show."
