"""How a paper speaks of itself: "did not respond to The Gazette's request for comment".

That somebody "told CNN" is printed by everybody; measured over 900 articles of seven outlets, two in three
such words were another outlet's.  What only the paper itself writes is that its own request went
unanswered, and a name that stands again and again as the one spoken to, and never as one who reports.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from claimtrack.knowledge import Knowledge, Organisation

OFTEN = 3  # times spoken to; with two, most were another outlet's

_NAME = r"(?P<name>(?:[Tt]he )?[A-Z][\w&.-]{0,40}(?: [A-Z][\w&.-]{0,40}){0,4}?)"
_COMMENT = r"requests? for (?:\w+ )?(?:comment|information|interview|an interview)\b"
_UNANSWERED = (
    re.compile(rf"{_NAME}(?:['’]s?) (?:\w+ ){{0,2}}{_COMMENT}"),
    re.compile(rf"{_COMMENT} (?:from|by) {_NAME}(?=[\s.,;]|$)"),
)
_SPOKEN_TO = re.compile(
    r"\b(?:told|tells|telling|spoke (?:to|with)|speaking (?:to|with)|interview (?:with|by)|asked by"
    rf"|contacted by|statement to|comment to|e-?mail to) {_NAME}(?=['’\s.,;:]|$)"
)
_CAPITAL = re.compile(r"\b[A-Z]")
_WORDS = re.compile(r"[\w&-]+(?:\.\w+)*")


def names_itself(text: str, knowledge: Knowledge) -> str | None:
    """The outlet that speaks of itself in `text`, None where none or several do; agencies never count."""
    asked = {found.name for pattern in _UNANSWERED for found in _outlets(pattern, text, knowledge)}
    if len(asked) == 1:
        return asked.pop()
    spoken = Counter(found.name for found in _outlets(_SPOKEN_TO, text, knowledge))
    if asked or len(spoken) != 1:
        return None
    name, times = spoken.popitem()
    return name if times >= OFTEN and times == _mentions(name, text, knowledge) else None


def _outlets(pattern: re.Pattern[str], text: str, knowledge: Knowledge) -> Iterator[Organisation]:
    for match in pattern.finditer(text):
        known = _known(text, match.start("name"), knowledge)
        if known is not None and not known[0].is_agency:
            yield known[0]


def _known(text: str, start: int, knowledge: Knowledge) -> tuple[Organisation, int] | None:
    """The outlet, and the end of its name, that stands at `start`; the longest name goes first."""
    words = list(_WORDS.finditer(text, start, start + 80))[:5]
    for last in reversed(words):
        found = knowledge.outlet_of_name(text[start : last.end()])
        if found is not None:
            return found, last.end()
    return None


def _mentions(name: str, text: str, knowledge: Knowledge) -> int:
    """How often an outlet is named in `text`, by any of its names."""
    count, end = 0, 0
    for match in _CAPITAL.finditer(text):
        if match.start() < end:
            continue
        known = _known(text, match.start(), knowledge)
        if known is not None:
            count += known[0].name == name
            end = known[1]
    return count
