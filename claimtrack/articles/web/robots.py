"""What a site's robots.txt allows, asked once a run and site (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from protego import Protego

from claimtrack.articles.web.failures import FetchError

LIMIT = 512_000  # bytes that are read of one; RFC 9309 asks for 500 KiB at least
PRODUCT = "claimtrack"  # the name by which robots.txt addresses us

Ask = Callable[[httpx.URL], bytes | None]  # the file's bytes, None where the site has none


class Robots:
    """The rules of all sites met so far."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._rules: dict[httpx.URL, Protego | FetchError] = {}

    def check(self, url: httpx.URL) -> float | None:
        """The delay in seconds that the site asks for, if any.

        Raises FetchError where the page may not be fetched, or where the rules cannot be read: until a
        site says what it allows, nothing is.
        """
        place = url.join("/robots.txt").copy_with(query=None)
        if place not in self._rules:
            self._rules[place] = self._read(place)
        rules = self._rules[place]
        if isinstance(rules, FetchError):
            raise FetchError(rules.message, rules.hint, final=rules.final)
        if not rules.can_fetch(str(url), PRODUCT):
            raise FetchError(
                f"{url} is not fetched: the site's robots.txt asks programs not to",
                "Save the page",
                final=True,
            )
        return rules.crawl_delay(PRODUCT)

    def _read(self, place: httpx.URL) -> Protego | FetchError:
        try:
            data = self._ask(place)
        except FetchError as error:
            return error
        return Protego.parse((data or b"").decode("utf-8-sig", "replace"))
