"""db: the database as a thing to look after."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.options import Globals, Output, lists
from claimtrack.cli.output import write_list

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rich.console import Console

    from claimtrack.reports.formats import Report, Row

db_app = typer.Typer()


@db_app.callback()
def db() -> None:
    """Look after the database: its size, upgrades, backups, copies."""


@db_app.command()
@lists
def info(ctx: typer.Context, out: Output) -> None:
    """Show kind, place, size, revision, rows and the ends of the log.

    Keep the last hash elsewhere: a log that was cut short shows against it.
    """
    from claimtrack.store.condition import examine

    state: Globals = ctx.obj
    found = examine(state.db)
    rows: list[Row] = [
        {"name": "kind", "value": f"{found.kind} {found.version}"},
        {"name": "place", "value": found.place},
        {"name": "size in bytes", "value": found.size},
        {"name": "revision", "value": found.revision},
        {"name": "revision needed", "value": found.head},
        {"name": "first entry of the log", "value": _moment(found.first_event)},
        {"name": "last entry of the log", "value": _moment(found.last_event)},
        {"name": "last hash", "value": found.last_hash},
        *({"name": f"rows of {table}", "value": number} for table, number in found.rows.items()),
    ]
    write_list(out, rows[: out.limit], _report, _draw, "The database is empty.")


@db_app.command()
def upgrade(ctx: typer.Context) -> None:
    """Bring the tables to what this program needs.

    Other commands do so as well when they open the database; this one does nothing else.
    """
    from claimtrack.store import upkeep

    state: Globals = ctx.obj
    before, now = upkeep.upgrade(state.db)
    _say(f"Revision {now} already." if before == now else f"Upgraded from revision {before} to {now}.")


@db_app.command()
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The SQLite file to make.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace FILE if it is there.", show_default=False)
    ] = False,
) -> None:
    """Write the database, as it stands at one moment, to a SQLite file.

    Others may go on reading and writing. The file appears when it is whole. A PostgreSQL database is
    copied into SQLite; for its own form, use pg_dump.
    """
    from claimtrack.store import upkeep

    state: Globals = ctx.obj
    upkeep.back_up(state.db, file, replace=force)
    _say(f"Backed up to {file}: {file.stat().st_size:,} bytes.")


@db_app.command()
def vacuum(ctx: typer.Context) -> None:
    """Give unused room back, and tell the database anew what its tables are like."""
    from claimtrack.store import upkeep

    state: Globals = ctx.obj
    before, now = upkeep.vacuum(state.db)
    _say(f"{before:,} bytes before, {now:,} now.")


@db_app.command()
def copy(
    ctx: typer.Context,  # noqa: ARG001 - every command takes it
    source: Annotated[str, typer.Argument(metavar="SRC", help="The database to copy: a file or URL.")],
    target: Annotated[str, typer.Argument(metavar="DST", help="An empty database, or a file to make.")],
) -> None:
    """Copy a whole database, also between SQLite and PostgreSQL.

    Verdicts, decisions and the log come along, and the copy is verified before it counts. A copy that is
    stopped leaves DST empty: run it again.
    """
    from claimtrack.store.copying import copy as copy_all

    done = copy_all(source, target)
    _say(
        f"Copied {sum(done.rows.values()):,} rows of {len(done.rows)} tables to {done.target}, "
        "and verified them."
    )


def _say(line: str) -> None:
    from claimtrack.reports.cells import one_line

    sys.stdout.write(one_line(line) + "\n")


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="seconds")


def _report(rows: Iterable[Row]) -> Report:
    from claimtrack.reports.formats import Report

    return Report(("name", "value"), rows)


def _draw(console: Console, rows: Iterable[Row]) -> None:
    from claimtrack.cli.tables import Column, draw_table
    from claimtrack.cli.terminal import shown

    def value(row: Row) -> str | None:
        found = row["value"]
        return f"{found:,}" if isinstance(found, int) else None if found is None else str(found)

    columns: list[Column[Row]] = [
        Column("What", lambda row: shown(str(row["name"])), 24),
        Column("Found", lambda row: shown(value(row), unknown="none")),
    ]
    draw_table(console, columns, rows, spaced=False)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.add_typer(db_app, name="db")
