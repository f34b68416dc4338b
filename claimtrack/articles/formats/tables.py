"""CSV and TSV: one article a row, the first line naming the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from claimtrack.articles.decoding import printable, too_large
from claimtrack.articles.formats.bounds import peek
from claimtrack.articles.formats.dialects import find_dialect
from claimtrack.articles.formats.encodings import as_utf8
from claimtrack.articles.formats.rows import mended, read_row
from claimtrack.articles.formats.sniffing import TABLE
from claimtrack.articles.formats.texts import Input, Piece, Pieces, Refused
from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.records import Source


def read_table(item: Input) -> Pieces:
    """One text a row, `table.csv#3` for the third under the header; a row that is none fails alone."""
    head, file = peek(as_utf8(item.file))
    delimiter = find_dialect(head.decode("utf-8", "replace"), item.columns) or ","
    most = item.limits.max_bytes
    csv.field_size_limit(max(csv.field_size_limit(), min(most, 2**31 - 1)))  # articles are long cells
    lines = _Lines(file, most)
    rows = csv.reader(lines, delimiter=delimiter)
    names = [name.strip() for name in next(rows, [])]
    number = 0
    while True:
        lines.taken.clear()
        path = f"{item.path}#{number + 1}"
        try:
            cells = next(rows, None)
        except csv.Error as error:
            number += 1
            yield Refused(path, InputError(f"{printable(path)} is no row: {error}", "Put it right"))
            continue
        except _TooLongError:
            # A quote that is never closed takes all that follows into one cell.
            yield Refused(path, too_large(path, most))
            return
        if cells is None:
            return
        if cells:
            number += 1
            yield _row(item, path, names, cells, b"".join(lines.taken))


def _row(item: Input, path: str, names: list[str], cells: list[str], data: bytes) -> Piece:
    try:
        if len(cells) != len(names):
            problem = f"{printable(path)} has {len(cells)} cells and not {len(names)} as the first line"
            raise InputError(problem, "Quote cells with line breaks or delimiters in them")
        row = {name: mended(cell, path) for name, cell in zip(names, cells, strict=True)}
        return read_row(row, item, path, Source(TABLE, data))
    except ClaimtrackError as error:
        return Refused(path, error)


class _TooLongError(Exception):
    """A row is longer than an article may be."""


class _Lines:
    """The lines of a table for `csv.reader`; `taken` holds those that went into the row at hand."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self.taken: list[bytes] = []
        self._file, self._most = file, most

    def __iter__(self) -> Iterator[str]:
        size = 0
        while line := self._file.readline(self._most + 1):
            size = len(line) if not self.taken else size + len(line)
            if size > self._most:
                raise _TooLongError
            self.taken.append(line)
            yield line.decode("utf-8", "surrogateescape")
