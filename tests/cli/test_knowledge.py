"""--knowledge: the user's own CSV files go before the seeds, and a mistake in them is one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

TEXT = "Ferry news\n\nMayor Ada Quill said on Tuesday that the ferry will sail.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "text.txt").write_text(TEXT)
    (tmp_path / "mine").mkdir()
    return tmp_path / "mine"


@pytest.mark.slow
@pytest.mark.parametrize("by_option", [True, False])
def test_outlets_of_ones_own(
    work: Any, folder: Path, monkeypatch: pytest.MonkeyPatch, by_option: bool
) -> None:
    (folder / "outlets.csv").write_text(
        "name,country,domains,aliases\nHarbour Herald,Norway,herald.example,\n"
    )
    given = ["--knowledge", folder] if by_option else []
    if not by_option:
        monkeypatch.setenv("CLAIMTRACK_KNOWLEDGE", str(folder))
    done = work(*given, "ingest", "text.txt", "--url", "https://www.herald.example/1", "--workers", "1")
    assert done.returncode == 0
    (outlet,) = json.loads(work("outlets", "-f", "json").stdout)
    assert outlet["name"] == "Harbour Herald"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("outlets.csv", "name,country,domains,aliases\nA,,https://a.example,\n", "outlets.csv, line 2: "),
        ("agencies.csv", "name,country\n", "agencies.csv, line 1: no column domains, aliases"),
        ("titles.csv", "title,kind,role\nmayor,boss,yes\n", "titles.csv, line 2: 'boss' is not a kind"),
        ("notes.txt", "", "no knowledge files in"),
    ],
)
def test_a_mistake_is_one_line(run: Any, folder: Path, name: str, content: str, words: str) -> None:
    (folder / name).write_text(content)
    done = run("--knowledge", folder, "ingest", "text.txt", "--workers", "1")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert words in done.stderr
    assert not (folder.parent / "claimtrack.db").exists()


def test_a_folder_that_is_not_there(run: Any, folder: Path) -> None:
    done = run("--knowledge", "nowhere", "ingest", "text.txt", "--workers", "1")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "nowhere" in done.stderr
    late = run("ingest", "--knowledge", "mine", "text.txt")
    assert (late.returncode, late.stderr.count("\n")) == (2, 1)
    assert "claimtrack --knowledge … ingest" in late.stderr
