"""Pairs of speakers that may be one, as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from claimtrack.cli.tables import Column, draw_table, identifier, stacked
from claimtrack.cli.terminal import shown
from claimtrack.reports.cells import many

if TYPE_CHECKING:
    from rich.console import Console

    from claimtrack.linking import LikelyPair
    from claimtrack.store.views import SpeakerView


def draw_proposals(console: Console, pairs: Iterable[LikelyPair]) -> None:
    """Pairs of speakers that may be one, and how to decide about each."""

    def side(view: SpeakerView) -> Text:
        return stacked(
            shown(view.name, "bold", "nobody named"),
            shown(", ".join(view.roles[-3:]), "dim") if view.roles else None,
            Text.assemble(identifier(view.id), f", {many(view.claims, 'claim')}"),
        )

    draw_table(
        console,
        [
            Column("May be", lambda p: side(p.a), share=2),
            Column("the same as", lambda p: side(p.b), share=2),
            Column("Because", lambda p: shown(p.reason), share=2),
            Column("Score", lambda p: Text(f"{p.score:.2f}"), 5, justify="right"),
        ],
        pairs,
    )
    console.print(
        "Decide with `claimtrack speakers merge A B`, or `claimtrack speakers distinct A B`.", style="dim"
    )
