"""Articles are foreign text: nothing in them is run by a spreadsheet, a terminal or a page."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

ORDERS = "=HYPERLINK(1)|cmd [red]x[/red]\x1b]0;owned\x07 \u202eesrever <b>*bold*</b>"
LISTS = [["articles"], ["claims"], ["speakers"], ["outlets"], ["speaker", "s0000000000b1"]]


@pytest.mark.parametrize("command", [*LISTS, ["show", "s0000000000b1"]])
def test_tables_show_what_they_do_not_obey(command: list[str], run: Any, hostile: str) -> None:
    done = run("--db", hostile, *command)
    assert done.returncode == 0
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout)
    if command != ["outlets"]:
        assert "[red]x[/red]␛" in re.sub(r"\s", "", done.stdout)


@pytest.mark.parametrize("command", [*LISTS, ["export", "-", "--what", "audit"]])
def test_no_cell_is_a_formula(command: list[str], run: Any, hostile: str) -> None:
    format = [] if command[0] == "export" else ["--format", "csv"]
    done = run("--db", hostile, *command, *format)
    rows = list(csv.reader(io.StringIO(done.stdout, newline=""), strict=True))
    assert len(rows) == 2
    assert len(set(map(len, rows))) == 1
    assert not [
        cell for cell in rows[1] if re.match(r"[=+\-@\t\r]", cell) and not re.fullmatch(r"-?\d+", cell)
    ]


def test_json_is_exact(run: Any, hostile: str) -> None:
    [row] = json.loads(run("--db", hostile, "claims", "-f", "json").stdout)
    assert (row["text"], row["speaker"], row["outlet"], row["article"]) == (
        ORDERS,
        "@SUM(A1)",
        "+49 News",
        "-2+3.txt",
    )


def test_markdown_has_one_row_and_no_marks(run: Any, hostile: str) -> None:
    head, line, row = run("--db", hostile, "claims", "-f", "md").stdout.splitlines()
    assert head.count("|") == line.count("|") == row.replace(r"\|", "").count("|")
    assert r"\<b\>\*bold\*\</b\>" in row
    assert "\x1b" not in row
