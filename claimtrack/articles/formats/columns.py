"""Which column of a table, or field of a JSON object, holds which fact about an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from claimtrack.articles.dates import find_dates
from claimtrack.articles.overrides import Overrides
from claimtrack.errors import UsageError

# Names by which columns go in dumps of news, the commonest first; case, blanks, - and _ do not count.
_USUAL = {
    "text": "text body articlebody articletext fulltext maintext content contenttext article story",
    "title": "title headline heading subject",
    "published": "published date publishedat publicationdate datepublished datepublish publishdate pubdate "
    "publishedon day created createdat",
    "outlet": "outlet publisher publication newspaper sitename source sourcename",
    "url": "url link canonicalurl href uri webpage",
    "byline": "byline author authors creator writer",
}
FACTS = tuple(_USUAL)
_LONG = 1000  # characters; a longer title or name is a text in the wrong column


@dataclass(frozen=True)
class Columns:
    """The columns that a person named, by fact; the usual names stand in for the rest."""

    named: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Columns:
        """The map that "text=body,published=date" says; raises UsageError where it says none."""
        named: dict[str, str] = {}
        for pair in filter(None, (part.strip() for part in text.split(","))):
            fact, equals, column = map(str.strip, pair.partition("="))
            if not equals or not column or fact not in FACTS:
                raise UsageError(
                    f"--map does not understand {pair!r}",
                    f"Write FACT=COLUMN with commas between; facts are {', '.join(FACTS)}",
                )
            if fact in named:
                raise UsageError(f"--map names {fact} twice", "Name one column for each fact")
            named[fact] = column
        return cls(named)

    def find(self, names: Iterable[str]) -> dict[str, str]:
        """For each fact the name among `names` that holds it; a fact without one is left out."""
        by_key: dict[str, str] = {}
        for name in names:
            by_key.setdefault(_key(name), name)
        found = {}
        for fact, usual in _USUAL.items():
            wanted = [_key(self.named[fact])] if fact in self.named else usual.split()
            names_there = [by_key[key] for key in wanted if key in by_key]
            if names_there:
                found[fact] = names_there[0]
        return found

    def hold_text(self, names: Iterable[str]) -> bool:
        """Whether one of these columns holds the text."""
        return "text" in self.find(names)


def facts_of(row: Mapping[str, Any], columns: Mapping[str, str], origin: str) -> Overrides:
    """What a record says of its article; a cell that is empty or no such fact is unknown."""
    said = {
        fact: _words(row.get(name)) for fact, name in columns.items() if fact not in ("text", "published")
    }
    url = said.get("url")
    return Overrides(
        outlet=said.get("outlet"),
        title=said.get("title"),
        published=read_day(row.get(columns["published"])) if "published" in columns else None,
        url=url if url and re.match(r"https?://\S+$", url) else None,
        byline=said.get("byline"),
        origins=tuple((fact, origin) for fact in FACTS),
    )


def read_day(value: object) -> date | None:
    """The day that a cell gives: ISO 8601, as in e-mail, in words, or seconds since 1970; never a guess."""
    if isinstance(value, bool) or value is None:
        return None
    text = str(value).strip()[:100]
    if re.fullmatch(r"\d{9,10}(\.\d+)?|\d{12,13}", text):
        seconds = float(text) / (1000 if len(text.partition(".")[0]) > 10 else 1)
        return datetime.fromtimestamp(seconds, UTC).date()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    days = {found.day for found in find_dates(text)}
    return days.pop() if len(days) == 1 else None


def _words(value: object) -> str | None:
    """One line of words: names in a list with commas, an object by its name."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list):
        value = ", ".join(filter(None, map(_words, value[:20])))
    if not isinstance(value, str) or len(value) > _LONG:
        return None
    return tidy(value)


def tidy(text: str) -> str | None:
    """A fact as one line without what no database or terminal takes; None where nothing is left."""
    kept = re.sub(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\u2028\u2029]+", " ", text).strip()
    return kept or None


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.removeprefix("\ufeff")).casefold()
