"""The relations of many claims, with no more of the claims across than who says them and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING

from sqlalchemy import ColumnClause, Connection, select

from claimtrack.records import RelationKind, in_force
from claimtrack.store import tables as t
from claimtrack.store.model import aliased
from claimtrack.store.rows import split
from claimtrack.store.verdicts import verdicts_of
from claimtrack.store.views import NearView

if TYPE_CHECKING:
    from claimtrack.store.rows import AnySelect

_ACROSS = aliased(t.Claim)


def near_claims(connection: Connection, ids: Collection[str]) -> dict[str, list[NearView]]:
    """For each claim asked the relations that hold, the strongest first."""
    out: dict[str, list[NearView]] = {key: [] for key in ids}
    for part in split(out):
        rows = [
            *connection.execute(_near(t.Relation.a_id, t.Relation.b_id, part)),
            *connection.execute(_near(t.Relation.b_id, t.Relation.a_id, part)),
        ]
        verdicts = verdicts_of(connection, (row.id for row in rows))
        for row in sorted(rows, key=attrgetter("order", "id")):
            verdict = in_force(verdicts.get(row.id, ()))
            out[row.mine].append(
                NearView(
                    id=row.id,
                    kind=RelationKind(row.kind),
                    matcher=row.matcher,
                    claim=row.claim,
                    speaker=row.speaker,
                    outlet=row.outlet,
                    decision=verdict.decision if verdict else None,
                )
            )
    return out


def _near(mine: ColumnClause[str], other: ColumnClause[str], ids: Iterable[str]) -> AnySelect:
    return (
        select(
            t.Relation.id,
            t.Relation.kind,
            t.Relation.matcher,
            (-t.Relation.score).label("order"),
            mine.label("mine"),
            other.label("claim"),
            t.Speaker.name.label("speaker"),
            t.Outlet.name.label("outlet"),
        )
        .join(_ACROSS, _ACROSS.id == other)
        .join(t.Article, t.Article.id == _ACROSS.article_id)
        .join(t.Speaker, t.Speaker.id == _ACROSS.speaker_id)
        .outerjoin(t.Outlet, t.Outlet.id == t.Article.outlet_id)
        .where(~t.Relation.retired, mine.in_(list(ids)))
    )
