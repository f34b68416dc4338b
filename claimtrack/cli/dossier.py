"""speaker: the dossier of one speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from claimtrack.cli.lists import NOTHING_YET, OutletOption, SearchOption, SinceOption, UntilOption
from claimtrack.cli.options import Globals, Output, pages
from claimtrack.cli.output import say_merged, write_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from claimtrack.reports.dossier import Dossier
    from claimtrack.reports.formats import Report


@pages
def speaker(
    ctx: typer.Context,
    out: Output,
    name: Annotated[str, typer.Argument(help="A name, a part of one, or an id.", metavar="NAME")],
    changes: Annotated[
        bool,
        typer.Option(
            "--changes",
            help="Only the changed positions: their own earlier words against later ones.",
            show_default=False,
        ),
    ] = False,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    search: SearchOption = None,
) -> None:
    """Show one speaker: roles, words day by day, changed positions, who disagrees.

    Formats md and html give the whole dossier as a page to read, json, jsonl and csv one claim a row.
    """
    from claimtrack.reports.dispute_rows import versions_report
    from claimtrack.reports.dossier import dossier_report, make_dossier

    state: Globals = ctx.obj
    with state.open_to_read() as store:
        person = store.find_speaker(name)
        say_merged(store, name)
        claims = list(
            store.claims(
                speaker=person.id,
                outlet=outlet,
                since=since.date() if since else None,
                until=until.date() if until else None,
                search=search,
                limit=out.limit,
            )
        )
        dossier = make_dossier(person, claims, store.relations_of([claim.id for claim in claims]))

        def draw(console: Console, _: Iterable[Dossier]) -> None:
            from claimtrack.cli.draw_dossier import draw_changes, draw_dossier

            if changes:
                draw_changes(console, dossier.changes)
            else:
                draw_dossier(console, dossier)

        def report(_: Iterable[Dossier]) -> Report:
            return versions_report(dossier.changes) if changes else dossier_report(dossier)

        def page(_: Iterable[Dossier], format: str, text: TextIO) -> None:
            from claimtrack.reports.pages import write_dossier

            write_dossier(dossier, format, text, changes_only=changes)

        if changes:
            empty = f"No changed positions of {person.name} found."
        elif outlet or since or until or search:
            empty = f"No claims of {person.name} fit. Try fewer filters."
        else:
            empty = f"No claims of {person.name} are left. {NOTHING_YET}"
        found = [dossier] if (dossier.changes if changes else claims) else []
        write_list(out, found, report, draw, empty, page)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(speaker)
