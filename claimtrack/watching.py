"""Feeds: what is new in them goes into the archive, and nothing is asked for twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimtrack.articles import Found, Overrides
from claimtrack.articles.charsets import declared_charset
from claimtrack.articles.web.failures import FetchError
from claimtrack.articles.web.feeds import Entry, read_feed
from claimtrack.articles.web.fetcher import Fetcher, Page, never_fetched
from claimtrack.errors import InputError
from claimtrack.gathering import HELD, REFUSED, Wanted, ingest_pages, versions, word
from claimtrack.knowledge import load_knowledge
from claimtrack.putting import Outcome, Result
from claimtrack.settings import Settings, read_settings
from claimtrack.store import Store
from claimtrack.store.fetched import Fetched

FEED = "feed"  # the outcome of a feed all of whose entries are settled
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass
class Seen:
    """How much a run has met: feeds, entries, and those that earlier runs had settled."""

    feeds: int = 0
    unchanged: int = 0  # feeds
    entries: int = 0
    known: int = 0
    refused: int = 0
    new: int = 0


def watch(
    store: Store,
    fetcher: Fetcher,
    feeds: Sequence[str],
    seen: Seen,
    overrides: Overrides | None = None,
    settings: Settings | None = None,
    workers: int = 1,
    again: bool = False,
) -> Iterator[Outcome]:
    """Read each feed once and ingest what it names that is new; `seen` is filled in.

    `feeds` are addresses or files.  With `again`, entries that were refused for good are new, too.  A feed
    that cannot be read is an outcome that failed; the others are read all the same.  Raises what ingesting
    raises.
    """
    return _Watch(store, fetcher, seen, settings or read_settings(), again).run(feeds, overrides, workers)


class _Watch:
    def __init__(self, store: Store, fetcher: Fetcher, seen: Seen, settings: Settings, again: bool) -> None:
        self._store = store
        self._fetcher = fetcher
        self._seen = seen
        self._settings = settings
        self._again = again
        self._met: set[str] = set()  # the keys of all entries
        self._entries: dict[str, Entry] = {}  # those that are new, by key
        self._feeds: list[tuple[Page, list[str]]] = []  # those that were read, with the keys of their entries

    def run(self, feeds: Sequence[str], overrides: Overrides | None, workers: int) -> Iterator[Outcome]:
        for place in dict.fromkeys(feeds):
            self._seen.feeds += 1
            try:
                self._read(place)
            except InputError as error:
                yield Outcome(place, Result.FAILED, error=error)
        self._seen.new = len(self._entries)
        if self._entries:  # else no language model is loaded, and no process started
            pages = [Wanted(key, e.facts, e.text, bool(e.link)) for key, e in self._entries.items()]
            yield from ingest_pages(self._store, self._fetcher, pages, overrides, self._settings, workers)
        self._settle()

    def _read(self, place: str) -> None:
        page = self._fetch(place)
        if page is None:
            self._seen.unchanged += 1
            return
        knowledge = load_knowledge(self._settings.knowledge)
        entries = [
            (self._key(entry), entry)
            for entry in read_feed(page.data, page.url, page.media_type, page.charset, knowledge)
        ]
        before = self._store.fetched(key for key, _ in entries)
        self._feeds.append((page, [key for key, _ in entries]))
        for key, entry in entries:
            if key in self._met:
                continue
            self._met.add(key)
            found = word(before[key]) if key in before else ""
            if found in HELD:
                self._seen.known += 1
            elif found == REFUSED and not self._again:
                self._seen.refused += 1
            else:
                self._entries[key] = entry
        self._seen.entries = len(self._met)

    def _fetch(self, place: str) -> Page | None:
        if _URL.match(place):
            known = never_fetched if self._again else versions(self._store, (FEED,))
            return self._fetcher.fetch(place, known)
        data = Found(place, max_bytes=self._fetcher.manners.max_bytes).load()
        return Page(place, data, charset=declared_charset("", data))

    def _key(self, entry: Entry) -> str:
        """The address in the form in which its outcome is remembered."""
        try:
            return str(self._fetcher.read_url(entry.link)) if entry.link else entry.key
        except FetchError:
            return entry.key

    def _settle(self) -> None:
        """Note the versions of feeds that have nothing more to give; the others are read again next time."""
        answers = []
        for page, keys in self._feeds:
            found = self._store.fetched(keys)
            settled = all(key in found and word(found[key]) in (*HELD, REFUSED) for key in keys)
            if settled and _URL.match(page.url):
                answers.append(Fetched(page.url, FEED, *page.validators))
        if answers:
            with self._store.transaction():
                self._store.put_fetched(answers)
