"""What the judge weighs: every signal as one number, and which way it may count.

A sign says what sense demands of the weight, and training keeps to it: UP never lowers the chance, DOWN never
raises it, FREE may do either, and OUT has no part in that relation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from claimtrack.relations.evidence import Evidence
from claimtrack.relations.gates import DENIALS, changed, denied, details_differ, filled_in
from claimtrack.relations.polarity import Polarity
from claimtrack.relations.progress import Stage


class Sign(Enum):
    """Which way a signal may count."""

    UP = 1
    DOWN = -1
    FREE = 0
    OUT = None


UP, DOWN, FREE, OUT = Sign.UP, Sign.DOWN, Sign.FREE, Sign.OUT


@dataclass(frozen=True, slots=True)
class Sense:
    """What a signal measures, and its part in the two questions of the judge.

    `fact`: do both claims speak of one fact?  `conflict`: if so, do they exclude each other?
    """

    meaning: str
    fact: Sign
    conflict: Sign


SIGNALS: dict[str, Sense] = {
    # One fact?
    "covered, less": Sense("share of the less covered claim's words that the other holds", UP, OUT),
    "covered, more": Sense("share of the better covered claim's words that the other holds", UP, FREE),
    "shared words": Sense("rarity of all shared words, at most 4", UP, OUT),
    "rarest word": Sense("rarity of the rarest shared word", UP, OUT),
    "units, less": Sense("share of the less covered claim's names and concepts in the other", UP, OUT),
    "units, more": Sense("share of the better covered claim's names and concepts in the other", UP, OUT),
    "names": Sense("weight of shared names, at most 3", UP, OUT),
    "topics": Sense("weight of shared concepts, at most 3", UP, OUT),
    "wording": Sense("rapidfuzz token_set_ratio", UP, OUT),
    "word order": Sense("rapidfuzz token_sort_ratio", UP, FREE),
    "near copy": Sense("rapidfuzz ratio of eight words and more", UP, FREE),
    "around": Sense("weight of what one claim and the other's surroundings share, at most 5", UP, OUT),
    "story": Sense("likeness of both claims with their surroundings, at most 0.4", UP, OUT),
    "subject": Sense("1 the subjects of the main clauses are one, -1 they differ", UP, OUT),
    "main verb": Sense("the main verbs are of one meaning", UP, OUT),
    "strangers": Sense("names that only one claim knows, on both sides, at most 2", DOWN, OUT),
    "length": Sense("how much longer one claim is, as a logarithm, at most 2", DOWN, OUT),
    "same place": Sense("a place in common", UP, OUT),
    "place": Sense("each names a place that the other does not know", DOWN, OUT),
    "same ordinal": Sense("both count it alike", UP, OUT),
    "ordinal": Sense("counted differently, or by one side only", DOWN, OUT),
    # Do details agree?
    "same number": Sense("a figure of one unit in common", UP, DOWN),
    "number": Sense("figures of one unit that exclude each other", DOWN, UP),
    "same digits": Sense("a written figure in common", UP, DOWN),
    "digits": Sense("written figures on both sides, none in common", DOWN, UP),
    "same days": Sense("the days spoken of overlap", UP, DOWN),
    "date": Sense("the days spoken of lie apart", DOWN, UP),
    "quotation": Sense("words quoted by both, of eight", UP, DOWN),
    # Do they take sides against each other?
    "denial": Sense("how far the denial of one speaks of what the other says", UP, UP),
    "both deny": Sense("how far two denials take back the same", UP, DOWN),
    "polarity": Sense("one denies or negates, the other does not", FREE, UP),
    "negation": Sense("only one claim holds a negating word, and none leaves the matter open", FREE, UP),
    "refuting": Sense("only one claim holds a refuting word", FREE, UP),
    "both refute": Sense("both claims hold a refuting word", FREE, DOWN),
    "open": Sense("only one claim leaves the matter open", FREE, FREE),
    "both open": Sense("both claims leave the matter open", UP, DOWN),
    "hedged": Sense("only one claim hedges", FREE, FREE),
    "both hedge": Sense("both claims hedge", FREE, DOWN),
    "antonym": Sense("words that exclude each other", FREE, UP),
    "dictionary antonym": Sense("antonyms of the dictionary", FREE, UP),
    "tense": Sense("past, present and future differ", FREE, FREE),
    "stage": Sense("how far apart the claims stand on the way from question to fact", FREE, FREE),
    # Did the matter move on?
    "moved on": Sense("a later statement on a matter that was open, by the rules of `gates`", UP, UP),
    "filled in": Sense("a later claim names the day or place that an earlier one leaves open", UP, UP),
    "denied": Sense("one denies what the other says, by the rules of `gates`", UP, UP),
    "details differ": Sense("figures, days or words exclude each other, by the rules of `gates`", UP, UP),
    "same speaker": Sense("one known speaker stands behind both", UP, DOWN),
}
# Only where an entailment model reads the pair (both ways round; the surer reading counts).
ENTAILMENT_SIGNALS: dict[str, Sense] = {
    "entailed": Sense("log-odds that one claim follows from the other", UP, DOWN),
    "entailed both ways": Sense("log-odds that each follows from the other", UP, DOWN),
    "contradicted": Sense("log-odds that one claim rules the other out", UP, UP),
    "contradicted both ways": Sense("log-odds that each rules the other out", FREE, UP),
}


def values_of(seen: Evidence) -> dict[str, float]:
    """The value of every signal of SIGNALS for one pair."""
    shared, words = seen.overlap, seen.coverage
    (one, other), (before, after) = seen.polarity, seen.stages
    less, more = sorted((words.a, words.b))
    units = sorted((shared.cover_a, shared.cover_b))
    ones, others = seen.cues
    settled = Polarity.OPEN not in seen.polarity  # "no date is set" and "is being negotiated" say the same
    against = (one in DENIALS) != (other in DENIALS)
    return {
        "covered, less": less,
        "covered, more": more,
        "shared words": min(words.shared, 4.0),
        "rarest word": words.rarest,
        "units, less": units[0],
        "units, more": units[1],
        "names": min(shared.names, 3.0),
        "topics": min(shared.topics, 3.0),
        "wording": seen.wording,
        "word order": seen.word_order,
        "near copy": seen.near_copy,
        "around": min(shared.context, 5.0),
        "story": min(seen.story, 0.4),
        "subject": seen.subject,
        "main verb": float(seen.verb),
        "strangers": min(seen.strangers, 2.0),
        "length": min(seen.lengths, 2.0),
        "same number": float(seen.quantities[0] > 0),
        "number": float(seen.quantities[0] < 0),
        "same digits": float(seen.figures > 0),
        "digits": float(seen.figures < 0),
        "same days": float(seen.periods[0] > 0),
        "date": float(seen.periods[0] < 0),
        "same place": float(seen.places > 0),
        "place": float(seen.places < 0),
        "same ordinal": float(seen.ordinals[0] > 0),
        "ordinal": max(0.0, -seen.ordinals[0]),
        "quotation": min(seen.quotation, 8) / 8 if seen.quotation >= 3 else 0.0,
        "denial": seen.answers if against else 0.0,
        "both deny": seen.answers if one in DENIALS and other in DENIALS else 0.0,
        "polarity": float(against),
        "negation": float(settled and ones.negating != others.negating),
        "refuting": float(ones.refuting != others.refuting),
        "both refute": float(ones.refuting and others.refuting),
        "open": float((one is Polarity.OPEN) != (other is Polarity.OPEN)),
        "both open": float(one is other is Polarity.OPEN),
        "hedged": float(ones.hedging != others.hedging),
        "both hedge": float(ones.hedging and others.hedging),
        "antonym": float(seen.opposed[0] < 0),
        "dictionary antonym": float(words.opposed is not None),
        "tense": float(seen.tenses),
        "stage": abs(after - before) / Stage.FACT,
        "moved on": float(changed(seen) is not None),
        "filled in": float(filled_in(seen) is not None),
        "denied": float(denied(seen) is not None),
        "details differ": float(details_differ(seen) is not None),
        "same speaker": float(seen.same_speaker),
    }
