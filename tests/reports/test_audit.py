from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from claimtrack.records import Decision, RelationKind, Span, Verdict
from claimtrack.reports.audit import AUDIT_COLUMNS, audit_row
from claimtrack.store.views import ClaimView, NearView

FORMAT = Path(__file__).parents[2] / "docs" / "audit-format.md"


def test_a_row_has_every_column(claim: Callable[..., ClaimView]) -> None:
    assert tuple(audit_row(claim("x"), (), None)) == AUDIT_COLUMNS


def test_relations_stand_in_one_order(claim: Callable[..., ClaimView]) -> None:
    near = [
        NearView("r1", RelationKind.CORROBORATES, "rules-1", "2", "Speaker 2", None, None),
        NearView("r2", RelationKind.CONTRADICTS, "rules-1", "3", "Speaker 3", "Outlet 3", Decision.UNSURE),
    ]
    row = audit_row(claim("1"), near, None)
    assert (row["relation_ids"], row["relation_verdicts"]) == ("r1 | r2", " | unsure")
    assert row["relation_kinds"] == "corroborates | contradicts"
    assert row["relation_claims"] == "2 | 3"
    assert row["relation_speakers"] == "Speaker 2 | Speaker 3"
    assert row["relation_outlets"] == " | Outlet 3"
    assert row["matchers"] == "rules-1"


def test_offsets_and_verdict(claim: Callable[..., ClaimView]) -> None:
    verdict = Verdict("cx", Decision.REJECTED, "Ada", datetime(2024, 5, 1, 12, tzinfo=UTC), "a headline")
    row = audit_row(claim("x", content=(Span(40, 50), Span(5, 9))), (), verdict)
    assert (row["content_start"], row["content_end"]) == (5, 50)
    assert row["content_spans"] == [[40, 50], [5, 9]]
    assert (row["verdict"], row["reviewer"], row["verdict_note"]) == ("rejected", "Ada", "a headline")


def test_every_column_is_documented_in_order() -> None:
    rows = [
        line.split("|")[1].strip()
        for line in FORMAT.read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert tuple(name.strip("`") for name in rows) == AUDIT_COLUMNS
