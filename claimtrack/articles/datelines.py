"""Datelines: "SEOUL, South Korea – ", "MOSCOW (Reuters) - ", "MOSCOW, April 23. /TASS/.", "(CNN) — ".

The forms are those of the AP and Reuters stylebooks and of TASS.  A dateline is marked before parsing,
as a parser takes its place for the subject of "said".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimtrack.articles.dates import MONTH
from claimtrack.articles.lines import word_set
from claimtrack.knowledge import Knowledge

_UPPER = "A-ZÀ-ÖØ-Þ"
_CAPS = rf"(?!\w+['’]S\b)[{_UPPER}][{_UPPER}.'’-]+"
_TITLED = rf"[{_UPPER}][\w.'’-]+"
_CITY = rf"{_CAPS}(?: (?:{_CAPS}|de|del|la|al|of)){{0,3}}(?:(?:/| and ){_CAPS}(?: {_CAPS}){{0,3}}){{0,2}}"
# No heading in capitals: "POLLS ARE EARLY, NOT WRONG - "
_REGION = rf"(?:, (?!(?:{MONTH})\s?\d)(?![{_UPPER}]+ [{_UPPER}]+\b){_TITLED}(?: {_TITLED}){{0,3}}){{0,2}}"
_DATE = rf"(?:,? (?i:{MONTH})\s?\d{{1,2}}(?:, \d{{4}})?|,? \d{{1,2}} (?i:{MONTH})(?: \d{{4}})?)?[.,]?"
_AGENCY = r"(?:\((?P<round>[^()]{2,40})\)|\[(?P<square>[^\[\]]{2,40})\]|/(?P<slash>[^/\s][^/]{1,30})/)"
_DASH = r"(?:\s+(?:--?|[–—―])\s*|(?:--|[–—―])\s+)"
_TEXT = rf"(?=[\"“”‘’'(\[{_UPPER}0-9])"

_AGENCY_FORM = re.compile(
    rf"(?P<place>{_CITY}){_REGION}{_DATE}\s*{_AGENCY}[.:]?(?:{_DASH}|\s+|\s*:\s*){_TEXT}"
)
_PLAIN_FORM = re.compile(rf"(?P<place>{_CITY}){_REGION}{_DATE}{_DASH}{_TEXT}")
_COLON_FORM = re.compile(rf"(?P<place>{_CITY}):\s+{_TEXT}")
_NAME = rf"{_TITLED}(?: {_TITLED}){{0,3}}"
_KNOWN_FORM = re.compile(
    rf"(?P<place>(?:{_NAME}(?: \[{_NAME}\])?:?{_REGION}{_DATE})?)"
    rf"\s*{_AGENCY}[.:]?(?:{_DASH}|\s*)(?=\S)"
)
# Capitals that start a paragraph before a dash and are no places.
_LABELS = word_set(
    """
    ABSTRACT ANALYSIS BACKGROUND BREAKING COLUMN COMMENT CORRECTION EDITORIAL EXCLUSIVE EXPLAINER
    FACTBOX FEATURE FILE FLASH INTERVIEW JUST LIVE NEWS NOTE OPINION PHOTOS PHOTO POLL PROFILE QUESTION
    ANSWER REPORT REVIEW SPECIAL TIMELINE TRANSCRIPT UPDATE URGENT VIDEO WATCH READ RELATED PLUS BONUS
    """
)
_FINAL = " \t\xa0-–—―:"


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at the start of a paragraph: its length with the separator, its words, its source."""

    length: int
    text: str
    source: str  # the name in brackets or slashes; "" where there is none


def read_dateline(line: str, knowledge: Knowledge, opening: bool) -> Dateline | None:
    """The dateline that `line` starts with.

    One that names an agency is told anywhere; a bare place and a dash only where the line is among the
    article's `opening` paragraphs, as "ISLAND — A" may also stand in a list.
    """
    head = line[:160]
    match = _AGENCY_FORM.match(head)
    if match is None:
        match = _KNOWN_FORM.match(head)
        if match is not None and knowledge.outlet_of_name(_source(match)) is None:
            match = None
    if match is None and opening:
        match = _PLAIN_FORM.match(head)
        if match is None:
            match = _COLON_FORM.match(head)
            if match is not None and knowledge.metonym(match["place"].title()) is None:
                match = None  # "SMITH: I disagree" in a transcript
    if match is None or match["place"].split(" ")[0].strip(".") in _LABELS:
        return None
    return Dateline(match.end(), match[0].rstrip(_FINAL), _source(match))


def _source(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return (groups.get("round") or groups.get("square") or groups.get("slash") or "").strip()
