"""How often the judge was right, as far as people's verdicts tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from math import sqrt
from typing import TYPE_CHECKING

from claimtrack.records import JUDGED, Decision
from claimtrack.reports.formats import Report, Row
from claimtrack.reports.rows import RELATION_COLUMNS, relation_row

if TYPE_CHECKING:
    from claimtrack.store.views import RelationView

COLUMNS = ("by", "value", "confirmed", "rejected", "unsure", "precision", "low", "high")
VERDICT_COLUMNS = (
    *RELATION_COLUMNS,
    "decision", "given_on", "reviewer", "at", "note", "retired", "a_sentence", "b_sentence",
)  # fmt: skip
SURE = 1.96  # standard deviations on either side that hold 95 % of a normal distribution
_ORDER = ("all", "kind", "score", "signal", "outlet")


@dataclass(frozen=True)
class Precision:
    """The verdicts on the relations that have one thing in common."""

    by: str  # all, kind, score, signal or outlet
    value: str
    confirmed: int
    rejected: int
    unsure: int

    @property
    def precision(self) -> float | None:
        """The share of the confirmed among those decided; None where none are."""
        decided = self.confirmed + self.rejected
        return self.confirmed / decided if decided else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the precision lies with 95 % certainty (Wilson 1927); None where none are decided."""
        return wilson(self.confirmed, self.confirmed + self.rejected)


@dataclass
class Evaluation:
    """Verdicts counted, and how many told nothing of the judge as it is now."""

    counts: dict[tuple[str, str], Counter[Decision]] = field(default_factory=dict)
    outdated: int = 0  # given on another kind of relation, or on one that is no longer made

    def rows(self) -> list[Precision]:
        """The table: all, then by kind, score, signal and outlet; where most was decided first."""
        found = [
            Precision(by, value, *(counts[decision] for decision in JUDGED))
            for (by, value), counts in self.counts.items()
        ]
        return sorted(found, key=lambda p: (_ORDER.index(p.by), -(p.confirmed + p.rejected), p.value))


def wilson(right: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of a share (Wilson 1927): it stays within 0 and 1, and holds for few cases too."""
    if not of:
        return None
    share, spread = right / of, SURE * SURE / of
    middle = (share + spread / 2) / (1 + spread)
    half = SURE / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def evaluate(relations: Iterable[RelationView]) -> Evaluation:
    """Count the newest verdict on each relation under all that it has in common with others."""
    out = Evaluation()
    for relation in relations:
        verdict = relation.verdict
        if verdict is None:
            continue
        if relation.retired or verdict.kind not in ("", relation.kind):
            out.outdated += 1
            continue
        for group in _groups(relation):
            out.counts.setdefault(group, Counter())[verdict.decision] += 1
    return out


def _groups(relation: RelationView) -> Iterator[tuple[str, str]]:
    yield "all", "all"
    yield "kind", str(relation.kind)
    band = min(int(relation.score * 10), 9)
    yield "score", f"{band / 10:.1f}-{(band + 1) / 10:.1f}"
    for name in dict.fromkeys(signal.name for signal in relation.signals if signal.name != "rule"):
        yield "signal", name
    for outlet in dict.fromkeys((relation.a.outlet, relation.b.outlet)):
        yield "outlet", outlet or "unknown"


def evaluation_report(rows: Iterable[Precision]) -> Report:
    """Precisions, one a row."""
    return Report(COLUMNS, map(_row, rows))


def _row(found: Precision) -> Row:
    low, high = found.interval or (None, None)
    return {
        "by": found.by,
        "value": found.value,
        "confirmed": found.confirmed,
        "rejected": found.rejected,
        "unsure": found.unsure,
        "precision": _rounded(found.precision),
        "low": _rounded(low),
        "high": _rounded(high),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def verdicts_report(relations: Iterable[RelationView]) -> Report:
    """Every relation that has a verdict, with both claims: what a judge can be trained on."""
    return Report(VERDICT_COLUMNS, chain.from_iterable(map(_verdict_rows, relations)))


def _verdict_rows(relation: RelationView) -> Iterator[Row]:
    verdict = relation.verdict
    if verdict is not None:
        yield relation_row(relation) | {
            "decision": str(verdict.decision),
            "given_on": verdict.kind or str(relation.kind),
            "reviewer": verdict.reviewer,
            "at": verdict.at,
            "note": verdict.note,
            "retired": relation.retired,
            "a_sentence": relation.a.sentence,
            "b_sentence": relation.b.sentence,
        }
