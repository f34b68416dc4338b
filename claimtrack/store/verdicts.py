"""Verdicts: people's decisions, only ever added to."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from claimtrack.records import Decision, Verdict
from claimtrack.store import tables as t
from claimtrack.store.rows import grouped


def append_verdict(connection: Connection, verdict: Verdict) -> None:
    """Add a decision; the ones before it stay."""
    connection.execute(
        insert(t.Verdict),
        [
            {
                "subject": verdict.subject,
                "decision": verdict.decision.value,
                "reviewer": verdict.reviewer,
                "at": verdict.at,
                "note": verdict.note,
                "kind": verdict.kind,
            }
        ],
    )


def verdicts_of(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[Verdict, ...]]:
    """All decisions on relations and claims, the newest first; subjects without any are left out."""
    rows = grouped(
        connection,
        ids,
        lambda part: (
            select(
                t.Verdict.subject,
                t.Verdict.decision,
                t.Verdict.reviewer,
                t.Verdict.at,
                t.Verdict.note,
                t.Verdict.kind,
            )
            .where(t.Verdict.subject.in_(part))
            .order_by(t.Verdict.subject, t.Verdict.id.desc())
        ),
    )
    return {
        key: tuple(Verdict(r.subject, Decision(r.decision), r.reviewer, r.at, r.note, r.kind) for r in found)
        for key, found in rows.items()
    }
