"""Are two claims of one story?  What stands around them says more of that than what they say themselves.

Two articles on one event share its rare words in titles and sentences; two articles on one campaign share
only its people.  Of the related pairs of three hand-judged stories 98 of 100 are at least as alike as
`ALIKE`, of the pairs that the index proposes between news articles of different weeks one in seven.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import fsum, sqrt

from claimtrack.records import Claim
from claimtrack.relations.lexicon import rarity
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.profiles import profile_of
from claimtrack.relations.vocabulary import compare_vocabularies, vocabulary_of
from claimtrack.relations.words import concepts_of, stem, weight

ALIKE = 0.12  # likeness of claims with their surroundings, from which they may be of one story
SHARED = 2.0  # rarity of the words that both say, from which they may be, whatever stands around them


def one_story(a: Claim, b: Claim) -> bool:
    """Whether two claims may be of one story: surroundings alike or unknown, or much of the same said."""
    if not a.facets.context or not b.facets.context:
        return True
    return story(a, b) >= ALIKE or compare_vocabularies(vocabulary_of(a), vocabulary_of(b)).shared >= SHARED


def story(a: Claim, b: Claim) -> float:
    """Cosine of both claims with their surroundings, rare words first: are they of one story?"""
    one, other = _surroundings(a), _surroundings(b)
    lengths = sqrt(_square(one.values()) * _square(other.values()))
    if not lengths:
        return 0.0
    return fsum(one[word] * other[word] for word in one.keys() & other.keys()) / lengths


def _square(weights: Iterable[float]) -> float:
    return fsum(weight * weight for weight in weights)


@once_a_claim
def _surroundings(claim: Claim) -> dict[str, float]:
    """Concepts with the rarity of their commonest word: "venue" and "location" are one."""
    found: dict[str, float] = {}
    for word in (*claim.facets.context, *claim.facets.terms):
        concept, rare = min(concepts_of(word)), rarity(stem(word))
        found[concept] = min(found.get(concept, rare), rare)
    return found


def setting(a: Claim, b: Claim) -> float:
    """Weight of the words that both claims hold in content or surroundings: are they of one story?"""
    one, other = profile_of(a), profile_of(b)
    shared = (one.context | one.words) & (other.context | other.words)
    return sum(worth for word in shared if (worth := weight(word)) > 0.5)
