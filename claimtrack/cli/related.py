"""contradictions, corroborations: how claims stand to each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.lists import OutletOption, SpeakerOption
from claimtrack.cli.options import Globals, Output, lists
from claimtrack.cli.output import say_merged, write_list
from claimtrack.records import RelationKind

if TYPE_CHECKING:
    from claimtrack.store.views import RelationView

MinScoreOption = Annotated[
    float, typer.Option("--min-score", min=0.0, max=1.0, help="Only at least this sure.", metavar="0..1")
]

ExplainOption = Annotated[
    bool,
    typer.Option(
        "--explain", help="Show every signal with its value and what it counted.", show_default=False
    ),
]


@lists
def contradictions(
    ctx: typer.Context,
    out: Output,
    speaker: SpeakerOption = None,
    outlet: OutletOption = None,
    min_score: MinScoreOption = 0.0,
    updates: Annotated[
        bool, typer.Option("--updates/--no-updates", help="Show changed positions as well.")
    ] = True,
    explain: ExplainOption = False,
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
        say_merged(store, speaker)
        filters = speaker or outlet or min_score
        empty = "No contradictions found" + (" with these filters." if filters else ".")
        draw = partial(draw_relations, explain=explain)
        write_list(out, islice(found, out.limit), relations_report, draw, empty)


@lists
def corroborations(
    ctx: typer.Context,
    out: Output,
    speaker: SpeakerOption = None,
    min_origins: Annotated[
        int,
        typer.Option("--min-origins", min=1, help="Only what so many assert independently.", metavar="N"),
    ] = 1,
    min_score: MinScoreOption = 0.0,
    explain: ExplainOption = False,
) -> None:
    """Show who supports whom, counted by independent origin.

    Claims of one origin, such as reprints of one agency story, are no support for each other, and one
    speaker is one origin. Apart from that stands how many outlets heard it independently: relays, wire
    copies and reprints left out.
    """
    from claimtrack.cli.cards import draw_support
    from claimtrack.reports.support import group_support, support_report

    kinds = [RelationKind.CORROBORATES, RelationKind.REPEATS]
    state: Globals = ctx.obj
    with state.open_to_read() as store:
        who = store.find_speaker(speaker).id if speaker else None
        say_merged(store, speaker)
        kept = (
            group
            for group in group_support(store.relations(kinds, min_score=min_score))
            if len(group.origins) >= min_origins
            and (who is None or any(claim.speaker_id == who for claim in group.claims))
        )
        many = f" with {min_origins} origins or more" if min_origins > 1 else ""
        draw = partial(draw_support, explain=explain)
        write_list(out, islice(kept, out.limit), support_report, draw, f"No corroborations{many} found.")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    for command in (contradictions, corroborations):
        app.command()(command)
