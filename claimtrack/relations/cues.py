"""Little signs of stance in a claim's own words: negating, refuting, hedging.

The refuting words begin with those of the Fake News Challenge baseline (FNC-1, 2017), the hedges with those
that Ferreira and Vlachos ("Emergent", NAACL 2016) found telling in headlines.  They are crude on purpose:
each says only that such a word stands there; `polarity` reads what it does to the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimtrack.records import Claim, Stance
from claimtrack.relations.memory import once_a_claim

_NEGATING = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|hardly)\b|n['’]t\b", re.I
)
_REFUTING = re.compile(
    r"\b(?:hoax\w*|fake\w*|false\w*|untrue|fabricat\w*|debunk\w*|rumou?rs?|den(?:y|ies|ied|ying|ials?)"
    r"|refut\w*|disput\w*|baseless|unfounded|bogus|myths?|retract\w*|fraud\w*|prank\w*|satir\w*"
    r"|reject\w*|dismiss\w*|incorrect|wrong|lie[sd]?|lying|doubt\w*|despite|skeptic\w*|scams?|contrary|mislead\w*"
    r"|in fact|actually)\b",
    re.I,
)
_HEDGING = re.compile(
    r"\b(?:report(?:s|ed|edly)?|claim(?:s|ed|ing)?|alleg\w+|said to|rumou?r\w*|may|might|could|possibl\w+"
    r"|unconfirmed|apparent\w*|purport\w*|supposed\w*|according to|believed|suspected|sources?|says?|viral)\b"
    r"|\?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Which signs stand in a claim."""

    negating: bool
    refuting: bool
    hedging: bool


@once_a_claim
def cues_of(claim: Claim) -> Cues:
    """The signs in the words of a claim; a source that denies refutes whatever words follow."""
    text = claim.text
    denies = claim.attribution.stance is Stance.DENIES
    refuting = denies or bool(_REFUTING.search(text))
    return Cues(bool(_NEGATING.search(text)), refuting, bool(_HEDGING.search(text)))
