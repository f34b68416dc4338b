"""Outlets: who publishes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, Connection, and_, bindparam, distinct, func, or_, select, true, update

from claimtrack.errors import NotFoundError
from claimtrack.store import tables as t
from claimtrack.store.codec import folded, outlet_key
from claimtrack.store.identity import Moved
from claimtrack.store.rows import can_be_stored, portions, put, split
from claimtrack.store.spelling import spelled
from claimtrack.store.tables import Says
from claimtrack.store.unions import Unions
from claimtrack.store.views import OutletView

_EFFECTIVE = select(t.Outlet.effective_id).where(t.Outlet.id == bindparam("outlet"))


def put_outlet(
    connection: Connection, name: str | None, is_agency: bool
) -> tuple[str, str] | tuple[None, None]:
    """Store an outlet by the first form of its name that is met.

    Returns its key, and that of the outlet that people made it part of: its own where they did not.
    """
    if name is None:
        return None, None
    key = outlet_key(name)
    effective: str | None = connection.scalar(_EFFECTIVE, {"outlet": key})
    if effective is None:
        row = {"id": key, "name": name, "folded": folded(name), "is_agency": is_agency}
        put(connection, t.Outlet, [row])
    return key, effective or key


def list_outlets(connection: Connection, limit: int | None) -> Iterator[OutletView]:
    """Outlets with current articles, those with most of them first."""
    articles = func.count(distinct(t.Article.id))
    query = (
        select(
            t.Outlet.id,
            t.Outlet.name,
            articles.label("articles"),
            func.count(t.Claim.id).label("claims"),
            func.count(distinct(t.Claim.speaker_id)).label("speakers"),
            t.Outlet.is_agency,
        )
        .join(t.Article, and_(t.Article.outlet_id == t.Outlet.id, ~t.Article.superseded))
        .outerjoin(t.Claim, and_(t.Claim.article_id == t.Article.id, ~t.Claim.retired))
        .group_by(t.Outlet.id)
        .order_by(articles.desc(), spelled(t.Outlet.folded), t.Outlet.id)
        .limit(limit)
    )
    for rows in portions(connection, query):
        for row in rows:
            yield OutletView(
                id=row.id,
                name=row.name,
                articles=row.articles,
                claims=row.claims,
                speakers=row.speakers,
                is_agency=row.is_agency,
            )


def refresh_outlets(connection: Connection, ids: Iterable[str]) -> Moved:
    """Bring outlets whose merges changed, and all merged with them, to where the merges in force put them."""
    known = _merged_with(connection, ids)
    merges: dict[int, tuple[str, str]] = {}
    for part in split(known):
        merges |= _merges(connection, t.Ruling.subject.in_(part))
    groups = Unions()
    for _, (gone, kept) in sorted(merges.items()):
        groups.join(kept, gone)
    ways = {key: groups.top(key) for key, old in known.items() if groups.top(key) != old}
    moved: Moved = {}
    for part in split(ways):
        query = select(t.Claim.id, t.Article.outlet_id, t.Article.printed_outlet_id)
        printed = query.join(t.Article, t.Article.id == t.Claim.article_id).where(
            t.Article.printed_outlet_id.in_(part), ~t.Claim.retired
        )
        moved |= {row.id: (row.outlet_id, ways[row.printed_outlet_id]) for row in connection.execute(printed)}
    if ways:
        key, to = (bindparam(name, type_=t.Key) for name in ("key", "to"))
        there = [{"key": outlet, "to": top} for outlet, top in ways.items()]
        connection.execute(update(t.Outlet).where(t.Outlet.id == key).values(effective_id=to), there)
        articles = update(t.Article).where(t.Article.printed_outlet_id == key)
        connection.execute(articles.values(outlet_id=to), there)
    return moved


def check_outlets(connection: Connection) -> Iterator[str]:
    """A line for each outlet and article that is not where the merges in force put it."""
    groups = Unions()
    for _, (gone, kept) in sorted(_merges(connection, true()).items()):
        groups.join(kept, gone)
    for row in connection.execute(select(t.Outlet.id, t.Outlet.effective_id).order_by(t.Outlet.id)):
        if row.effective_id != groups.top(row.id):
            yield f"outlet {row.id}: does not stand where decisions put it ({groups.top(row.id)})"
    strayed = (
        select(t.Article.id)
        .outerjoin(t.Outlet, t.Outlet.id == t.Article.printed_outlet_id)
        .where(t.Article.outlet_id.is_distinct_from(t.Outlet.effective_id))
        .order_by(t.Article.id)
    )
    for key in connection.scalars(strayed):
        yield f"article {key}: is not under the outlet that decisions give it to"


def find_outlet(connection: Connection, name: str) -> str:
    """The key of an outlet by name (in any case) or key; NotFoundError names those that are near.

    An outlet that people merged into another stands for that one.
    """
    if not can_be_stored(name):
        raise NotFoundError(f"No outlet is called {name!r}", "See `claimtrack outlets`")
    found: str | None = connection.scalar(
        select(t.Outlet.effective_id).where(or_(t.Outlet.folded == folded(name), t.Outlet.id == name))
    )
    if found is not None:
        return found
    from rapidfuzz import process  # noqa: PLC0415  # only needed to help after a mistake

    names = connection.scalars(select(t.Outlet.name).order_by(spelled(t.Outlet.folded))).all()
    near = [match for match, _, _ in process.extract(name, names, processor=folded, limit=3, score_cutoff=60)]
    hint = f"Did you mean {', '.join(near)}?" if near else "See `claimtrack outlets`"
    raise NotFoundError(f"No outlet is called {name!r}", hint)


def _merged_with(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """These outlets and all that merges or former places join to them, each with its former place."""
    found: dict[str, str] = {}
    edge = set(ids)
    while edge:
        near: set[str] = set()
        for part in split(edge):
            one_of = or_(t.Outlet.id.in_(part), t.Outlet.effective_id.in_(part))
            rows = connection.execute(select(t.Outlet.id, t.Outlet.effective_id).where(one_of)).all()
            found |= {row.id: row.effective_id for row in rows}
            near.update(row.effective_id for row in rows)
            joined = or_(t.Ruling.subject.in_(part), t.Ruling.object.in_(part))
            near.update(key for pair in _merges(connection, joined).values() for key in pair)
        edge = near - found.keys()
    return found


def _merges(connection: Connection, which: ColumnElement[bool]) -> dict[int, tuple[str, str]]:
    """Merges of outlets in force, by the number of the decision: what was merged, into which."""
    query = select(t.Ruling.number, t.Ruling.subject, t.Ruling.object).where(
        t.Ruling.kind == Says.OUTLET_MERGED, which
    )
    return {row.number: (row.subject, row.object) for row in connection.execute(query)}
