"""What `export` can write: claims, relations, the audit as rows, two vocabularies of the web as JSON-LD."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TextIO, TypeVar

from claimtrack.reports.annotations import web_annotations
from claimtrack.reports.audit import audit_report
from claimtrack.reports.claimreview import NOBODY_IN_PARTICULAR, Publisher, claim_reviews
from claimtrack.reports.formats import WRITERS, Report
from claimtrack.reports.linked import LINKED_WRITERS, Linked
from claimtrack.reports.rows import PAIR_COLUMNS, claims_report, relation_row
from claimtrack.store.views import ReviewStatus

if TYPE_CHECKING:
    from claimtrack.store import Store
    from claimtrack.store.views import ClaimView, RelationView

T = TypeVar("T")

WORKBOOK = "xlsx"
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Wanted:
    """Which part of the archive: stated from a day on, by one speaker, standing so with reviewers."""

    since: date | None = None
    speaker: str | None = None  # a key
    statuses: tuple[ReviewStatus, ...] = ()  # none: all
    publisher: Publisher = NOBODY_IN_PARTICULAR

    def claims(self, store: Store) -> Iterator[ClaimView]:
        """The claims that fit."""
        return store.claims(speaker=self.speaker, since=self.since, statuses=self.statuses)

    def relations(self, store: Store) -> Iterator[RelationView]:
        """The relations that fit, by their own verdicts; since and speaker hold for either claim."""
        return store.relations(speaker=self.speaker, since=self.since, statuses=self.statuses)


def _claims(store: Store, wanted: Wanted) -> Report:
    return claims_report(wanted.claims(store))


def _relations(store: Store, wanted: Wanted) -> Report:
    return Report(PAIR_COLUMNS, map(relation_row, wanted.relations(store)))


def _audit(store: Store, wanted: Wanted) -> Report:
    return audit_report(store, wanted.claims(store))


def _reviews(store: Store, wanted: Wanted) -> Linked:
    return claim_reviews(store, wanted.since, wanted.speaker, wanted.publisher)


def _annotations(store: Store, wanted: Wanted) -> Linked:
    return web_annotations(store, wanted.claims(store))


TABLES: dict[str, Callable[[Store, Wanted], Report]] = {
    "claims": _claims,
    "relations": _relations,
    "audit": _audit,
}
LINKED: dict[str, Callable[[Store, Wanted], Linked]] = {
    "claimreview": _reviews,
    "annotations": _annotations,
}


@dataclass(frozen=True)
class Request:
    """An export that can be made again: what, in which format, which part."""

    what: str  # of TABLES or LINKED
    format: str  # of WRITERS or "xlsx" for the one, of LINKED_WRITERS for the other
    wanted: Wanted = Wanted()
    bom: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is written as lines of text."""
        return self.format != WORKBOOK

    def write(self, store: Store, out: TextIO) -> int:
        """Write it, one call of `out.write` a row; returns how many rows."""
        if self.bom:
            out.write(BYTE_ORDER_MARK)
        if self.what in LINKED:
            linked = LINKED[self.what](store, self.wanted)
            nodes = _Counted(linked.nodes)
            LINKED_WRITERS[self.format](Linked(linked.head, linked.holder, nodes), out)
            return nodes.count
        report, rows = self._table(store)
        WRITERS[self.format](report, out)
        return rows.count

    def write_workbook(self, store: Store, file: Path) -> int:
        """The same where the format is "xlsx"."""
        from claimtrack.reports.workbook import write_workbook  # noqa: PLC0415  # for those who want one

        report, rows = self._table(store)
        write_workbook(report, file, self.what)
        return rows.count

    def _table(self, store: Store) -> tuple[Report, _Counted[dict[str, object]]]:
        report = TABLES[self.what](store, self.wanted)
        rows = _Counted(report.rows)
        return Report(report.columns, rows, report.brief), rows

    def facts(self) -> dict[str, Any]:
        """What the log keeps of it; `of` takes it back."""
        wanted = self.wanted
        filters = {
            "since": wanted.since.isoformat() if wanted.since else None,
            "speaker": wanted.speaker,
            "status": [str(status) for status in wanted.statuses],
            "publisher": asdict(wanted.publisher) if self.what == "claimreview" else None,
        }
        return {
            "what": self.what,
            "format": self.format,
            "bom": self.bom,
            "filters": {name: value for name, value in filters.items() if value},
        }

    @staticmethod
    def of(facts: Mapping[str, Any]) -> Request:
        """The request of which the log keeps these facts."""
        filters = facts["filters"]
        wanted = Wanted(
            date.fromisoformat(filters["since"]) if "since" in filters else None,
            filters.get("speaker"),
            tuple(map(ReviewStatus, filters.get("status", ()))),
            Publisher(**filters.get("publisher", {})),
        )
        return Request(facts["what"], facts["format"], wanted, facts["bom"])


class _Counted(Generic[T]):
    """Rows that are counted as they pass."""

    def __init__(self, rows: Iterable[T]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[T]:
        for row in self._rows:
            self.count += 1
            yield row
