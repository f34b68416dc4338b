"""A real web server on the loopback, names that lead to it, and time that passes only when waited for."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext

import httpcore

PUBLIC = "93.184.215.14"  # what names lead to unless told otherwise; every call to it goes to the loopback


@dataclass
class Reply:
    """What a path answers."""

    body: bytes = b""
    type: str | None = "text/plain; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stream: Iterator[bytes] | None = None  # sent without a length, until it ends or the client goes


@dataclass
class Asked:
    path: str
    headers: Mapping[str, str]


class Site:
    """Paths to replies; the first of several replies to a path goes first, the last one stays."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.pages: dict[str, list[Reply]] = {}
        self.asked: list[Asked] = []
        self.closing = threading.Event()

    def put(self, path: str, *replies: Reply | str) -> None:
        self.pages[path] = [r if isinstance(r, Reply) else Reply(r.encode()) for r in replies]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, apart from robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append(Asked(self.path, dict(self.headers)))
        replies = self.site.pages.get(self.path, [Reply(b"nothing here", status=404)])
        reply = replies[0] if len(replies) == 1 else replies.pop(0)
        self.send_response(reply.status)
        if reply.type is not None:
            self.send_header("Content-Type", reply.type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.stream is None:
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)
            return
        self.close_connection = True
        self.end_headers()
        for part in reply.stream:
            self.wfile.write(part)
            self.wfile.flush()

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # the client has had enough

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(certificates: SSLContext | None = None) -> Iterator[Site]:
    """A site on a free port of the loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    if certificates is not None:
        server.socket = certificates.wrap_socket(server.socket, server_side=True)
    site = Site(server.server_address[1])
    server.RequestHandlerClass = type("Handler", (_Handler,), {"site": site})  # type: ignore[assignment]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Patience:
    """A clock that stands still until somebody waits."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.waits: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.time += seconds


class Internet:
    """A resolver and a way to connect: every public address is the site's, and inward ones are only noted."""

    def __init__(self, site: Site, names: Mapping[str, Sequence[str]] | None = None) -> None:
        self.site = site
        self.names = {name: list(addresses) for name, addresses in (names or {}).items()}
        self.looked_up: list[str] = []
        self.called: list[str] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        if host.replace(".", "").isdigit() or ":" in host:
            return [host]
        return self.names.get(host, [PUBLIC])

    def call(self, address: str, port: int, seconds: float | None) -> httpcore.NetworkStream:
        self.called.append(address)
        assert address == PUBLIC, f"called {address}"
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.site.port, seconds)
