"""outlets: who publishes, and which of them are one."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from claimtrack.cli.deciding import NoteOption, ReviewerOption, decide
from claimtrack.cli.lists import NOTHING_YET
from claimtrack.cli.options import Globals, Output, lists
from claimtrack.cli.output import write_list

outlets_app = typer.Typer(invoke_without_command=True)


@outlets_app.callback()
@lists
def outlets(ctx: typer.Context, out: Output) -> None:
    """List the outlets and agencies; decide which are one.

    Without a command it lists. Every decision can be undone: claimtrack speakers undo.
    """
    if ctx.invoked_subcommand is not None:
        return
    from claimtrack.cli.tables import draw_outlets
    from claimtrack.reports.rows import outlets_report

    state: Globals = ctx.obj
    with state.open_to_read() as store:
        write_list(
            out,
            store.outlets(limit=out.limit),
            outlets_report,
            draw_outlets,
            f"No outlets yet. {NOTHING_YET}",
        )


@outlets_app.command()
def merge(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="Which becomes part of the other: its name.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Which stays, with its name.")],
    reviewer: ReviewerOption = None,
    note: NoteOption = "",
) -> None:
    """Say that outlet A is outlet B: A's articles, those to come too, are B's."""
    from claimtrack.review import merge_outlets

    decide(ctx.obj, partial(merge_outlets, a=a, b=b, note=note), reviewer)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.add_typer(outlets_app, name="outlets")
