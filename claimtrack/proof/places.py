"""Where an altered export differs from the one that was written: its line, its row, its column."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.proof.digests import WIDTH, digest_line
from claimtrack.reports.cells import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claimtrack.reports.exports import Request
    from claimtrack.store import Store

MOST = 5  # places that are named; one edit by hand rarely makes more


@dataclass(frozen=True)
class Change:
    """Lines of an export that are not what was written there: `first` counts from 1."""

    first: int
    were: tuple[bytes, ...]  # the digests of the lines that stood there
    are: int  # how many lines stand there now


def find_changes(written: bytes, found: Iterable[bytes]) -> list[Change]:
    """What is not as it was written, by line digests; `written` holds them one after the other.

    Where no line was put in or taken out, each altered line by itself; else the stretch from the first to
    the last one.
    """
    was = [written[at : at + WIDTH] for at in range(0, len(written), WIDTH)]
    now = list(found)
    if len(was) == len(now):
        pairs = enumerate(zip(was, now, strict=True), 1)
        return [Change(number, (old,), 1) for number, (old, new) in pairs if old != new]
    head = _common(was, now)
    tail = _common(was[head:][::-1], now[head:][::-1])
    return [Change(head + 1, tuple(was[head : len(was) - tail]), len(now) - tail - head)]


def _common(one: list[bytes], other: list[bytes]) -> int:
    """How many of two lists are the same from the beginning on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


@dataclass(frozen=True)
class Original:
    """A line as it was written: the row it is of (0: the header), that row's text, and where in it."""

    line: bytes
    row: int
    text: str
    before: int  # characters of the row before this line


class _Recall(io.TextIOBase):
    """Takes an export that is made again, and keeps the lines that are looked for."""

    def __init__(self, wanted: Iterable[bytes]) -> None:
        self._wanted = set(wanted)
        self._begun = ""  # written, but without its line end yet
        self._row = 0
        self.header = ""
        self.found: dict[bytes, Original] = {}

    def write(self, text: str) -> int:
        whole = self._begun + text
        self._begun = ""
        if self._row == 0:
            self.header = whole
        before = 0
        for part in io.StringIO(whole, newline="\n"):
            if not part.endswith("\n"):
                self._begun = part
                return len(text)
            line = part.encode("utf-8", "backslashreplace")
            if (digest := digest_line(line)) in self._wanted:
                self.found.setdefault(digest, Original(line, self._row, whole, before))
            before += len(part)
        self._row += 1
        return len(text)


class Places:
    """Names the places of changes, as far as the archive can still write what stood there."""

    def __init__(self, store: Store, request: Request, file: Path, changes: list[Change]) -> None:
        self._csv = request.format == "csv"
        self._file = file
        self._changes = changes
        self._recall = _Recall(digest for change in changes[:MOST] for digest in change.were[:1])
        if request.is_text:
            with store.snapshot():
                request.write(store, self._recall)  # type: ignore[arg-type]

    def __iter__(self) -> Iterator[str]:
        lines = _lines(self._file, {change.first for change in self._changes[:MOST]})
        for change in self._changes[:MOST]:
            yield self._name(change, lines.get(change.first, b""))
        if len(self._changes) > MOST:
            yield f"and {len(self._changes) - MOST} lines more"

    def _name(self, change: Change, line: bytes) -> str:
        place = f"line {change.first}"
        if change.are != len(change.were):
            place += f": {len(change.were)} lines were written from here on, {change.are} are there"
        original = self._recall.found.get(change.were[0]) if change.were else None
        if original is None:
            return place
        at = _first_difference(original.line, line)
        if not self._csv:
            return f"{place}, character {at + 1}"
        columns = next(csv.reader([self._recall.header.lstrip("\ufeff")]))
        column = columns[min(_cell(original.text, original.before + at), len(columns) - 1)]
        if original.row == 0:
            return f"{place}, the header, column {column}"
        key = next(csv.reader(io.StringIO(original.text, newline="")))[0]
        return f"{place}, row {original.row} ({one_line(key)}), column {column}"


def _lines(file: Path, numbers: set[int]) -> dict[int, bytes]:
    with file.open("rb") as stream:
        return {number: line for number, line in enumerate(stream, 1) if number in numbers}


def _first_difference(original: bytes, line: bytes) -> int:
    """The first character in which a line differs from the one that was written."""
    pairs = enumerate(zip(original, line, strict=False))
    at = next((place for place, (was, now) in pairs if was != now), min(len(original), len(line)))
    return len(original[:at].decode("utf-8", "ignore"))


def _cell(row: str, at: int) -> int:
    """Which cell of a CSV row a character stands in, counted from 0; a comma is of the cell before it."""
    quoted, cell = False, 0
    for mark in row[:at]:
        quoted ^= mark == '"'
        cell += mark == "," and not quoted
    return cell
