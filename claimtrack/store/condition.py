"""What a database is like, asked without making, changing or upgrading anything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from os import PathLike, fspath
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text

from claimtrack.errors import StoreError
from claimtrack.store import tables as t
from claimtrack.store.migrate import HEAD, revision
from claimtrack.store.session import connect, read_url, shown, told


@dataclass(frozen=True)
class Condition:
    """A database as it stands; `rows` has the tables that are there, in the order of their names."""

    kind: str  # "SQLite" or "PostgreSQL"
    place: str  # the file, or the URL without its password
    version: str  # of the database program
    size: int  # bytes on disk, of a SQLite file with its write-ahead log
    revision: str | None  # None: it holds no tables of ours
    head: str  # the revision that this program needs
    journal: str | None  # SQLite's journal mode
    writable: bool
    rows: dict[str, int]
    first_event: datetime | None
    last_event: datetime | None
    last_hash: str | None

    @property
    def pending(self) -> bool:
        """Whether migrations wait: `claimtrack db upgrade` runs them."""
        return self.revision is not None and self.revision < self.head

    @property
    def newer(self) -> bool:
        """Whether a newer program made it, which this one refuses."""
        return self.revision is not None and self.revision > self.head


@contextmanager
def open_as_it_is(url_or_path: str | PathLike[str]) -> Iterator[Engine]:
    """A database that exists, at whatever revision.

    Raises UsageError for a name that cannot be one, NotFoundError for a file that is not there, StoreError
    for what cannot be reached or is no database.
    """
    url = read_url(fspath(url_or_path))
    with told(url):
        engine = connect(url, create=False)
        try:
            yield engine
        finally:
            engine.dispose()


def examine(url_or_path: str | PathLike[str], count: bool = True) -> Condition:
    """The condition of a database; without `count` no rows are counted, which takes long in a large one.

    Raises as `open_as_it_is` does.
    """
    with open_as_it_is(url_or_path) as engine, engine.connect() as connection:
        return _condition(connection, engine, count)


def is_empty(connection: Connection) -> bool:
    """Whether not one of our tables holds a row."""
    return not any(
        connection.execute(select(1).select_from(table).limit(1)).first()
        for table in t.Base.metadata.sorted_tables
    )


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each of our tables holds, leaving out tables that are not there yet."""
    there = set(inspect(connection).get_table_names())
    return {
        name: connection.scalar(select(func.count()).select_from(table)) or 0
        for name, table in sorted(t.Base.metadata.tables.items())
        if name in there
    }


def _condition(connection: Connection, engine: Engine, count: bool) -> Condition:
    sqlite = engine.dialect.name == "sqlite"
    found = revision(connection)
    first, last, last_hash = _log_ends(connection) if found else (None, None, None)
    return Condition(
        kind="SQLite" if sqlite else "PostgreSQL",
        place=shown(engine.url),
        version=".".join(map(str, engine.dialect.server_version_info or ())) or _sqlite_version(connection),
        size=_file_size(Path(engine.url.database or "")) if sqlite else _server_size(connection),
        revision=found,
        head=HEAD,
        journal=connection.scalar(text("PRAGMA journal_mode")) if sqlite else None,
        writable=_writable_file(Path(engine.url.database or "")) if sqlite else _writable_server(connection),
        rows=count_rows(connection) if found and count else {},
        first_event=first,
        last_event=last,
        last_hash=last_hash,
    )


def _log_ends(connection: Connection) -> tuple[datetime | None, datetime | None, str | None]:
    columns = select(t.Event.at, t.Event.hash)
    first = connection.execute(columns.order_by(t.Event.id).limit(1)).one_or_none()
    last = connection.execute(columns.order_by(t.Event.id.desc()).limit(1)).one_or_none()
    if first is None or last is None:
        return None, None, None
    return first.at.astimezone(UTC), last.at.astimezone(UTC), last.hash


def _sqlite_version(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT sqlite_version()")))


def _file_size(path: Path) -> int:
    parts = (path, path.with_name(path.name + "-wal"))
    return sum(part.stat().st_size for part in parts if part.exists())


def _server_size(connection: Connection) -> int:
    """Bytes of our tables and their indexes; the database may hold other programs' tables too."""
    there = set(inspect(connection).get_table_names()) & set(t.Base.metadata.tables)
    sizes = (func.pg_total_relation_size(func.to_regclass(f'"{name}"')) for name in there)
    return sum(connection.scalar(select(size)) or 0 for size in sizes)


def _writable_file(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)  # the log stands beside it


def _writable_server(connection: Connection) -> bool:
    there = inspect(connection).has_table(t.Event.__tablename__)
    asked = func.has_table_privilege(t.Event.__tablename__, "INSERT")
    schema = func.has_schema_privilege(func.current_schema(), "CREATE")
    return bool(connection.scalar(select(asked if there else schema)))


def check_upgraded(condition: Condition) -> None:
    """Raises StoreError where a database is not at the revision that this program needs."""
    if condition.revision is None:
        raise StoreError(f"The database {condition.place} is empty", "Name another with --db")
    if condition.newer:
        raise StoreError(
            f"The database {condition.place} is newer than this program (revision {condition.revision})",
            "Install a newer claimtrack, or name another database",
        )
    if condition.pending:
        raise StoreError(f"The database {condition.place} waits for migrations", "Run: claimtrack db upgrade")
