"""Keeping a database in order: upgrading it, giving unused room back, backing it up while it is in use."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing, suppress
from os import PathLike, fspath
from pathlib import Path

from sqlalchemy import text

from claimtrack.errors import NotFoundError, StoreError, UsageError
from claimtrack.store import tables as t
from claimtrack.store.condition import check_upgraded, examine, open_as_it_is
from claimtrack.store.copying import copy
from claimtrack.store.facade import open_store
from claimtrack.store.session import BUSY_SECONDS


def upgrade(url_or_path: str | PathLike[str]) -> tuple[str, str]:
    """Run the migrations that wait; returns the revision before and the one now.

    Raises NotFoundError for a database that is not there or empty, StoreError for one that is newer.
    """
    before = examine(url_or_path, count=False).revision
    open_store(url_or_path, create=False).close()
    return before or "", examine(url_or_path, count=False).revision or ""


def vacuum(url_or_path: str | PathLike[str]) -> tuple[int, int]:
    """Give unused room back and count anew what the planner of queries goes by; the sizes before and after.

    Raises StoreError where another process holds the database for too long, or the disk has no room for the
    copy that SQLite makes meanwhile.
    """
    before = examine(url_or_path, count=False)
    check_upgraded(before)
    with open_as_it_is(url_or_path) as engine:
        if engine.dialect.name == "sqlite":
            raw = engine.raw_connection()  # VACUUM runs outside transactions
            try:
                for command in (
                    "VACUUM",
                    "ANALYZE",
                    "PRAGMA wal_checkpoint(TRUNCATE)",
                ):
                    raw.cursor().execute(command)
            except sqlite3.OperationalError as error:
                raise StoreError(
                    f"The database {before.place} cannot be compacted: {error}",
                    "Let other commands end, and see that the disk has room for a second copy",
                ) from error
            finally:
                raw.close()
        else:
            with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                for table in t.Base.metadata.sorted_tables:
                    name = engine.dialect.identifier_preparer.format_table(table)
                    connection.execute(text(f"VACUUM (ANALYZE) {name}"))
    return before.size, examine(url_or_path, count=False).size


def back_up(url_or_path: str | PathLike[str], file: Path, replace: bool = False) -> None:
    """Write the whole database, as it stands at one moment, to a SQLite file that appears only when complete.

    Others may read and write meanwhile.  A PostgreSQL database is copied into SQLite.  Raises UsageError
    where the file is there already (unless `replace`), is the database itself, or cannot be made, and
    StoreError where the copy is not sound.
    """
    check_upgraded(examine(url_or_path, count=False))
    with open_as_it_is(url_or_path) as engine:
        source = Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None
    target = _target(file, source, replace)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        if source is None:
            copy(url_or_path, temporary)
        else:
            _copy_pages(source, temporary)
        _keep_on_disk(temporary)
        temporary.replace(target)
        _keep_on_disk(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"The backup {file} failed: {error}", "See that the disk has room") from error
    finally:
        for end in ("", "-wal", "-shm"):
            with suppress(OSError):
                temporary.with_name(temporary.name + end).unlink()


def _target(file: Path, source: Path | None, replace: bool) -> Path:
    target = Path(os.path.realpath(file))
    if source is not None and target.exists() and target.samefile(source):
        raise UsageError(f"{file} is the database itself", "Name another file")
    if target.is_dir() or not target.parent.is_dir():
        raise UsageError(f"No file can be made at {file}", "Name a file in a folder that exists")
    if target.exists() and not replace:
        raise UsageError(f"{file} is there already", "Name another file, or give --force to replace it")
    return target


def _copy_pages(source: Path, target: Path) -> None:
    """SQLite's own online copy: all pages under one lock for readers, so that no write comes between."""
    if not source.is_file():
        raise NotFoundError(f"There is no database at {source}", "Name another with --db")
    with (
        closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # one file, whatever the original keeps beside it
        found = new.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreError(f"The copy is not sound: {found}", "Run `claimtrack verify` on the database")
    target.chmod(source.stat().st_mode & 0o777)


def _keep_on_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk and not only in memory."""
    handle = os.open(fspath(path), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
