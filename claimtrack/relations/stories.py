"""Are two claims of one story?  What stands around them says more of that than what they say themselves.

Two articles on one event share its rare words in titles and sentences; two articles on one campaign share
only its people.  Of the related pairs of three hand-judged stories 98 of 100 are at least as alike as
`ALIKE`, of the pairs that the index proposes between news articles of different weeks one in seven.
"""

from __future__ import annotations

from functools import lru_cache
from math import fsum, sqrt

from claimtrack.records import Claim
from claimtrack.relations.lexicon import rarity
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.profiles import profile_of
from claimtrack.relations.vocabulary import shared_rarity
from claimtrack.relations.words import concepts_of, stem, weight

ALIKE = 0.12  # likeness of claims with their surroundings, from which they may be of one story
SHARED = 2.0  # rarity of the words that both say, from which they may be, whatever stands around them


def one_story(a: Claim, b: Claim) -> bool:
    """Whether two claims may be of one story: surroundings alike or unknown, or much of the same said."""
    if not a.facets.context or not b.facets.context:
        return True
    return story(a, b) >= ALIKE or shared_rarity(a, b) >= SHARED


def story(a: Claim, b: Claim) -> float:
    """Cosine of both claims with their surroundings, rare words first: are they of one story?"""
    one, other = _surroundings(a), _surroundings(b)
    lengths = sqrt(_square(a) * _square(b))
    if not lengths:
        return 0.0
    return fsum(one[word] * other[word] for word in one.keys() & other.keys()) / lengths


def direction_of(claim: Claim) -> dict[str, float]:
    """A claim with its surroundings as a vector of length one: the product of two is their `story`."""
    length = sqrt(_square(claim))
    return {word: weight / length for word, weight in _surroundings(claim).items()} if length else {}


@once_a_claim
def _square(claim: Claim) -> float:
    return fsum(weight * weight for weight in _surroundings(claim).values())


@once_a_claim
def _surroundings(claim: Claim) -> dict[str, float]:
    """Concepts with the rarity of their commonest word: "venue" and "location" are one."""
    found: dict[str, float] = {}
    for concept, rare in map(_concept, (*claim.facets.context, *claim.facets.terms)):
        if rare <= found.get(concept, rare):
            found[concept] = rare
    return found


@lru_cache(maxsize=65_536)
def _concept(word: str) -> tuple[str, float]:
    return min(concepts_of(word)), rarity(stem(word))


def setting(a: Claim, b: Claim) -> float:
    """Weight of the words that both claims hold in content or surroundings: are they of one story?"""
    return fsum(map(weight, profile_of(a).telling & profile_of(b).telling))
