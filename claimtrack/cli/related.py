"""contradictions, corroborations, speaker: how claims stand to each other."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.lists import NOTHING_YET, OutletOption, SpeakerOption
from claimtrack.cli.options import Globals, Output, lists
from claimtrack.cli.output import write_list
from claimtrack.records import RelationKind

if TYPE_CHECKING:
    from rich.console import Console

    from claimtrack.reports.formats import Report
    from claimtrack.store.views import ClaimView, RelationView


@lists
def contradictions(
    ctx: typer.Context,
    out: Output,
    speaker: SpeakerOption = None,
    outlet: OutletOption = None,
    min_score: Annotated[
        float, typer.Option("--min-score", min=0.0, max=1.0, help="Only at least this sure.", metavar="0..1")
    ] = 0.0,
    updates: Annotated[
        bool, typer.Option("--updates/--no-updates", help="Show changed positions as well.")
    ] = True,
) -> None:
    """Show who contradicts whom, then who changed position."""
    from claimtrack.cli.cards import draw_relations
    from claimtrack.reports.rows import relations_report

    kinds = [RelationKind.CONTRADICTS, *([RelationKind.UPDATES] if updates else [])]
    state: Globals = ctx.obj
    with state.open_to_read() as store:
        found: Iterable[RelationView] = chain.from_iterable(
            store.relations([kind], speaker=speaker, outlet=outlet, min_score=min_score, limit=out.limit)
            for kind in kinds
        )
        filters = speaker or outlet or min_score
        empty = "No contradictions found" + (" with these filters." if filters else ".")
        write_list(out, islice(found, out.limit), relations_report, draw_relations, empty)


@lists
def corroborations(
    ctx: typer.Context,
    out: Output,
    speaker: SpeakerOption = None,
    min_origins: Annotated[
        int,
        typer.Option("--min-origins", min=1, help="Only what so many independent origins say.", metavar="N"),
    ] = 1,
) -> None:
    """Show who supports whom, counted by independent origin.

    Claims of one origin, such as reprints of one agency story, are no support for each other.
    """
    from claimtrack.cli.cards import draw_support
    from claimtrack.reports.support import group_support, support_report

    kinds = [RelationKind.CORROBORATES, RelationKind.REPEATS]
    state: Globals = ctx.obj
    with state.open_to_read() as store:
        who = store.find_speaker(speaker).id if speaker else None
        kept = (
            group
            for group in group_support(store.relations(kinds))
            if len(group.origins) >= min_origins
            and (who is None or any(claim.speaker_id == who for claim in group.claims))
        )
        many = f" with {min_origins} origins or more" if min_origins > 1 else ""
        write_list(
            out, islice(kept, out.limit), support_report, draw_support, f"No corroborations{many} found."
        )


@lists
def speaker(
    ctx: typer.Context,
    out: Output,
    name: Annotated[str, typer.Argument(help="A name, another name, or an id.", metavar="NAME")],
) -> None:
    """Show one speaker's claims and who disagrees."""
    from claimtrack.cli.cards import draw_dossier
    from claimtrack.cli.context import draw_speaker
    from claimtrack.reports.rows import dossier_report

    state: Globals = ctx.obj
    with state.open_to_read() as store:
        person = store.find_speaker(name)
        claims = list(store.claims(speaker=person.id, limit=out.limit))
        relations = store.relations_of([claim.id for claim in claims])

        def report(found: Iterable[ClaimView]) -> Report:
            return dossier_report(found, relations)

        def draw(console: Console, found: Iterable[ClaimView]) -> None:
            draw_speaker(console, person)
            draw_dossier(console, found, relations)

        write_list(out, claims, report, draw, f"No claims of {person.name} are left. {NOTHING_YET}")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    for command in (contradictions, corroborations, speaker):
        app.command()(command)
