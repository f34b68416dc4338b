"""Pages of the web into the archive: fetched one at a time, and remembered, so that none is asked twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from claimtrack import pipeline
from claimtrack.articles import Found, Overrides
from claimtrack.articles.overrides import FIELDS
from claimtrack.articles.web.failures import FetchError
from claimtrack.articles.web.fetcher import NO_VERSION, Fetcher, Page, Validators
from claimtrack.errors import InputError
from claimtrack.putting import Outcome, Result
from claimtrack.records import short_key
from claimtrack.settings import Settings
from claimtrack.store import Store
from claimtrack.store.fetched import Fetched

HELD = frozenset(
    (Result.ADDED, Result.KNOWN, Result.CHANGED)
)  # outcomes after which the archive has the text
REFUSED = "refused"  # for good: asking again would bring the same answer
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")


@dataclass(frozen=True)
class Wanted:
    """A page to fetch, what is known of it, and its text, should the page not be had.

    What is not `fetched` has no page, and its text counts; `address` only identifies it.
    """

    address: str
    facts: Overrides = field(default_factory=Overrides)
    text: str = ""
    fetched: bool = True


def ingest_pages(
    store: Store,
    fetcher: Fetcher,
    wanted: Iterable[Wanted],
    overrides: Overrides | None = None,
    settings: Settings | None = None,
    workers: int = 1,
    relate: bool = True,
) -> Iterator[Outcome]:
    """Fetch pages and ingest them as `pipeline.ingest` does; the path of a page is where it was found.

    Each outcome is remembered after its text is in the archive, never before: whatever is interrupted is
    asked for again.  Raises what `pipeline.ingest` raises.
    """
    gathering = _Gathering(store, fetcher, overrides or Overrides())
    pages = map(gathering.fetch, wanted)
    for outcome in pipeline.ingest(store, pages, overrides, settings, workers, relate):
        gathering.remember(outcome)
        yield outcome


def word(answer: Fetched) -> str:
    """What became of an address, without the reason."""
    return answer.outcome.partition(":")[0]


def versions(store: Store, outcomes: Iterable[str]) -> Callable[[str], Validators]:
    """Looks up in which version an address is known, if one of these outcomes became of it."""
    wanted = frozenset(outcomes)

    def version(url: str) -> Validators:
        found = store.fetched([url]).get(url)
        known = found is not None and word(found) in wanted
        return Validators(found.etag, found.last_modified) if found and known else NO_VERSION

    return version


@dataclass(frozen=True)
class _Asked:
    """An address that was asked, where its page was found, and the version that it gave."""

    address: str
    found: str
    version: Validators = NO_VERSION


class _Gathering:
    """Pages between being fetched and being in the archive."""

    def __init__(self, store: Store, fetcher: Fetcher, overrides: Overrides) -> None:
        self._store = store
        self._fetcher = fetcher
        # What a person now says of a page is new, even where the page is not.
        told = any(getattr(overrides, name) is not None for name in FIELDS)
        self._known = versions(store, () if told else HELD)
        self._asked: dict[str, _Asked] = {}  # by path

    def fetch(self, wanted: Wanted) -> Found | Outcome:
        """The page to read, or what became of it where there is nothing to read."""
        if not wanted.fetched:
            return self._text(wanted)
        address = wanted.address
        try:
            address = str(self._fetcher.read_url(address))
            page = self._fetcher.fetch(address, self._known)
            if page is not None and page.media_type in _FEEDS:
                raise FetchError(f"{page.url} is a feed", f"Run: claimtrack watch {page.url}", final=True)
        except FetchError as error:
            if wanted.text and error.final:
                return self._text(replace(wanted, address=address))
            self._asked[address] = _Asked(address, address)
            return Outcome(address, Result.FAILED, error=error)
        if page is None:
            return Outcome(address, Result.KNOWN)
        return self._found(replace(wanted, address=address), page)

    def _text(self, wanted: Wanted) -> Found:
        return self._found(wanted, Page(wanted.address, wanted.text.encode("utf-8"), "text/plain"))

    def _found(self, wanted: Wanted, page: Page) -> Found:
        """The seam to the readers: bytes, with what the server calls their media type and encoding."""
        path = short_key(page.url)
        self._asked[path] = _Asked(wanted.address, page.url, page.validators)
        where = Overrides(url=page.url if wanted.fetched else None, origins=(("url", "fetched"),))
        return Found(
            path=path,
            row=where.over(wanted.facts),
            max_bytes=self._fetcher.manners.max_bytes,
            data=page.data,
            media_type=page.media_type,
            charset=page.charset,
        )

    def remember(self, outcome: Outcome) -> None:
        """Note what became of a page, under where it was asked for and where it was found."""
        asked = self._asked.pop(outcome.path, None)
        if asked is None:
            return  # unchanged: what is remembered of it is still so
        held = outcome.result in HELD
        result = str(outcome.result) if held else told(outcome.error)
        answers = [Fetched(asked.address, result)]
        answers.append(Fetched(asked.found, result, *(asked.version if held else NO_VERSION)))
        with self._store.transaction():
            self._store.put_fetched(answers)


def told(error: Exception | None) -> str:
    """A failure as it is remembered: refused for good, or failed this time."""
    final = isinstance(error, InputError) and getattr(error, "final", True)
    return f"{REFUSED if final else Result.FAILED}: {getattr(error, 'message', type(error).__name__)}"
