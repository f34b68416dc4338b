"""Taking a decision back, and taking that back."""

from __future__ import annotations

from claimtrack.errors import UsageError
from claimtrack.review.changes import Change, Rejudge, Ruler, leave
from claimtrack.store import Store
from claimtrack.store.views import DecisionKind, DecisionView

_KEYS = ("speaker", "merged", "to", "other", "outlet")


def undo(
    store: Store, decision: str | None, reviewer: str, note: str = "", rejudge: Rejudge = leave
) -> Change:
    """Take a decision out of force; an undo undone brings what it undid back.

    `decision` is a key or its beginning; None is the newest that is in force and no undo.  Decisions
    that came later stay.  Raises NotFoundError for an unknown one, UsageError for one not in force.
    """
    with store.transaction():
        target = store.find_decision(decision) if decision is not None else _newest(store)
        if not target.in_force:
            by = store.undoing(target.id)
            again = f"Bring it back with: claimtrack speakers undo {by.id}" if by else ""
            raise UsageError(f"{target.id} ({target.kind}) is undone already", again)
        payload = {"undid": target.kind.value}
        ruler = Ruler(store, reviewer, note, rejudge)
        return ruler.decide(DecisionKind.UNDO, payload, _concerned(store, target), target.id)


def _newest(store: Store) -> DecisionView:
    for decision in store.decisions():
        if decision.in_force and decision.kind is not DecisionKind.UNDO:
            return decision
    raise UsageError("There is no decision to undo", "See `claimtrack speakers decisions`")


def _concerned(store: Store, decision: DecisionView) -> list[str]:
    """The speakers or outlets that a decision, or what it undoes in the end, speaks of."""
    while decision.undoes is not None:
        decision = store.find_decision(decision.undoes)
    return [decision.payload[name] for name in _KEYS if name in decision.payload]
