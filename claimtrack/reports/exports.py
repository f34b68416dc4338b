"""What `export` can write: every claim, every relation, or the audit, as a stream of rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from claimtrack.reports.audit import audit_report
from claimtrack.reports.formats import Report
from claimtrack.reports.rows import PAIR_COLUMNS, claims_report, relation_row

if TYPE_CHECKING:
    from claimtrack.store import Store


def _claims(store: Store) -> Report:
    return claims_report(store.claims())


def _relations(store: Store) -> Report:
    return Report(PAIR_COLUMNS, map(relation_row, store.relations()))


EXPORTS: dict[str, Callable[[Store], Report]] = {
    "claims": _claims,
    "relations": _relations,
    "audit": audit_report,
}
