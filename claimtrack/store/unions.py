"""Merges of what are names of one thing: who stands on top of whom."""

from __future__ import annotations


class Unions:
    """Groups that merges make.  The kept side's top stays on top, and a circle cannot arise."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def join(self, kept: str, gone: str) -> None:
        """Put the group of `gone` under that of `kept`; nothing where they are one group already."""
        top, other = self.top(kept), self.top(gone)
        if top != other:
            self._above[other] = top

    def top(self, key: str) -> str:
        """The one on top of the group of `key`; itself where it was never merged."""
        while key in self._above:
            key = self._above[key]
        return key
