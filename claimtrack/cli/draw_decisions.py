"""Decisions about speakers and outlets as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from claimtrack.cli.tables import DAY_WIDTH, ID_WIDTH, Column, draw_table, identifier, stacked
from claimtrack.cli.terminal import shown
from claimtrack.reports.decisions import tell

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from claimtrack.store.views import DecisionView


def draw_decisions(console: Console, decisions: Iterable[DecisionView], names: Mapping[str, str]) -> None:
    """Decisions: which, when and by whom, and what was decided; those undone say so."""

    def what(decision: DecisionView) -> Text:
        return stacked(
            shown(tell(decision, names)),
            shown(decision.note, "dim") if decision.note else None,
            None if decision.in_force else shown("undone", "yellow"),
        )

    draw_table(
        console,
        [
            Column("Decision", lambda d: identifier(d.id), ID_WIDTH),
            Column("Day", lambda d: shown(str(d.at.date())), DAY_WIDTH),
            Column("By", lambda d: shown(d.reviewer), share=1),
            Column("What", what, share=4),
        ],
        decisions,
    )
