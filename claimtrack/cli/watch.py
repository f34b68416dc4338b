"""watch: what is new in feeds into the archive."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.fetching import (
    DELAY,
    MAX_BYTES,
    AllowPrivateOption,
    DelayOption,
    Manners,
    MaxBytesOption,
    open_fetcher,
)
from claimtrack.cli.ingest import tell_failure
from claimtrack.cli.options import Globals, WorkersOption, refuse_empty
from claimtrack.cli.output import talk
from claimtrack.cli.progress import show_progress
from claimtrack.errors import StoreError
from claimtrack.reports.cells import many

if TYPE_CHECKING:
    from claimtrack.watching import Seen


def watch(
    ctx: typer.Context,
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEED", help="Addresses of RSS or Atom feeds, or files of them.")
    ],
    outlet: Annotated[
        str | None, typer.Option("--outlet", help="Who published all of it.", metavar="NAME")
    ] = None,
    every: Annotated[
        float | None,
        typer.Option(
            "--every",
            min=1,
            max=525_600,  # a year
            help="Go on until Ctrl-C, with so many minutes between two runs.",
            metavar="MINUTES",
        ),
    ] = None,
    retry_refused: Annotated[
        bool,
        typer.Option("--retry-refused", help="Ask again for what was refused for good.", show_default=False),
    ] = False,
    workers: WorkersOption = None,
    delay: DelayOption = DELAY,
    max_bytes: MaxBytesOption = MAX_BYTES,
    allow_private: AllowPrivateOption = False,
) -> None:
    """Add what is new in feeds.

    An entry is done with when its article is in the archive or was refused for good; whatever a run did
    not reach, the next one asks for. Without --every, one run: for cron, or a timer of systemd.
    """
    refuse_empty(outlet=outlet)
    state: Globals = ctx.obj
    manners = Manners(delay, max_bytes, allow_private)

    def run() -> int:
        return _run(state, feeds, outlet, workers, manners, retry_refused)

    if every is not None:
        repeat(run, every * 60)
    if run():
        raise typer.Exit(1)


def repeat(run: Callable[[], object], seconds: float, wait: Callable[[float], object] = time.sleep) -> None:
    """Run again and again, with so long between two runs, until somebody interrupts.

    A run that the database ends, as it does when others keep it busy, is told of; the next has what is left.
    """
    while True:
        try:
            run()
        except StoreError as error:
            talk(f"claimtrack: {error}. The next run is in {seconds / 60:g} min")
        sys.stdout.flush()
        wait(seconds)


def _run(
    state: Globals,
    feeds: list[str],
    outlet: str | None,
    workers: int | None,
    manners: Manners,
    retry_refused: bool,
) -> int:
    """One run, with its line; the number of feeds and entries that failed comes back."""
    from claimtrack.settings import read_settings

    settings = read_settings(knowledge=state.knowledge)
    counts: Counter[str] = Counter()
    with open_fetcher(manners, settings) as fetcher:
        from claimtrack.articles import Overrides
        from claimtrack.knowledge import load_knowledge
        from claimtrack.watching import Seen
        from claimtrack.watching import watch as run
        from claimtrack.workers import count_cores

        load_knowledge(settings.knowledge)  # a mistake in it shows before a database is made
        seen = Seen()
        given = Overrides(outlet=outlet)
        with state.open_to_write(settings.reviewer) as store, show_progress("Fetching") as progress:
            outcomes = run(
                store, fetcher, feeds, seen, given, settings, workers or count_cores(), again=retry_refused
            )
            for outcome in outcomes:
                tell_failure(outcome, progress, state)
                counts[outcome.result.value] += 1
                progress.reach(sum(counts.values()), seen.new)
    sys.stdout.write(summary(seen, counts) + "\n")
    return counts["failed"]


def summary(seen: Seen, counts: Counter[str]) -> str:
    """One line: how much there was, and what became of it."""
    unchanged = f" ({seen.unchanged} unchanged)" if seen.unchanged else ""
    met = (
        f"{many(seen.feeds, 'feed')}{unchanged}, {seen.entries} {'entry' if seen.entries == 1 else 'entries'}"
    )
    results = [f"{counts['added']} added", f"{seen.known + counts['known']} known"]
    if counts["changed"]:
        results.append(f"{counts['changed']} changed")
    if seen.refused:
        results.append(f"{seen.refused} refused before")
    results.append(f"{counts['failed']} failed")
    return f"{met}: {', '.join(results)}"


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(watch)
