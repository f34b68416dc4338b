"""Articles: putting them, and listing what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, func, or_, select, update

from claimtrack.errors import NotFoundError
from claimtrack.records import Article, Mark, MarkKind, Span
from claimtrack.store import tables as t
from claimtrack.store.codec import ORIGIN, day_of, unpack_origin
from claimtrack.store.outlets import put_outlet
from claimtrack.store.rows import can_be_stored, grouped, portions, put
from claimtrack.store.views import ArticleView

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow, AnySelect
    from claimtrack.store.standing import Standing


def put_article(connection: Connection, found: Standing, is_agency: bool, extractor: str) -> None:
    """Store an article as `standing.compare` found it; the one it takes the place of becomes superseded."""
    article = found.article
    printed, outlet = put_outlet(connection, article.outlet, is_agency)
    row = {
        "id": found.id,
        "outlet_id": outlet,
        "printed_outlet_id": printed,
        "path": article.path,
        "sha256": article.sha256,
        "body": article.body,
        "title": article.title,
        "byline": article.byline,
        "dateline": article.dateline,
        "published": article.published,
        "url": article.url,
        "day": day_of(article.published),
        "marks": [[mark.span.start, mark.span.end, mark.kind.value] for mark in article.marks],
        "agencies": list(article.agencies),
        "detected": [list(pair) for pair in article.detected],
        "wire": article.wire,
        "language": article.language,
        "superseded": False,
        "extractor": extractor,
        "ingested": datetime.now(UTC),
    }
    if found.former:
        row["revises"] = found.former
        connection.execute(update(t.Article).where(t.Article.id == found.former).values(superseded=True))
    elif not found.renewed:
        row["revises"] = None
    put(connection, t.Article, [row])


def load_article(connection: Connection, article_id: str) -> Article:
    """An article as the record it was put from; NotFoundError if there is none."""
    row = connection.execute(full().where(t.Article.id == article_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"No article has the identifier {article_id}", "See `claimtrack articles`")
    return unpack(row)


def extractor_of(connection: Connection, article_id: str) -> str:
    """What an article's claims were made with."""
    return connection.scalar(select(t.Article.extractor).where(t.Article.id == article_id)) or ""


def other_extractors(connection: Connection, extractor: str) -> list[str]:
    """The current articles whose claims were made with anything else, by key."""
    query = select(t.Article.id).where(~t.Article.superseded, t.Article.extractor != extractor)
    return list(connection.scalars(query.order_by(t.Article.id)))


def bodies(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The texts of several articles."""
    rows = grouped(
        connection, ids, lambda part: select(t.Article.id, t.Article.body).where(t.Article.id.in_(part))
    )
    return {key: found[0].body for key, found in rows.items()}


def list_articles(connection: Connection, limit: int | None) -> Iterator[ArticleView]:
    """All articles, superseded ones too, by publication day."""
    return _views(connection, _select().order_by(t.Article.day, t.Article.id).limit(limit))


def view_articles(connection: Connection, ids: Iterable[str]) -> list[ArticleView]:
    """The articles with these keys."""
    return list(_views(connection, _select().where(t.Article.id.in_(list(ids))).order_by(t.Article.id)))


def find_article(connection: Connection, text: str) -> str | None:
    """The key of the article with this key or path (the current one of a path), if there is one."""
    if not can_be_stored(text):
        return None
    found: str | None = connection.scalar(
        select(t.Article.id)
        .where(or_(t.Article.id == text, t.Article.path == text))
        .order_by(t.Article.superseded, t.Article.id)
        .limit(1)
    )
    return found


def _select() -> AnySelect:
    claims = (
        select(func.count(t.Claim.id))
        .where(and_(t.Claim.article_id == t.Article.id, ~t.Claim.retired))
        .correlate(t.Article)
        .scalar_subquery()
    )
    return (
        select(
            t.Article.id,
            t.Article.path,
            t.Outlet.name.label("outlet"),
            t.Article.title,
            t.Article.published,
            t.Article.url,
            t.Article.sha256,
            claims.label("claims"),
            t.Article.superseded,
            t.Article.revises,
            t.Article.language,
            t.Article.raw_sha256,
            t.Raw.media_type,
            *ORIGIN,
        )
        .outerjoin(t.Outlet, t.Outlet.id == t.Article.outlet_id)
        .outerjoin(t.Raw, t.Raw.sha256 == t.Article.raw_sha256)
    )


def _views(connection: Connection, query: AnySelect) -> Iterator[ArticleView]:
    for rows in portions(connection, query):
        for row in rows:
            yield ArticleView(
                id=row.id,
                path=row.path,
                outlet=row.outlet,
                title=row.title,
                published=row.published,
                url=row.url,
                sha256=row.sha256,
                claims=row.claims,
                unknown=tuple(n for n in ("outlet", "title", "published") if getattr(row, n) is None),
                status="superseded" if row.superseded else "current",
                revises=row.revises,
                origin=unpack_origin(row),
                language=row.language,
                raw_sha256=row.raw_sha256,
                media_type=row.media_type or ("text/plain" if row.raw_sha256 else None),
            )


def full() -> AnySelect:
    """Every column of articles, with the outlet as printed."""
    return select(*t.Article.__table__.columns, t.Outlet.name.label("outlet")).outerjoin(
        t.Outlet, t.Outlet.id == t.Article.printed_outlet_id
    )


def unpack(row: AnyRow) -> Article:
    """The article of a row of `full`."""
    return Article(
        body=row.body,
        path=row.path,
        outlet=row.outlet,
        title=row.title,
        byline=row.byline,
        dateline=row.dateline,
        published=row.published,
        url=row.url,
        marks=tuple(Mark(Span(start, end), MarkKind(kind)) for start, end, kind in row.marks),
        agencies=tuple(row.agencies),
        detected=tuple((name, how) for name, how in row.detected),
        wire=row.wire,
        language=row.language,
    )
