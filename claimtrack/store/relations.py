"""Relations: putting and retiring them, and listing them with both claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, exists, func, or_, select, update

from claimtrack.records import Relation, RelationKind, in_force
from claimtrack.store import tables as t
from claimtrack.store.claims import view_claims
from claimtrack.store.codec import pack_signals, unpack_signals
from claimtrack.store.model import aliased
from claimtrack.store.rows import PORTION, portions, put, split
from claimtrack.store.verdicts import has_status, verdicts_of
from claimtrack.store.views import RelationView, ReviewStatus

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow, AnySelect

_ALL = select(*t.Relation.__table__.columns)


@dataclass(frozen=True)
class RelationFilter:
    """Which relations to list; the keys of speaker and outlet, already looked up."""

    kinds: tuple[RelationKind, ...] = tuple(RelationKind)
    speaker: str | None = None  # of either claim
    outlet: str | None = None
    min_score: float = 0.0
    statuses: tuple[ReviewStatus, ...] = ()  # none: all
    since: date | None = None  # one of the claims at least is of this day or later


def put_relations(connection: Connection, relations: Iterable[Relation], matcher: str) -> None:
    """Store relations; a pair that is known is judged anew, and keeps its key and so its verdicts."""
    rows = {
        relation.key: {
            "id": relation.key,
            "a_id": relation.a,
            "b_id": relation.b,
            "kind": relation.kind.value,
            "score": relation.score,
            "signals": pack_signals(relation.signals),
            "explanation": relation.explanation,
            "matcher": matcher,
            "retired": False,
        }
        for relation in relations
    }
    put(connection, t.Relation, list(rows.values()))


def retire_relations(connection: Connection) -> None:
    """Take all relations out of the lists, before all pairs are judged anew."""
    connection.execute(update(t.Relation).where(~t.Relation.retired).values(retired=True))


def retire_relations_of(connection: Connection, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Take the relations of these claims out of the lists; returns the pairs that stood related."""
    pairs: set[tuple[str, str]] = set()
    for part in split(dict.fromkeys(ids)):
        theirs = and_(~t.Relation.retired, or_(t.Relation.a_id.in_(part), t.Relation.b_id.in_(part)))
        found = connection.execute(select(t.Relation.a_id, t.Relation.b_id).where(theirs))
        pairs.update((min(row), max(row)) for row in found)
        connection.execute(update(t.Relation).where(theirs).values(retired=True))
    return sorted(pairs)


def count_relations(connection: Connection) -> dict[RelationKind, int]:
    """How many relations hold, by kind."""
    number = func.count(t.Relation.id)
    rows = connection.execute(
        select(t.Relation.kind, number).where(~t.Relation.retired).group_by(t.Relation.kind)
    )
    found = {RelationKind(kind): count for kind, count in rows}
    return {kind: found.get(kind, 0) for kind in RelationKind}


def decided_pairs(connection: Connection) -> Iterator[list[tuple[str, str]]]:
    """The pairs of current claims that people have decided on, retired relations too, in portions."""
    one, other = aliased(t.Claim), aliased(t.Claim)
    decided = exists().where(t.Verdict.subject == t.Relation.id)
    after = ""
    while True:
        query = (
            select(t.Relation.id, t.Relation.a_id, t.Relation.b_id)
            .join(one, one.id == t.Relation.a_id)
            .join(other, other.id == t.Relation.b_id)
            .where(decided, ~one.retired, ~other.retired, t.Relation.id > after)
            .order_by(t.Relation.id)
        )
        rows = connection.execute(query.limit(PORTION)).all()
        if not rows:
            return
        yield [(row.a_id, row.b_id) for row in rows]
        after = rows[-1].id


def count_matching(connection: Connection, wanted: RelationFilter) -> int:
    """How many relations a filter lets through."""
    return connection.scalar(_fitting(select(func.count(t.Relation.id)), wanted)) or 0


def list_relations(
    connection: Connection, wanted: RelationFilter, limit: int | None
) -> Iterator[RelationView]:
    """Relations that still hold, the strongest first."""
    query = _fitting(_ALL, wanted)
    query = query.order_by(t.Relation.score.desc(), t.Relation.id).limit(limit)
    for rows in portions(connection, query):
        yield from _views(connection, rows)


def _fitting(query: AnySelect, wanted: RelationFilter) -> AnySelect:
    # What people decided on is few: inside a function the kind leads SQLite to no index, as one to all of
    # a kind would go before those that lead to the few.
    few = wanted.statuses and ReviewStatus.OPEN not in wanted.statuses
    kind = func.coalesce(t.Relation.kind, "") if few else t.Relation.kind
    query = query.where(
        ~t.Relation.retired,
        kind.in_([kind.value for kind in wanted.kinds]),
        t.Relation.score >= wanted.min_score,
    )
    if wanted.speaker is not None:
        theirs = select(t.Claim.id).where(t.Claim.speaker_id == wanted.speaker)
        query = query.where(or_(t.Relation.a_id.in_(theirs), t.Relation.b_id.in_(theirs)))
    if wanted.outlet is not None:
        printed = select(t.Claim.id).join(t.Article).where(t.Article.outlet_id == wanted.outlet)
        query = query.where(or_(t.Relation.a_id.in_(printed), t.Relation.b_id.in_(printed)))
    if wanted.since is not None:
        recent = select(t.Claim.id).where(t.Claim.day >= wanted.since, t.Claim.day < t.NO_DAY)
        query = query.where(or_(t.Relation.a_id.in_(recent), t.Relation.b_id.in_(recent)))
    if wanted.statuses:
        ends = (t.Relation.a_id, t.Relation.b_id)
        query = query.where(has_status(t.Relation.id, wanted.statuses, ends))
    return query


def relations_of(connection: Connection, ids: Collection[str]) -> dict[str, list[RelationView]]:
    """For each claim asked the relations that hold, the strongest first."""
    found: dict[str, AnyRow] = {}
    for part in split(dict.fromkeys(ids)):
        theirs = or_(t.Relation.a_id.in_(part), t.Relation.b_id.in_(part))
        found |= {row.id: row for row in connection.execute(_ALL.where(~t.Relation.retired, theirs))}
    out: dict[str, list[RelationView]] = {key: [] for key in ids}
    # All together: a claim that many are related to is read once.
    for view in _views(connection, sorted(found.values(), key=lambda row: (-row.score, row.id))):
        for claim in (view.a.id, view.b.id):
            if claim in out:
                out[claim].append(view)
    return out


def view_relations(connection: Connection, ids: Iterable[str]) -> list[RelationView]:
    """The relations with these keys, retired ones too."""
    query = _ALL.where(t.Relation.id.in_(list(ids))).order_by(t.Relation.id)
    return [view for rows in portions(connection, query) for view in _views(connection, rows)]


def kind_of(connection: Connection, key: str) -> str:
    """The kind of the relation with this key; "" where there is none."""
    return connection.scalar(select(t.Relation.kind).where(t.Relation.id == key)) or ""


def decided_relations(connection: Connection) -> Iterator[RelationView]:
    """The relations that people have decided on, retired ones too, by key."""
    decided = exists().where(t.Verdict.subject == t.Relation.id)
    for rows in portions(connection, _ALL.where(decided).order_by(t.Relation.id)):
        yield from _views(connection, rows)


def decided_relations_of(connection: Connection, ids: Iterable[str]) -> list[RelationView]:
    """The relations of these claims that people have decided on, retired ones too, by key."""
    decided = exists().where(t.Verdict.subject == t.Relation.id)
    found: dict[str, AnyRow] = {}
    for part in split(dict.fromkeys(ids)):
        theirs = or_(t.Relation.a_id.in_(part), t.Relation.b_id.in_(part))
        found |= {row.id: row for row in connection.execute(_ALL.where(theirs, decided))}
    return list(_views(connection, [found[key] for key in sorted(found)]))


def current_kind(connection: Connection, key: str) -> str:
    """The kind of the relation with this key if it holds; "" where it does not."""
    query = select(t.Relation.kind).where(t.Relation.id == key, ~t.Relation.retired)
    return connection.scalar(query) or ""


def _views(connection: Connection, rows: Sequence[AnyRow]) -> Iterator[RelationView]:
    claims = view_claims(connection, [key for row in rows for key in (row.a_id, row.b_id)])
    verdicts = verdicts_of(connection, [row.id for row in rows])
    for row in rows:
        yield RelationView(
            id=row.id,
            kind=RelationKind(row.kind),
            score=row.score,
            signals=unpack_signals(row.signals),
            explanation=row.explanation,
            matcher=row.matcher,
            a=claims[row.a_id],
            b=claims[row.b_id],
            verdict=in_force(verdicts.get(row.id, ())),
            retired=row.retired,
        )
