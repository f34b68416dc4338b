"""Do two claims go back to one statement?  Forty papers printing one wire story are one origin."""

from __future__ import annotations

from claimtrack.records import Claim, SpeakerKind

_UNNAMED = frozenset({SpeakerKind.UNNAMED, SpeakerKind.GROUP})


def same_speaker(a: Claim, b: Claim) -> bool:
    """Whether one known speaker stands behind both; two unnamed officials are never known to be one."""
    return a.speaker.key == b.speaker.key and a.speaker.kind not in _UNNAMED


def channel(a: Claim, b: Claim) -> str:
    """Who may have passed the words of one claim to the other, or "".

    One claim's speaker is the other's relay or outlet ("the Gazette reported", "a source told the
    Gazette"), or both quote unnamed people through one relay.
    """
    for one, other in ((a, b), (b, a)):
        passed_on = {r.casefold(): r for r in (*other.relays, other.outlet or "") if r}
        if one.speaker.name.casefold() in passed_on:
            return passed_on[one.speaker.name.casefold()]
    if a.speaker.kind in _UNNAMED and b.speaker.kind in _UNNAMED:
        theirs = {r.casefold() for r in b.relays}
        return next((r for r in a.relays if r.casefold() in theirs), "")
    return ""
