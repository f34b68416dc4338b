"""Signs that two claims speak of different things, however alike they sound."""

from __future__ import annotations

import re

from claimtrack.records import Claim
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.profiles import NAME_WEIGHT, PLACE_WEIGHT, Profile, around, profile_of, same
from claimtrack.relations.words import concepts_of, exclude, excluding, listed, weight

_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NUMERAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")
_NOT_COUNTED = listed("half quarter time place day week month year half-hour floor thing")


@once_a_claim
def ordinals_of(claim: Claim) -> dict[str, int]:
    """Concepts with the rank they are given: "a third leaders' summit" → {"meet": 3, "lead": 3}."""
    words = [w.casefold() for w in _WORD.findall(claim.text)]
    found: dict[str, int] = {}
    for i, word in enumerate(words):
        numeral = _NUMERAL.match(word)
        rank = int(numeral[1]) if numeral else _ORDINALS.get(word)
        if rank is None or (i + 1 < len(words) and words[i + 1] in _NOT_COUNTED):
            continue
        for noun in words[i + 1 : i + 4]:
            for concept in concepts_of(noun.removesuffix("'s").removesuffix("’s")):
                found.setdefault(concept, rank)
    return found


def compare_ordinals(a: Claim, b: Claim) -> tuple[float, str]:
    """-1 where one thing is counted differently ("second summit", "third summit"), 1 where alike, else 0.

    -0.5 where only one side counts it: "a summit" may be another than "the third summit".
    """
    ranks, others = ordinals_of(a), ordinals_of(b)
    for concept in ranks.keys() & others.keys():
        if weight(concept) > 0.2 and ranks[concept] != others[concept]:
            return -1.0, f"number {ranks[concept]} and number {others[concept]}"
    if ranks.keys() & others.keys():
        return 1.0, ""
    uncounted = ((ranks, b), (others, a))
    if any(counted.keys() & profile_of(claim).words for counted, claim in uncounted):
        return -0.5, "only one side counts it"
    return 0.0, ""


def compare_places(a: Claim, b: Claim) -> float:
    """-1 where both name places and neither knows the other's, 1 where one is shared, else 0.

    A town and its country look apart; where the surroundings of one claim name the other's place, the
    two are not told apart.
    """
    one, other = profile_of(a), profile_of(b)
    ones = [u for u in one.names if u.weight == PLACE_WEIGHT]
    others = [u for u in other.names if u.weight == PLACE_WEIGHT]
    if any(same(u, v) for u in ones for v in others):
        return 1.0
    known = any(around(u, other.context) for u in ones) or any(around(v, one.context) for v in others)
    return -1.0 if ones and others and not known else 0.0


def strangers(a: Claim, b: Claim) -> float:
    """Weight of the names that only one claim knows, the lesser of the two sides.

    Vidal and Okafor against Vidal and Silva gives 1, against Vidal alone 0: a claim may simply say less.
    """
    one, other = profile_of(a), profile_of(b)
    return min(_unknown(one, other), _unknown(other, one))


def _unknown(mine: Profile, theirs: Profile) -> float:
    return sum(
        u.weight
        for u in mine.names
        if u.weight == NAME_WEIGHT  # a place that one side leaves out makes no other fact
        and not theirs.names_thing(u)
        and not u.words & theirs.speaker
    )


def opposed_words(a: Claim, b: Claim) -> tuple[float, str]:
    """-1 where the claims hold words that exclude each other ("released", "detained"), else 0.

    A pair counts only where neither claim holds the other's word as well.
    """
    ones, others = _poles(a), _poles(b)
    if not ones or not others:
        return 0.0, ""
    have, want = (frozenset(c for t in x.facets.terms for c in concepts_of(t)) for x in (a, b))
    for term, concepts in ones.items():
        for word, against in others.items():
            if exclude(concepts, against) and not concepts & want and not against & have:
                return -1.0, f"“{term}” against “{word}”"
    return 0.0, ""


@once_a_claim
def _poles(claim: Claim) -> dict[str, frozenset[str]]:
    """The words of a claim that exclude some other word."""
    found = {t: concepts_of(t) for t in claim.facets.terms}
    return {t: concepts for t, concepts in found.items() if concepts & excluding()}
