"""Verdicts read from a file: CSV as a spreadsheet may leave it, JSON lines, or the audit filled in.

The counterpart of the writers: cells lose the apostrophe that `spreadsheet_cell` put before formulas.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from claimtrack.errors import InputError
from claimtrack.records import JUDGED, Decision, Fault, VerdictLine
from claimtrack.reports.cells import from_spreadsheet_cell

IDS = ("id", "claim_id", "relation_id")
_NOTES = ("note", "verdict_note")
_LISTS = ("relation_ids", "relation_verdicts")
_DELIMITERS = ",;\t"
_LONGEST_CELL = 1 << 24  # characters: the audit holds whole sentences, and some texts have no stops


def read_verdicts(data: bytes, name: str) -> list[VerdictLine]:
    """The verdicts that a file gives, in its order; rows without one are passed over.

    `name` is the file's, for whoever has to mend it.  Raises InputError for what is no such file, and for
    the first row that cannot be understood.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name}, line {line}: not UTF-8", "Save it as CSV UTF-8") from error
    rows = _json_rows(text, name) if text.lstrip().startswith("{") else _csv_rows(text, name)
    return [found for place, row in rows for found in _verdicts(place, row)]


def _json_rows(text: str, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    for number, line in enumerate(io.StringIO(text), 1):
        place = f"{name}, line {number}"
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{place}: not JSON", "Give one object a line") from error
        if not isinstance(row, dict):
            raise InputError(f"{place}: not a JSON object", 'Write {"id": "…", "verdict": "…"}')
        if "verdict" not in row and "relation_verdicts" not in row:
            raise InputError(f"{place}: has no verdict", 'Write {"id": "…", "verdict": "…"}')
        yield place, {key: _text(value) for key, value in row.items()}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(_text(part) for part in value)
    return "" if value is None else str(value)


def _csv_rows(text: str, name: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    delimiter, columns = _header(text, name)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        next(reader)
        before = reader.line_num
        for cells in reader:
            place, before = f"{name}, line {before + 1}", reader.line_num
            if len(cells) > len(columns) and any(cells[len(columns) :]):
                raise InputError(
                    f"{place}: more cells than columns", "Put notes with commas in quotation marks"
                )
            yield place, {key: from_spreadsheet_cell(cell) for key, cell in zip(columns, cells, strict=False)}
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}", "Save it as CSV again") from error


def _header(text: str, name: str) -> tuple[str, list[str]]:
    """The character between cells, and the columns; a spreadsheet may have put another than a comma."""
    for delimiter in _DELIMITERS:
        first = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        columns = [cell.strip().casefold() for cell in first]
        if {*IDS, "relation_ids"} & {*columns} and {"verdict", "relation_verdicts"} & {*columns}:
            return delimiter, columns
    raise InputError(
        f"{name}, line 1: no columns id and verdict",
        "Begin a CSV file with a line such as id,verdict,note,reviewer,reason",
    )


def _verdicts(place: str, row: Mapping[str, str]) -> Iterator[VerdictLine]:
    cell = {key: value.strip() for key, value in row.items()}
    reviewer = " ".join(cell.get("reviewer", "").split())
    word = cell.get("verdict", "")
    if word:
        subject = next((cell[name] for name in IDS if cell.get(name)), "")
        if not subject:
            raise InputError(f"{place}: a verdict without an id", "Put the id in the column id")
        note = next((cell[name] for name in _NOTES if cell.get(name)), "").replace("\r\n", "\n")
        reason = _reason(place, cell.get("reason", ""))
        yield VerdictLine(place, subject, _decision(place, word), reviewer, note, reason)
    # The audit's reviewer is the one of the claim's verdict, where there is one.
    for key, decision in _listed(place, *(cell.get(name, "") for name in _LISTS)):
        yield VerdictLine(place, key, decision, "" if word else reviewer)


def _listed(place: str, ids: str, words: str) -> Iterator[tuple[str, Decision]]:
    """The relations of an audit row with their verdicts, which stand in the same order."""
    given = [word.strip() for word in words.split("|")]
    if not any(given):
        return
    keys = [key.strip() for key in ids.split("|")]
    if len(keys) != len(given):
        raise InputError(
            f"{place}: {len(given)} relation_verdicts for {len(keys)} relation_ids",
            "Keep a place for each, with bars between: confirmed |  | rejected",
        )
    for key, word in zip(keys, given, strict=True):
        if word:
            yield key, _decision(place, word)


def _decision(place: str, word: str) -> Decision:
    folded = word.casefold()
    if folded not in JUDGED:
        raise InputError(f"{place}: {word[:40]!r} is no verdict", f"Give one of {', '.join(JUDGED)}")
    return Decision(folded)


def _reason(place: str, words: str) -> Fault | None:
    if not words:
        return None
    folded = " ".join(words.casefold().replace("-", " ").split())
    if folded not in list(Fault):
        raise InputError(f"{place}: {words[:40]!r} is no reason", f"Give one of {', '.join(Fault)}")
    return Fault(folded)
