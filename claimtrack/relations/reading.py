"""What an entailment model makes of a pair, whichever way round it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from claimtrack.records import Claim, Stance
from claimtrack.relations.entailment import Entailment, Probabilities

_UNSAID = frozenset({Stance.DECLINES, Stance.DOUBTS, Stance.ASKS})
_SUREST = 0.995  # a model's certainty beyond this says nothing more


@dataclass(frozen=True, slots=True)
class Reading:
    """Probabilities of both directions; the greater and the lesser, so that no order is preferred."""

    entailed: float
    entailed_both_ways: float
    contradicted: float
    contradicted_both_ways: float

    def values(self) -> dict[str, float]:
        """The signals of `signals.ENTAILMENT_SIGNALS`: log-odds, at most 5.3."""
        return {
            "entailed": log_odds(self.entailed),
            "entailed both ways": log_odds(self.entailed_both_ways),
            "contradicted": log_odds(self.contradicted),
            "contradicted both ways": log_odds(self.contradicted_both_ways),
        }


def log_odds(chance: float) -> float:
    """The log-odds of a probability, cut where certainty says nothing more."""
    kept = min(_SUREST, max(1 - _SUREST, chance))
    return log(kept / (1 - kept))


def is_readable(a: Claim, b: Claim) -> bool:
    """Whether the words of both claims say what their sources hold, not what they ask, doubt or decline."""
    return not {a.attribution.stance, b.attribution.stance} & _UNSAID


def read(entailment: Entailment, pairs: Sequence[tuple[Claim, Claim]]) -> list[Reading]:
    """Both directions of every pair, in order.

    Of a claim whose source denies, the words say what is denied: what follows from them speaks against it.
    """
    asked = [texts for a, b in pairs for texts in ((a.text, b.text), (b.text, a.text))]
    found = entailment.probabilities(asked)
    readings = [reading_of(one, other) for one, other in zip(found[::2], found[1::2], strict=True)]
    return [
        turned(reading) if (_denies(a) != _denies(b)) else reading
        for (a, b), reading in zip(pairs, readings, strict=True)
    ]


def _denies(claim: Claim) -> bool:
    return claim.attribution.stance is Stance.DENIES


def turned(reading: Reading) -> Reading:
    """What a reading says where one of its two texts is denied."""
    return Reading(
        reading.contradicted, reading.contradicted_both_ways, reading.entailed, reading.entailed_both_ways
    )


def reading_of(one: Probabilities, other: Probabilities) -> Reading:
    """The two directions as one reading."""
    entails, contradicts = sorted((one.entails, other.entails)), sorted((one.contradicts, other.contradicts))
    return Reading(entails[1], entails[0], contradicts[1], contradicts[0])
