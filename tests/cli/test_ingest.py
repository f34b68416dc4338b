from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

TEXT = (
    "Harbour Herald\n\nMayor Ines Holt said on Tuesday that the ferry pier will reopen in June.\n\n"
    "“It is safe again,” Holt told reporters.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good text, an empty one, a binary one and a file of another format."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "good.txt").write_text(TEXT, "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "meta.json").write_text("{}", "utf-8")
    return folder


def claims(work: Any) -> list[dict[str, Any]]:
    return list(json.loads(work("claims", "-f", "json").stdout))


def test_good_files_go_in_beside_bad_ones(work: Any, folder: Path) -> None:
    done = work("ingest", "texts", "nosuch.txt", "--outlet", "Harbour Herald")
    assert done.returncode == 1
    assert done.stdout.startswith(
        "1 added, 0 known, 0 changed, 3 failed, 1 file of other formats passed over; "
    )
    mistakes = [line for line in done.stderr.splitlines() if line.startswith("claimtrack: ")]
    assert len(mistakes) == 3
    assert all(any(name in line for line in mistakes) for name in ("empty.txt", "binary.txt", "nosuch.txt"))
    found = claims(work)
    assert found
    for row in found:
        assert " … ".join(TEXT[start:end] for start, end in row["content"]) == row["text"]


def test_the_same_again_adds_nothing(work: Any, folder: Path) -> None:
    assert work("ingest", "texts/good.txt").returncode == 0
    before = claims(work)
    done = work("ingest", "texts/good.txt")
    assert done.stdout == "0 added, 1 known, 0 changed, 0 failed; 0 new claims, 0 new relations.\n"
    assert claims(work) == before
    (folder / "good.txt").write_text(TEXT.replace("June", "July"), "utf-8")
    assert work("ingest", "texts/good.txt").stdout.startswith("0 added, 0 known, 1 changed, 0 failed; ")


def test_unknown_facts_are_told_with_the_remedy(work: Any, folder: Path) -> None:
    (folder / "plain.txt").write_text("The mayor said that the pier is safe.\n", "utf-8")
    done = work("ingest", "texts/plain.txt")
    assert "Unknown published: texts/plain.txt\n" in done.stderr
    assert "--published" in done.stderr.splitlines()[-1]
    done = work("ingest", "texts/plain.txt", "--outlet", "O", "--title", "T", "--published", "2024-05-01")
    assert (done.returncode, done.stderr) == (0, "")


def test_standard_input(work: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode()), "utf-8"))
    done = work(
        "ingest", "-", "--outlet", "Harbour Herald", "--published", "2024-05-01", "--url", "https://e.org/x"
    )
    assert done.returncode == 0
    assert {(row["article"], row["outlet"], row["url"]) for row in claims(work)} == {
        ("-", "Harbour Herald", "https://e.org/x")
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["empty-folder"], 1),
        (["nosuch.txt"], 1),
        ([], 2),
        (["texts", "--title", "One for all"], 2),
        (["texts", "--published", "yesterday"], 2),
    ],
)
def test_mistakes_leave_no_database(
    arguments: list[str], code: int, run: Any, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty-folder").mkdir()
    done = run("ingest", *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (code, 1)
    assert done.stderr.startswith("claimtrack: ")
    assert not (tmp_path / "claimtrack.db").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file(work: Any, folder: Path) -> None:
    (folder / "good.txt").chmod(0)
    done = work("ingest", "texts/good.txt")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_a_database_that_cannot_be(run: Any, folder: Path) -> None:
    for url in ("foo://x/y", "no/folder/x.db", "texts"):
        done = run("--db", url, "ingest", "texts/good.txt")
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
