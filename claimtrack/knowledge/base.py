"""Outlets, agencies, titles and metonyms that the product knows, and how to look them up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

_MARKS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "&": " and "})
# "U.S." and "Sen." lose their stops; "news.com.au" keeps its own
_STOPS = re.compile(r"(?<=\b\w)\.|\.(?!\w)")
_GAPS = re.compile(r"[\s\-\u2010-\u2015]+")


class TitleKind(StrEnum):
    """Which walk of life a title belongs to."""

    HONORIFIC = "honorific"
    OFFICE = "office"
    MILITARY = "military"
    RELIGIOUS = "religious"
    ACADEMIC = "academic"
    BUSINESS = "business"
    MEDIA = "media"
    OTHER = "other"


class MetonymKind(StrEnum):
    """What the word names when it is taken at its word."""

    CAPITAL = "capital"
    SEAT = "seat"
    COUNTRY = "country"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A news outlet or an agency; `country` is "" where it is not known or not one."""

    name: str
    country: str
    domains: tuple[str, ...]
    aliases: tuple[str, ...]
    is_agency: bool


@dataclass(frozen=True, slots=True)
class Title:
    """A title or role as the file spells it, in lower case; `role`: it says what the person does."""

    title: str
    kind: TitleKind
    role: bool


@dataclass(frozen=True, slots=True)
class Metonym:
    """A word that stands for a government, an office or an institution.

    `ambiguous` words also name something else that is common in the news ("Washington", "Jordan"):
    take them only where the sentence makes them act.
    """

    metonym: str
    stands_for: str
    kind: MetonymKind
    country: str
    adjectives: tuple[str, ...]
    ambiguous: bool

    @property
    def adjective(self) -> str:
        """The first adjective, or ""."""
        return self.adjectives[0] if self.adjectives else ""


@dataclass(frozen=True, eq=False)
class Knowledge:
    """The look-ups.  Names are compared by `name_key`, so case, accents and "the" do not matter."""

    organisations: tuple[Organisation, ...]
    metonyms: tuple[Metonym, ...]
    titles: Mapping[str, Title]  # by lower-case spelling ("sen.") and by `name_key` ("sen")
    _names: Mapping[str, Organisation] = field(repr=False)
    _domains: Mapping[str, Organisation] = field(repr=False)
    _metonyms: Mapping[str, Metonym] = field(repr=False)
    _governments: Mapping[str, tuple[str, str]] = field(repr=False)  # key -> (as spelled, government)

    def outlet_of_domain(self, host: str) -> Organisation | None:
        """The outlet or agency that publishes at `host` or at a domain above it."""
        labels = host.strip().casefold().partition(":")[0].rstrip(".").split(".")
        for start in range(len(labels) - 1):
            found = self._domains.get(".".join(labels[start:]))
            if found is not None:
                return found
        return None

    def outlet_of_name(self, name: str) -> Organisation | None:
        """The outlet or agency of that name or alias.

        Some names are everyday words ("Time", "The Sun"): in running text ask only for capitalised ones.
        """
        return self._names.get(name_key(name))

    def is_agency(self, name: str) -> bool:
        """Whether `name` is the name or alias of a wire or state agency."""
        found = self.outlet_of_name(name)
        return found is not None and found.is_agency

    def metonym(self, name: str) -> Metonym | None:
        """What `name` stands for; a short acronym must be written in capitals ("WHO", not "Who")."""
        found = self._metonyms.get(name_key(name))
        return found if found is not None and _is_written_so(name, found.metonym) else None

    def title(self, text: str) -> Title | None:
        """The title that `text` is, whatever its case, stops and hyphens."""
        return self.titles.get(name_key(text))

    def government_of(self, adjective_or_country: str) -> str | None:
        """The government that goes with a country's name or its adjective: "Norwegian government".

        As with `metonym`, "US" is the country and "us" is not.
        """
        word, government = self._governments.get(name_key(adjective_or_country), ("", None))
        return government if _is_written_so(adjective_or_country, word) else None


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """`name` reduced to what two spellings of it share.

    Case, accents, leading "the", curly apostrophes, hyphens, the stops of abbreviations and the width
    of spaces go; "&" is "and".
    """
    text = name.translate(_MARKS)
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = _GAPS.sub(" ", _STOPS.sub("", text.casefold())).strip()
    return text.removeprefix("the ")


def _is_written_so(name: str, entry: str) -> bool:
    """Whether `name` may be the acronym `entry`: "Nato" may, "Us", "who" and "Is" are other words."""
    if not entry.isupper() or name.isupper():
        return True
    return len(entry) > 3 and not name.islower()
