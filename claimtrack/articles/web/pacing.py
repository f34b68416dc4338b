"""How often one host is asked."""

from __future__ import annotations

from claimtrack.articles.web.clock import Clock
from claimtrack.articles.web.failures import FetchError

LONGEST_WAIT = 60.0  # seconds; a host that wants more is left alone until a later run


class Pacing:
    """Lets requests to one host pass no faster than its delay; hosts do not wait for each other."""

    def __init__(self, clock: Clock, delay: float) -> None:
        self._clock = clock
        self._delay = delay
        self._delays: dict[str, float] = {}
        self._next: dict[str, float] = {}

    def slow(self, host: str, seconds: float | None) -> None:
        """Take the delay that a host asks for, where it is longer than ours and within reason."""
        if seconds is not None:
            self._delays[host] = min(max(seconds, self._delay), LONGEST_WAIT)

    def hold(self, host: str, seconds: float) -> None:
        """Ask a host nothing for so long."""
        self._next[host] = max(self._next.get(host, 0.0), self._clock.now() + seconds)

    def wait(self, host: str) -> None:
        """Return when the host may be asked.  Raises FetchError where that is too long to wait for."""
        left = self._next.get(host, 0.0) - self._clock.now()
        if left > LONGEST_WAIT:
            raise FetchError(f"{host} asks to be left alone for {left:.0f} seconds", "Come again later")
        if left > 0:
            self._clock.sleep(left)
        self._next[host] = self._clock.now() + self._delays.get(host, self._delay)
