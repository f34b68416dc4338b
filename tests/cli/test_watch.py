"""Fetching from the command line: `ingest URL` and `watch`, against a real server on the loopback."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimtrack.cli.watch import repeat, summary
from claimtrack.store import open_store, session
from claimtrack.watching import Seen
from tests.web_server import Reply, Site, serving

TEXT = "Mayor Ines Holt said on Tuesday that the ferry pier will reopen in June.\n"
POLITE = ("--allow-private", "--delay", "0", "--workers", "1")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("CLAIMTRACK_ATTRIBUTION", "rules")
    monkeypatch.setenv("CLAIMTRACK_ENTAILMENT", "off")
    with serving() as opened:
        opened.put("/pier", TEXT)
        title = "\x1b]0;owned\x07 \u202e&lt;b&gt;=cmd()&lt;/b&gt;".replace("\x1b", "&#27;").replace(
            "\x07", "&#7;"
        )
        items = (
            f"<item><title>{title} Pier</title><link>/pier</link></item>"
            "<item><title>Gone</title><link>/gone</link></item>"
        )
        feed = f'<rss version="2.0"><channel><title>Lindau Gazette</title>{items}</channel></rss>'
        opened.put("/feed", Reply(feed.encode(), "application/rss+xml"))
        yield opened


@pytest.mark.slow
def test_watch_says_in_one_line_what_became_of_it(work: Any, site: Site) -> None:
    done = work("watch", site.url("/feed"), *POLITE)
    assert (done.returncode, done.stdout) == (1, "1 feed, 2 entries: 1 added, 0 known, 1 failed\n")
    assert done.stderr == f"claimtrack: {site.url('/gone')} answers 404. Open it in a browser\n"
    done = work("watch", site.url("/feed"), site.url("/feed"), *POLITE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 feed, 2 entries: 0 added, 1 known, 1 refused before, 0 failed\n"
    shown = work("articles")
    assert "Pier" in shown.stdout
    assert not any(harmful in shown.stdout for harmful in ("\x1b", "\x07", "\u202e"))


@pytest.mark.slow
def test_pages_and_files_go_in_together(work: Any, site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Mayor Ada Quill said the bridge will open.\n", "utf-8")
    done = work("ingest", site.url("/pier"), "a.txt", site.url("/gone"), *POLITE)
    assert done.returncode == 1
    assert done.stdout.startswith("2 added, 0 known, 0 changed, 1 failed; ")
    again = work("ingest", site.url("/pier"), *POLITE)
    assert (again.returncode, again.stdout[:18]) == (0, "0 added, 1 known, ")


@pytest.mark.parametrize("command", ["ingest", "watch"])
def test_nothing_inside_the_network_is_fetched_unless_told(run: Any, site: Site, command: str) -> None:
    done = run(command, f"http://localhost:{site.port}/pier", "http://127.0.0.1:80/pier")
    assert done.returncode == 1
    assert [line.count("--allow-private") for line in done.stderr.splitlines()] == [1, 1]
    assert site.asked == []


def test_limits_of_the_command_line(run: Any, site: Site) -> None:
    done = run("ingest", site.url("/pier"), *POLITE, "--max-bytes", "10")
    assert "--max-bytes" in done.stderr
    (wrong,) = run("watch", "x", "--delay", "-1").stderr.splitlines()
    assert "--delay" in wrong
    site.asked.clear()
    done = run("ingest", site.url("/pier"), site.url("/gone"), "--title", "x")
    assert (done.returncode, "are 2" in done.stderr, site.asked) == (2, True, [])


def test_the_site_is_told_whom_to_ask(run: Any, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    run("ingest", site.url("/gone"), *POLITE)
    monkeypatch.setenv("CLAIMTRACK_CONTACT", "https://newsroom.example/bot")
    run("ingest", site.url("/gone"), *POLITE)
    agents = [asked.headers["User-Agent"] for asked in site.asked]
    assert agents[0].startswith("claimtrack/")
    assert agents[-1] == agents[0] + " (+https://newsroom.example/bot)"
    monkeypatch.setenv("CLAIMTRACK_CONTACT", "me\r\nX-Evil: 1")
    done = run("ingest", site.url("/gone"), *POLITE)
    assert (done.returncode, done.stderr.count("\n"), "CONTACT" in done.stderr) == (2, 1, True)


@pytest.mark.slow
@pytest.mark.parametrize("package", ["httpx", "feedparser", "protego"])
def test_a_missing_package_is_told_in_one_line(package: str, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from claimtrack.cli.app import run\n"
        "sys.exit(run(['watch', 'http://news.example/feed']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "pip install 'claimtrack[fetch]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_every_so_many_minutes_until_somebody_interrupts(capsys: pytest.CaptureFixture[str]) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        repeat(lambda: sys.stdout.write("a run\n"), 900, wait)
    assert (waits, capsys.readouterr().out) == ([900, 900, 900], "a run\n" * 3)


def test_a_busy_database_ends_one_run_and_not_the_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.db"
    open_store(path).close()
    monkeypatch.setattr(session, "BUSY_SECONDS", 0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def run() -> None:
        with open_store(path, who="Ada") as store, store.transaction():
            store.append_event("article added", "a00000000000", {})

    def wait(_: float) -> None:
        if not other.in_transaction:
            raise KeyboardInterrupt
        other.execute("ROLLBACK")

    with pytest.raises(KeyboardInterrupt):
        repeat(run, 900, wait)
    other.close()
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"claimtrack: The database {path} failed: database is locked. ")
    assert line.endswith(". The next run is in 15 min")
    with open_store(path, create=False) as store:
        assert [event.kind for event in store.events(None)] == ["article added"]


def test_the_summary() -> None:
    counts = Counter(added=5, known=1, changed=2, failed=1)
    assert summary(Seen(3, 1, 41, 33, 1), counts) == (
        "3 feeds (1 unchanged), 41 entries: 5 added, 34 known, 2 changed, 1 refused before, 1 failed"
    )
    assert summary(Seen(1, 0, 1, 1), Counter()) == "1 feed, 1 entry: 0 added, 1 known, 0 failed"
