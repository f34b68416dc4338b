"""How far the words of one claim stand in another, rare words before common ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from claimtrack.records import Claim
from claimtrack.relations.lexicon import antonyms_of, meanings_of, rarity
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.words import stem

_WORD = re.compile(r"[^\W\d_]+|\d[\d.,]*")
_FIGURE = 0.7  # what a shared number is worth as a word; what it counts is compared elsewhere
_SYNONYM = 0.8  # a synonym found is nearly the word found
_LEAST = 0.1  # little words have no synonyms worth looking for


@dataclass(frozen=True)
class Vocabulary:
    """The stems of a claim with their rarity, and which stem brings in which meaning."""

    stems: dict[str, float]
    meanings: dict[str, str]  # meaning to the rarest of its stems
    figures: frozenset[str]
    opposing: dict[str, frozenset[str]]  # the stems that have antonyms, in order, and these

    @cached_property
    def total(self) -> float:
        """The rarity of all stems."""
        return sum(self.stems.values())


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of each claim the other holds, 0 to 1, and what they share."""

    a: float
    b: float
    shared: float  # rarity of the shared stems together
    rarest: float  # of the rarest shared stem
    opposed: tuple[str, str] | None  # words the dictionary sets against each other, one in each claim


@once_a_claim
def vocabulary_of(claim: Claim) -> Vocabulary:
    """The words of a claim, made once a claim."""
    stems = stems_of(claim)
    # Nothing but a figure begins with a digit.
    figures = frozenset(root for root in stems if root[:1].isdigit())
    meanings: dict[str, str] = {}
    for root, worth in sorted(stems.items(), key=lambda s: (s[1], s[0])):
        if worth > _LEAST and root not in figures:
            meanings.update(dict.fromkeys(meanings_of(root), root))
    opposing = {root: against for root in sorted(stems) if (against := antonyms_of(root))}
    return Vocabulary(stems, meanings, figures, opposing)


@once_a_claim
def stems_of(claim: Claim) -> dict[str, float]:
    """The stems of a claim with their rarity."""
    return dict(map(_stem, _WORD.findall(claim.normalised)))


@lru_cache(maxsize=65_536)
def _stem(word: str) -> tuple[str, float]:
    if word[0].isdigit():
        return word.rstrip(".,"), _FIGURE
    root = stem(word)
    return root, rarity(root)


def compare_vocabularies(a: Vocabulary, b: Vocabulary) -> Coverage:
    """The coverage of two claims; symmetrical but for the names of its sides."""
    shared = a.stems.keys() & b.stems.keys()
    mass = sorted(a.stems[s] for s in shared)
    common = a.meanings.keys() & b.meanings.keys()
    near_a = {a.meanings[m] for m in common} - shared
    near_b = {b.meanings[m] for m in common} - shared
    together = sum(mass)
    return Coverage(
        _cover(a, together, near_a),
        _cover(b, together, near_b),
        together,
        mass[-1] if mass else 0.0,
        _opposed(a, b),
    )


def shared_rarity(a: Claim, b: Claim) -> float:
    """The rarity of the shared stems together, as `Coverage.shared`: most pairs need no more."""
    ones, others = stems_of(a), stems_of(b)
    return sum(sorted(ones[s] for s in ones.keys() & others.keys()))


def _cover(whole: Vocabulary, shared: float, near: set[str]) -> float:
    if not whole.total:
        return 0.0
    found = shared + _SYNONYM * sum(sorted(whole.stems[s] for s in near))
    return min(1.0, found / whole.total)


def _opposed(a: Vocabulary, b: Vocabulary) -> tuple[str, str] | None:
    """The first pair of antonyms of which each claim holds one word and not the other's."""
    if not a.opposing or not b.opposing:  # being antonyms is mutual
        return None
    theirs = b.stems.keys() - a.stems.keys()
    mine = ((s, against) for s, against in a.opposing.items() if s not in b.stems)
    return next(((s, min(found)) for s, against in mine if (found := against & theirs)), None)


def compare_figures(a: Vocabulary, b: Vocabulary) -> float:
    """1 where a written figure is shared, -1 where both write figures and share none, else 0."""
    if not a.figures or not b.figures:
        return 0.0
    return 1.0 if a.figures & b.figures else -1.0
