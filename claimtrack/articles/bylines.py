"""Bylines: "By Jane Roe and John Doe | The Gazette", "JANE ROE, Agency", "—By The Gazette."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimtrack.articles.dates import without_dates
from claimtrack.articles.lines import word_set
from claimtrack.knowledge import Knowledge

_BY = re.compile(
    r"(?P<dash>[-–—•*]\s?)?(?i:written |story |posted |published )?(?:By|BY|by)\b:?\s+(?P<names>\S.*)"
)
_CONTACT = re.compile(r"[<\[(]?\S+@[\w-]+\.[\w.-]+[>\])]?|[\[(]?@\w+[\])]?")
_PARTS = re.compile(r"\s*(?:[|•·;,/()\[\]]|\s[-–—]\s|\b(?:and|for|of|with|AND|FOR)\b|&)\s*")
_SMALL = word_set(
    """
    and & for of the in at to de da di du dos del der den van von bin ibn al el la le y e ter | - – — •
    · / with staff writer writers reporter reporters correspondent correspondents contributor editor
    editors bureau chief senior political national foreign special diplomatic chief
    """
)
_ROLES = re.compile(
    r"\b(?:staff|writers?|reporters?|correspondents?|contributors?|editors?|newsroom|team|desk"
    r"|bureau|special to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Who is named as the author: the words without "By", and the organisations among them."""

    text: str
    organisations: tuple[str, ...]


def is_sign_off(line: str) -> bool:
    """Whether a line is a byline as it stands at an article's end: "—By Jane Roe"."""
    match = _BY.fullmatch(line)
    return match is not None and bool(match["dash"])


def read_byline(line: str, knowledge: Knowledge) -> Byline | None:
    """The byline that a line of the article's head or foot is, if it is one."""
    if len(line) > 220:
        return None
    match = _BY.fullmatch(line)
    if match is None:
        return _read_bare(line, knowledge)
    names = match["names"]
    if match["dash"]:
        names = names.split(". ")[0].rstrip(".")  # a sign-off; a credit may follow in the same line
    names = _tidy(names)
    words = names.split()
    if not words or len(words) > 18 or not words[0][0].isupper():
        return None
    if not all(_may_be_name(word) for word in words):
        return None
    if names.endswith(".") and len(words) > 6:
        return None
    return Byline(names, _organisations(names, knowledge))


def _read_bare(line: str, knowledge: Knowledge) -> Byline | None:
    """A line without "By": an agency's name alone, or a person's name and an organisation's."""
    names = _tidy(line)
    words = names.split()
    if not words or len(words) > 9 or line[-1] in ".?!:;" or not all(_may_be_name(w) for w in words):
        return None
    parts = [p for p in _PARTS.split(names) if p]
    known = _organisations(names, knowledge)
    if not known or knowledge.outlet_of_name(_without_role(parts[-1])) is None:
        return None
    person = (
        len(parts) == 2 and 2 <= len(parts[0].split()) <= 4 and knowledge.outlet_of_name(parts[0]) is None
    )
    agencies = all(knowledge.is_agency(part) for part in map(_without_role, parts))
    return Byline(names, known) if person or agencies else None


def _tidy(names: str) -> str:
    return re.sub(r"\s+", " ", without_dates(_CONTACT.sub(" ", names))).strip(" ,|-–—•·/")


def _may_be_name(word: str) -> bool:
    bare = word.strip("()[],.;:'’")
    if not bare or bare[0].isupper() or word.lower().strip(".,;") in _SMALL:
        return True
    return bool(re.match(r"[a-z]['’][A-Z]", bare))  # d'Estaing


def _organisations(names: str, knowledge: Knowledge) -> tuple[str, ...]:
    parts = (_without_role(part) for part in _PARTS.split(names) if part)
    whole = _without_role(names)
    known = [o.name for o in (knowledge.outlet_of_name(p) for p in (whole, *parts) if p) if o is not None]
    return tuple(dict.fromkeys(known))


def _without_role(part: str) -> str:
    return _ROLES.sub(" ", part).strip(" .,")
