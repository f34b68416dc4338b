"""Do two claims go back to one statement?  Forty papers printing one wire story are one origin.

Each rule names its reason.  Words can prove it (one quotation, one sentence of a copied text); otherwise it
is the way the words came (one speaker on one day, a report and what relays it) that makes two claims of
one matter one statement.
"""

from __future__ import annotations

import re
from math import inf

from rapidfuzz import fuzz

from claimtrack.records import Claim, Signal, SpeakerKind
from claimtrack.relations.calendar_days import days_between
from claimtrack.relations.lexicon import rarity
from claimtrack.relations.media import is_hearsay, is_medium
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.progress import declines
from claimtrack.relations.quoting import quoted_words, shared_run
from claimtrack.relations.words import stem

SAME_SENTENCE = 0.75  # rapidfuzz ratio of two sentences of one text, of which one was rewritten
LEAST_WORDS = 4  # that say enough to be found again inside a longer sentence
SHORT_RUN, LONG_RUN = 4, 8  # words quoted by both: of one speaker, and of whomever
TELLING = 1.5  # what the rarity of such words must add up to: "we will be very glad" is anybody's
MOST = 0.6  # or share of the shorter quotation that they are
# The chance of one fact is that of any two claims which an archive proposes.  Of those that one speaker made
# within a day, or that came through one paper, more are one statement: their odds are so many times higher.
# Chosen on the hand-judged pairs of three stories: 1 finds one pair less of 19, and 4 one more, with twice as
# many pairs besides that nobody judged.
ODDS = 2.0
LIKELY = 0.5
NEWS_DAYS = 5  # what "reports" say later than that may have another source

_UNNAMED = frozenset({SpeakerKind.UNNAMED, SpeakerKind.GROUP})
_BODIES = frozenset({SpeakerKind.ORGANISATION, SpeakerKind.GOVERNMENT})
_SPEAKS_FOR = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|press (?:secretary|officer|attach[eé]|service)"
    r"|(?:director|head) of communications)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_FORMS = frozenset(
    {"the", "of", "for", "at", "and", "s", "a", "an", "to", "chief", "deputy", "senior", "director", "head"}
)


def same_origin(a: Claim, b: Claim, same_fact: float) -> Signal | None:
    """Why two claims are one statement, for a pair whose contents do not clash; None where nothing shows it.

    `same_fact` is the probability that both speak of one fact.  The signal's value, from 0.5 to 1, is
    the probability that they are one statement, its note says why.  The order of the arguments plays no part.
    """
    a, b = sorted((a, b), key=lambda c: c.key)  # the note may name one of two
    found = _one_text(a, b) or _one_quotation(a, b)
    if found is None and not prints_of_one_text(a, b):
        odds = ODDS * same_fact / (1 - same_fact) if same_fact < 1 else inf
        chance = 1 - 1 / (1 + odds)
        if chance >= LIKELY:
            reason = _one_occasion(a, b) or _spoken_for(a, b) or _passed_on(a, b) or _unsourced(a, b)
            found = (chance, reason) if reason else None
    return Signal("origin", round(found[0], 3), found[1]) if found else None


def prints_of_one_text(a: Claim, b: Claim) -> bool:
    """Whether the articles of two claims are one text, as original and copy or as two copies."""
    return b.article == a.origin or a.article == b.origin or (a.origin != "" and a.origin == b.origin)


def other_sentences(a: Claim, b: Claim) -> bool:
    """Whether two claims are different statements of one text: as little related as those of one article."""
    return prints_of_one_text(a, b) and _alike(a, b) < SAME_SENTENCE


def _alike(a: Claim, b: Claim) -> float:
    """How alike two contents are, 0 to 1; one of four words and more may be a part of the other."""
    whole = fuzz.ratio(a.normalised, b.normalised)
    if min(len(a.normalised.split()), len(b.normalised.split())) < LEAST_WORDS:
        return whole / 100
    return max(whole, fuzz.partial_ratio(a.normalised, b.normalised)) / 100


def same_speaker(a: Claim, b: Claim) -> bool:
    """Whether one known speaker stands behind both; two unnamed officials are never known to be one."""
    return a.speaker.key == b.speaker.key and a.speaker.kind not in _UNNAMED


def channel(a: Claim, b: Claim) -> str:
    """Who may have passed the words of one claim to the other, or "".

    One claim's speaker is the other's relay, outlet or agency ("the Gazette reported", "a source told the
    Gazette"), or both quote unnamed people through one relay, or one prints what the other relays.
    """
    for one, other in ((a, b), (b, a)):
        passed_on, name = _passers(other), _name(one)
        if name in passed_on:
            return passed_on[name]
    if a.speaker.kind in _UNNAMED and b.speaker.kind in _UNNAMED:
        for one, other in ((a, b), (b, a)):
            relays = {r.casefold() for r in other.relays}
            found = next((r for r in (*one.relays, one.outlet, one.wire) if r and r.casefold() in relays), "")
            if found:
                return found
    return ""


@once_a_claim
def _passers(claim: Claim) -> dict[str, str]:
    """Who passed a claim on or printed it, by their names in small letters."""
    return {r.casefold(): r for r in (*claim.relays, claim.outlet or "", claim.wire) if r}


@once_a_claim
def _name(claim: Claim) -> str:
    return claim.speaker.name.casefold()


_Reason = tuple[float, str]


def _one_text(a: Claim, b: Claim) -> _Reason | None:
    """The same sentence in two prints of one text."""
    wire = a.wire if a.wire == b.wire else ""
    if not wire and not prints_of_one_text(a, b):
        return None
    alike = _alike(a, b)
    if alike < SAME_SENTENCE:
        return None
    return alike, f"the same sentence of {wire}" if wire else "the same sentence in a copy of the article"


def _one_quotation(a: Claim, b: Claim) -> _Reason | None:
    """The same words inside quotation marks, also where one paper cuts them shorter."""
    run = shared_run(a, b)
    if len(run) < SHORT_RUN or sum(rarity(stem(word)) for word in run) < TELLING:
        return None
    least = min(len(quoted_words(a)), len(quoted_words(b)))
    enough = len(run) >= LONG_RUN or (_may_be_one(a, b) and len(run) >= MOST * least)
    return (min(1.0, 0.6 + 0.05 * len(run)), "the same quotation") if enough else None


def _may_be_one(a: Claim, b: Claim) -> bool:
    """Whether two speakers may be one: the same, or one of them not named or no person."""
    if a.speaker.key == b.speaker.key:
        return True
    return SpeakerKind.PERSON not in (a.speaker.kind, b.speaker.kind) or a.speaker.kind is not b.speaker.kind


def _one_occasion(a: Claim, b: Claim) -> str:
    """One speaker on one matter on one day or the next: one press conference, interview or release."""
    gap = days_between(a, b)
    if not same_speaker(a, b) or gap is None or abs(gap) > 1:
        return ""
    if declines(a) or declines(b):  # each paper that asks is refused anew
        return ""
    return "the same speaker on the same day" if gap == 0 else "the same speaker, one day apart"


def _spoken_for(a: Claim, b: Claim) -> str:
    """A body, and the one who speaks for it, on one day."""
    if days_between(a, b) != 0:
        return ""
    for one, other in ((a, b), (b, a)):
        if one.speaker.kind is SpeakerKind.PERSON and other.speaker.kind in _BODIES:
            body = {
                w.casefold() for w in _WORD.findall(" ".join((other.speaker.name, *other.speaker.aliases)))
            }
            for role in (*one.resolution.roles, one.resolution.mention):
                if _SPEAKS_FOR.search(role) and _body_in(role, one) & body:
                    return f"{one.speaker.name} speaks for {other.speaker.name}"
    return ""


def _body_in(role: str, claim: Claim) -> set[str]:
    """The words of a role that name whose it is: "ministry" in "ministry spokesman"."""
    own = {w.casefold() for w in _WORD.findall(claim.speaker.name)}
    return {w.casefold() for w in _WORD.findall(_SPEAKS_FOR.sub(" ", role))} - own - _FORMS


def _passed_on(a: Claim, b: Claim) -> str:
    found = channel(a, b)
    return f"both go back to {found}" if found else ""


def _unsourced(a: Claim, b: Claim) -> str:
    """Reports that name no source, in one week: nothing shows that they have different ones."""
    gap = days_between(a, b)
    if gap is not None and abs(gap) > NEWS_DAYS:
        return ""
    if is_hearsay(a) and is_hearsay(b):
        return "neither report names its source"
    for one, other in ((a, b), (b, a)):
        if is_hearsay(one) and is_medium(other):
            return f"a report that names no source, and {other.speaker.name}"
    return ""
