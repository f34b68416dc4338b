"""RSS and Atom: which articles a feed names, and what it says about them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_tz
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.parsers import expat

import feedparser

from claimtrack.articles.decoding import printable
from claimtrack.articles.metadata import outlets_named
from claimtrack.articles.overrides import FIELDS, Overrides
from claimtrack.articles.web.failures import FetchError
from claimtrack.articles.web.markup import text_of
from claimtrack.articles.web.urls import LONGEST
from claimtrack.knowledge import Knowledge
from claimtrack.records import digest

MENDED = 100_000  # bytes of a broken feed: feedparser's time for mending grows with their square
FULL_TEXT = 600  # characters from which on an entry's content is taken for its article
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w{2,8};")
_PARTS = re.compile(r"\s+[-–—|»·:>]+\s+|:\s+")
_FEED_HOST = re.compile(r"^(?:www|feeds?|rss|xml)\d?\.")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LONGEST = 500  # characters of a title or a name
_MOST_CATEGORIES = 2_000  # of an entry, or of a feed, by words: feedparser compares each with all before it
_CATEGORIES = frozenset(("category", "keywords", "subject", "tags"))
_ENTRIES = frozenset(("entry", "item", "product"))  # what feedparser takes for one


@dataclass(frozen=True)
class Entry:
    """One article that a feed names: its address, or its text where the feed carries it in full."""

    key: str  # the address, else what identifies the entry within its feed
    link: str  # as written but absolute; empty where there is none
    facts: Overrides
    text: str = ""


def read_feed(
    data: bytes, place: str, media_type: str, charset: str | None, knowledge: Knowledge
) -> list[Entry]:
    """The entries of a feed from `place`, each once, as far as they can be read.

    Raises FetchError where the data are no feed.
    """
    content_type = f"{media_type or 'application/xml'}; charset={charset}" if charset else media_type
    headers = {"content-type": content_type, "content-location": place}
    if len(data) > MENDED:
        _check(data, place, charset)
    try:
        # In a stream: feedparser would fetch, or open, what a string names.  Markup is made plain in
        # `text_of`; to clean it here first takes time that grows with the square of its length.
        found = feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # its parser for broken feeds lets many kinds out
        raise FetchError(f"{printable(place)} cannot be read as a feed: {type(error).__name__}") from error
    if not found.get("version") and not found.entries:
        raise FetchError(f"{printable(place)} is no feed", "Give the address of an RSS or Atom feed")
    entries = (_entry(entry, found.feed, place, knowledge, found.version) for entry in found.entries)
    return list({entry.key: entry for entry in entries if entry.link or entry.text}.values())


def _entry(entry: Any, feed: Any, place: str, knowledge: Knowledge, version: str) -> Entry:
    link = _link(entry, place)
    text = max((text_of(part.get("value", "")) for part in entry.get("content", ())), key=len, default="")
    published = _day(entry, "published") or (_day(entry, "updated") if version.startswith("rss") else None)
    facts = Overrides(
        outlet=_outlet(entry, feed, link, place, knowledge),
        title=_title(entry) or None,
        published=published,
        origins=tuple((name, "feed") for name in FIELDS),
    )
    text = _storable(text) if len(text) >= FULL_TEXT else ""
    if text and len(link) > LONGEST:
        link = ""  # of a page that is never fetched; without a text it stays, and is refused in one line
    # What has neither address nor name is told by what it says: one key for all would make them one.
    name = _flat(entry.get("id")) or digest(facts.title or "", text)
    return Entry(key=link or f"{place}#{name}", link=link, facts=facts, text=text)


def _check(data: bytes, place: str, charset: str | None) -> None:
    """Raise FetchError for a large feed that would take hours: broken, or with thousands of categories."""
    parser = expat.ParserCreate(charset, " ")
    counted = _Categories(place)
    parser.StartElementHandler = counted.start
    parser.EndElementHandler = counted.end
    parser.CharacterDataHandler = counted.words
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        problem = f"{printable(place)} is no feed, or broken and too large to be mended"
        raise FetchError(problem) from error


class _Categories:
    """Counts the categories of a feed and of each entry; raises FetchError where they are too many."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._of_feed = self._of_entry = 0
        self._in_entry = self._in_category = False

    def start(self, name: str, _: object) -> None:
        local = name.rpartition(" ")[2].lower()
        if local in _ENTRIES:
            self._in_entry, self._of_entry = True, 0
        self._in_category = local in _CATEGORIES
        self._add(self._in_category)

    def end(self, name: str) -> None:
        self._in_category = False
        if name.rpartition(" ")[2].lower() in _ENTRIES:
            self._in_entry = False

    def words(self, text: str) -> None:
        if self._in_category:
            self._add(len(text.split()) + text.count(","))  # keywords stand in one element

    def _add(self, count: int) -> None:
        if self._in_entry:
            self._of_entry += count
        else:
            self._of_feed += count
        if max(self._of_entry, self._of_feed) > _MOST_CATEGORIES:
            raise FetchError(
                f"{printable(self._place)} has more than {_MOST_CATEGORIES:,} categories in one entry"
            )


def _link(entry: Any, place: str) -> str:
    link = _flat(entry.get("link"))
    try:
        return urljoin(place, link) if link and "://" in place else link
    except ValueError:
        return link  # whoever fetches it will say what is wrong


def _title(entry: Any) -> str:
    title = entry.get("title", "")
    return _line(text_of(title) if _MARKUP.search(title) else title)


def _day(entry: Any, name: str) -> date | None:
    """The day as printed: late in the evening it is another one in UTC."""
    printed = _line(entry.get(name))
    try:
        if re.match(r"\d{4}-\d\d-\d\d", printed):
            return date.fromisoformat(printed[:10])
        parts = parsedate_tz(printed) or entry.get(f"{name}_parsed")
        return date(*parts[:3]) if parts else None
    except (ValueError, TypeError, IndexError):
        return None


def _outlet(entry: Any, feed: Any, link: str, place: str, knowledge: Knowledge) -> str | None:
    """Who published the entry, as far as the feed says so and its address does not."""
    if knowledge.outlet_of_domain(_host(link)) is not None:
        return None
    source = entry.get("source")
    stated = _line(source.get("title")) if source else ""
    if stated:
        return stated
    if not _same_site(_host(link), _host(feed.get("link", "")) or _host(place)):
        return None  # whoever lists others' articles has not published them
    return next(_own_names(feed, knowledge), None)


def _own_names(feed: Any, knowledge: Knowledge) -> Iterator[str]:
    for name in (_line(feed.get("publisher")), *_PARTS.split(_line(feed.get("title")))):
        yield from (outlet for outlet, _ in outlets_named(name, "feed", knowledge))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _same_site(one: str, other: str) -> bool:
    one, other = (_FEED_HOST.sub("", host) for host in (one, other))
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _line(text: Any) -> str:
    return _flat(text)[:_LONGEST]


def _flat(text: Any) -> str:
    """One line, uncut: half an address is another address."""
    return " ".join(_CONTROLS.sub(" ", _storable(str(text or ""))).split())


def _storable(text: str) -> str:
    """Without what no database stores: half characters that a broken feed may name by number."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
