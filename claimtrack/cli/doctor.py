"""doctor: whether all is fit for work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from claimtrack.cli.options import Globals, Output, lists
from claimtrack.cli.output import talk, write_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.text import Text

    from claimtrack.doctor import Finding
    from claimtrack.reports.formats import Report

_COLUMNS = ("topic", "name", "state", "found", "remedy")


@lists
def doctor(ctx: typer.Context, out: Output) -> None:
    """Check the program, its models, the database and the settings.

    Makes and upgrades no database. The exit code is 1 where something is wrong.
    """
    from claimtrack.doctor import State, examine_all
    from claimtrack.reports.cells import many

    state: Globals = ctx.obj
    findings = list(examine_all(state.db, db=state.db if state.db_given else None, knowledge=state.knowledge))
    wrong = sum(finding.state is State.WRONG for finding in findings)
    write_list(out, findings[: out.limit], _report, _draw, "Nothing was found.")
    talk(f"{many(wrong, 'thing')} wrong." if wrong else "All is well.")
    if wrong:
        raise typer.Exit(1)


def _report(findings: Iterable[Finding]) -> Report:
    from claimtrack.reports.formats import Report

    return Report(_COLUMNS, ({name: getattr(f, name) for name in _COLUMNS} for f in findings))


def _draw(console: Console, findings: Iterable[Finding]) -> None:
    from rich.text import Text

    from claimtrack.cli.tables import Column, draw_table, stacked
    from claimtrack.cli.terminal import shown

    styles = {"fine": "green", "absent": "dim", "wrong": "bold red"}

    def state(finding: Finding) -> Text:
        return shown(finding.state, styles[finding.state])

    def told(finding: Finding) -> Text:
        remedy = shown(finding.remedy, "italic") if finding.remedy else None
        return stacked(shown(finding.found) if finding.found else Text(""), remedy)

    columns: list[Column[Finding]] = [
        Column("Of", lambda f: shown(f.topic), 8),
        Column("What", lambda f: shown(f.name), 12),
        Column("State", state, 6),
        Column("Found, and what to do", told),
    ]
    draw_table(console, columns, findings, spaced=False)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(doctor)
