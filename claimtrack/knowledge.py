"""What the product knows before it reads: outlets, agencies, titles and metonyms, from CSV files.

The files come with the package (``seeds/*.csv``); a folder of the user's own, with files of the same
names, is laid over them.  ``docs/knowledge.md`` describes the columns.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NoReturn, TypeVar

from claimtrack.errors import InputError

OUTLETS, AGENCIES, TITLES, METONYMS = FILES = ("outlets.csv", "agencies.csv", "titles.csv", "metonyms.csv")
ORGANISATION_COLUMNS = ("name", "country", "domains", "aliases")
TITLE_COLUMNS = ("title", "kind", "role")
METONYM_COLUMNS = ("metonym", "stands_for", "kind", "country", "adjective", "ambiguous")

_MARKS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "&": " and "})
# "U.S." and "Sen." lose their stops; "news.com.au" keeps its own
_STOPS = re.compile(r"(?<=\b\w)\.|\.(?!\w)")
_GAPS = re.compile(r"[\s\-\u2010-\u2015]+")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])")


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


@lru_cache(maxsize=8)
def load_knowledge(extra: Path | None = None) -> Knowledge:
    """The starting knowledge, with the files of the folder `extra` laid over it.

    A row of `extra` replaces the seed row of the same name, and its aliases and domains win over those
    of other seed rows.  Raises InputError, naming file, line and remedy, for a folder without any of
    the four files, a missing column, a bad value, or one name, alias or domain given to two rows.
    """
    folders = [_seed_folder()]
    if extra is not None:
        if not any((extra / name).is_file() for name in FILES):
            raise InputError(
                f"no knowledge files in {extra}",
                f"Put one of {', '.join(FILES)} there, or name another folder",
            )
        folders.append(extra)
    organisations: dict[str, Organisation] = {}
    names: dict[str, Organisation] = {}
    domains: dict[str, Organisation] = {}
    titles: dict[str, Title] = {}
    metonyms: dict[str, Metonym] = {}
    governments: dict[str, tuple[str, str]] = {}
    for folder in folders:
        layer = _read_organisations(folder)
        replaced = {organisations[key] for key in layer.entries if key in organisations}
        for index in (names, domains):
            for key in [key for key, found in index.items() if found in replaced]:
                del index[key]
        organisations |= layer.entries
        names |= layer.names
        domains |= layer.domains
        titles |= _read(folder / TITLES, TITLE_COLUMNS, _title)
        own = _read(folder / METONYMS, METONYM_COLUMNS, _metonym)
        metonyms |= own
        governments |= _governments(own.values())
    return Knowledge(
        organisations=tuple(organisations.values()),
        metonyms=tuple(metonyms.values()),
        titles={entry.title: entry for entry in titles.values()} | titles,
        _names=names,
        _domains=domains,
        _metonyms=metonyms,
        _governments=governments,
    )


def _seed_folder() -> Path:
    package = Path(__file__).resolve().parent
    packed = package / "_seeds"  # where the wheel puts them
    return packed if packed.is_dir() else package.parent / "seeds"


@dataclass(frozen=True, slots=True)
class _Row:
    path: Path
    line: int
    cells: Mapping[str, str]

    def fail(self, problem: str, remedy: str) -> NoReturn:
        raise InputError(f"{self.path}, line {self.line}: {problem}", remedy)

    def several(self, column: str) -> tuple[str, ...]:
        return tuple(part for part in map(str.strip, self.cells[column].split(";")) if part)

    def yes(self, column: str) -> bool:
        if self.cells[column] not in ("yes", "no", ""):
            self.fail(f"'{self.cells[column]}' is not a value of {column}", "Write yes or no")
        return self.cells[column] == "yes"

    def kind(self, kinds: type[_Kind]) -> _Kind:
        try:
            return kinds(self.cells["kind"])
        except ValueError:
            self.fail(f"'{self.cells['kind']}' is not a kind", f"Write one of {', '.join(kinds)}")


_Kind = TypeVar("_Kind", bound=StrEnum)
_Entry = TypeVar("_Entry")


def _rows(path: Path, columns: Sequence[str]) -> Iterator[_Row]:
    """The rows of a CSV file, stripped; none where there is no such file.  The first column is the name."""
    if not path.is_file():
        return
    remedy = f"The first line must be {','.join(columns)}"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = [cell.strip() for cell in next(reader, [])]
            missing = [column for column in columns if column not in header]
            if missing:
                raise InputError(f"{path}, line 1: no column {', '.join(missing)}", remedy)
            for cells in reader:
                if not any(cells):
                    continue
                row = _Row(path, reader.line_num, dict(zip(header, map(str.strip, cells), strict=False)))
                if len(cells) != len(header):
                    row.fail(
                        f"{len(cells)} cells instead of {len(header)}",
                        "Put a comma for every empty cell, and quotes around a cell that has a comma inside",
                    )
                if not row.cells[columns[0]]:
                    row.fail(f"the {columns[0]} is empty", "Fill it in or delete the line")
                yield row
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start})", "Save it as CSV UTF-8") from error
    except csv.Error as error:
        raise InputError(
            f"{path}, line {reader.line_num}: {error}", "Check the quotation marks there"
        ) from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}", "Check its permissions") from error


def _read(path: Path, columns: Sequence[str], make: Callable[[_Row], _Entry]) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    lines: dict[str, _Row] = {}
    for row in _rows(path, columns):
        key = name_key(row.cells[columns[0]])
        _claim(lines, key, row.cells[columns[0]], row)
        entries[key] = make(row)
    return entries


def _claim(taken: dict[str, _Row], key: str, text: str, row: _Row) -> None:
    """Note that `row` uses `key`; fail if another row already does."""
    other = taken.setdefault(key, row)
    if other is not row:
        where = f"line {other.line}" if other.path == row.path else f"{other.path}, line {other.line}"
        row.fail(f"'{text}' is already in {where}", "Delete one of the two")


def _title(row: _Row) -> Title:
    return Title(row.cells["title"].lower(), row.kind(TitleKind), row.yes("role"))


def _metonym(row: _Row) -> Metonym:
    cells = row.cells
    if not cells["stands_for"]:
        row.fail("stands_for is empty", "Say which government or office is meant")
    return Metonym(
        cells["metonym"],
        cells["stands_for"],
        row.kind(MetonymKind),
        cells["country"],
        row.several("adjective"),
        row.yes("ambiguous"),
    )


@dataclass(frozen=True, slots=True)
class _Organisations:
    """One folder's outlets and agencies, by the key of the name, of every alias, and by domain."""

    entries: dict[str, Organisation]
    names: dict[str, Organisation]
    domains: dict[str, Organisation]


def _read_organisations(folder: Path) -> _Organisations:
    found = _Organisations({}, {}, {})
    taken: dict[str, _Row] = {}
    hosts: dict[str, _Row] = {}
    for file in (OUTLETS, AGENCIES):
        for row in _rows(folder / file, ORGANISATION_COLUMNS):
            domains = tuple(map(str.casefold, row.several("domains")))
            aliases = row.several("aliases")
            entry = Organisation(row.cells["name"], row.cells["country"], domains, aliases, file == AGENCIES)
            found.entries[name_key(entry.name)] = entry
            for name in (entry.name, *aliases):
                _claim(taken, name_key(name), name, row)
                found.names[name_key(name)] = entry
            for domain in domains:
                if not _DOMAIN.fullmatch(domain):
                    row.fail(
                        f"'{domain}' is not a domain", "Write it like news.example.org, without https://"
                    )
                _claim(hosts, domain, domain, row)
                found.domains[domain] = entry
    return found


def _governments(metonyms: Iterable[Metonym]) -> dict[str, tuple[str, str]]:
    """Countries' names and adjectives, and whom they stand for."""
    governments: dict[str, tuple[str, str]] = {}
    for entry in metonyms:
        if entry.kind is MetonymKind.COUNTRY:
            for word in (entry.metonym, entry.country, *entry.adjectives):
                if word:
                    governments[name_key(word)] = (word, entry.stands_for)
    return governments
