"""A decision as it is carried out: written, brought into force, entered in the log, and reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from claimtrack.errors import UsageError
from claimtrack.store import Store
from claimtrack.store.views import DecisionKind, DecisionView
from claimtrack.store.whois import Tally

# Judges the relations of these claims anew, inside the transaction; `review` cannot see the judge itself.
Rejudge = Callable[[Store, Sequence[str]], object]


@dataclass(frozen=True)
class Move:
    """So many claims that counted for one speaker or outlet and now count for another, by their keys."""

    former: str
    now: str
    claims: int


@dataclass(frozen=True)
class Change:
    """What a decision changed: the speakers or outlets concerned before and after it, and what moved."""

    decision: DecisionView
    before: dict[str, Tally]
    after: dict[str, Tally]
    moves: tuple[Move, ...]


def leave(_store: Store, _claims: Sequence[str]) -> None:
    """Judge nothing anew."""


@dataclass(frozen=True)
class Ruler:
    """Who decides, why, and what judges claims anew that change hands."""

    store: Store
    reviewer: str
    note: str
    rejudge: Rejudge

    def decide(
        self, kind: DecisionKind, payload: dict[str, Any], concerned: Iterable[str], undoes: str | None = None
    ) -> Change:
        """Carry a decision out, inside a transaction; its first of `concerned` is the log entry's subject."""
        if not self.reviewer.strip():
            raise UsageError(
                "A decision needs somebody who takes it", "Give --reviewer, or set CLAIMTRACK_REVIEWER"
            )
        subjects = list(dict.fromkeys(concerned))
        before = self.store.tallies(subjects)
        decision, moved = self.store.put_decision(kind, payload, self.reviewer, self.note, undoes)
        counts = Counter(moved.values())
        moves = tuple(Move(former, now, claims) for (former, now), claims in sorted(counts.items()))
        after = self.store.tallies([*subjects, *(key for m in moves for key in (m.former, m.now))])
        entry = {
            "decision": decision.id,
            "decided": payload,
            "undoes": undoes,
            "note": self.note,
            "before": _shown(before),
            "after": _shown(after),
            "moved": [[move.former, move.now, move.claims] for move in moves],
        }
        self.store.append_event(kind.value, subjects[0], entry, self.reviewer)
        if moved:
            self.rejudge(self.store, sorted(moved))
        return Change(decision, before, after, moves)


def _shown(tallies: dict[str, Tally]) -> dict[str, Any]:
    return {key: {"name": tally.name, "claims": tally.claims} for key, tally in tallies.items()}
