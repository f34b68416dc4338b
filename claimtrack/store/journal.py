"""Write-ahead logging in SQLite files: readers never wait for a writer, nor a writer for readers."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

_WAL = "PRAGMA journal_mode = WAL"


def prefer_wal(engine: Engine) -> None:
    """Put a SQLite file into WAL mode where it is not (a backup is not), and can be; it then stays so.

    A file that cannot be written, one that others keep busy, and a file system without what WAL needs are
    left as they are: everything works there, only readers and writers wait for each other.
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode")
        if cursor.fetchall() != [("wal",)] and _is_possible(Path(engine.url.database or "").resolve().parent):
            cursor.execute(_WAL)
            cursor.fetchall()
    except sqlite3.Error:
        pass  # what is wrong with it shows where it is read or written
    finally:
        raw.close()


def _is_possible(folder: Path) -> bool:
    """Whether a database in WAL mode can be used in a folder.

    Tried on another file: where memory cannot be shared through files SQLite makes the switch all the same,
    and nobody can read the database from then on.
    """
    try:
        with (
            tempfile.TemporaryDirectory(prefix=".claimtrack-", dir=folder) as scratch,
            closing(sqlite3.connect(Path(scratch) / "wal.db", isolation_level=None)) as trial,
        ):
            trial.execute("PRAGMA synchronous = OFF")
            mode = trial.execute(_WAL).fetchone()
            trial.execute("CREATE TABLE trial (n)")
            return bool(mode == ("wal",))
    except (OSError, sqlite3.Error):
        return False
