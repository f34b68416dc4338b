from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claimtrack.records import Decision, Verdict
from claimtrack.store import open_store
from tests.cli.conftest import Archive


@pytest.mark.parametrize("command", [["speaker", "Holt"], ["disputes"], ["speaker", "Holt", "--changes"]])
def test_a_page_in_markdown_and_html(command: list[str], ask: Any, tmp_path: Path) -> None:
    markdown = ask(*command, "--format", "md")
    assert (markdown.returncode, markdown.stderr) == (0, "")
    assert markdown.stdout.startswith("# ")
    assert "## Articles" in markdown.stdout
    done = ask(*command, "--format", "html", "--output", tmp_path / "page.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    for words in ("the old ferry pier will reopen in June", "Lindau Gazette"):
        assert words in markdown.stdout
        assert words in page


def test_citations_hold_the_offsets_of_the_words(ask: Any, keys: dict[str, str]) -> None:
    [row] = [r for r in json.loads(ask("claims", "-f", "json").stdout) if r["id"] == keys["june"]]
    [[start, end]] = row["content"]
    page = ask("speaker", "Holt", "--format", "html").stdout
    assert re.search(rf'title="{keys["june"]}">\[\d: {start}–{end}\]', page)


def test_lists_are_no_pages(ask: Any) -> None:
    done = ask("claims", "--format", "html")
    assert done.returncode == 2
    assert "html" in done.stderr


@pytest.mark.parametrize("format", ["md", "html"])
def test_foreign_text_is_text(format: str, run: Any, hostile: str) -> None:
    done = run("--db", hostile, "speaker", "s0000000000b1", "--format", format)
    assert done.returncode == 0
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout)
    assert "<b>*bold*</b>" not in done.stdout
    assert "␛" in done.stdout


def test_the_changes_of_one_speaker(ask: Any, keys: dict[str, str]) -> None:
    rows = json.loads(ask("speaker", "Holt", "--changes", "-f", "json").stdout)
    assert [(r["version"], r["standing"], r["id"]) for r in rows] == [
        (1, "replaced", keys["june"]),
        (2, "standing", keys["later"]),
    ]
    none = ask("speaker", "Tomas Brandt", "--changes")
    assert (none.returncode, none.stdout) == (0, "")
    assert none.stderr == "No changed positions of Tomas Brandt found.\n"


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (["--since", "2024-05-20"], ["later"]),
        (["--until", "2024-05-01"], ["june"]),
        (["--outlet", "Lindau Gazette"], ["june"]),
        (["--search", "September"], ["later"]),
        (["--limit", "1"], ["june"]),
    ],
)
def test_a_part_of_a_dossier(filters: list[str], names: list[str], ask: Any, keys: dict[str, str]) -> None:
    rows = json.loads(ask("speaker", "Holt", "-f", "json", *filters).stdout)
    assert [row["id"] for row in rows] == [keys[name] for name in names]
    assert "1 of 2 claims" in ask("speaker", "Holt", *filters).stdout


def test_nothing_left_of_a_dossier(ask: Any) -> None:
    done = ask("speaker", "Holt", "--since", "2030-01-01")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "No claims of Ines Holt fit. Try fewer filters.\n"
    assert ask("speaker", "Holt", "--since", "2030-01-01", "-f", "json").stdout == "[]\n"
    page = ask("speaker", "Holt", "--since", "2030-01-01", "-f", "html").stdout
    assert "0 of 2 claims" in page


def test_disputes_by_speaker_day_score_and_status(ask: Any, keys: dict[str, str]) -> None:
    def topics(*options: str) -> list[int]:
        return [row["claims"] for row in json.loads(ask("disputes", "-f", "json", *options).stdout)]

    assert topics() == [4, 2]
    assert topics("--speaker", "Holt") == [4]
    assert topics("--speaker", "Tomas Brandt") == [2]
    assert topics("--since", "2024-05-20") == [4]
    assert topics("--until", "2024-05-01") == [4]
    assert topics("--min-score", "0.9") == [4]  # the other one, at 0.8, is out
    assert topics("--sort", "latest") == [4, 2]
    assert topics("--limit", "1") == [4]
    assert topics("--open") == [2]
    done = ask("disputes", "--speaker", "Holt", "--open")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "No disputes found with these filters.\n"


def test_show_takes_the_beginning_of_a_key(ask: Any, keys: dict[str, str]) -> None:
    assert ask("show", keys["dispute"][:9]).stdout == ask("show", keys["dispute"]).stdout
    missing = ask("show", "x00000")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "No dispute has the identifier 'x00000'" in missing.stderr


def test_a_rejected_relation_ends_a_dispute(run: Any, own_archive: Archive) -> None:
    database, made = own_archive
    with open_store(database) as store, store.transaction():
        for key, subject in made.items():
            if key.startswith("contradicts"):
                store.decide(Verdict(subject, Decision.REJECTED, "Ada", datetime(2024, 7, 1, tzinfo=UTC)))
    [row] = json.loads(run("--db", database, "disputes", "-f", "json").stdout)
    assert (row["status"], row["claims"]) == ("updated", 3)  # the reprint of the union's words is out
    assert row["relations"] == [made["updates:0.88"]]
    assert run("--db", database, "show", made["dispute"]).returncode == 1
    [dossier] = json.loads(run("--db", database, "speaker", "Tomas Brandt", "-f", "json").stdout)
    assert dossier["relation_ids"] == []
