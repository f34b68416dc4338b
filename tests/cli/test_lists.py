from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from claimtrack.reports.rows import CLAIM_COLUMNS, RELATION_COLUMNS

PAGES = ["speaker", "disputes"]  # more than a list: their Markdown is a page
LISTS = ["articles", "claims", "speakers", "outlets", "contradictions", "corroborations", *PAGES]


def arguments(command: str) -> list[str]:
    return [command, "Ines Holt"] if command == "speaker" else [command]


@pytest.mark.parametrize("command", LISTS)
def test_every_list_has_every_format(command: str, ask: Any) -> None:
    lines = ask(*arguments(command), "--format", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert rows
    assert json.loads(ask(*arguments(command), "--format", "json").stdout) == rows
    text = ask(*arguments(command), "--format", "csv").stdout
    head, *cells = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert head == list(rows[0])
    assert len(cells) == len(rows)
    if command in PAGES:
        return
    markdown = ask(*arguments(command), "--format", "md").stdout.splitlines()
    assert len(markdown) == len(rows) + 2
    assert len({line.replace(r"\|", "").count("|") for line in markdown}) == 1


@pytest.mark.parametrize("command", [*LISTS, "log", "changes", "evaluate"])
def test_a_limit_larger_than_any_number_of_a_database_is_none(command: str, ask: Any) -> None:
    whole = ask(*arguments(command), "-f", "csv")
    for limit in (10**20, 2**63, 2**63 - 1):
        assert ask(*arguments(command), "-f", "csv", "--limit", str(limit)) == whole


@pytest.mark.parametrize("command", LISTS)
def test_limit_and_output(command: str, ask: Any, tmp_path: Path) -> None:
    done = ask(*arguments(command), "--limit", "1", "-f", "jsonl", "--output", tmp_path / "out.jsonl")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len({row.get("group", row["id"]) for row in rows}) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("command", ["claims", "disputes"])
@pytest.mark.parametrize("ending", ["json", "JSONL", "csv", "md", "txt"])
def test_the_ending_of_the_file_is_the_format_where_none_is_given(
    command: str, ending: str, ask: Any, tmp_path: Path
) -> None:
    file = tmp_path / f"out.{ending}"
    assert ask(*arguments(command), "-o", file).returncode == 0
    format = ending.lower() if ending != "txt" else "table"
    assert file.read_bytes().decode() == ask(*arguments(command), "-f", format).stdout
    assert ask(*arguments(command), "-f", "jsonl", "-o", file).returncode == 0
    assert file.read_bytes().decode() == ask(*arguments(command), "-f", "jsonl").stdout


def test_one_thing_by_the_ending_of_the_file(ask: Any, keys: dict[str, str], tmp_path: Path) -> None:
    assert ask("show", "s0000000000a1", "-o", "holt.html").returncode == 0
    assert (tmp_path / "holt.html").read_text("utf-8").startswith("<!doctype html>")
    assert ask("show", keys["june"], "-o", "june.md").returncode == 0  # a claim is no page
    assert "the old ferry pier will reopen in June" in (tmp_path / "june.md").read_text("utf-8")


def test_fields_are_a_promise(ask: Any) -> None:
    claims = ask("claims", "-f", "csv").stdout.splitlines()[0].split(",")
    assert tuple(claims) == CLAIM_COLUMNS
    pairs = ask("contradictions", "-f", "csv").stdout.splitlines()[0].split(",")
    assert tuple(pairs) == RELATION_COLUMNS


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (["--speaker", "holt"], ["june", "later"]),
        (["--speaker", "s0000000000a3"], ["sound"]),
        (["--outlet", "evening post"], ["reprint"]),
        (["--since", "2024-05-20"], ["later"]),
        (["--until", "2024-05-01"], ["june"]),
        (["--search", "top to bottom"], ["cracked"]),
        (["--article", "gazette.txt"], ["june", "sound"]),
    ],
)
def test_filters(filters: list[str], names: list[str], ask: Any, keys: dict[str, str]) -> None:
    rows = json.loads(ask("claims", "-f", "json", *filters).stdout)
    assert [row["id"] for row in rows] == [keys[name] for name in names]


def test_contradictions_first_then_updates(ask: Any) -> None:
    def kinds(*options: str) -> list[str]:
        return [row["relation"] for row in json.loads(ask("contradictions", "-f", "json", *options).stdout)]

    assert kinds() == ["contradicts", "contradicts", "updates"]
    assert kinds("--limit", "2") == ["contradicts", "contradicts"]
    assert kinds("--no-updates") == ["contradicts", "contradicts"]
    assert kinds("--min-score", "0.85") == ["contradicts", "updates"]
    assert kinds("--speaker", "Tomas Brandt") == ["contradicts"]
    assert kinds("--outlet", "The Daily Courier") == ["contradicts", "contradicts"]


def test_corroborations_count_origins(ask: Any) -> None:
    rows = json.loads(ask("corroborations", "-f", "json").stdout)
    assert {(row["origins"], row["speakers"], row["outlets"]) for row in rows} == {(2, 2, 3)}
    assert len(json.loads(ask("corroborations", "-f", "json", "--speaker", "Holt").stdout)) == 2
    assert json.loads(ask("corroborations", "-f", "json", "--speaker", "Tomas Brandt").stdout) == []
    none = ask("corroborations", "--min-origins", "3")
    assert (none.returncode, none.stdout) == (0, "")
    assert "3 origins or more" in none.stderr


def test_nothing_found_is_no_error(ask: Any) -> None:
    done = ask("claims", "--search", "zeppelin")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "No claims fit. Try fewer filters.\n"
    assert ask("claims", "--search", "zeppelin", "-f", "json").stdout == "[]\n"
    assert ask("claims", "--search", "zeppelin", "-f", "csv").stdout == ",".join(CLAIM_COLUMNS) + "\r\n"


def test_a_failed_write_leaves_the_old_file(ask: Any, tmp_path: Path) -> None:
    old = tmp_path / "claims.csv"
    old.write_text("old", "utf-8")
    done = ask("claims", "-f", "csv", "--output", old, "--speaker", "nobody at all")
    assert done.returncode == 1
    assert old.read_text("utf-8") == "old"
    done = ask("claims", "-f", "csv", "--output", tmp_path / "no" / "such" / "folder.csv")
    assert done.returncode == 2
    assert "cannot write" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["claims.csv"]
