from __future__ import annotations

import csv
import io
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.reports.cells import from_spreadsheet_cell
from claimtrack.reports.formats import WRITERS, Report

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


def written(format: str, report: Report) -> str:
    out = io.StringIO(newline="")
    WRITERS[format](report, out)
    return out.getvalue()


@given(st.lists(st.tuples(texts, texts)))
def test_csv_comes_back_as_it_went(rows: list[tuple[str, str]]) -> None:
    text = written("csv", Report(("a", "b"), [{"a": a, "b": b} for a, b in rows]))
    head, *back = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == ["a", "b"]
    assert [tuple(map(from_spreadsheet_cell, row)) for row in back] == rows


def test_csv_is_rfc_4180() -> None:
    report = Report(("a", "b"), [{"a": 'say "no", twice', "b": "line\nline"}, {"a": None, "b": -3}])
    assert written("csv", report) == 'a,b\r\n"say ""no"", twice","line\nline"\r\n,-3\r\n'


@given(st.lists(st.tuples(texts, texts)))
def test_json_comes_back_as_it_went(rows: list[tuple[str, str]]) -> None:
    dicts: list[dict[str, object]] = [{"a": a, "b": b} for a, b in rows]
    assert json.loads(written("json", Report(("a", "b"), iter(dicts)))) == dicts
    lines = written("jsonl", Report(("a", "b"), iter(dicts))).split("\n")
    assert [json.loads(line) for line in lines if line] == dicts


def test_json_has_days_and_keeps_types_and_order() -> None:
    rows: list[dict[str, object]] = [{"n": 1, "d": date(2020, 1, 2), "s": [[1, 2]], "x": None, "hidden": 1}]
    report = Report(("d", "n", "s", "x"), rows)
    assert written("jsonl", report) == '{"d": "2020-01-02", "n": 1, "s": [[1, 2]], "x": null}\n'


def test_no_rows() -> None:
    empty = Report(("a", "b"), ())
    assert written("json", empty) == "[]\n"
    assert written("jsonl", empty) == ""
    assert written("csv", empty) == "a,b\r\n"
    assert written("md", empty) == "| a | b |\n| --- | --- |\n"


def test_markdown_shows_the_brief_columns() -> None:
    report = Report(("a", "b", "c"), [{"a": "x|y", "b": 2, "c": "z"}], brief=("a", "c"))
    assert written("md", report) == "| a | c |\n| --- | --- |\n| x\\|y | z |\n"


def test_rows_are_written_as_they_come() -> None:
    out = io.StringIO()
    seen: list[str] = []

    def rows():  # type: ignore[no-untyped-def]
        yield {"a": 1}
        seen.append(out.getvalue())
        yield {"a": 2}

    WRITERS["jsonl"](Report(("a",), rows()), out)
    assert seen == ['{"a": 1}\n']
