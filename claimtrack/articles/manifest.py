"""`manifest.csv`: what a person knows about the texts beside it.

Columns `file,outlet,published,url,title`, in any order and `file` alone required; an empty cell means
unknown.  What is right in a manifest is used, what is wrong is reported, and no text is left out for it.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claimtrack.articles.decoding import printable
from claimtrack.articles.overrides import FIELDS, Overrides
from claimtrack.errors import InputError

NAME = "manifest.csv"
_COLUMNS = ("file", *FIELDS)
_SHOWN = 3  # mistakes told in one line; the rest are counted


@dataclass(frozen=True)
class Manifest:
    """The rows of one manifest by file name, and the one error that tells all its mistakes."""

    rows: dict[str, Overrides]
    failure: InputError | None = None

    def row(self, name: str) -> Overrides:
        """What the manifest gives for the file `name`; nothing where it is silent."""
        return self.rows.get(_normal(name), Overrides())


def read_manifest(folder: Path, shown: str, texts: Collection[str]) -> Manifest:
    """The manifest beside the files `texts` of `folder`; `shown` is the folder as the user named it."""
    path = folder / NAME
    name = printable(str(Path(shown) / NAME))
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Manifest({})
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return Manifest({}, InputError(f"{name} cannot be read: {reason}", "Make it readable, or remove it"))
    return manifest_of(content, name, texts)


def manifest_of(content: bytes, name: str, texts: Collection[str]) -> Manifest:
    """The manifest that these bytes are, beside the files `texts`; `name` is how it is called in errors."""
    try:
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        problem = f"{name} is not a table in UTF-8 with commas: {error}".replace("\n", " ")
        return Manifest({}, InputError(problem, "Save it again as CSV in UTF-8"))
    rows, mistakes = _read_table(table, {_normal(t) for t in texts})
    if not mistakes:
        return Manifest(rows)
    more = f" and {len(mistakes) - _SHOWN} more" if len(mistakes) > _SHOWN else ""
    hint = f"Its columns are {','.join(_COLUMNS)}, one row for each text beside it"
    return Manifest(rows, InputError(f"{name}: {'; '.join(mistakes[:_SHOWN])}{more}", hint))


def _read_table(table: list[list[str]], texts: set[str]) -> tuple[dict[str, Overrides], list[str]]:
    header = [cell.strip().lower() for cell in table[0]] if table else []
    if "file" not in header:
        return {}, ["the first line has no column 'file'"]
    mistakes = [f"unknown column {printable(c)!r}" for c in header if c not in _COLUMNS]
    mistakes += [f"column {c!r} stands twice" for c in _COLUMNS if header.count(c) > 1]
    rows: dict[str, Overrides] = {}
    for number, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = {c: cell.strip() for c, cell in zip(header, cells, strict=False) if cell.strip()}
        name = _normal(row.get("file", ""))
        if len(cells) > len(header):
            mistakes.append(f"row {number} has more cells than columns (quote a cell with a comma in it)")
        elif not name:
            mistakes.append(f"row {number} names no file")
        elif name not in texts:
            mistakes.append(f"row {number} names {printable(name)!r}, and no such text is beside it")
        elif name in rows:
            mistakes.append(f"row {number} names {printable(name)!r} again")
        else:
            published = _day(row.get("published"))
            if published is None and "published" in row:
                told = printable(row["published"])
                mistakes.append(f"row {number} has published {told!r}, which is no date as YYYY-MM-DD")
            facts = {c: row.get(c) for c in ("outlet", "title", "url")}
            origins = tuple((c, "manifest") for c in FIELDS)
            rows[name] = Overrides(**facts, published=published, origins=origins)
    return rows, mistakes


def _day(cell: str | None) -> date | None:
    try:
        return date.fromisoformat(cell) if cell and len(cell) == 10 else None
    except ValueError:
        return None


def _normal(name: str) -> str:
    # macOS may store "é" in two characters where the manifest has one.
    return unicodedata.normalize("NFC", name)
