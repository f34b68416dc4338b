"""log: the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.options import Globals, Output, lists
from claimtrack.cli.output import write_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.text import Text

    from claimtrack.store.views import EventView


@lists
def log(
    ctx: typer.Context,
    out: Output,
    key: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="Only what concerns this article, claim, relation, speaker, outlet or decision: its id.",
        ),
    ] = None,
) -> None:
    """Show what was changed, by whom and when, the newest first."""
    from claimtrack.reports.log import events_of, log_report

    state: Globals = ctx.obj
    with state.open_to_read() as store:
        empty = f"Nothing in the log concerns {key}." if key else "The log is empty."
        write_list(out, events_of(store, key, out.limit), log_report, _draw_events, empty)


def _draw_events(console: Console, events: Iterable[EventView]) -> None:
    from rich.text import Text

    from claimtrack.cli.tables import ID_WIDTH, Column, draw_table, identifier, stacked
    from claimtrack.cli.terminal import WIDE, shown
    from claimtrack.reports.log import tell

    def when(event: EventView) -> Text:
        return Text(f"{event.at:%Y-%m-%d %H:%M}", "dim")

    def which(event: EventView) -> Text:
        return identifier(event.subject) if event.subject else Text("")

    columns: list[Column[EventView]] = [Column("No.", lambda e: shown(str(e.id)), 6, justify="right")]
    if console.width < WIDE:
        columns += [
            Column("When, who, on what", lambda e: stacked(when(e), shown(e.who), which(e)), 18),
            Column("What", lambda e: stacked(shown(e.kind, "bold"), shown(tell(e)))),
        ]
    else:
        columns += [
            Column("When (UTC)", when, 16),
            Column("Who", lambda e: shown(e.who), share=1),
            Column("Kind", lambda e: shown(e.kind, "bold"), 20),
            Column("On", which, ID_WIDTH),
            Column("What", lambda e: shown(tell(e)), share=4),
        ]
    draw_table(console, columns, events)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(log)
