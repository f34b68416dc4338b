"""Each mistake is one line on standard error that says what to do, and a code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from claimtrack.cli.app import run as run_here
from claimtrack.errors import StoreError
from claimtrack.store import open_store
from tests.cli.conftest import Archive, fill
from tests.conftest import Shelf


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["claims", "--fornat", "csv"], 2, "--format"),
        (["claims", "--format", "xml"], 2, "jsonl"),
        (["claims", "--limit", "0"], 2, "--limit"),
        (["claims", "--since", "2024-13-01"], 2, "--since"),
        (["claims", "--db", "x.db"], 2, "before the command: claimtrack --db"),
        (["contradictions", "--min-score", "7"], 2, "--min-score"),
        (["show"], 2, "ID"),
        (["nosuch"], 2, "claimtrack --help"),
        (["--db", "foo://host/name", "claims"], 2, "sqlite:///"),
        (["--db", "", "claims"], 2, "file name"),
        (["--db", "postgresql://bob:pw@host:port/x", "claims"], 2, "its port is no number. Give"),
        (["relate", "--workers", "99999999999999999999"], 2, "--workers"),
        (["watch", "http://127.0.0.1:1/", "--every", "1e300"], 2, "--every"),
        (["watch", "http://127.0.0.1:1/", "--delay", "1e300"], 2, "--delay"),
        (["claims"], 1, "claimtrack ingest"),
        (["--db", "no/such/folder.db", "claims"], 1, "no/such/folder.db"),
        (["export", "claims.jsonl"], 1, "claimtrack ingest"),
    ],
)
def test_one_line_and_a_code(arguments: list[str], code: int, words: str, run: Any, tmp_path: Path) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert done.stderr.startswith("claimtrack: ")
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Only Linux has a device that is full")
@pytest.mark.parametrize("command", [["claims"], ["claims", "-f", "json"], ["--version"]])
def test_no_room_behind_standard_output(command: list[str], archive: Any) -> None:
    arguments = [sys.executable, "-m", "claimtrack", "--db", str(archive[0]), *command]
    with open("/dev/full", "w") as full:
        done = subprocess.run(arguments, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 1
    assert last.startswith("claimtrack: Nothing more can be written: ")
    assert "report" not in done.stderr
    assert "Exception" not in done.stderr


def test_a_database_that_was_cut_off(run: Any, shelf: Shelf, tmp_path: Path) -> None:
    whole = Path(shelf.shared("sqlite", fill)[0]).read_bytes()
    (tmp_path / "cut.db").write_bytes(whole[: len(whole) // 2])
    for command in ("claims", "relate"):
        done = run("--db", "cut.db", command)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "malformed" in done.stderr
        assert "claimtrack db backup" in done.stderr
        assert "room to write" not in done.stderr


def test_a_database_that_refuses_changes(own_archive: Archive) -> None:
    with open_store(own_archive[0], create=False, read_only=True) as store:
        with pytest.raises(StoreError) as caught, store.transaction():
            store.append_event("test", "c0", {})
        assert "Ask for the right to read and write it" in str(caught.value)
        assert "room to write" not in str(caught.value)


@pytest.mark.parametrize("command", [["show", "c000"], ["show", "nonsense"], ["speaker", "Nobody Atall"]])
def test_nothing_by_that_name(command: list[str], ask: Any) -> None:
    done = ask(*command)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)


def test_a_file_that_is_no_database(run: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, only some words\n" * 50, "utf-8")
    done = run("--db", "notes.txt", "claims")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "Traceback" in run("-v", "--db", "notes.txt", "claims").stderr


def test_hostile_names_in_messages(run: Any) -> None:
    done = run("--db", "\x1b]0;owned\x07\u202e.db", "claims")
    assert "\x1b" not in done.stderr
    assert "\u202e" not in done.stderr


def test_no_arguments_show_the_help(run: Any) -> None:
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run("--help").stdout


def test_version(run: Any) -> None:
    assert run("--version").stdout.startswith("claimtrack 0.")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGPIPE")
def test_a_reader_that_leaves_is_no_error(archive: Any) -> None:
    command = [sys.executable, "-m", "claimtrack", "--db", str(archive[0]), "claims", "-f", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == -signal.SIGPIPE


class _Interrupted:
    """Standard input at which the user presses Ctrl-C."""

    @property
    def buffer(self) -> _Interrupted:
        return self

    def seekable(self) -> bool:
        return False

    def read(self, _size: int = -1) -> bytes:
        raise KeyboardInterrupt


def test_an_interrupt_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", _Interrupted())
    assert run_here(["--db", str(tmp_path / "x.db"), "ingest", "-"]) == 130
    assert "run the same command again" in capsys.readouterr().err
