"""contradictions, corroborations: how claims stand to each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.lists import OutletOption, SpeakerOption
from claimtrack.cli.options import Globals, Output, Status, lists, statuses_of
from claimtrack.cli.output import say_merged, talk, write_list
from claimtrack.records import RelationKind
from claimtrack.reports.cells import many

if TYPE_CHECKING:
    from claimtrack.store.views import RelationView

MinScoreOption = Annotated[
    float, typer.Option("--min-score", min=0.0, max=1.0, help="Only at least this sure.", metavar="0..1")
]

StatusOption = Annotated[
    Status | None,
    typer.Option(
        "--status",
        help="Only what is open, confirmed, rejected or unsure (default: all but rejected).",
        metavar="open|confirmed|rejected|unsure|all",
        show_default=False,
    ),
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
    status: StatusOption = None,
    explain: ExplainOption = False,
) -> None:
    """Show who contradicts whom, then who changed position.

    What reviewers rejected is left out, and so is what stands on a claim that they rejected; --status
    all shows everything.
    """
    from claimtrack.cli.cards import draw_relations
    from claimtrack.reports.rows import relations_report
    from claimtrack.store.views import ReviewStatus

    kinds = [RelationKind.CONTRADICTS, *([RelationKind.UPDATES] if updates else [])]
    state: Globals = ctx.obj
    with state.open_to_read() as store:
        found: Iterable[RelationView] = chain.from_iterable(
            store.relations(
                [kind],
                speaker=speaker,
                outlet=outlet,
                min_score=min_score,
                limit=out.limit,
                statuses=statuses_of(status),
            )
            for kind in kinds
        )
        say_merged(store, speaker)
        if status is None:
            _say_left_out(
                store.count_relations_with([ReviewStatus.REJECTED], kinds, speaker, outlet, min_score)
            )
        filters = speaker or outlet or min_score or status
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
    status: StatusOption = None,
    explain: ExplainOption = False,
) -> None:
    """Show who supports whom, counted by independent origin.

    Claims of one origin, such as reprints of one agency story, are no support for each other, and one
    speaker is one origin. Apart from that stands how many outlets heard it independently: relays, wire
    copies and reprints left out. What reviewers rejected supports nobody, unless --status all counts it.
    """
    from claimtrack.cli.cards import draw_support
    from claimtrack.reports.support import group_support, support_report
    from claimtrack.store.views import ReviewStatus

    kinds = [RelationKind.CORROBORATES, RelationKind.REPEATS]
    state: Globals = ctx.obj
    with state.open_to_read() as store:
        who = store.find_speaker(speaker).id if speaker else None
        say_merged(store, speaker)
        if status is None:
            rejected = [ReviewStatus.REJECTED]
            _say_left_out(store.count_relations_with(rejected, kinds, speaker, min_score=min_score))
        found = store.relations(kinds, min_score=min_score, statuses=statuses_of(status))
        kept = (
            group
            for group in group_support(found)
            if len(group.origins) >= min_origins
            and (who is None or any(claim.speaker_id == who for claim in group.claims))
        )
        many = f" with {min_origins} origins or more" if min_origins > 1 else ""
        draw = partial(draw_support, explain=explain)
        write_list(out, islice(kept, out.limit), support_report, draw, f"No corroborations{many} found.")


def _say_left_out(rejected: int) -> None:
    if rejected:
        talk(f"{many(rejected, 'relation')} left out that reviewers rejected; --status rejected shows them.")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    for command in (contradictions, corroborations):
        app.command()(command)
