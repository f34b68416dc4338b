"""Claims as sketches: just enough of very many to see which pairs are of different stories.

Most pairs that an archive proposes are.  To see that of a pair whose claims are not at hand, both would
have to be read from the database; a sketch is half a kilobyte, so those of all claims stay in memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from claimtrack.records import Claim
from claimtrack.relations.gates import is_out
from claimtrack.relations.stories import ALIKE, SHARED, direction_of
from claimtrack.relations.vocabulary import stems_of

Numbers: TypeAlias = NDArray[np.int64]
Weights: TypeAlias = NDArray[np.float64]

_SLACK = 1e-4  # sketches are rounded: in doubt a pair is let through


class Sketches:
    """Sketches of claims, by the claims' keys."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._articles: dict[str, int] = {}
        self._article, self._out, self._alone = array("i"), array("b"), array("b")
        self._around, self._said = _Bags(), _Bags()

    def __contains__(self, key: str) -> bool:
        return key in self._numbers

    def add(self, claim: Claim) -> None:
        """Sketch a claim."""
        self._numbers[claim.key] = len(self._numbers)
        self._article.append(self._articles.setdefault(claim.article, len(self._articles)))
        self._out.append(is_out(claim))
        self._alone.append(not claim.facets.context)
        self._around.add(direction_of(claim))
        self._said.add({word: sqrt(rarity) for word, rarity in stems_of(claim).items()})

    def fit(self, claim: str, others: Sequence[str]) -> list[str]:
        """Those of the other claims that may be judged against this one; all have been sketched.

        Those left out are unfit by `gates.is_unfit`; so may be some of those let through.
        """
        one = self._numbers[claim]
        if self._out[one]:
            return []
        numbers = np.array([self._numbers[other] for other in others], np.int64)
        fits = (_taken(self._article, numbers) != self._article[one]) & (_taken(self._out, numbers) == 0)
        if not self._alone[one]:
            open_ = fits & (_taken(self._alone, numbers) == 0)
            for bags, least in ((self._around, ALIKE), (self._said, SHARED)):
                far = np.flatnonzero(open_)
                open_[far] = bags.compare(one, numbers[far]) < least - _SLACK
            fits &= ~open_
        return [others[place] for place in np.flatnonzero(fits).tolist()]


class _Bags:
    """Words with weights, of many claims in the order of their numbers."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._words, self._weights, self._ends = array("i"), array("f"), array("q", [0])
        self._mine = np.zeros(0, np.float32)  # by word, of the claim being compared; else 0

    def add(self, words: Mapping[str, float]) -> None:
        """Those of the next claim."""
        self._words.extend(self._known.setdefault(word, len(self._known)) for word in words)
        self._weights.extend(words.values())
        self._ends.append(len(self._words))

    def compare(self, one: int, others: Numbers) -> Weights:
        """For each of the others the products of the weights of what it shares with the first, together."""
        if len(self._mine) < len(self._known):
            self._mine = np.zeros(2 * len(self._known), np.float32)
        words, weights = np.frombuffer(self._words, np.int32), np.frombuffer(self._weights, np.float32)
        own = slice(self._ends[one], self._ends[one + 1])
        self._mine[words[own]] = weights[own]
        starts, ends = _taken(self._ends, others), _taken(self._ends, others + 1)
        lengths = ends - starts
        # The places of the words of all others, one claim after the other.
        places = np.arange(lengths.sum()) + np.repeat(ends - np.cumsum(lengths), lengths)
        products = self._mine[words[places]] * weights[places]
        self._mine[words[own]] = 0
        whose = np.repeat(np.arange(len(others)), lengths)
        return np.bincount(whose, products, len(others)).astype(np.float64, copy=False)


def _taken(values: array[int], places: Numbers) -> Numbers:
    found: Numbers = np.frombuffer(values, f"i{values.itemsize}")[places]
    return found
