"""disputes: the competing versions of one fact."""

from __future__ import annotations

from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from claimtrack.cli.lists import SinceOption, SpeakerOption, UntilOption
from claimtrack.cli.options import Globals, Output, pages
from claimtrack.cli.output import write_list
from claimtrack.cli.related import MinScoreOption

if TYPE_CHECKING:
    from collections.abc import Iterable

    from claimtrack.reports.disputes import Dispute, Outline


class Order(StrEnum):
    """Which disputes come first."""

    SIZE = "size"
    LATEST = "latest"


@pages
def disputes(
    ctx: typer.Context,
    out: Output,
    speaker: SpeakerOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    min_score: MinScoreOption = 0.0,
    open_only: Annotated[
        bool,
        typer.Option(
            "--open",
            help="Only where versions contradict each other that no later statement replaced.",
            show_default=False,
        ),
    ] = False,
    sort: Annotated[
        Order,
        typer.Option(
            "--sort", help="Which come first: most speakers, or the latest words.", metavar="size|latest"
        ),
    ] = Order.SIZE,
) -> None:
    """Show competing versions of one fact, who says each, and which is latest.

    Relations that a person rejected do not count. `show ID` puts the versions of a dispute side by side.
    """
    from claimtrack.cli.draw_disputes import draw_disputes
    from claimtrack.reports.dispute_rows import disputes_report
    from claimtrack.reports.disputes import load_dispute, outline_disputes

    def fits(outline: Outline) -> bool:
        return (
            (who is None or who in outline.speakers)
            and (since is None or (bool(outline.days) and outline.days[-1] >= since.date()))
            and (until is None or (bool(outline.days) and outline.days[0] <= until.date()))
            and (not open_only or outline.is_open)
        )

    def page(found: Iterable[Dispute], format: str, text: TextIO) -> None:
        from claimtrack.reports.pages import write_disputes

        write_disputes(list(found), format, text)

    state: Globals = ctx.obj
    with state.open_to_read() as store:
        who = store.find_speaker(speaker).id if speaker else None
        outlines = [outline for outline in outline_disputes(store.links(), min_score) if fits(outline)]
        if sort is Order.LATEST:
            outlines.sort(key=lambda outline: outline.days[-1:], reverse=True)
        found = (load_dispute(store, outline) for outline in islice(outlines, out.limit))
        filtered = " with these filters" if speaker or since or until or min_score or open_only else ""
        write_list(out, found, disputes_report, draw_disputes, f"No disputes found{filtered}.", page)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(disputes)
