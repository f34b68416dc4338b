"""Which web addresses are asked at all, before any name is looked up."""

from __future__ import annotations

import re
from ipaddress import IPv4Address

import httpx

from claimtrack.articles.decoding import printable
from claimtrack.articles.web.failures import FetchError

PORTS = (80, 443, 8080, 8443)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# A name, whose parts have 63 characters at most, or an IPv6 address without a zone.
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|[0-9a-f:.]+")
_DEFAULT = {"http": 80, "https": 443}
LONGEST = 4096  # characters; no page's address comes near it


def read_url(text: str, base: httpx.URL | None = None, any_port: bool = False) -> httpx.URL:
    """The address in `text`, relative to `base` where there is one, without its fragment.

    Raises FetchError for schemes other than http and https, names and passwords in it, numbers that hide an
    IPv4 address (decimal, octal, hexadecimal, shortened), and, unless `any_port`, ports where no page is.
    """
    shown = printable(text[:200])
    try:
        if len(text) > LONGEST:
            raise httpx.InvalidURL("too long")
        url = httpx.URL(text.strip())
        url = (base.join(url) if base else url).copy_with(fragment=None)
        host, port = url.host, url.port
    except (httpx.InvalidURL, ValueError) as error:
        raise _refused(f"{shown} is no address that can be read", "Check how it is written") from error
    if url.scheme not in ("http", "https"):
        raise _refused(f"{shown} is not fetched: only http and https are", "Save the text to a file")
    if not _HOST.fullmatch(url.raw_host.decode("ascii")):
        raise _refused(f"{shown} names no host", "Check how it is written")
    if url.userinfo:
        raise _refused(
            f"{shown} is not fetched: it carries a user name", "Leave out what stands before the @"
        )
    if _hides_a_number(host):
        raise _refused(f"{shown} is not fetched: its host is a number in disguise", "Write the host's name")
    if port is not None and port not in PORTS and not any_port:
        raise _refused(
            f"{shown} is not fetched: pages are not on port {port}",
            f"Ports are {', '.join(map(str, PORTS))}; any with --allow-private",
        )
    return url.copy_with(port=None) if port == _DEFAULT[url.scheme] else url


def _hides_a_number(host: str) -> bool:
    """As browsers tell it: a host whose last part is a number is an IPv4 address, whatever it looks like."""
    if ":" in host or not _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2].lower()):
        return False
    try:
        IPv4Address(host)
    except ValueError:
        return True
    return False


def _refused(problem: str, remedy: str) -> FetchError:
    return FetchError(problem, remedy, final=True)
