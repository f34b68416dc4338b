"""What revised articles changed in what they quote, one row a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claimtrack.reports.formats import Report, Row

if TYPE_CHECKING:
    from claimtrack.review.revisions import Change, Revision

CHANGE_COLUMNS = (
    "at", "article", "former", "outlet", "path", "noticed", "change", "claim", "former_claim", "speaker",
    "kind", "before", "after", "verdict",
)  # fmt: skip
CHANGE_BRIEF = ("at", "outlet", "change", "noticed", "speaker", "before", "after")


def changes_report(found: Iterable[tuple[Revision, Change]]) -> Report:
    """Changes, each with the revision that it is part of."""
    return Report(CHANGE_COLUMNS, (_row(revision, change) for revision, change in found), CHANGE_BRIEF)


def told_changes(revisions: Iterable[Revision], everything: bool) -> Iterator[tuple[Revision, Change]]:
    """The changes that are worth telling: what reads otherwise or is gone, or with `everything` all."""
    for revision in revisions:
        for change in revision.changes:
            if everything or name_of(change) not in ("kept", "new"):
                yield revision, change


def name_of(change: Change) -> str:
    """One word or two: kept, quotation edited, claim edited, speaker or stance changed, gone, new."""
    old, new = change.old, change.new
    if old is None or new is None:
        return "new" if old is None else "gone"
    if change.fate == "kept":
        return "kept"
    if old.text == new.text:
        return "speaker changed" if old.speaker != new.speaker else "stance changed"
    return "claim edited" if "indirect" in (old.kind, new.kind) else "quotation edited"


def _row(revision: Revision, change: Change) -> Row:
    claim = change.new or change.old
    return {
        "at": revision.at,
        "article": revision.newer.id,
        "former": revision.older.id,
        "outlet": revision.newer.outlet,
        "path": revision.newer.path,
        "noticed": revision.noticed,
        "change": name_of(change),
        "claim": change.new.id if change.new else None,
        "former_claim": change.old.id if change.old else None,
        "speaker": claim.speaker if claim else None,
        "kind": str(claim.kind) if claim else None,
        "before": change.old.text if change.old else None,
        "after": change.new.text if change.new else None,
        "verdict": str(change.verdict.decision) if change.verdict else None,
    }
