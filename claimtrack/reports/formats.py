"""A report as text: JSON, JSON lines, CSV or a Markdown table, written row by row."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TextIO

from claimtrack.reports.cells import markdown_cell, spreadsheet_cell

Row = dict[str, object]


@dataclass(frozen=True)
class Report:
    """Rows with named columns.  `brief` are the columns a reader wants where width is dear."""

    columns: tuple[str, ...]
    rows: Iterable[Row]
    brief: tuple[str, ...] = ()


def _jsonable(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _object(report: Report, row: Row) -> str:
    ordered = {name: row[name] for name in report.columns}
    return json.dumps(ordered, ensure_ascii=False, default=_jsonable)


def write_jsonl(report: Report, out: TextIO) -> None:
    """One JSON object a line."""
    for row in report.rows:
        out.write(_object(report, row) + "\n")


def write_json(report: Report, out: TextIO) -> None:
    """One JSON array, one object a line."""
    gap = "[\n"
    for row in report.rows:
        out.write(gap + _object(report, row))
        gap = ",\n"
    out.write("[]\n" if gap == "[\n" else "\n]\n")


def write_csv(report: Report, out: TextIO) -> None:
    """RFC 4180: a header line, CRLF, quotation marks doubled; cells made safe for spreadsheets."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(report.columns)
    for row in report.rows:
        writer.writerow([spreadsheet_cell(row[name]) for name in report.columns])


def write_md(report: Report, out: TextIO) -> None:
    """A GitHub table of the brief columns."""
    columns = report.brief or report.columns
    out.write("| " + " | ".join(columns) + " |\n")
    out.write("|" + " --- |" * len(columns) + "\n")
    for row in report.rows:
        out.write("| " + " | ".join(markdown_cell(row[name]) for name in columns) + " |\n")


WRITERS: dict[str, Callable[[Report, TextIO], None]] = {
    "json": write_json,
    "jsonl": write_jsonl,
    "csv": write_csv,
    "md": write_md,
}
