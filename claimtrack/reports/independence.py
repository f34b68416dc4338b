"""How independent several claims of one fact are: of speakers, and of outlets.

*Speakers.*  Claims that repeat each other have one origin, and what one speaker says is one voice however
often it is printed.  What is left are speakers who assert it independently.

*Outlets.*  Who relays, reprints or rewrites another has heard nothing: a claim was heard by the relay next
to the speaker, else by the agency or article the text is copied from, else by the outlet itself.  What is
left are outlets that heard it independently.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrack.store.views import ClaimView


@dataclass(frozen=True, slots=True)
class Independence:
    """How many speakers assert it independently, and how many outlets heard it independently."""

    speakers: int
    outlets: int


def count_independence(claims: Sequence[ClaimView], repeats: Iterable[tuple[str, str]]) -> Independence:
    """Both counts for the claims of one fact; `repeats` are pairs of keys of claims that have one origin."""
    return Independence(len(parted_by_origin(claims, repeats)), len(hearers(claims)))


def parted_by_origin(
    claims: Sequence[ClaimView], repeats: Iterable[tuple[str, str]]
) -> list[list[ClaimView]]:
    """The claims, those together that repeat each other or have one speaker; in the order given."""
    same = Joined()
    for claim in claims:
        same.join(claim.id, ("speaker", claim.speaker_id))
    known = {claim.id for claim in claims}
    for one, other in repeats:
        if one in known and other in known:
            same.join(one, other)
    parts: dict[Hashable, list[ClaimView]] = {}
    for claim in claims:
        parts.setdefault(same.root(claim.id), []).append(claim)
    return list(parts.values())


def hearers(claims: Sequence[ClaimView]) -> set[str]:
    """Who heard these claims at first hand: one key for each outlet, agency or unknown outlet's article."""
    outlets = {claim.article_id: claim.outlet for claim in claims}
    return {_heard_by(claim, outlets) for claim in claims}


def _heard_by(claim: ClaimView, outlets: dict[str, str | None]) -> str:
    if claim.relays:
        return _plain(claim.relays[-1])  # nearest the speaker
    if claim.origin.agency:
        return _plain(claim.origin.agency)
    source = claim.origin.of or claim.article_id
    return _plain(outlets.get(source) or source)


def _plain(name: str) -> str:
    """A name without what two spellings of it may differ in; all were brought to their usual form before."""
    return " ".join(name.casefold().split()).removeprefix("the ")


class Joined:
    """Things that belong together (union-find); which of them came first plays no part in the parts."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def join(self, one: Hashable, other: Hashable) -> None:
        """Make one part of two."""
        self._parent[self.root(other)] = self.root(one)

    def root(self, thing: Hashable) -> Hashable:
        """What stands for the part that `thing` is in."""
        parent = self._parent
        parent.setdefault(thing, thing)
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing


def count_speakers(claims: Iterable[ClaimView]) -> int:
    """How many speakers these claims have, also those that only repeat another."""
    return len({claim.speaker_id for claim in claims})


def count_outlets(claims: Iterable[ClaimView]) -> int:
    """How many outlets print these claims; unknown ones count by article."""
    return len({claim.outlet or claim.article_id for claim in claims})
