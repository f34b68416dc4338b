"""The commands by which people decide who is who: what they say, what they change, what they refuse."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

HOLT, UNION, BRANDT = "s0000000000a1", "s0000000000a2", "s0000000000a3"


@pytest.fixture
def ask(own: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on an archive of one's own, as Ada."""
    monkeypatch.setenv("CLAIMTRACK_REVIEWER", "Ada")
    return own


def names(ask: Any) -> dict[str, int]:
    return {row["name"]: row["claims"] for row in json.loads(ask("speakers", "-f", "json").stdout)}


def decision_of(done: Any) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    last = done.stdout.splitlines()[-1]
    found = re.fullmatch(r"Undo it with: claimtrack speakers undo (d[0-9a-f]{12})", last)
    assert found is not None, done.stdout
    return found.group(1)


def test_merge_and_undo_say_what_changed(ask: Any) -> None:
    before = names(ask)
    done = ask("speakers", "merge", "Tomas Brandt", "Holt", "--note", "one and the same")
    made = decision_of(done)
    assert done.stdout.splitlines()[:2] == [
        f"{made}: Tomas Brandt ({BRANDT}) is Ines Holt ({HOLT}).",
        f"1 claim of Tomas Brandt ({BRANDT}) now counts for Ines Holt ({HOLT}).",
    ]
    assert names(ask) == {"Ines Holt": 3, "Ferry Workers' Union": 3}
    back = ask("speakers", "undo", made[:6], "--reviewer", "Bea")
    assert f"1 claim of Ines Holt ({HOLT}) now counts for Tomas Brandt ({BRANDT})." in back.stdout
    assert names(ask) == before
    rows = json.loads(ask("speakers", "decisions", "-f", "json").stdout)
    assert [(r["kind"], r["reviewer"], r["in_force"], r["undoes"], r["note"]) for r in rows] == [
        ("decision undone", "Bea", True, made, ""),
        ("speakers merged", "Ada", False, None, "one and the same"),
    ]


def test_who_was_merged_is_still_found_and_it_is_said(ask: Any) -> None:
    ask("speakers", "merge", "Tomas Brandt", "Holt")
    for command in (["speaker", "Tomas Brandt"], ["claims", "--speaker", BRANDT], ["show", BRANDT]):
        done = ask(*command)
        assert done.returncode == 0
        assert "Ines Holt" in done.stdout
        assert done.stderr == f"Tomas Brandt ({BRANDT}) is part of Ines Holt ({HOLT}) now.\n"
    assert ask("speaker", "Holt").stderr == ""


def test_split_to_a_new_one_and_to_one_who_is_there(ask: Any, keys: dict[str, str]) -> None:
    made = decision_of(
        ask("speakers", "split", "Holt", "--claims", f"{keys['later'][:8]},", "--name", "Ines Holt jr")
    )
    assert names(ask) == {"Ines Holt": 1, "Ines Holt jr": 1, "Tomas Brandt": 1, "Ferry Workers' Union": 3}
    decision_of(ask("speakers", "split", HOLT, "--claims", keys["june"], "--to", "Tomas Brandt"))
    assert names(ask) == {"Ines Holt jr": 1, "Tomas Brandt": 2, "Ferry Workers' Union": 3}
    decision_of(ask("speakers", "undo", made))
    assert names(ask)["Ines Holt"] == 1


def test_names(ask: Any) -> None:
    decision_of(ask("speakers", "rename", "Holt", "Mayor Ines Holt"))
    assert "Mayor Ines Holt" in names(ask)
    decision_of(ask("alias", "add", HOLT, "The Harbour Mistress"))
    assert "Mayor Ines Holt" in ask("speaker", "the harbour mistress").stdout
    decision_of(ask("alias", "remove", "Mayor Ines Holt", "the harbour mistress"))
    assert ask("speaker", "The Harbour Mistress").returncode == 1
    decision_of(ask("speakers", "distinct", "Holt", "Tomas Brandt"))
    refused = ask("speakers", "merge", "Holt", "Tomas Brandt")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "told apart" in refused.stderr


def test_outlets(ask: Any) -> None:
    decision_of(ask("outlets", "merge", "evening post", "The Daily Courier"))
    outlets = [row["name"] for row in json.loads(ask("outlets", "-f", "json").stdout)]
    assert "Evening Post" not in outlets
    assert ask("claims", "--outlet", "Evening Post").returncode == 0
    decision_of(ask("speakers", "undo"))
    assert len(json.loads(ask("outlets", "-f", "json").stdout)) == len(outlets) + 1


def test_the_list_of_decisions_has_every_format_and_fits(ask: Any) -> None:
    assert ask("speakers", "decisions").stderr.startswith("Nobody has decided anything yet")
    ask("speakers", "merge", "Tomas Brandt", "Holt", "--note", "=1+1")
    ask("speakers", "rename", "Ferry Workers' Union", "Ferry Workers' Union of Lindau and the Lake")
    table = ask("speakers", "decisions", columns=80).stdout
    assert max(map(len, table.splitlines())) <= 80
    assert "Tomas Brandt (s0000000000a3) is Ines Holt" in " ".join(table.split())
    cells = list(csv.DictReader(io.StringIO(ask("speakers", "decisions", "-f", "csv").stdout, newline="")))
    assert [row["note"] for row in cells] == ["", "'=1+1"]
    assert ask("speakers", "decisions", "-f", "md", "-n", "1").stdout.count("\n") == 3
    lines = ask("speakers", "decisions", "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["concerns"] for line in lines] == [[UNION], [HOLT, BRANDT]]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["speakers", "merge", "Holt", HOLT], 2, "one speaker"),
        (["speakers", "merge", "Holt", "Ferry Workers' Union"], 2, "--force"),
        (["speakers", "merge", "Hold", "Tomas Brandt"], 1, "Ines Holt"),
        (["speakers", "merge", "Holt"], 2, "claimtrack speakers merge --help"),
        (["speakers", "split", "Holt", "--claims", "c0ffee"], 2, "--name"),
        (["speakers", "split", "Holt", "--claims", "c0ffee", "--name", "N"], 1, "c0ffee"),
        (["speakers", "split", "Holt", "--claims", ",", "--name", "N"], 1, "claimtrack claims"),
        (["speakers", "rename", "Holt", "Tomas Brandt"], 2, "claimtrack speakers merge"),
        (["alias", "add", "Holt", "  "], 2, "empty"),
        (["alias", "remove", "Holt", "Nobody"], 1, "does not go by"),
        (["alias"], 2, "claimtrack alias --help"),
        (["outlets", "merge", "Evening Post", "Evening Pots"], 1, "Evening Post"),
        (["speakers", "undo"], 2, "no decision"),
        (["speakers", "undo", "d0"], 1, "claimtrack speakers decisions"),
        (["speakers", "merge", "Holt", "Tomas Brandt", "--reviewer", " "], 2, "--reviewer"),
        (["speakers", "merge", "--db", "x", "Holt", "B"], 2, "claimtrack --db … speakers merge"),
    ],
)
def test_mistakes_are_one_line_and_change_nothing(
    arguments: list[str], code: int, words: str, ask: Any
) -> None:
    before = names(ask)
    done = ask(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert words in done.stderr
    assert names(ask) == before
    assert ask("speakers", "decisions", "-f", "json").stdout == "[]\n"


def test_nothing_is_decided_where_there_is_no_archive(run: Any, tmp_path: Path) -> None:
    done = run("speakers", "merge", "A", "B")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert list(tmp_path.iterdir()) == []


def test_hostile_names_are_shown_inert(ask: Any) -> None:
    done = ask("speakers", "rename", "Holt", "\x1b]0;owned\x07Holt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "\x1b" not in done.stderr
    done = ask("speakers", "merge", "Holt", "Tomas Brandt", "--note", "\x1b[31m\u202e")
    assert "\x1b" not in ask("speakers", "decisions").stdout
    assert "\u202e" not in ask("speakers", "decisions").stdout
