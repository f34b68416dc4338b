"""A report as an Excel workbook, row by row: cells of text stay text, whatever they look like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimtrack.errors import UsageError
from claimtrack.reports.cells import flat, is_formula

if TYPE_CHECKING:
    from claimtrack.reports.formats import Report

# What Excel holds: <https://support.microsoft.com/office/excel-specifications-and-limits>.
SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
CUT = " […]"  # stands at the end of a cell whose text Excel could not hold
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}


def write_workbook(report: Report, file: Path, name: str, sheet_rows: int = SHEET_ROWS) -> None:
    """Write a report to `file`, on as many sheets as it takes, each with the columns in its first row.

    Raises UsageError where the package for it is not installed.
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise UsageError(
            "Excel files need a package that is not installed",
            "Install it with: pip install 'claimtrack[xlsx]'",
        ) from error
    with Workbook(str(file), _OPTIONS) as book:
        # Without it a formula's text becomes a formula as soon as somebody edits the cell.
        quoted = book.add_format({"quote_prefix": True})
        bold = book.add_format({"bold": True})
        sheet: Any = None
        at = sheet_rows
        for row in report.rows:
            if at >= sheet_rows:
                sheet, at = _new_sheet(book, report, name, bold), 1
            for column, key in enumerate(report.columns):
                _write(sheet, at, column, row[key], quoted)
            at += 1
        if sheet is None:
            _new_sheet(book, report, name, bold)


def _new_sheet(book: Any, report: Report, name: str, bold: Any) -> Any:
    number = len(book.worksheets()) + 1
    sheet = book.add_worksheet(name if number == 1 else f"{name} {number}")
    for column, key in enumerate(report.columns):
        sheet.write_string(0, column, key, bold)
    sheet.freeze_panes(1, 0)
    return sheet


def _write(sheet: Any, row: int, column: int, value: object, quoted: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
        return
    text = flat(value).encode("utf-8", "backslashreplace").decode("utf-8")  # a path may be no Unicode
    if len(text.encode("utf-16-le")) // 2 > CELL_CHARACTERS:
        text = _cut(text)
    if text:
        sheet.write_string(row, column, text, *((quoted,) if is_formula(text) else ()))


def _cut(text: str) -> str:
    """As much of a text as a cell holds; Excel counts in UTF-16."""
    held = text.encode("utf-16-le")[: 2 * (CELL_CHARACTERS - len(CUT))].decode("utf-16-le", "ignore")
    return held + CUT
