"""What `serve` was asked for: who reviews, who may read, and under which names the page answers."""

from __future__ import annotations

import ipaddress
import re
import secrets
import socket
from dataclasses import dataclass, field

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104  # addresses that stand for all of the machine's
# Nothing but a name and a port: what else it held would be taken for a part of the address.
_HOST = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[A-Za-z0-9._-]+))(?::[0-9]{0,5})?")


@dataclass(frozen=True)
class Options:
    """How the page is served; `token` is None where only this machine can reach it."""

    reviewer: str
    host: str = "127.0.0.1"
    read_only: bool = False
    token: str | None = None
    names: tuple[str, ...] = ()  # further names under which the page may be asked for
    verbose: bool = False
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def answers_to(self, host_header: str) -> bool:
        """Whether a Host header names this page.

        A page elsewhere whose name was made to lead here (DNS rebinding) is asked for by that name.
        """
        name = bare_host(host_header)
        if not name:
            return False
        known = {"localhost", "127.0.0.1", "::1", self.host.casefold(), *(n.casefold() for n in self.names)}
        if self.host in ANYWHERE:
            known |= {socket.gethostname().casefold(), socket.getfqdn().casefold()}
            return name in known or is_address(name)
        return name in known


def bare_host(host_header: str) -> str:
    """The name or address of a Host header, without port and brackets, in lower case; "" for what is none."""
    found = _HOST.fullmatch(host_header.strip())
    return (found["six"] or found["name"]).casefold() if found else ""


def is_address(name: str) -> bool:
    """Whether it is an IP address, which no name server can lead elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server bound there."""
    return host.casefold() == "localhost" or (is_address(host) and ipaddress.ip_address(host).is_loopback)
