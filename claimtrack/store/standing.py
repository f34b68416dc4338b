"""How a text stands to the archive: new, known, or in the place of another; and whose facts hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, bindparam, or_, select

from claimtrack.records import Article
from claimtrack.store import tables as t
from claimtrack.store.articles import full, unpack
from claimtrack.store.codec import outlet_key

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow

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


def compare(connection: Connection, article: Article) -> Standing:
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
    for row in connection.execute(_AT_PATH, {"path": article.path, "but": but}):
        if "://" in article.path or (_may_be_of(row, article) and _resembles(row.body, article.body)):
            return str(row.id)
    return None


def _may_be_of(row: AnyRow, article: Article) -> bool:
    """Whether both may be one outlet's; two that were told in two ways may be, as where one was put right."""
    if article.outlet is None or row.printed_outlet_id in (None, outlet_key(article.outlet)):
        return True
    return dict(row.detected).get("outlet") != dict(article.detected).get("outlet")


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
    select(t.Article.id, t.Article.printed_outlet_id, t.Article.body, t.Article.detected)
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
