"""verify: proof that nothing was changed, in the database or in an export of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.options import Globals

if TYPE_CHECKING:
    from collections.abc import Iterable


def verify(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="An export of this database; by default the database itself."),
    ] = None,
) -> None:
    """Prove the database or an export unaltered.

    The database: texts against their hashes, claims against their offsets, the log's chain, and who is
    who against people's decisions. An export: the file against its FILE.proof.json and both against the
    log. Names each thing that is not as it was written, in an export by line, row and column. Exit code
    1 where there is any.
    """
    state: Globals = ctx.obj
    with state.open_whole() as store:
        if file is None:
            if _print(store.verify()):
                raise typer.Exit(1)
            totals = store.totals()
            _print(
                [f"{totals.articles} articles, {totals.claims} claims, {totals.events} events: all as stored"]
            )
            return
        from claimtrack.proof import check_export

        checked = check_export(store, file)
        if _print(checked.faults):
            raise typer.Exit(1)
        _print([checked.proven])


def _print(lines: Iterable[str]) -> int:
    """Write lines to standard output; returns how many."""
    from claimtrack.reports.cells import one_line

    count = 0
    for line in lines:
        sys.stdout.write(one_line(line) + "\n")
        count += 1
    return count


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(verify)
