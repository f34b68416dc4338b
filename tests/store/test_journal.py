"""Write-ahead logging: a SQLite file that is opened to write has it, wherever it can be had."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from claimtrack.store import open_store, session, upkeep
from claimtrack.store.opening import open_reader
from tests.store.build import make_article, put

ROOT = Path(__file__).parents[2]
_ONE, _TWO = make_article("One."), make_article("Two.", "b.txt")


def is_in_wal(path: Path) -> bool:
    """What the file's head says, asked without opening the database."""
    return path.read_bytes()[18:20] == b"\2\2"


@pytest.fixture
def restored(tmp_path: Path) -> Path:
    """A backup of a database with one article, at the place of a database."""
    original, backup = tmp_path / "a.db", tmp_path / "backup.db"
    with open_store(original) as store:
        put(store, _ONE)
    upkeep.back_up(original, backup)
    assert not is_in_wal(backup)
    return backup


def test_readers_and_the_writer_of_a_restored_backup_let_each_other_be(
    restored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "BUSY_SECONDS", 0)
    with open_store(restored, create=False, who="Ada") as writer, open_reader(restored) as reader:
        with reader.snapshot():
            assert len(list(reader.articles())) == 1
            put(writer, _TWO)
            assert len(list(reader.articles())) == 1
        assert len(list(reader.articles())) == 2
    assert is_in_wal(restored)


def test_reading_leaves_the_file_as_it_is(restored: Path) -> None:
    before = restored.read_bytes()
    with open_reader(restored) as reader:
        assert len(list(reader.articles())) == 1
    for read_only in (False, True):
        with open_store(restored, create=False, read_only=read_only) as store:
            assert len(list(store.articles())) == 1
    with open_store(restored, who="Ada", read_only=True) as store:
        assert len(list(store.articles())) == 1
    assert restored.read_bytes() == before


def test_two_processes_that_open_it_at_once_both_write(restored: Path) -> None:
    code = (
        "import sys; from claimtrack.store import open_store\n"
        "from tests.store.build import make_article, put\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "with open_store(sys.argv[1], create=False, who=sys.argv[2]) as store:\n"
        "    put(store, make_article(f'By {sys.argv[2]}.', sys.argv[2]))\n"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(restored), who],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for who in ("Ada", "Bo")
    ]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [(process.communicate()[1], process.returncode) for process in both] == [("", 0), ("", 0)]
    with open_reader(restored) as reader:
        assert len(list(reader.articles())) == 3
    assert is_in_wal(restored)


def test_a_file_that_others_keep_busy_is_opened_all_the_same(
    restored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "BUSY_SECONDS", 0)
    with closing(sqlite3.connect(restored, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM article").fetchall()
        with open_store(restored, create=False, who="Ada") as store:
            assert len(list(store.articles())) == 1
        assert not is_in_wal(restored)
    open_store(restored, create=False, who="Ada").close()
    assert is_in_wal(restored)


def test_where_no_memory_can_be_shared_the_file_stays_usable(tmp_path: Path) -> None:
    """The system lets no file grow to the 32 KiB that SQLite shares among processes in WAL mode."""
    path = tmp_path / "small.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript("CREATE TABLE n (n); INSERT INTO n VALUES (1)")
    code = (
        "import resource, sys; from claimtrack.store.journal import prefer_wal\n"
        "from claimtrack.store.session import connect, read_url\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (16384, 16384))\n"
        "engine = connect(read_url(sys.argv[1]), create=False)\n"
        "prefer_wal(engine)\n"
        "with engine.begin() as connection:\n"
        "    connection.exec_driver_sql('INSERT INTO n VALUES (2)')\n"
        "    print(connection.exec_driver_sql('SELECT sum(n) FROM n').scalar())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("3\n", 0), done.stderr
    assert not is_in_wal(path)
    assert [file.name for file in tmp_path.iterdir()] == ["small.db"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_that_cannot_be_written_is_read(restored: Path) -> None:
    restored.chmod(0o400)
    with open_store(restored, create=False, who="Ada") as store:
        assert len(list(store.articles())) == 1
    assert not is_in_wal(restored)
