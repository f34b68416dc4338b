"""Parts of the archive's claims, so that several processes or machines can share a job."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One of so many parts, of like size, of claims that stand in an order."""

    number: int  # from 0 on
    of_how_many: int

    def of(self, claims: int) -> range:
        """The places of the part's claims among so many."""
        return range(claims * self.number // self.of_how_many, claims * (self.number + 1) // self.of_how_many)


WHOLE = Part(0, 1)


def parts(number: int) -> list[Part]:
    """The claims in so many parts."""
    return [Part(n, number) for n in range(number)]
