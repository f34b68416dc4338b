"""Excel workbooks: what is read back is what was written, and nothing in them runs."""

from __future__ import annotations

import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from claimtrack.errors import UsageError
from claimtrack.reports.formats import Report
from claimtrack.reports.workbook import CELL_CHARACTERS, CUT, write_workbook

COLUMNS = ("id", "text", "score", "day", "spans")
HOSTILE = [
    "=1+1",
    "+SUM(A1)",
    "@x",
    "-2+3",
    '=HYPERLINK("http://x")',
    "http://x.example",
    "{=1}",
    "'=1",
    "＝1",
    "12",
]


def row(text: Any, **facts: Any) -> dict[str, Any]:
    return {"id": "c1", "text": text, "score": 0.5, "day": date(2024, 5, 1), "spans": [[1, 4]]} | facts


def write(file: Path, *rows: dict[str, Any], sheet_rows: int = 1_048_576) -> Any:
    write_workbook(Report(COLUMNS, iter(rows)), file, "audit", sheet_rows)
    return load_workbook(file)


def test_cells_are_read_back(tmp_path: Path) -> None:
    (sheet,) = write(tmp_path / "a.xlsx", row("said “so”\nand more", score=-3), row(None))
    found = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
    assert sheet.title == "audit"
    assert found == [
        list(COLUMNS),
        ["c1", "said “so”\nand more", -3, "2024-05-01", "1-4"],
        ["c1", None, 0.5, "2024-05-01", "1-4"],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str, tmp_path: Path) -> None:
    (sheet,) = write(tmp_path / "a.xlsx", row(text))
    cell = sheet["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    # With the prefix a formula's text stays text even when somebody edits the cell.
    assert cell.quotePrefix == (text not in ("http://x.example", "{=1}", "12"))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_no_row_or_letter_more_than_excel_holds(tmp_path: Path) -> None:
    long = "🌉" * CELL_CHARACTERS
    book = write(tmp_path / "a.xlsx", *(row(long) for _ in range(5)), sheet_rows=3)
    assert book.sheetnames == ["audit", "audit 2", "audit 3"]
    assert [sheet.max_row for sheet in book] == [3, 3, 2]
    cut = book["audit 3"]["B2"].value
    assert cut.endswith("🌉" + CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= CELL_CHARACTERS


def test_an_empty_report_has_its_columns(tmp_path: Path) -> None:
    (sheet,) = write(tmp_path / "a.xlsx")
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)


def test_paths_that_are_no_unicode(tmp_path: Path) -> None:
    (sheet,) = write(tmp_path / "a.xlsx", row("caf\udce9.txt\x07"))
    assert sheet["B2"].value.startswith("caf\\udce9.txt")


def test_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"claimtrack\[xlsx\]"):
        write_workbook(Report(COLUMNS, iter(())), tmp_path / "a.xlsx", "audit")
