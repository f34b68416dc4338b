"""A single byte changed behind the store's back is found, and its place is named."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claimtrack.errors import StoreError
from claimtrack.records import Decision, Verdict
from claimtrack.store import open_store
from tests.store.build import make_article, make_claim, put

TEXT = "Quill said “the bridge is open”, née Brücke. 1.0"
COLUMNS = {
    "event": ("kind", "subject", "at", "who", "program", "payload", "previous", "hash"),
    "article": ("body", "sha256"),
    "claim": ("text", "content", "source", "folded"),
    "verdict": ("subject", "decision", "reviewer", "at", "note", "kind", "reason"),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "whole.db"
    with open_store(path, who="tester") as store:
        article = make_article(TEXT)
        claim = make_claim(article, "the bridge is open")
        put(store, article, claim)
        with store.transaction():
            store.append_event("article added", article.key, {"path": "é.txt", "é": [1, 2.5, 1.0, None]})
            store.decide(Verdict(claim.key, Decision.CONFIRMED, "mia", datetime(2024, 5, 1, tzinfo=UTC)))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
    with open_store(path) as store:
        assert list(store.verify()) == []
    return path


def cells(path: Path) -> Iterator[tuple[str, str, int, bytes]]:
    with sqlite3.connect(path) as connection:
        for table, columns in COLUMNS.items():
            for column in columns:
                query = f"SELECT rowid, CAST({column} AS BLOB) FROM {table}"
                yield from ((table, column, key, cell) for key, cell in connection.execute(query) if cell)


def named(table: str, key: int, path: Path) -> str:
    with sqlite3.connect(path) as connection:
        return f"{table} {connection.execute(f'SELECT id FROM {table} WHERE rowid = ?', [key]).fetchone()[0]}"


@pytest.mark.parametrize("bit", [0, 7])
def test_a_flipped_byte_of_any_cell_is_named(whole: Path, tmp_path: Path, bit: int) -> None:
    missed = []
    path = Path(shutil.copy(whole, tmp_path / "flipped.db"))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA synchronous = OFF")
    for table, column, key, cell in cells(whole):
        place = named(table, key, whole)
        update = f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE rowid = ?"
        for at in range(0, len(cell), max(1, len(cell) // 12)):
            flipped = cell[:at] + bytes([cell[at] ^ (1 << bit)]) + cell[at + 1 :]
            with sqlite3.connect(path) as connection:
                connection.execute(update, [flipped, key])
            with open_store(path) as store:
                if not any(line.startswith(place) for line in store.verify()):
                    missed.append((table, column, at, flipped))
            with sqlite3.connect(path) as connection:
                connection.execute(update, [cell, key])
    assert missed == []


def test_a_byte_flipped_on_the_disk_is_named(whole: Path, tmp_path: Path) -> None:
    stored = whole.read_bytes()
    path = tmp_path / "damaged.db"
    missed = []
    for table, column, key, cell in cells(whole):
        if column not in ("payload", "body", "text"):
            continue
        start = stored.find(cell)
        for at in range(start, start + len(cell), max(1, len(cell) // 8)):
            path.write_bytes(stored[:at] + bytes([stored[at] ^ 0x11]) + stored[at + 1 :])
            try:
                with open_store(path) as store:
                    found = list(store.verify())
            except StoreError as error:
                found = [str(error)]
            places = (named(table, key, whole), str(path))
            if not any(line.startswith(places) for line in found):
                missed.append((table, column, at - start, found))
    assert missed == []


def test_a_verdict_without_its_entry_and_an_entry_without_its_verdict(whole: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(whole, tmp_path / "changed.db"))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE verdict SET decision = 'rejected'")
    with open_store(path) as store:
        problems = list(store.verify())
    assert [line.split(":")[0].split(" on ")[0] for line in problems] == ["verdict 1", "event 2"]
