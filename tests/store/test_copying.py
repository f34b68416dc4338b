"""Databases moved between SQLite and PostgreSQL, backed up and compacted: nothing lost, chain intact."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, text

from claimtrack.errors import StoreError, UsageError
from claimtrack.records import Decision, Verdict
from claimtrack.review import merge_speakers, rename_speaker, undo
from claimtrack.review.verdicts import judge, undo_verdict
from claimtrack.store import open_store, upkeep
from claimtrack.store import tables as t
from claimtrack.store.condition import examine, open_as_it_is
from claimtrack.store.copying import copy
from tests.store.build import MAYOR, RIVAL, make_article, make_claim, make_relation, put, put_relations

WAYS = [
    ("sqlite", "sqlite"),
    pytest.param("sqlite", "postgresql", marks=pytest.mark.slow),
    pytest.param("postgresql", "sqlite", marks=pytest.mark.slow),
    pytest.param("postgresql", "postgresql", marks=pytest.mark.slow),
]
NewDatabase = Callable[[str], str]

RAW = b"\x00\xff\x80"


def fill(database: str) -> None:
    """An archive with revisions, relations, verdicts taken back, decisions undone, raw bytes."""
    with open_store(database, who="mia") as store:
        first = make_article(
            "Ada Quill said the bridge is open \u2014 \u00e9\u0301 \U0001f309.",
            "a.txt",
            url="https://x.org/1",
        )
        second = make_article("Bo Quill said the bridge is shut.", "b.txt", "Hill Gazette", day=2)
        one = make_claim(first, "the bridge is open", MAYOR)
        other = make_claim(second, "the bridge is shut", RIVAL)
        put(store, first, one)
        put(store, second, other)
        put_relations(store, make_relation(one, other))
        put(store, make_article("Bo Quill said the bridge is closed.", "b.txt", "Hill Gazette", day=3))
        relation = make_relation(one, other).key
        for subject, decision in ((one.key, Decision.CONFIRMED), (relation, Decision.REJECTED)):
            judge(store, subject, decision, "mia", 'a note with "quotes", \u00fc and \\u0041')
        undo_verdict(store, relation, "mia")
        merge_speakers(store, RIVAL.key, MAYOR.key, "mia")
        undo(store, None, "mia")
        merge_speakers(store, RIVAL.key, MAYOR.key, "mia", note="again")
        rename_speaker(store, MAYOR.key, "Ada Q. Quill", "mia")
        with store.transaction():
            store.append_event(
                "tried", "x", {"numbers": [0.1, 1e-9, 3, 2.0**53, -0.0], "z": 1, "a": {"\u2028": None}}
            )
            store._writer.execute(
                insert(t.Raw),
                [
                    {
                        "sha256": hashlib.sha256(RAW).hexdigest(),
                        "media_type": "text/html",
                        "size": len(RAW),
                        "packed": zlib.compress(RAW),
                    }
                ],
            )
            store._writer.execute(
                insert(t.Fetched),
                [{"url": "https://x.org/1", "etag": '"1"', "last_modified": "", "outcome": "new",
                  "checked": datetime(2026, 11, 1, 12, 30, 1, 999, tzinfo=UTC)}],
            )  # fmt: skip


def contents(database: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""
    with open_as_it_is(database) as engine, engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in t.Base.metadata.sorted_tables
        }


@pytest.mark.parametrize(("source", "target"), WAYS)
def test_a_copy_holds_all_and_goes_on(source: str, target: str, new_database: NewDatabase) -> None:
    old, new = new_database(source), new_database(target)
    fill(old)
    before = contents(old)
    done = copy(old, new)
    assert contents(new) == before == contents(old)
    assert done.rows == {name: len(rows) for name, rows in sorted(before.items())}
    assert min(done.rows[name] for name in ("verdict", "decision", "ruling", "event", "raw", "fetched")) > 0
    with open_store(new, who="bea") as store:
        assert list(store.verify()) == []
        last = max(row[0] for row in before["verdict"])
        with store.transaction():
            given = store.decide(Verdict(MAYOR.key, Decision.UNSURE, "bea", datetime.now(UTC)))
        assert given.id == last + 1
        assert list(store.verify()) == []
        with pytest.raises(StoreError, match="append-only"), store.transaction():
            store._writer.execute(text("UPDATE verdict SET note = ''"))


@pytest.mark.parametrize(("source", "target"), WAYS[:2])
def test_a_target_that_holds_anything_is_left_alone(
    source: str, target: str, new_database: NewDatabase
) -> None:
    old, new = new_database(source), new_database(target)
    fill(old)
    fill(new)
    before = contents(new)
    with pytest.raises(UsageError, match="holds articles already"):
        copy(old, new)
    assert contents(new) == before


@pytest.mark.parametrize(("source", "target"), WAYS[:3])
def test_a_copy_that_fails_leaves_an_empty_target_and_can_be_run_again(
    source: str, target: str, new_database: NewDatabase
) -> None:
    old, new = new_database(source), new_database(target)
    fill(old)
    with open_as_it_is(old) as engine, engine.begin() as connection:
        sound = connection.scalar(select(t.Claim.text).where(t.Claim.article_id == first_article(connection)))
        _set_text(connection, "tampered with")
    with pytest.raises(StoreError, match="not sound: claim"):
        copy(old, new)
    assert not any(contents(new).values())
    with open_as_it_is(old) as engine, engine.begin() as connection:
        _set_text(connection, str(sound))
    copy(old, new)
    assert contents(new) == contents(old)


def first_article(connection: Connection) -> str:
    return str(connection.scalar(select(t.Article.id).where(t.Article.path == "a.txt")))


def _set_text(connection: Connection, words: str) -> None:
    connection.execute(
        t.Claim.__table__.update().where(t.Claim.article_id == first_article(connection)).values(text=words)
    )


def test_a_backup_is_whole_while_others_write(tmp_path: Path) -> None:
    path, file = tmp_path / "a.db", tmp_path / "backup.db"
    fill(str(path))
    stop = threading.Event()

    def write() -> None:
        with open_store(path, who="writer") as store:
            number = 0
            while not stop.is_set():
                number += 1
                put(store, make_article(f"{number}. Ada Quill said the bridge is open.", f"{number}.txt"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            upkeep.back_up(path, file, replace=True)
            with open_store(file, create=False) as store:
                assert list(store.verify()) == []
    finally:
        stop.set()
        writer.join()
    assert sorted(p.name for p in tmp_path.iterdir() if "part" in p.name) == []


def test_a_backup_replaces_nothing_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    fill(str(path))
    precious = tmp_path / "notes.txt"
    precious.write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        upkeep.back_up(path, precious)
    with pytest.raises(UsageError, match="the database itself"):
        upkeep.back_up(path, path, replace=True)
    with pytest.raises(UsageError, match="folder that exists"):
        upkeep.back_up(path, tmp_path / "none" / "b.db")
    assert precious.read_text() == "mine"


@pytest.mark.slow
def test_a_backup_of_postgresql_is_a_sqlite_file(new_database: NewDatabase, tmp_path: Path) -> None:
    database = new_database("postgresql")
    fill(database)
    upkeep.back_up(database, tmp_path / "b.db")
    assert [p.name for p in tmp_path.iterdir()] == ["b.db"]
    assert contents(str(tmp_path / "b.db")) == contents(database)


def test_compacting_gives_room_back_and_changes_nothing(database: str) -> None:
    fill(database)
    before = contents(database)
    upkeep.vacuum(database)
    assert contents(database) == before
    assert examine(database).revision == examine(database).head


def test_looking_makes_and_upgrades_nothing(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert examine(path).revision is None
    assert path.read_bytes() == b""
    fill(str(tmp_path / "old.db"))
    with sqlite3.connect(tmp_path / "old.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    found = examine(tmp_path / "old.db")
    assert (found.revision, found.pending, found.newer) == ("0001", True, False)
    with pytest.raises(StoreError, match="claimtrack db upgrade"):
        copy(tmp_path / "old.db", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()
