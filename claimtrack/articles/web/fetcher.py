"""One page: asked politely, followed through its redirects, read up to a limit."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import NamedTuple, Self

import httpcore
import httpx

from claimtrack.articles.charsets import declared_charset
from claimtrack.articles.decoding import MAX_BYTES, printable
from claimtrack.articles.web.bodies import ACCEPTED, read_body
from claimtrack.articles.web.clock import Clock, WallClock
from claimtrack.articles.web.failures import FetchError
from claimtrack.articles.web.network import Dial, Network, Resolve, dial, look_up
from claimtrack.articles.web.pacing import Pacing
from claimtrack.articles.web.robots import LIMIT, Robots
from claimtrack.articles.web.urls import read_url

REDIRECTS = 5
_MOVED = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429)  # answers of 400 and more that another day may change
_TYPES = {
    "application/atom+xml", "application/json", "application/jsonl", "application/pdf", "application/rdf+xml",
    "application/rss+xml", "application/x-ndjson", "application/xhtml+xml", "application/xml",
}  # fmt: skip


@dataclass(frozen=True)
class Manners:
    """How pages are asked for."""

    agent: str = "claimtrack"
    delay: float = 1.0  # seconds between two requests to one host
    max_bytes: int = MAX_BYTES  # of one page, as sent and unpacked
    connect_seconds: float = 10.0
    seconds: float = 30.0  # for one answer, from the look-up of the name to the last byte
    allow_private: bool = False  # addresses that are not on the public internet, and any port


class Validators(NamedTuple):
    """What a page said of its version, to ask next time only for a newer one."""

    etag: str = ""
    last_modified: str = ""


NO_VERSION = Validators()


@dataclass(frozen=True)
class Page:
    """What an address gave; `url` is where the redirects ended."""

    url: str
    data: bytes
    media_type: str = ""
    charset: str | None = None  # as its header or its own head says
    validators: Validators = NO_VERSION


class _Answer(NamedTuple):
    status: int
    headers: httpx.Headers
    parts: Iterator[bytes]


def never_fetched(_: str) -> Validators:
    """The validators of a page that is not known."""
    return NO_VERSION


class Fetcher:
    """Asks for pages one at a time, and remembers how to treat each host for a run.

    `resolve` and `call` replace the look-up of names and the connecting; `certificates` those trusted.
    """

    def __init__(
        self,
        manners: Manners | None = None,
        clock: Clock | None = None,
        resolve: Resolve = look_up,
        call: Dial = dial,
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        self.manners = manners or Manners()
        self.clock: Clock = clock or WallClock()
        self._network = Network(self.clock, self.manners.allow_private, resolve, call)
        # No proxy of the environment: it would connect where it likes.
        self._pool = httpcore.ConnectionPool(
            ssl_context=certificates or httpx.create_ssl_context(),
            max_keepalive_connections=4,
            network_backend=self._network,
        )
        self._pacing = Pacing(self.clock, self.manners.delay)
        self._robots = Robots(self._read_robots)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def fetch(self, address: str, known: Callable[[str], Validators] = never_fetched) -> Page | None:
        """The page at `address`; None where it is still in the version that `known` names for its address.

        Raises FetchError, and nothing else, where there is no page to be had.
        """
        url = self.read_url(address)
        for _ in range(REDIRECTS + 1):
            self._pacing.slow(url.host, self._robots.check(url))
            validators = known(str(url))
            with self._ask(url, validators) as answer:
                if answer.status == 304 and any(validators):
                    return None
                if answer.status not in _MOVED:
                    return self._page(url, answer)
                url = self._moved(url, answer)
        raise FetchError(f"{_shown(address)} redirects more than {REDIRECTS} times", final=True)

    def read_url(self, address: str, base: str | None = None) -> httpx.URL:
        """The address in its usual form.  Raises FetchError where it is not one that is fetched."""
        start = httpx.URL(base) if base else None
        return read_url(address, start, any_port=self.manners.allow_private)

    def _moved(self, url: httpx.URL, answer: _Answer) -> httpx.URL:
        return read_url(answer.headers.get("location", ""), url, any_port=self.manners.allow_private)

    def _page(self, url: httpx.URL, answer: _Answer) -> Page:
        if answer.status not in (200, 203):
            final = 400 <= answer.status < 500 and answer.status not in _PASSING
            raise FetchError(f"{url} answers {answer.status}", "Open it in a browser", final=final)
        media_type, _, _ = answer.headers.get("content-type", "").partition(";")
        media_type = media_type.strip().lower()
        if not _is_readable(media_type):
            raise FetchError(
                f"{url} is {printable(media_type)[:60]}, which is not read",
                "Save its text to a file",
                final=True,
            )
        data = self._body(url, answer, self.manners.max_bytes)
        if len(data) > self.manners.max_bytes:
            size = f"{self.manners.max_bytes / 1e6:g} MB"
            raise FetchError(f"{url} is larger than {size}", "Raise --max-bytes if it should be", final=True)
        version = Validators(*(_version(answer.headers.get(name, "")) for name in ("etag", "last-modified")))
        charset = declared_charset(answer.headers.get("content-type", ""), data)
        return Page(str(url), data, media_type, charset, version)

    def _read_robots(self, url: httpx.URL) -> bytes | None:
        place = url
        for _ in range(REDIRECTS + 1):
            with self._ask(place, NO_VERSION) as answer:
                if answer.status in _MOVED:
                    place = self._moved(place, answer)
                elif answer.status == 200:
                    return self._body(place, answer, LIMIT)[:LIMIT]
                elif 400 <= answer.status < 500 and answer.status not in _PASSING:
                    return None
                else:
                    raise FetchError(f"{url} answers {answer.status}, so nothing is fetched from there")
        return None

    def _body(self, url: httpx.URL, answer: _Answer, limit: int) -> bytes:
        try:
            return read_body(answer.parts, answer.headers.get("content-encoding", "").strip().lower(), limit)
        except FetchError as error:
            raise FetchError(f"{url} cannot be read: {error.message}", final=error.final) from error

    @contextmanager
    def _ask(self, url: httpx.URL, validators: Validators, again: bool = True) -> Iterator[_Answer]:
        """The answer to one request, once the host may be asked.

        A host that is busy and says for how long is asked once more, if that is soon.
        """
        self._pacing.wait(url.host)
        headers = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": self.manners.agent,
            "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": ACCEPTED,
            "If-None-Match": validators.etag,
            "If-Modified-Since": validators.last_modified,
        }
        sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items() if value]
        where = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        limit = self.manners.connect_seconds
        timeout = {"connect": limit, "read": None, "write": None, "pool": None}
        self._network.begin(self.manners.seconds)
        try:
            with self._pool.stream("GET", where, headers=sent, extensions={"timeout": timeout}) as response:
                found = httpx.Headers(response.headers)
                busy = _retry_after(found.get("retry-after")) if response.status in (429, 503) else None
                if busy is None:
                    yield _Answer(response.status, found, response.iter_stream())
                    return
        except _ERRORS as error:
            raise FetchError(f"{url} cannot be fetched: {_reason(error)}", "Try again later") from error
        self._pacing.hold(url.host, busy)
        if not again:
            raise FetchError(f"{url.host} is busy, and asks to come again later")
        with self._ask(url, validators, again=False) as answer:
            yield answer


_ERRORS = (
    httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol
)  # fmt: skip


def _reason(error: Exception) -> str:
    if isinstance(error, httpcore.TimeoutException):
        return "it takes too long to answer"
    return printable(str(error))[:200] or "the connection broke"


def _is_readable(media_type: str) -> bool:
    # A server that does not say is taken at its bytes, which decide in the end.
    return not media_type or media_type.startswith("text/") or media_type in _TYPES


def _version(value: str) -> str:
    """A validator that can be sent back; without it the page is only asked for in full."""
    return value if len(value) <= 500 and value.isascii() and value.isprintable() else ""


def _retry_after(value: str | None) -> float | None:
    """The seconds to wait, from either form of the header."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _shown(address: str) -> str:
    return printable(address[:200])
