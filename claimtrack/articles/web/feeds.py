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
from claimtrack.knowledge import Knowledge

MENDED = 100_000  # bytes of a broken feed: feedparser's time for mending grows with their square
FULL_TEXT = 600  # characters from which on an entry's content is taken for its article
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w{2,8};")
_PARTS = re.compile(r"\s+[-–—|»·:>]+\s+|:\s+")
_FEED_HOST = re.compile(r"^(?:www|feeds?|rss|xml)\d?\.")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LONGEST = 500  # characters of a title or a name


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
    # In a stream: feedparser would fetch, or open, what a string names.
    if len(data) > MENDED and not _is_well_formed(data, charset):
        raise FetchError(f"{printable(place)} is no feed, or broken and too large to be mended")
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers=headers)
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
    return Entry(
        key=link or f"{place}#{_line(entry.get('id'))}",
        link=link,
        facts=facts,
        text=_storable(text) if len(text) >= FULL_TEXT else "",
    )


def _is_well_formed(data: bytes, charset: str | None) -> bool:
    try:
        expat.ParserCreate(charset, " ").Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


def _link(entry: Any, place: str) -> str:
    link = _line(entry.get("link"))
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
    return " ".join(_CONTROLS.sub(" ", _storable(str(text or ""))).split())[:_LONGEST]


def _storable(text: str) -> str:
    """Without what no database stores: half characters that a broken feed may name by number."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
