"""What stands behind a claim when no person does: a paper, "the media", or reports without a source."""

from __future__ import annotations

import re

from claimtrack.knowledge import load_knowledge
from claimtrack.records import Claim, SpeakerKind
from claimtrack.relations.memory import once_a_claim

_UNNAMED = frozenset({SpeakerKind.UNNAMED, SpeakerKind.GROUP})
_MEDIUM = re.compile(
    r"\b(?:newspapers?|papers?|dail(?:y|ies)|tabloids?|magazines?|broadcasters?|(?:news|wire) agenc(?:y|ies)"
    r"|news (?:sites?|outlets?|organi[sz]ations?|channels?|services?)|websites?|blogs?|outlets?|media"
    r"|press)\b",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:reports?|rumou?rs?|speculation|accounts?|media|press|outlets?|newspapers?|papers|tabloids)\b",
    re.IGNORECASE,
)


@once_a_claim
def is_medium(claim: Claim) -> bool:
    """Whether the speaker is one named newspaper, broadcaster, site or agency."""
    if claim.speaker.kind in _UNNAMED:
        return False
    if load_knowledge().outlet_of_name(claim.speaker.name) is not None:
        return True
    named = claim.outlet is not None and claim.speaker.name.casefold() == claim.outlet.casefold()
    return named or any(_MEDIUM.search(role) for role in claim.resolution.roles)


@once_a_claim
def is_hearsay(claim: Claim) -> bool:
    """Whether nobody is named but "reports" or "the media", or nobody at all ("is said to …")."""
    if claim.speaker.kind not in _UNNAMED:
        return False
    mention = claim.resolution.mention
    return not mention or bool(_REPORTS.search(mention))
