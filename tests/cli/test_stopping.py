"""Ctrl-C and SIGTERM while articles go in: real processes, real signals, and no article lost or doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimtrack.errors import NotFoundError, StoreError
from claimtrack.store import open_store
from tests.conftest import LONG

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="has no such signals")]

MANY = 200


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for n in range(MANY):
        text = f"Harbour Herald\n\nMayor Ada Quill said that bridge number {n} will reopen.\n"
        (folder / f"{n:03}.txt").write_text(text, "utf-8")
    return folder


def start(database: str, tmp_path: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "claimtrack", "--db", database, "ingest", "texts"]
    return subprocess.Popen(
        [*command, "--attribution", "rules", *options],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stored(database: str) -> list[str]:
    try:
        with open_store(database, create=False) as store:
            return [article.path for article in store.articles()]
    except (NotFoundError, StoreError):  # not made yet, or being made
        return []


def wait_for_articles(database: str, process: subprocess.Popen[str], count: int) -> None:
    """Until so many are in; the process must not end before."""
    while len(stored(database)) < count:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.05)


@pytest.fixture
def running() -> Iterator[list[subprocess.Popen[str]]]:
    """Processes that do not outlive their test."""
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("number", "workers", "code", "backend"),
    [
        (signal.SIGINT, "1", 130, "sqlite"),
        (signal.SIGINT, "2", 130, "sqlite"),
        (signal.SIGINT, "2", 130, "postgresql"),
        (signal.SIGTERM, "1", 143, "sqlite"),
    ],
)
def test_the_first_signal_stops_between_two_articles(
    number: signal.Signals,
    workers: str,
    code: int,
    database: str,
    tmp_path: Path,
    texts: Path,
    running: list[subprocess.Popen[str]],
) -> None:
    process = start(database, tmp_path, "--workers", workers)
    running.append(process)
    wait_for_articles(database, process, 2)
    process.send_signal(number)
    out, err = process.communicate()
    assert process.returncode == code
    assert "claimtrack: Stopping after the article at hand; once more stops at once.\n" in err
    assert err.splitlines()[-1].endswith("run the same command again to go on.")
    kept = stored(database)
    assert 2 <= len(kept) < MANY
    assert out.startswith(f"{len(kept)} added, 0 known, 0 changed, 0 failed; ")
    for path in sorted(texts.iterdir())[10:]:
        path.unlink()  # the rest is as good as ten
    again = start(database, tmp_path)
    running.append(again)
    out, _ = again.communicate()
    assert again.returncode == 0
    assert "0 changed, 0 failed" in out
    with open_store(database) as store:
        paths = [article.path for article in store.articles()]
        assert len(paths) == len(set(paths)) == max(10, len(kept))
        assert list(store.verify()) == []


@pytest.mark.parametrize("backend", ["sqlite"])  # it is the process that stops, whatever it writes to
def test_the_second_signal_stops_at_once(
    database: str, tmp_path: Path, texts: Path, running: list[subprocess.Popen[str]]
) -> None:
    (texts / "001.txt").write_text(LONG, "utf-8")
    process = start(database, tmp_path, "--workers", "1", "--time-limit", "0")
    running.append(process)
    wait_for_articles(database, process, 1)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    while "once more stops at once" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 130
    assert len(stored(database)) == 1
