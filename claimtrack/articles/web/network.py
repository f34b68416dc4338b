"""Connections to checked addresses only: a name is looked up once, and what was checked is what is called.

The check stands where the connection is made, so no redirect, no second look-up and no odd spelling of an
address gets around it.  The request keeps the host's name, for its Host header and for its certificate.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from claimtrack.articles.web.clock import Clock
from claimtrack.articles.web.failures import FetchError
from claimtrack.articles.web.public import is_public

Resolve = Callable[[str, int], Sequence[str]]  # a host and a port to numeric addresses
Dial = Callable[[str, int, float | None], httpcore.NetworkStream]  # a numeric address, a port, seconds


def look_up(host: str, port: int) -> Sequence[str]:
    """The numeric addresses of a host, as the machine's resolver gives them.  Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def dial(address: str, port: int, seconds: float | None) -> httpcore.NetworkStream:
    """Connect to a numeric address."""
    return httpcore.SyncBackend().connect_tcp(address, port, seconds)


class Network(httpcore.NetworkBackend):
    """Connects for one client; between `begin` and the seconds it is given, every wait must fit."""

    def __init__(self, clock: Clock, allow_private: bool, resolve: Resolve, call: Dial) -> None:
        self._clock = clock
        self._allow_private = allow_private
        self._resolve = resolve
        self._call = call
        self._end = 0.0

    def begin(self, seconds: float) -> None:
        """From now on all that one request waits for has so many seconds together."""
        self._end = self._clock.now() + seconds

    def left(self, timeout: float | None, late: type[Exception]) -> float:
        """The seconds that one wait may take; raises `late` when the request's time is up."""
        left = self._end - self._clock.now()
        if left <= 0:
            raise late("time is up")
        return left if timeout is None else min(timeout, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002  # httpcore's signature
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Connect to `host` at an address that was checked; FetchError where one of them is inward."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._checked(host, port):
            left = self.left(timeout, httpcore.ConnectTimeout)
            try:
                return _Timed(self._call(address, port, left), self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} cannot be looked up") from error
        # One inward address is enough: a name that mixes them is set up to be chosen from.
        if not self._allow_private and not all(map(is_public, addresses)):
            raise FetchError(
                f"{host} is not fetched: its address is not on the public internet",
                "Use --allow-private if it is yours",
                final=True,
            )
        return addresses


class _Timed(httpcore.NetworkStream):
    """A connection whose every wait ends with the request's own time."""

    def __init__(self, stream: httpcore.NetworkStream, network: Network) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._network.left(timeout, httpcore.ReadTimeout)
        return self._stream.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left = self._network.left(timeout, httpcore.WriteTimeout)
        self._stream.write(buffer, left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._network.left(timeout, httpcore.ConnectTimeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
