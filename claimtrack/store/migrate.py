"""Bring a database to the program's tables on first use, and refuse one that is newer.

Alembic is imported only when there is something to do: commands that read must start at once.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, column, func, inspect, select, table

from claimtrack.errors import NotFoundError, StoreError
from claimtrack.store.session import IMMEDIATE, shown
from claimtrack.store.tables import Base

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"  # the newest revision in alembic/versions; a test holds the two together

_VERSION = table("alembic_version", column("version_num"))
_SCHEMA = table("sqlite_master", column("type"), column("name"))


def upgrade(engine: Engine, create: bool, read_only: bool = False) -> None:
    """Make the tables or bring them to HEAD.

    Raises NotFoundError if there are none and `create` is false, StoreError if the database is newer,
    holds another program's tables, or is `read_only` and older.
    """
    with engine.connect() as connection:
        found = revision(connection)
    if found == HEAD:
        return
    if found is None and not create:
        raise NotFoundError(
            f"The database {shown(engine.url)} is empty",
            "Fill it with `claimtrack ingest PATH`, or name another with --db",
        )
    if read_only and found is not None and found < HEAD:
        place = shown(engine.url)
        raise StoreError(f"The database {place} waits for migrations", "Run: claimtrack db upgrade")
    if engine.dialect.name == "sqlite" and found is None:
        with engine.connect() as connection:
            _refuse_foreign(connection, engine)
    with engine.execution_options(**IMMEDIATE).begin() as connection:
        # Asked again under the lock: another process may have done the work meanwhile.
        found = revision(connection)
        if found is None:
            _refuse_foreign(connection, engine)
        if found != HEAD:
            _run(connection, found)


def revision(connection: Connection) -> str | None:
    """The revision the database says it has; None where it holds no version table."""
    # Not SQLAlchemy's inspection, which takes a reading command a while to import.
    if connection.dialect.name == "sqlite":
        there = select(_SCHEMA.c.name).where(_SCHEMA.c.type == "table", _SCHEMA.c.name == _VERSION.name)
    else:
        there = select(func.to_regclass(_VERSION.name))
    if connection.scalar(there) is None:
        return None
    found: str | None = connection.scalar(select(_VERSION.c.version_num))
    return found


def config(connection: Connection) -> Config:
    """Alembic's settings, made in code, on a connection that is already open."""
    from alembic.config import Config  # noqa: PLC0415  # see the module's docstring

    package = Path(__file__).resolve().parents[1]
    installed = package / "_alembic"
    scripts = installed if installed.is_dir() else package.parent / "alembic"
    out = Config()
    out.set_main_option("script_location", str(scripts).replace("%", "%%"))
    out.attributes["connection"] = connection
    return out


def _run(connection: Connection, found: str | None) -> None:
    from alembic import command  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    settings = config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"The database {shown(connection.engine.url)} is newer than this program (revision {found})",
            "Install a newer claimtrack, or name another database with --db",
        )
    command.upgrade(settings, "head")
    facts = {"database": shown(connection.engine.url), "from": found, "to": HEAD}
    logging.getLogger(__name__).info("database upgraded", extra={"facts": facts})


def _refuse_foreign(connection: Connection, engine: Engine) -> None:
    """A SQLite file is ours alone; a PostgreSQL database may be shared while no name collides."""
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    clash = tables if engine.dialect.name == "sqlite" else tables & set(Base.metadata.tables)
    if clash and revision(connection) is None:
        raise StoreError(
            f"{shown(engine.url)} holds another program's tables ({', '.join(sorted(clash)[:3])})",
            "Name another database with --db",
        )
