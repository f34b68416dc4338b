"""Verdicts: people's decisions, only ever added to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, func, insert, not_, or_, select

from claimtrack.records import Decision, Verdict
from claimtrack.store import tables as t
from claimtrack.store.rows import grouped, split
from claimtrack.store.views import ReviewStatus

if TYPE_CHECKING:
    from sqlalchemy import ColumnClause, ColumnElement, ScalarSelect

    from claimtrack.store.rows import AnyRow

_COLUMNS = (
    t.Verdict.subject,
    t.Verdict.decision,
    t.Verdict.reviewer,
    t.Verdict.at,
    t.Verdict.note,
    t.Verdict.kind,
    t.Verdict.reason,
    t.Verdict.id,
    t.Verdict.undoes,
    t.Verdict.carries,
)


def append_verdict(connection: Connection, verdict: Verdict) -> Verdict:
    """Add a decision; the ones before it stay.  It comes back with its number."""
    row = {
        "subject": verdict.subject,
        "decision": verdict.decision.value,
        "reviewer": verdict.reviewer,
        "at": verdict.at,
        "note": verdict.note,
        "kind": verdict.kind,
        "reason": verdict.reason,
        "undoes": verdict.undoes,
        "carries": verdict.carries,
    }
    number = connection.scalar(insert(t.Verdict).values(row).returning(t.Verdict.id))
    return replace(verdict, id=number or 0)


def verdicts_of(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[Verdict, ...]]:
    """All decisions on relations and claims, the newest first; subjects without any are left out."""
    rows = grouped(
        connection,
        ids,
        lambda part: (
            select(*_COLUMNS)
            .where(t.Verdict.subject.in_(part))
            .order_by(t.Verdict.subject, t.Verdict.id.desc())
        ),
    )
    return {key: tuple(map(_verdict, found)) for key, found in rows.items()}


def known_subjects(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Which of these are whole keys of claims or relations that are there."""
    found: set[str] = set()
    for part in split(dict.fromkeys(keys)):
        for column in (t.Claim.id, t.Relation.id):
            found.update(connection.scalars(select(column).where(column.in_(part))))
    return found


def find_verdict(connection: Connection, number: int) -> Verdict | None:
    """The verdict with this number, if there is one."""
    row = connection.execute(select(*_COLUMNS).where(t.Verdict.id == number)).one_or_none()
    return _verdict(row) if row else None


def last_verdicts(connection: Connection, limit: int) -> list[Verdict]:
    """The last verdicts of the archive, the newest first."""
    return [
        _verdict(row)
        for row in connection.execute(select(*_COLUMNS).order_by(t.Verdict.id.desc()).limit(limit))
    ]


def newest_decision(subject: ColumnClause[str]) -> ScalarSelect[str]:
    """In a query: what was decided last on the row's subject; null where nothing ever was."""
    return (
        select(t.Verdict.decision)
        .where(t.Verdict.subject == subject)
        .order_by(t.Verdict.id.desc())
        .limit(1)
        .correlate_except(t.Verdict)
        .scalar_subquery()
    )


def has_status(
    subject: ColumnClause[str],
    statuses: Collection[ReviewStatus],
    ends: Iterable[ColumnClause[str]] = (),
) -> ColumnElement[bool]:
    """In a query: whether the row's subject has one of these statuses; `ends` are a relation's claims."""
    decision = func.coalesce(newest_decision(subject), Decision.WITHDRAWN.value)
    ends = tuple(ends)
    false = [func.coalesce(newest_decision(end), "") == Decision.REJECTED.value for end in ends]
    wanted = [
        Decision.WITHDRAWN.value if status is ReviewStatus.OPEN else status.value for status in statuses
    ]
    stands: ColumnElement[bool] = decision.in_(wanted)
    if false:
        rejected = ReviewStatus.REJECTED in statuses
        stands = or_(stands, *false) if rejected else and_(stands, *map(not_, false))
    if ReviewStatus.OPEN in statuses:
        return stands
    # People decide little of what there is: begin with that, rather than ask each row.
    decided = select(t.Verdict.subject)
    return and_(or_(*(column.in_(decided) for column in (subject, *ends))), stands)


def _verdict(row: AnyRow) -> Verdict:
    return Verdict(
        subject=row.subject,
        decision=Decision(row.decision),
        reviewer=row.reviewer,
        at=row.at,
        note=row.note,
        kind=row.kind,
        reason=row.reason,
        id=row.id,
        undoes=row.undoes,
        carries=row.carries,
    )
