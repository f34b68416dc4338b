"""Reads the starting knowledge from CSV files.

The files come with the package (``seeds/*.csv``); a folder of the user's own, with files of the same
names, is laid over them.  ``docs/knowledge.md`` describes the columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NoReturn, TypeVar

from claimtrack.errors import InputError
from claimtrack.knowledge.base import (
    Knowledge,
    Metonym,
    MetonymKind,
    Organisation,
    Title,
    TitleKind,
    name_key,
)

OUTLETS, AGENCIES, TITLES, METONYMS = FILES = ("outlets.csv", "agencies.csv", "titles.csv", "metonyms.csv")
ORGANISATION_COLUMNS = ("name", "country", "domains", "aliases")
TITLE_COLUMNS = ("title", "kind", "role")
METONYM_COLUMNS = ("metonym", "stands_for", "kind", "country", "adjective", "ambiguous")

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])")


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
    package = Path(__file__).resolve().parent.parent
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
