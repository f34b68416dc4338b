"""One English sentence on a relation that a reporter can paste."""

from __future__ import annotations

import re
from datetime import date

from claimtrack.records import Claim, Kind, RelationKind, SpeakerKind, Stance
from claimtrack.relations.calendar_days import day_of
from claimtrack.relations.progress import declines

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONGEST = 140  # characters of a claim; its full text stands beside the sentence
_VERBS = {
    Stance.DENIES: "denies", Stance.CONFIRMS: "confirms",
    Stance.DOUBTS: "doubts", Stance.ASKS: "asks", Stance.PROMISES: "promises", Stance.EXPECTS: "expects",
}  # fmt: skip
_MANY = {"says": "say", "denies": "deny", "declines": "decline"}
# Words that stand for a source only inside their own text.
_STAND_INS = frozenset(
    {
        "i",
        "we",
        "you",
        "he",
        "she",
        "it",
        "they",
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
        "one",
        "the",
    }
    | {"a", "an", "some", "many", "others", "none", "all", "most", "several"}
)
_SUBJECTLESS = re.compile(
    r"(?:is|are|was|were|be|been|has|have|had|will|would|could|may|might|should|must|can|to)\b"
)
# Words that begin a sentence in capitals and go on in small letters inside another one.
_OPENERS = frozenset(
    {"A", "An", "The", "This", "That", "These", "Those", "It", "He", "She", "They", "There", "No", "Some"}
    | {"Many", "Most", "All", "Both", "Its", "His", "Her", "Their"}
)


def explain(early: Claim, late: Claim, reason: str) -> str:
    """Who says what, through whom, where and when, and how the two stand to each other."""
    return f"{statement(early)}; {statement(late)}: {reason}."


def reason_in_words(kind: RelationKind, reason: str, gap: int | None) -> str:
    """Why the two are related, with the `gap` in days where time is a part of the reason."""
    if kind is RelationKind.UPDATES and gap:
        return f"{reason}, {gap} {'day' if gap == 1 else 'days'} after"
    return f"{reason}, no independent support" if kind is RelationKind.REPEATS else reason


def statement(claim: Claim) -> str:
    """ "Ana Vidal (via Lusa, in The Post, 3 May 2021) says “the port is open”"."""
    if declines(claim):
        return f"{named(claim)}{_where(claim)} {_agreeing('declines', claim)} to comment"
    said = _words(claim)
    if claim.attribution.kind is Kind.DIRECT:
        said = f"“{said}”"
    verb = _agreeing(_VERBS.get(claim.attribution.stance, "says"), claim)
    clause = claim.facets.verb and claim.facets.subject and not _SUBJECTLESS.match(said)
    plain = bool(clause) or claim.attribution.kind is Kind.DIRECT
    return f"{named(claim)}{_where(claim)} {verb}{'' if plain else ':'} {said}"


def written_day(day: date) -> str:
    """ "3 May 2021", in English whatever the locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def named(claim: Claim) -> str:
    """Who says it: by name, or as printed where nobody is named."""
    if claim.speaker.kind in {SpeakerKind.UNNAMED, SpeakerKind.GROUP}:
        mention = " ".join(claim.resolution.mention.split()).strip(" ,")
        return "an unnamed source" if mention.casefold() in {"", *_STAND_INS} else mention
    name = claim.speaker.name or "an unnamed source"
    return f"the {name}" if claim.resolution.mention.casefold() == f"the {name}".casefold() else name


def _agreeing(verb: str, claim: Claim) -> str:
    """The verb as it follows one speaker or many."""
    if claim.speaker.kind is not SpeakerKind.GROUP or named(claim) == "an unnamed source":
        return verb
    return _MANY.get(verb) or verb.removesuffix("s")


def _where(claim: Claim) -> str:
    parts = [f"via {relay}" for relay in claim.relays]
    named = {name.casefold() for name in (*claim.relays, claim.speaker.name)}
    if claim.outlet and claim.outlet.casefold() not in named:
        parts.append(f"in {claim.outlet}")
    day = day_of(claim)
    if day:
        parts.append(written_day(day))
    return f" ({', '.join(parts)})" if parts else ""


def _words(claim: Claim) -> str:
    text = " ".join(claim.text.split()).strip(" .,;:")
    if claim.attribution.kind is Kind.DIRECT:
        text = text.strip('“”"„«»').strip(" .,;:")
    else:
        text = text[5:] if text[:5].casefold() == "that " else text
        if text.split(" ", 1)[0] in _OPENERS:
            text = text[0].lower() + text[1:]
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return re.sub(r"[,;]([”\"])$", r"\1", text)
