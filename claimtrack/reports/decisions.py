"""People's decisions about speakers and outlets in words, and as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from claimtrack.reports.cells import many
from claimtrack.reports.formats import Report, Row
from claimtrack.store.views import DecisionKind

if TYPE_CHECKING:
    from claimtrack.store.views import DecisionView

DECISION_COLUMNS = (
    "id",
    "kind",
    "what",
    "at",
    "reviewer",
    "note",
    "in_force",
    "undoes",
    "concerns",
    "claims",
)
DECISION_BRIEF = ("id", "at", "reviewer", "what", "note", "in_force")
_KEYS = ("speaker", "merged", "to", "other", "outlet")


def concerned(decision: DecisionView) -> list[str]:
    """The keys of the speakers or outlets that a decision names, the one that stays first."""
    return [decision.payload[name] for name in _KEYS if name in decision.payload]


def tell(decision: DecisionView, names: Mapping[str, str]) -> str:
    """A decision as a sentence without its stop; `names` are those of the keys that it concerns."""
    return sentence(decision.kind, decision.payload, decision.undoes, names)


def sentence(
    kind: DecisionKind, told: Mapping[str, Any], undoes: str | None, names: Mapping[str, str]
) -> str:
    """The same, from its kind, its payload and what it undoes, which is how the log keeps it."""

    def named(field: str) -> str:
        return f"{names.get(told[field]) or 'nobody named'} ({told[field]})"

    match kind:
        case DecisionKind.MERGE:
            return f"{named('merged')} is {named('speaker')}"
        case DecisionKind.SPLIT:
            return f"{many(len(told['claims']), 'claim')} of {named('speaker')} to {named('to')}"
        case DecisionKind.RENAME:
            return f"{named('speaker')} is shown as {told['name']!r}"
        case DecisionKind.ADD_ALIAS:
            return f"{told['name']!r} means {named('speaker')}"
        case DecisionKind.REMOVE_ALIAS:
            return f"{told['name']!r} does not mean {named('speaker')}"
        case DecisionKind.DISTINCT:
            return f"{named('speaker')} is not {named('other')}"
        case DecisionKind.MERGE_OUTLETS:
            return f"{named('merged')} is {named('outlet')}"
        case DecisionKind.UNDO:
            return f"{undoes} ({told['undid']}) is undone"


def decisions_report(decisions: Iterable[DecisionView], names: Mapping[str, str]) -> Report:
    """Decisions, one a row."""
    return Report(DECISION_COLUMNS, (_row(decision, names) for decision in decisions), DECISION_BRIEF)


def _row(decision: DecisionView, names: Mapping[str, str]) -> Row:
    return {
        "id": decision.id,
        "kind": str(decision.kind),
        "what": tell(decision, names),
        "at": decision.at,
        "reviewer": decision.reviewer,
        "note": decision.note,
        "in_force": decision.in_force,
        "undoes": decision.undoes,
        "concerns": concerned(decision),
        "claims": decision.payload.get("claims", []),
    }
