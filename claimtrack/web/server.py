"""Serve the page until somebody ends it."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

from claimtrack.errors import UsageError
from claimtrack.web.app import make_app
from claimtrack.web.options import ANYWHERE, Options, is_address

if TYPE_CHECKING:
    from claimtrack.store import Store

_BACKLOG = 64


def listen(host: str, port: int) -> socket.socket:
    """A socket bound there; port 0 is any that is free.  Raises UsageError where that cannot be."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(_BACKLOG)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            f"Cannot listen on {host} port {port}: {reason}", "Choose another with --host or --port"
        ) from error
    return bound


def address_of(bound: socket.socket, host: str) -> str:
    """Where a browser finds the page."""
    port = bound.getsockname()[1]
    name = "localhost" if host in ANYWHERE else host
    six = is_address(name) and ipaddress.ip_address(name).version == 6
    return f"http://{f'[{name}]' if six else name}:{port}/"


def serve(store: Store, options: Options, bound: socket.socket, ready: Callable[[], None]) -> None:
    """Answer requests until Ctrl-C or SIGTERM; `ready` is called when the first can be answered."""
    config = uvicorn.Config(
        make_app(store, options),
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=3,
    )
    server = _Announcing(config, ready)
    server.run(sockets=[bound])


class _Announcing(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()
