"""Outlets: who publishes."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, and_, distinct, func, or_, select

from claimtrack.errors import NotFoundError
from claimtrack.store import tables as t
from claimtrack.store.codec import folded, outlet_key
from claimtrack.store.rows import portions, put
from claimtrack.store.views import OutletView


def put_outlet(connection: Connection, name: str | None, is_agency: bool) -> str | None:
    """Store an outlet by the first form of its name that is met; returns its key."""
    if name is None:
        return None
    key = outlet_key(name)
    if connection.scalar(select(t.Outlet.is_agency).where(t.Outlet.id == key)) is None:
        put(
            connection,
            t.Outlet,
            [{"id": key, "name": name, "folded": folded(name), "is_agency": is_agency}],
        )
    return key


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
        .order_by(articles.desc(), t.Outlet.folded, t.Outlet.id)
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


def find_outlet(connection: Connection, name: str) -> str:
    """The key of an outlet by name (in any case) or key; NotFoundError names those that are near."""
    found: str | None = connection.scalar(
        select(t.Outlet.id).where(or_(t.Outlet.folded == folded(name), t.Outlet.id == name))
    )
    if found is not None:
        return found
    from rapidfuzz import process  # noqa: PLC0415  # only needed to help after a mistake

    names = connection.scalars(select(t.Outlet.name).order_by(t.Outlet.folded)).all()
    near = [match for match, _, _ in process.extract(name, names, processor=folded, limit=3, score_cutoff=60)]
    hint = f"Did you mean {', '.join(near)}?" if near else "See `claimtrack outlets`"
    raise NotFoundError(f"No outlet is called {name!r}", hint)
