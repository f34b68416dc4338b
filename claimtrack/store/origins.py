"""Where articles come from: the index that finds near-copies, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, select, update

from claimtrack.records import Article, TextOrigin
from claimtrack.store import tables as t
from claimtrack.store.articles import full, unpack
from claimtrack.store.model import aliased
from claimtrack.store.rows import THESE, put, split

NEAR = 30  # texts that one is compared with: those that agree in most bands

_OWN = aliased(t.ArticleBand)
_MINE = t.ArticleBand.article_id == bindparam("article")
_GIVE_UP = delete(t.ArticleBand).where(_MINE)
_SHARING = (
    select(t.ArticleBand.article_id)
    .where(t.ArticleBand.band.in_(select(_OWN.band).where(_OWN.article_id == bindparam("article"))), ~_MINE)
    .group_by(t.ArticleBand.article_id)
    .order_by(func.count().desc(), t.ArticleBand.article_id)
    .limit(NEAR)
)
_COPIES = (
    select(t.Article.id).where(t.Article.origin_of.in_(THESE), ~t.Article.superseded).order_by(t.Article.id)
)
_PLACED = full().add_columns(t.Outlet.is_agency).where(t.Article.id.in_(THESE), ~t.Article.superseded)
_PUT_ORIGIN = (
    update(t.Article)
    .where(t.Article.id == bindparam("article"))
    .values(
        origin_kind=bindparam("kind"),
        origin_of=bindparam("of"),
        origin_agency=bindparam("agency"),
        origin_share=bindparam("share"),
        origin_reason=bindparam("reason"),
    )
)


@dataclass(frozen=True)
class PlacedArticle:
    """An article, whether its outlet is an agency, and the article it goes back to as far as is known."""

    article: Article
    by_agency: bool
    origin_of: str | None


def put_bands(connection: Connection, article_id: str, bands: Iterable[int], is_new: bool = False) -> None:
    """Store under which numbers a text is looked up, in place of those it had; one that is new has none."""
    if not is_new:
        connection.execute(_GIVE_UP, {"article": article_id})
    put(connection, t.ArticleBand, [{"band": band, "article_id": article_id} for band in sorted(set(bands))])


def near_copies(connection: Connection, article_id: str) -> list[str]:
    """The articles that agree with this one in most bands, at least in one."""
    return list(connection.scalars(_SHARING, {"article": article_id}))


def copies_of(connection: Connection, ids: Iterable[str]) -> list[str]:
    """The current articles that go back to these."""
    found: list[str] = []
    for part in split(dict.fromkeys(ids)):
        found += connection.scalars(_COPIES, {"these": part})
    return found


def placed(connection: Connection, ids: Iterable[str]) -> dict[str, PlacedArticle]:
    """Those of these articles that are current, by key."""
    found: dict[str, PlacedArticle] = {}
    for part in split(dict.fromkeys(ids)):
        for row in connection.execute(_PLACED, {"these": part}):
            found[row.id] = PlacedArticle(unpack(row), bool(row.is_agency), row.origin_of)
    return found


def put_origin(connection: Connection, article_id: str, origin: TextOrigin) -> None:
    """Store where an article comes from."""
    values = {
        "article": article_id,
        "kind": origin.kind.value,
        "of": origin.of or None,
        "agency": origin.agency or None,
        "share": origin.share,
        "reason": origin.reason,
    }
    connection.execute(_PUT_ORIGIN, values)


def unindexed(connection: Connection) -> list[str]:
    """Current articles without bands: too short for any, or put by a version that made none."""
    banded = select(t.ArticleBand.article_id).where(t.ArticleBand.article_id == t.Article.id).exists()
    return list(connection.scalars(select(t.Article.id).where(~banded, ~t.Article.superseded)))
