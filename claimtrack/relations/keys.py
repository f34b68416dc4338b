"""Index keys of a claim: what an archive is searched by for claims that may be related."""

from __future__ import annotations

from claimtrack.records import Claim
from claimtrack.relations.profiles import PLACE_WEIGHT, profile_of
from claimtrack.relations.words import weight

MOST_KEYS = 40  # heaviest first: a page-long quotation costs no more than a long sentence
LEAST = 0.3  # a word of every third article proposes nothing
AROUND = 0.3


def keys_of(claim: Claim) -> tuple[tuple[str, float], ...]:
    """Keys with their weights, heaviest first, ties in alphabetical order; every key once.

    `w:` a word of a name, a concept or a stem, `q:` a figure in its unit, `p:` a month spoken of.  The
    words around the content are keys too, at a third: it often leans on them.
    """
    found: dict[str, float] = {}

    def add(key: str, worth: float) -> None:
        found[key] = max(found.get(key, 0.0), round(worth, 3))

    profile = profile_of(claim)
    for unit in profile.units:
        if unit.is_name or unit.weight >= LEAST:
            for word in unit.words:
                add(f"w:{word}", unit.weight)
    for quantity in claim.facets.quantities:
        add(f"q:{quantity.low:g} {quantity.unit}", 1.0)
    for period in claim.facets.periods:
        add(f"p:{period.start:%Y-%m}", PLACE_WEIGHT)
    for word in profile.context:
        if weight(word) >= 0.5:
            add(f"w:{word}", AROUND)
    return tuple(sorted(found.items(), key=lambda k: (-k[1], k[0]))[:MOST_KEYS])
