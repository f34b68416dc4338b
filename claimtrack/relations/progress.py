"""How settled is what a claim speaks of?  A later claim on an unsettled matter updates it."""

from __future__ import annotations

import re
from enum import IntEnum

from claimtrack.records import Claim, Modality, Stance
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.polarity import Polarity, polarity_of
from claimtrack.relations.profiles import profile_of
from claimtrack.relations.words import concepts_of, name_token

_TALKS = re.compile(
    r"\b(?:near(?:s|ing|ed)|clos(?:e|ing) to|consider\w*|suggest\w*|hop(?:e|es|ing)|"
    r"tr(?:y|ies|ying) to|seek\w*|want\w*|discuss\w*|negotiat\w*|consult\w*|agenda|invit\w*|talks)\b",
    re.I,
)
_POSSIBLE = re.compile(r"\b(?:might|may|could|possibl[ey]|possibility|perhaps|suspect(?:s|ed)? that)\b", re.I)
_PLANS = re.compile(
    r"\b(?:will|would|shall|going to|set to|due to|scheduled|plan(?:s|ned|ning)?|expect\w*|agree\w*"
    r"|being finali[sz]ed|later this|soon|upcoming|next (?:week|month|year)|propos\w+|intend\w*)\b|['’]ll\b",
    re.I,
)

_NO_COMMENT = re.compile(
    r"\bdeclin(?:e[sd]?|ing) (?:to|comment)|\b(?:not|n['’]t|no|without) comment"
    r"|\brefus\w+ to (?:comment|answer|say)",
    re.I,
)


DAYS = 45  # "in the second half of April" answers when; "later this year" does not


class Stage(IntEnum):
    """From open question to settled fact."""

    OPEN = 0  # not confirmed, under investigation, no comment
    TALKS = 1  # being discussed, near
    POSSIBLE = 2  # "may", "could"
    PLAN = 3  # announced, scheduled, expected
    FACT = 4


@once_a_claim
def stage_of(claim: Claim) -> Stage:
    """The stage that the words, the modality and the stance of a claim put its matter in."""
    if _TALKS.search(claim.text):
        return Stage.TALKS
    if polarity_of(claim) is Polarity.OPEN:
        return Stage.OPEN
    modality = claim.facets.modality
    if modality in {Modality.POSSIBLE, Modality.HYPOTHETICAL} or _POSSIBLE.search(claim.text):
        return Stage.POSSIBLE
    planned = (
        modality is Modality.PLANNED or claim.facets.tense == "future" or bool(_PLANS.search(claim.text))
    )
    if planned or claim.attribution.stance in {Stance.PROMISES, Stance.EXPECTS}:
        return Stage.PLAN
    return Stage.FACT


@once_a_claim
def declines(claim: Claim) -> bool:
    """Whether the source refuses to speak of the matter."""
    return claim.attribution.stance is Stance.DECLINES or bool(_NO_COMMENT.search(claim.text))


def is_silent(claim: Claim) -> bool:
    """Whether the source leaves something unsaid without refusing: "did not say where"."""
    return claim.attribution.stance is Stance.DECLINES and not _NO_COMMENT.search(claim.text)


@once_a_claim
def _asked(claim: Claim) -> frozenset[str]:
    """Whether a claim speaks of a day, and of a place."""
    return frozenset(c for term in claim.facets.terms for c in concepts_of(term)) & {"date", "place"}


def fills_in(early: Claim, late: Claim) -> bool:
    """Whether the later claim names the day or the place that the earlier one speaks of as open."""
    asked = _asked(early)
    if not asked:
        return False
    known = profile_of(early).context | profile_of(early).words
    placed = any(
        not set(map(name_token, p.split())) & known
        and re.search(rf"\b(?:in|at)\s+(?:[\w-]+\s+){{0,6}}?{re.escape(p)}\b", late.text, re.I)
        for p in late.facets.places
    )
    dated = any((p.end - p.start).days <= DAYS for p in late.facets.periods)
    return ("date" in asked and dated) or ("place" in asked and placed)
