"""How much two claims speak of the same things."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from claimtrack.records import Claim
from claimtrack.relations.profiles import NAME_WEIGHT, Profile, Unit, around, holds, profile_of

AROUND = 0.5  # what a match in the other claim's surroundings counts against one in its content


@dataclass(frozen=True, slots=True)
class Overlap:
    """The shared units of two claims and how much of each claim they cover, 0 to 1."""

    shared: tuple[Unit, ...]  # in both contents
    nearby: tuple[Unit, ...]  # in one content and in the surroundings of the other
    cover_a: float
    cover_b: float

    @property
    def names(self) -> float:
        """Weight of the names shared by both contents."""
        return sum(u.weight for u in self.shared if u.is_name)

    @property
    def persons(self) -> float:
        """Weight of the shared names that are no places."""
        return sum(u.weight for u in self.shared if u.is_name and u.weight == NAME_WEIGHT)

    @property
    def topics(self) -> float:
        """Weight of the words shared by both contents that are no names."""
        return sum(u.weight for u in self.shared if not u.is_name)

    @property
    def context(self) -> float:
        """Weight of what one content and the surroundings of the other share."""
        return sum(u.weight for u in self.nearby)


def overlap(a: Claim, b: Claim) -> Overlap:
    """The units that `a` and `b` share, content with content and content with surroundings."""
    return compare_profiles(profile_of(a), profile_of(b))


def compare_profiles(a: Profile, b: Profile) -> Overlap:
    """The same for profiles."""
    (shared_a, near_a), (shared_b, near_b) = _found(a, b), _found(b, a)
    return Overlap(
        tuple(shared_a), (*near_a, *near_b), _cover(a, shared_a, near_a), _cover(b, shared_b, near_b)
    )


def _found(mine: Profile, theirs: Profile) -> tuple[list[Unit], list[Unit]]:
    """The units of one that stand in the content of the other, and those that only stand around it."""
    shared: list[Unit] = []
    nearby: list[Unit] = []
    for unit in mine.units:
        if holds(theirs, unit):
            shared.append(unit)
        elif around(unit, theirs.context):
            nearby.append(unit)
    return shared, nearby


def _cover(whole: Profile, shared: list[Unit], near: list[Unit]) -> float:
    if not whole.total:
        return 0.0
    return (sum(u.weight for u in shared) + AROUND * sum(u.weight for u in near)) / whole.total


def wording(a: Claim, b: Claim) -> float:
    """rapidfuzz token_set_ratio of the normalised contents, 0 to 1: it proposes, it never decides."""
    return float(fuzz.token_set_ratio(a.normalised, b.normalised)) / 100


def word_order(a: Claim, b: Claim) -> float:
    """rapidfuzz token_sort_ratio of the normalised contents, 0 to 1: what only one claim says counts too."""
    return float(fuzz.token_sort_ratio(a.normalised, b.normalised)) / 100


def near_copy(a: Claim, b: Claim) -> float:
    """rapidfuzz ratio of the normalised contents where both have eight words, 0 to 1: copies of one wire."""
    if min(len(a.normalised.split()), len(b.normalised.split())) < 8:
        return 0.0
    return float(fuzz.ratio(a.normalised, b.normalised)) / 100
