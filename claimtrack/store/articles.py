"""Articles: what is known about a text already, putting it, and listing what is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from claimtrack.errors import NotFoundError
from claimtrack.records import Article, Mark, MarkKind, Span
from claimtrack.store import tables as t
from claimtrack.store.codec import ORIGIN, day_of, outlet_key, unpack_origin
from claimtrack.store.outlets import put_outlet
from claimtrack.store.rows import can_be_stored, grouped, portions, put
from claimtrack.store.views import ArticleView

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow, AnySelect

STDIN = "-"  # not a place: two texts from standard input are not two versions of one article
_FACTS = ("outlet", "title", "byline", "dateline", "published", "url")
# What a person said, or the publisher's own feed: not what was read out of the text.
_SAID = "command line"
_GIVEN = {_SAID, "manifest", "feed"}


class Status(StrEnum):
    """How a text stands to the archive."""

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"


@dataclass(frozen=True)
class Standing:
    """How an article stands to the archive, and what it would be stored as."""

    status: Status
    id: str  # the key it has or gets
    article: Article  # with the facts that are known already filled in
    former: str | None = None  # the current article whose file now holds this text
    renewed: bool = False  # the text is known, its facts are not: its claims are to be made again


def standing(connection: Connection, article: Article) -> Standing:
    """Compare an article with the archive: by outlet and text, then by path.

    What stands at a path is revised by a text that is much like it; another text of the same name, as of
    another day's folder, is another article.  What a URL gives is always its page's.
    A fact that is unknown now does not erase one that is known.  A text known under another outlet at
    the same path is the same article, whose outlet has been put right; it keeps its key.
    """
    row = _row_of(connection, article)
    former = None
    if article.lasting and article.path != STDIN:
        former = _former(connection, article, row.id if row else "")
    if row is None:
        return Standing(Status.CHANGED if former else Status.NEW, article.key, article, former)
    old = unpack(row)
    merged = _merge(old, article, moved=row.superseded)
    if former or row.superseded:
        return Standing(Status.CHANGED, row.id, merged, former)
    renewed = merged != old
    return Standing(Status.CHANGED if renewed else Status.KNOWN, row.id, merged, None, renewed)


def put_article(connection: Connection, found: Standing, is_agency: bool, extractor: str) -> None:
    """Store an article as `standing` found it; the one it takes the place of becomes superseded."""
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


def _row_of(connection: Connection, article: Article) -> AnyRow | None:
    """The row that already holds this text of this outlet, or this text at this path."""
    text = {"key": article.key, "sha256": article.sha256, "path": article.path}
    outlet = outlet_key(article.outlet) if article.outlet is not None else None
    row = connection.execute(_OF_OUTLET, text | {"outlet": outlet}).one_or_none()
    if row is None and article.path != STDIN:
        row = connection.execute(_OF_PATH, text).one_or_none()
    return row


def _former(connection: Connection, article: Article, but: str) -> str | None:
    """The current article, other than `but`, whose place this one takes."""
    outlet = outlet_key(article.outlet) if article.outlet is not None else None
    for row in connection.execute(_AT_PATH, {"path": article.path, "but": but}):
        same_outlet = None in (outlet, row.printed_outlet_id) or outlet == row.printed_outlet_id
        if "://" in article.path or (same_outlet and _resembles(row.body, article.body)):
            return str(row.id)
    return None


def _resembles(old: str, new: str) -> bool:
    """Whether one text is a version of the other.

    By the share of the shorter one's runs of three words that the other has too (containment: Broder, "On the
    resemblance and containment of documents", 1997); unrelated articles share a run or two in a hundred.
    """
    one, other = (_runs(text.casefold().split()) for text in (old, new))
    return len(one & other) >= _VERSION * min(len(one), len(other))


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


_VERSION = 0.1
_SAME_NAME = 50  # articles at one path that a text is held against, the latest first
_AT_PATH = (
    select(t.Article.id, t.Article.printed_outlet_id, t.Article.body)
    .where(t.Article.path == bindparam("path"), ~t.Article.superseded, t.Article.id != bindparam("but"))
    .order_by(t.Article.ingested.desc(), t.Article.id)
    .limit(_SAME_NAME)
)
_SAME_TEXT = t.Article.sha256 == bindparam("sha256")
_SAME_OUTLET = t.Article.printed_outlet_id.is_not_distinct_from(bindparam("outlet", type_=t.Key))
_OF_OUTLET = (
    full()
    .where(or_(t.Article.id == bindparam("key"), and_(_SAME_TEXT, _SAME_OUTLET)))
    .order_by(t.Article.id)
    .limit(1)
)
_OF_PATH = (
    full()
    .where(_SAME_TEXT, t.Article.path == bindparam("path"))
    .order_by(t.Article.superseded, t.Article.id)
    .limit(1)
)


def _merge(old: Article, new: Article, moved: bool) -> Article:
    """The facts of both: never unknown over known or detected over given, else those of one place.

    That is the file the article is in, read again.  Where one outlet's text stands in two files that do not
    agree, it is the file whose name comes first, so that neither order nor repetition changes anything; but
    what is said on the command line is said of this text, and holds.
    """
    same = moved or old.path == new.path or STDIN in (old.path, new.path)
    first = new.path != STDIN and (old.path == STDIN or new.path < old.path)
    taken = {name for name in _FACTS if _prevails(name, old, new, same or first)}
    changed = {name for name in taken if getattr(old, name) != getattr(new, name)}
    if not same and not changed:
        return old
    settled = any(getattr(old, name) is not None for name in changed)
    how = {name: said for name, said in old.detected if name in _FACTS and name not in taken}
    how |= {name: said for name, said in new.detected if name not in _FACTS or name in taken}
    # Stored before languages were told: nothing new is known by English.
    language = None if old.language is None and not new.is_foreign else new.language
    return replace(
        new,
        path=new.path if moved or (first and settled) else old.path,
        language=language,
        detected=tuple(sorted(how.items())),
        **{name: getattr(new if name in taken else old, name) for name in _FACTS},
    )


def _prevails(name: str, old: Article, new: Article, here: bool) -> bool:
    """Whether what `new` says of a fact goes before what `old` says; `here`: where both are as good."""
    if getattr(new, name) is None or getattr(old, name) is None:
        return getattr(old, name) is None
    before, now = dict(old.detected).get(name), dict(new.detected).get(name)
    if (before in _GIVEN) != (now in _GIVEN):
        return now in _GIVEN
    return here or now == _SAID


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
