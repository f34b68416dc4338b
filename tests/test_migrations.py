"""The tables that the migrations make are those of the models, and old and new databases are told apart."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from claimtrack.errors import StoreError
from claimtrack.store import open_store
from claimtrack.store.migrate import HEAD, config, revision, upgrade
from claimtrack.store.session import connect, read_url
from claimtrack.store.tables import Base

ROOT = Path(__file__).parents[1]


def test_migrations_make_the_tables_of_the_models(nowhere: str) -> None:
    engine = connect(read_url(nowhere), create=True)
    upgrade(engine, create=True)
    with engine.connect() as connection:
        options = {"include_object": lambda _object, name, *_: name != "ix_speaker_shown"}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
        assert revision(connection) == HEAD
    engine.dispose()


def test_downgrade_leaves_nothing_and_the_way_up_is_open_again(nowhere: str) -> None:
    engine = connect(read_url(nowhere), create=True)
    upgrade(engine, create=True)
    with engine.begin() as connection:
        command.downgrade(config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    upgrade(engine, create=True)
    with engine.connect() as connection:
        assert revision(connection) == HEAD
    engine.dispose()


def test_the_known_head_is_alembics(tmp_path: Path) -> None:
    engine = connect(read_url(str(tmp_path / "a.db")), create=True)
    with engine.connect() as connection:
        assert ScriptDirectory.from_config(config(connection)).get_heads() == [HEAD]


def test_a_newer_database_is_refused_and_left_alone(nowhere: str) -> None:
    open_store(nowhere).close()
    engine = connect(read_url(nowhere), create=True)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer than this program.*Install a newer claimtrack"):
        open_store(nowhere)
    with engine.connect() as connection:
        assert revision(connection) == "9999"
    engine.dispose()


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's tables"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_failed_upgrade_leaves_no_tables(nowhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = connect(read_url(nowhere), create=True)
    up = command.upgrade

    def then_stop(*args: object) -> None:
        up(*args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "upgrade", then_stop)
    with pytest.raises(KeyboardInterrupt):
        upgrade(engine, create=True)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()


@pytest.mark.slow
def test_processes_that_upgrade_at_once_do_not_collide(nowhere: str) -> None:
    code = "import sys; from claimtrack.store import open_store; open_store(sys.argv[1]).close()"
    running = [
        subprocess.Popen([sys.executable, "-c", code, nowhere], stderr=subprocess.PIPE, cwd=ROOT, text=True)
        for _ in range(4)
    ]
    assert [(process.wait(), process.stderr.read() if process.stderr else "") for process in running] == [
        (0, "")
    ] * 4
