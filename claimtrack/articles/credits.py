"""Credits that name agencies: "Source: Interfax", "With AFP and Reuters"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimtrack.knowledge import Knowledge

_CREDIT = re.compile(
    r"[\s(\[*•–—-]*(?:(?P<source>sources?|agency|agencies)\s?:|with)\s+(?P<names>[^:“”\"]{2,80}?)[\s.)\]]*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:[,;/&]|\band\b)\s*", re.IGNORECASE)
_NAME_WORD = re.compile(r"[\w&.'’-]+")


@dataclass(frozen=True, slots=True)
class Credit:
    """A line that names nobody but agencies; `author`: it says that the text is theirs."""

    agencies: tuple[str, ...]
    author: bool


def read_credit(line: str, knowledge: Knowledge) -> Credit | None:
    """ "Source: Interfax" or "With AFP and Reuters", where every name in it is an agency's."""
    match = _CREDIT.fullmatch(line)
    if match is None:
        return None
    names = [part for part in _AND.split(match["names"].strip()) if part]
    if not names or not all(knowledge.is_agency(name) for name in names):
        return None
    return Credit(tuple(agencies_in(match["names"], knowledge)), bool(match["source"]))


def agencies_in(text: str, knowledge: Knowledge) -> Iterator[str]:
    """The agencies that a short line names, longest names first."""
    words = [m.group().strip(".'’") for m in _NAME_WORD.finditer(text[:400])]
    i = 0
    while i < len(words):
        for length in range(min(5, len(words) - i), 0, -1):
            name = " ".join(words[i : i + length])
            known = knowledge.outlet_of_name(name) if name[:1].isupper() else None
            if known is not None and known.is_agency:
                yield known.name
                i += length - 1
                break
        i += 1
