"""Does a claim affirm, negate, refute or leave open?  And what exactly does a negation take back?

Refuting words follow the list that stance detection for headlines has used since the Fake News
Challenge baseline (FNC-1, 2017): fake, fraud, hoax, false, deny, not, despite, nope, doubt, bogus,
debunk, prank, retract.  Here a refuting word counts only where it is said *of a report* or is the verb.
"""

from __future__ import annotations

import re
from enum import StrEnum

from claimtrack.records import Claim, Modality, Stance
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.overlap import AROUND
from claimtrack.relations.profiles import PLACE_WEIGHT, Unit, around, holds, profile_of
from claimtrack.relations.stories import story
from claimtrack.relations.words import concepts_of, listed

Units = tuple[Unit, ...]

_REFUTING = (
    r"(?:rumou?rs?|hoax(?:es)?|fakes?|false|untrue|fabricat\w+|baseless|unfounded|groundless|incorrect|wrong"
    r"|bogus|lies?|myths?|nonsense|fiction|inaccurate|misleading|debunk\w+|disprove[dn]?|retract\w*|no truth"
    r"|not true|without foundation|made up)"
)
_REPORT = (
    r"(?:reports?|claims?|rumou?rs?|stor(?:y|ies)|allegations?|accusations?|news|information|statements?"
    r"|it|this|that|they)"
)
_REFUTES = re.compile(
    rf"\b{_REPORT}\b[^.;]*?\b(?:is|are|was|were|as|be|been|being|called|of)\b[^.;]{{0,30}}?\b{_REFUTING}\b"
    rf"|\b{_REFUTING}\s+{_REPORT}\b"
    r"|(?<!to )\b(?:den(?:y|ies|ied|ying)|refut(?:e[sd]?|ing)|negat(?:e[sd]?|ing)|rebut(?:s|ted)?)\b"
    r"|\bdisput(?:e[sd]?|ing) (?:the|that|this|reports?|claims?)\b"
    r"|\b(?:dismiss|reject)(?:es|s|ed|ing)?\b[^.;]{0,40}\b" + _REPORT + r"\b"
    r"|\bno truth\b|\bnot true\b",
    re.I,
)
_NOT_REFUTING = re.compile(
    rf"\b(?:not|n['’]t|no|never|neither)\s+(?:\w+\s+){{0,2}}?(?:{_REFUTING}|den(?:y|ied)|refuted?|disputed?)\b",
    re.I,
)
# "could not confirm", "no official notification", "has yet to decide", "unclear": no word on the fact itself.
_OPEN = re.compile(
    r"(?:\b(?:not|never|no|cannot|unable|without)\b|n['’]t\b)[^.;,]{0,40}?"
    r"\b(?:confirm|verif|comment|notif|rule[ds]? out|immediately clear|clear whether|know|say whether|specify"
    r"|elaborat)"
    r"|\byet to\b|\b(?:not|n['’]t|no)\b[^.;]{0,60}\byet\b|\bunclear\b|\bunconfirmed\b"
    r"|\bdeclin(?:e[sd]?|ing)\b"
    r"|\bunder (?:discussion|negotiation|review|investigation|consideration)\b"
    r"|\b(?:is|are|was|were|be|been|being)(?:\s+still)?(?:\s+being)?\s+(?:discuss|negotiat|investigat|check"
    r"|examin|prob|stud|consider|review|weigh|await)\w*"
    r"|\bin (?:\w+\s+)?(?:talks|discussions|negotiations)\b|\bwhether\b",
    re.I,
)
_ASIDE = re.compile(r",?\s*\b(?:despite|although|though|even if|contrary to|in spite of)\b.*$", re.I | re.S)
# "No cases of X were found", "no sign that X", "negated the existence of X": there is none.
_EVIDENCE = (
    r"(?:cases?|signs?|evidence|traces?|indications?|existence|instances?|proof|occurrences?|incidents?|reports?|"
    r"intelligence|information|basis|truth|records?|plans?|deals?|agreements?|decisions?)"
)
_NONE = re.compile(
    rf"\b(?:no|any|zero|without|never|not an?|neither)\s+(?:[\w-]+\s+){{0,3}}?{_EVIDENCE}\b"
    r"|\b(?:no|not|never)\b[^.;]{0,40}\b(?:exist(?:s|ed)?|happen(?:s|ed)?|occur(?:s|red)?|tak(?:e|en) place)"
    r"\b",
    re.I,
)
_NOT_TOPIC = frozenset(
    c
    for w in listed(
        "case sign evidence trace indication existence exist find detect discover record register instance"
        " proof occur occurrence happen suspect report be confirm see basis truth deny denial refute negate"
        " dispute dismiss reject rumor hoax fake false untrue incorrect unfounded baseless wrong claim story"
        " allegation news source contact"
    )
    for c in concepts_of(w)
)
_NAMED = 0.8  # weight from which a claim names a topic of its own
_TOLD = 0.25  # share of a denial's topic that the other claim must hold in so many words
_TOPIC = 1.5  # weight of words from which a denial is of a deed, not only of a thing
_ONE_STORY = 0.2  # likeness of two claims with their surroundings from which one shared word is enough
_SHARED = 0.5  # weight of content that a denial and what it denies must share


class Polarity(StrEnum):
    """How a claim stands to the fact it speaks of."""

    AFFIRMS = "affirms"
    NEGATES = "negates"
    REFUTES = "refutes"
    OPEN = "open"


@once_a_claim
def polarity_of(claim: Claim) -> Polarity:
    """Affirms, negates ("no cases were found"), refutes ("the reports are false") or leaves open."""
    if claim.attribution.stance in {Stance.DECLINES, Stance.DOUBTS, Stance.ASKS}:
        return Polarity.OPEN
    text = _ASIDE.sub("", claim.text)
    refutes = bool(_REFUTES.search(text)) and not _NOT_REFUTING.search(text)
    if claim.attribution.stance is Stance.DENIES:
        return Polarity.AFFIRMS if refutes else Polarity.REFUTES
    if refutes:
        return Polarity.REFUTES
    if claim.facets.modality is Modality.ASKED or _OPEN.search(text):
        return Polarity.OPEN
    return Polarity.NEGATES if claim.facets.negated else Polarity.AFFIRMS


@once_a_claim
def is_question(claim: Claim) -> bool:
    """Whether the source only asks."""
    asked = claim.attribution.stance is Stance.ASKS or claim.facets.modality is Modality.ASKED
    return asked and (claim.text.rstrip(" ”\"’'").endswith("?") or claim.attribution.stance is Stance.ASKS)


@once_a_claim
def takes_back_all(denial: Claim) -> bool:
    """Whether a denial is of the whole matter: reports called false, or "no cases have been found".

    Otherwise only the verb is negated: "did not resign".
    """
    return polarity_of(denial) is Polarity.REFUTES or bool(_NONE.search(_ASIDE.sub("", denial.text)))


@once_a_claim
def topic_of(claim: Claim) -> tuple[Unit, ...]:
    """What a claim speaks of, the words of finding, reporting and refuting left out."""
    kept = _ASIDE.sub("", claim.text).casefold()
    return tuple(
        u for u in profile_of(claim).units if u.text[:4] in kept and (u.is_name or not u.words & _NOT_TOPIC)
    )


def names_topic(claim: Claim) -> bool:
    """Whether a claim says itself what it is about: "the reports are unfounded" does not."""
    return sum(u.weight for u in topic_of(claim)) >= _NAMED


def answers(denial: Claim, other: Claim) -> float:
    """How far a denial speaks of what the other claim says, 0 to 1.

    A denial that names its topic is measured by how much of that topic the other claim holds (or, at
    half weight, its surroundings): one word of content at least, and a place is not enough.  "The
    reports are unfounded" names none and leans on its own surroundings.  Where the other claim leaves
    the matter open ("is investigating whether", "have not confirmed the cases"), its surroundings are
    what it is open about, and count in full.
    """
    topic, theirs = topic_of(denial), profile_of(other)
    is_open = polarity_of(other) is Polarity.OPEN
    total = sum(u.weight for u in topic)
    if names_topic(denial):
        shared = [u for u in topic if holds(theirs, u)]
        near = [u for u in topic if u not in shared and around(u, theirs.context)]
        if not is_open and (
            _without_places(shared) < _SHARED or not _is_told(denial, other, topic, shared, near)
        ):
            return 0.0
        nearby = 1.0 if is_open else AROUND
        return (sum(u.weight for u in shared) + nearby * sum(u.weight for u in near)) / total
    mine = profile_of(denial).context - profile_of(denial).speaker
    units = [u for u in topic_of(other) if not u.words & theirs.speaker]
    found = [u for u in units if around(u, mine)]
    if _without_places(found) < _NAMED:
        return 0.0
    return sum(u.weight for u in found) / sum(u.weight for u in units)


def _is_told(denial: Claim, other: Claim, topic: Units, shared: list[Unit], near: list[Unit]) -> bool:
    """Whether what is shared tells the topic: a quarter of it in words, its deed as well as its names.

    One word alone does only where both claims stand in one story.
    """
    if sum(u.weight for u in shared) < _TOLD * sum(u.weight for u in topic):
        return False
    deeds = [u for u in topic if not u.is_name]
    done = sum(u.weight for u in deeds)
    found = sum(u.weight * (1.0 if u in shared else AROUND) for u in deeds if u in shared or u in near)
    if done >= _TOPIC and found < _TOLD * done:
        return False
    return len(shared) > 1 or story(denial, other) >= _ONE_STORY


def _without_places(units: list[Unit]) -> float:
    return sum(u.weight for u in units if not (u.is_name and u.weight == PLACE_WEIGHT))
