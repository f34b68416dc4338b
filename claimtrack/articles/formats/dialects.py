"""Whether a text is a table with a header line, and what parts its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress

from claimtrack.articles.formats.columns import Columns

_DELIMITERS = ("\t", ",", ";", "|")
_LONGEST = 60  # characters of a column's name; sentences with commas in them have longer parts
_ROWS = 3  # rows of which most must fit the header


def find_dialect(head: str, columns: Columns) -> str | None:
    """The delimiter of the table that begins with `head`, or None where it is none.

    The first line must name a column for the text, as `columns` says, and the rows must fit it.
    """
    for delimiter, names in _headers(head):
        if len(names) < 2 and not columns.named:
            continue  # one word on the first line may as well be a title
        if columns.hold_text(names) and _fits(head, delimiter, len(names)):
            return delimiter
    return None


def has_header(head: str) -> bool:
    """Whether the first line may be that of a table, whatever its columns are called."""
    return any(len(names) > 1 and _fits(head, delimiter, len(names)) for delimiter, names in _headers(head))


def _headers(head: str) -> Iterator[tuple[str, list[str]]]:
    """The ways to read the first line as names of columns: short, none empty and none twice."""
    line = head.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r")
    for delimiter in _DELIMITERS:
        try:
            names = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        if all(0 < len(name.strip()) <= _LONGEST for name in names) and len(set(names)) == len(names):
            yield delimiter, names


def _fits(head: str, delimiter: str, width: int) -> bool:
    """Whether most of the first rows have as many cells; the last one may be cut off by the head's end."""
    rows: list[list[str]] = []
    with suppress(csv.Error):  # a cell longer than a cell may be
        for row in csv.reader(io.StringIO(head.lstrip("\ufeff"), newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > _ROWS + 1:
                break
    first = [len(row) == width for row in rows[1 : _ROWS + 1] if row]
    return 2 * sum(first) >= len(first) > 0 or (len(rows) == 2 and 0 < len(rows[1]) <= width)
