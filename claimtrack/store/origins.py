"""Where articles come from: the index that finds near-copies, and what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, select, update

from claimtrack.records import Article, TextOrigin
from claimtrack.store import tables as t
from claimtrack.store.articles import full, unpack
from claimtrack.store.rows import put, split

if TYPE_CHECKING:
    from claimtrack.store.rows import AnySelect

NEAR = 30  # texts that one is compared with: those that agree in most bands


@dataclass(frozen=True)
class PlacedArticle:
    """An article, whether its outlet is an agency, and the article it goes back to as far as is known."""

    article: Article
    by_agency: bool
    origin_of: str | None


def put_bands(connection: Connection, article_id: str, bands: Iterable[int]) -> None:
    """Store under which numbers a text is looked up, in place of those it had."""
    connection.execute(delete(t.ArticleBand).where(t.ArticleBand.article_id == article_id))
    put(connection, t.ArticleBand, [{"band": band, "article_id": article_id} for band in set(bands)])


def near_copies(connection: Connection, article_id: str) -> list[str]:
    """The articles that agree with this one in most bands, at least in one."""
    own = connection.scalars(_bands_of(article_id)).all()
    return list(connection.scalars(_sharing(own, article_id))) if own else []


def _bands_of(article_id: str) -> AnySelect:
    return select(t.ArticleBand.band).where(t.ArticleBand.article_id == article_id)


def _sharing(bands: Collection[int], article_id: str) -> AnySelect:
    other = t.ArticleBand.article_id
    return (
        select(other)
        .where(t.ArticleBand.band.in_(bands), other != article_id)
        .group_by(other)
        .order_by(func.count().desc(), other)
        .limit(NEAR)
    )


def copies_of(connection: Connection, ids: Iterable[str]) -> list[str]:
    """The current articles that go back to these."""
    found: list[str] = []
    for part in split(dict.fromkeys(ids)):
        query = select(t.Article.id).where(t.Article.origin_of.in_(part), ~t.Article.superseded)
        found += connection.scalars(query.order_by(t.Article.id))
    return found


def placed(connection: Connection, ids: Iterable[str]) -> dict[str, PlacedArticle]:
    """Those of these articles that are current, by key."""
    found: dict[str, PlacedArticle] = {}
    for part in split(dict.fromkeys(ids)):
        query = full().add_columns(t.Outlet.is_agency).where(t.Article.id.in_(part), ~t.Article.superseded)
        for row in connection.execute(query):
            found[row.id] = PlacedArticle(unpack(row), bool(row.is_agency), row.origin_of)
    return found


def put_origin(connection: Connection, article_id: str, origin: TextOrigin) -> None:
    """Store where an article comes from."""
    values = {
        "origin_kind": origin.kind.value,
        "origin_of": origin.of or None,
        "origin_agency": origin.agency or None,
        "origin_share": origin.share,
        "origin_reason": origin.reason,
    }
    connection.execute(update(t.Article).where(t.Article.id == article_id).values(values))


def unindexed(connection: Connection) -> list[str]:
    """Current articles without bands: too short for any, or put by a version that made none."""
    banded = select(t.ArticleBand.article_id).where(t.ArticleBand.article_id == t.Article.id).exists()
    return list(connection.scalars(select(t.Article.id).where(~banded, ~t.Article.superseded)))
