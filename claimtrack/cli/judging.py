"""relate, evaluate: the judge at work on all claims anew, and how often people found it right."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.options import MOST_WORKERS, Globals, Output, lists
from claimtrack.cli.output import talk, write_list
from claimtrack.errors import UsageError
from claimtrack.reports.cells import many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import Console

    from claimtrack.relating import Related
    from claimtrack.reports.evaluation import Precision
    from claimtrack.settings import Settings
    from claimtrack.store import Store


def relate(
    ctx: typer.Context,
    window: Annotated[
        int | None,
        typer.Option(
            "--window", min=0, help="Only relate what was said at most so many days apart.", metavar="DAYS"
        ),
    ] = None,
    entailment: Annotated[
        str | None,
        typer.Option(
            "--entailment",
            help="What compares two statements: builtin (the default), off, or a folder with a model.",
            metavar="builtin|off|DIR",
        ),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            min=1,
            max=MOST_WORKERS,
            help="Processes that share the claims among them.",
            metavar="N",
        ),
    ] = 1,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            help="Have the workers of this Dask scheduler share the claims; on PostgreSQL.",
            metavar="ADDRESS",
        ),
    ] = None,
) -> None:
    """Judge all claims anew, as after an upgrade.

    Verdicts stay with their pairs. Readers see the old relations until the new ones are all there; a
    command that is interrupted changes nothing. The
    outcome is the same with --workers and --dask.
    """
    if workers > 1 and dask:
        raise UsageError("--workers and --dask exclude each other", "Give one of them")
    from claimtrack.cli.progress import show_progress
    from claimtrack.linking import relink
    from claimtrack.provenance import place_all
    from claimtrack.settings import read_settings

    state: Globals = ctx.obj
    settings = read_settings(window=window, entailment=entailment)
    state.open_to_read().close()  # there is nothing to relate in a database that is not there
    with state.open_to_write(settings.reviewer) as store, show_progress("Judging") as progress:
        with store.transaction():
            place_all(store)  # articles from before origins were found
            relink(store)  # speakers that were grouped by other rules
        done = _relate(store, settings, workers, dask, progress.reach)
    sys.stdout.write(summary(done) + "\n")


def _relate(
    store: Store, settings: Settings, workers: int, dask: str | None, step: Callable[[int, int], None]
) -> Related:
    if dask is None and workers == 1:
        from claimtrack.relating import relate

        return relate(store, settings, step)
    from claimtrack.sharing import open_processes, relate_together

    if dask is None:
        with open_processes(workers) as processes:
            return relate_together(store, processes, settings, step)
    from claimtrack.cluster import open_helpers

    if not store.is_shared:
        raise UsageError(
            "Workers on other machines cannot read a SQLite file",
            "Use --workers here, or a database on PostgreSQL",
        )
    with open_helpers(dask) as helpers:
        return relate_together(store, helpers, settings, step)


def summary(done: Related) -> str:
    """One line: how many claims were judged, and what came of it."""
    total = sum(done.relations.values())
    kinds = ", ".join(f"{number} {kind}" for kind, number in done.relations.items())
    related = f"{many(total, 'relation')} ({kinds})"
    return f"{many(done.claims, 'claim')} judged anew: {related}; {done.before} before."


@lists
def evaluate(
    ctx: typer.Context,
    out: Output,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write",
            help="Also write every verdict with its pair to this file, as JSON lines.",
            metavar="FILE",
        ),
    ] = None,
) -> None:
    """Show how often the relations were right, from the verdicts given.

    Precision is the share of the confirmed among the confirmed and rejected: by kind, score, signal and
    outlet, each with the interval that holds it with 95 % certainty.
    """
    from claimtrack.cli.output import open_output, write_rows
    from claimtrack.reports.evaluation import evaluate as count
    from claimtrack.reports.evaluation import evaluation_report, verdicts_report

    state: Globals = ctx.obj
    with state.open_to_read() as store:
        found = count(store.decided_relations())
        if found.outdated:
            talk(
                f"{many(found.outdated, 'verdict')} left out: given on another kind of relation, or on one "
                "that is no longer made."
            )
        rows = found.rows()[: out.limit]
        empty = "No relation has a verdict that counts yet."
        write_list(out, rows, evaluation_report, _draw_precisions, empty)
        if write is not None:
            with open_output(write) as text:
                write_rows(verdicts_report(store.decided_relations()), "jsonl", text)


def _draw_precisions(console: Console, rows: Iterable[Precision]) -> None:
    from rich.text import Text

    from claimtrack.cli.tables import Column, draw_table, number
    from claimtrack.cli.terminal import shown

    def share(found: Precision) -> Text:
        return Text("-" if found.precision is None else f"{found.precision:.2f}")

    def interval(found: Precision) -> Text:
        return Text("-" if found.interval is None else "{:.2f} to {:.2f}".format(*found.interval))

    columns: list[Column[Precision]] = [
        Column("By", lambda p: shown(p.by), 6),
        Column("Value", lambda p: shown(p.value)),
        Column("Confirmed", lambda p: number(p.confirmed), 9, justify="right"),
        Column("Rejected", lambda p: number(p.rejected), 8, justify="right"),
        Column("Unsure", lambda p: number(p.unsure), 6, justify="right"),
        Column("Precision", share, 9, justify="right"),
        Column("95 %", interval, 12, justify="right"),
    ]
    draw_table(console, columns, rows)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    for command in (relate, evaluate):
        app.command()(command)
