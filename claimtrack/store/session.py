"""Open a database: read its URL or path, connect with the right settings, bring it up to date."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from claimtrack.errors import NotFoundError, StoreError, UsageError

BUSY_SECONDS = 30  # how long one process waits for another's write
WRITER_LOCK = 0x636C61696D  # PostgreSQL advisory lock number: "claim" in ASCII
IMMEDIATE = {"claimtrack_write": True}

_SERVER = ("postgres:", "postgresql:", "postgresql+")  # no file: it may hold a password
_SECRET = re.compile(r"pass|secret|token|_key", re.IGNORECASE)  # such as sslpassword and passfile
_FORMS = "Give a file name, sqlite:///FILE or postgresql://USER@HOST/NAME"
dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def read_url(url_or_path: str) -> URL:
    """The SQLAlchemy URL of a file name or URL; raises UsageError for what cannot be one."""
    text = os.fspath(url_or_path)
    if "://" not in text and not text.startswith(_SERVER):
        if not text.strip() or text == ":memory:":
            raise UsageError(f"Not a database: {text!r}", _FORMS)
        return URL.create("sqlite+pysqlite", database=text)
    try:
        url = make_url(text)
        wrong = _wrong_part(url)
    except ArgumentError:
        wrong = "it has not the form of one"
    except ValueError:  # of all parts only the port is turned into a number
        wrong = "its port is no number"
    if wrong:
        # Neither the text nor, by a traceback, what was found wrong in it: both may hold a password.
        held = "" if "@" in text or "?" in text else f": {text!r}"
        raise UsageError(f"Not a database URL, {wrong}{held}", _FORMS) from None
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        if not url.database or url.database == ":memory:":
            raise UsageError("A database in memory would be lost when the command ends", _FORMS)
        return url.set(drivername="sqlite+pysqlite")
    if url.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return url.set(drivername="postgresql+psycopg")
    raise UsageError(f"Unknown kind of database: {url.drivername}", _FORMS)


def connect(url: URL, create: bool, read_only: bool = False) -> Engine:
    """An engine for `url`; raises UsageError for a wrong place, NotFoundError for a missing file."""
    if url.get_backend_name() == "sqlite":
        _check_file(Path(url.database or ""), create)
        engine = create_engine(url, json_serializer=dumps, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        if read_only:
            event.listen(engine, "connect", _keep_sqlite)
        return engine
    try:
        engine = create_engine(url, json_serializer=dumps, connect_args={"connect_timeout": 10})
    except ImportError as exc:
        raise UsageError(
            "PostgreSQL needs a driver that is not installed",
            "Install it with: pip install 'claimtrack[postgres]'",
        ) from exc
    event.listen(engine, "begin", _begin_postgres)
    return engine.execution_options(postgresql_readonly=True) if read_only else engine


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Turn the database's own errors into a StoreError of one line that never shows a password."""
    try:
        yield
    except DBAPIError as exc:
        reason = str(exc.orig).strip().splitlines()[0] if str(exc.orig).strip() else type(exc.orig).__name__
        if "not a database" in reason:
            raise StoreError(
                f"{shown(url)} is not a claimtrack database", "Name another file with --db"
            ) from exc
        hint = "Check that it can be reached, and that there is room to write"
        if "malformed" in reason:
            hint = "Its file is damaged: put a backup in its place, as `claimtrack db backup` makes them"
        elif re.search("read-?only|permission denied|unable to open", reason, re.IGNORECASE):
            hint = "Ask for the right to read and write it, and the folder that its file lies in"
        raise StoreError(f"The database {shown(url)} failed: {reason}", hint) from exc


def shown(url: URL) -> str:
    """The database as a user may see it: the file's path, or the URL without any password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    secret = [name for name in url.query if _SECRET.search(name)]
    return url.difference_update_query(secret).render_as_string(hide_password=True)


def _wrong_part(url: URL) -> str:
    # What comes after the first "@" of a password would be taken for other parts, and shown.
    split = url.password is not None and "@" in f"{url.host}{url.database}"
    return "it has two @; in a password write %40" if split else ""


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a database", "Name a file inside it with --db")
    if not path.exists() and not create:
        raise NotFoundError(
            f"There is no database at {path}",
            "Make one with `claimtrack ingest PATH`, or name another with --db",
        )
    if not path.parent.is_dir():
        raise UsageError(f"The folder {path.parent} does not exist", "Make it, or name another with --db")


def _prepare_sqlite(dbapi: Any, _record: Any) -> None:
    # Transactions are begun by `_begin_sqlite`: the driver's own way would commit before DDL.
    dbapi.isolation_level = None
    cursor = dbapi.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _keep_sqlite(dbapi: Any, _record: Any) -> None:
    # Not "mode=ro", which cannot read a file whose log nobody has open.
    dbapi.execute("PRAGMA query_only = ON")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a reader that turns writer half-way may fail instead of waiting.
    writes = connection.get_execution_options().get("claimtrack_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    # One writer at a time, as in SQLite: the event chain needs to know the entry before.
    if connection.get_execution_options().get("claimtrack_write"):
        connection.execute(select(func.pg_advisory_xact_lock(WRITER_LOCK)))
