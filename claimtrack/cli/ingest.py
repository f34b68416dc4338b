"""ingest: articles into the archive."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack, closing
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Literal

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
from claimtrack.cli.options import Globals, WorkersOption, refuse_empty
from claimtrack.cli.output import talk
from claimtrack.cli.progress import Progress, show_progress
from claimtrack.cli.stopping import Stop
from claimtrack.errors import ClaimtrackError, UsageError
from claimtrack.reports.cells import many

if TYPE_CHECKING:
    from claimtrack.articles import Discovery, Overrides
    from claimtrack.putting import Outcome
    from claimtrack.settings import Settings

_NAMED = 3  # files named in a line before "and … more"


def ingest(
    ctx: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL",
            help="Files (text, HTML, Markdown, PDF, EML, JSON, CSV, WARC, archives), folders, -, pages, or "
            "s3://, gs://, file:// URLs.",
        ),
    ],
    outlet: Annotated[
        str | None, typer.Option("--outlet", help="Who published them.", metavar="NAME")
    ] = None,
    published: Annotated[
        datetime | None,
        typer.Option(
            "--published", help="The day of publication.", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"]
        ),
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Where it was published.", metavar="URL")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Its headline.", metavar="TEXT")] = None,
    attribution: Annotated[
        Literal["rules", "model", "hybrid"] | None,
        typer.Option(
            "--attribution",
            help="What finds who said what: written rules, the learned tagger, or both (the default).",
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--map",
            help="Which column or field holds what, as text=body,published=date,outlet=source.",
            metavar="FACT=COLUMN,…",
        ),
    ] = None,
    workers: WorkersOption = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            "--time-limit",
            min=0,
            help="Seconds that one article may take to read (default: CLAIMTRACK_TIME_LIMIT or 120).",
            metavar="SECONDS",
        ),
    ] = None,
    delay: DelayOption = DELAY,
    max_bytes: MaxBytesOption = MAX_BYTES,
    allow_private: AllowPrivateOption = False,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            help="Have the workers of this Dask scheduler find the claims, in place of processes here.",
            metavar="ADDRESS",
        ),
    ] = None,
    relate: Annotated[
        bool,
        typer.Option("--relate/--no-relate", help="Judge new claims now, or leave it to claimtrack relate."),
    ] = True,
) -> None:
    """Add articles: find who said what, and relate it to what is there.

    What a file is, its bytes tell and not its name; one file may hold many articles. Options go before
    the manifest.csv of a folder (columns file, outlet, published, url, title), that before what markup
    and fields say, and that before what the text itself says. What is known already is not added twice.
    Each article goes in whole or not at all; the others go in though one fails. Ctrl-C stops after the
    article at hand, and the same command again goes on from there.
    """
    from claimtrack.articles import Columns, Limits, Overrides, discover

    refuse_empty(outlet=outlet, url=url, title=title, map=columns, dask=dask)
    discovery = discover(paths, Limits(max_bytes), Columns.parse(columns or ""))
    many_texts = len(discovery.found) + len(discovery.addresses)
    if (url or title) and many_texts > 1:
        raise UsageError(
            f"--url and --title are for one article, and there are {many_texts}",
            "Write a manifest.csv beside the texts",
        )
    if workers and dask:
        raise UsageError("--workers and --dask exclude each other", "Give one of them")
    day = published.date() if published else None
    state: Globals = ctx.obj
    failed = [str(failure) for failure in discovery.failures]
    for line in failed:
        talk(f"claimtrack: {line}")
    outcomes: list[Outcome] = []
    stop = Stop()
    if many_texts:
        given = Overrides(outlet=outlet, title=title, published=day, url=url)
        manners = Manners(delay, max_bytes, allow_private)
        chosen = {"attribution": attribution, "dask": dask, "time_limit": time_limit}
        settings = _settings(state, **chosen)
        if workers:
            settings = settings.model_copy(update={"dask": None})  # asked for here, that in the environment
        try:
            with stop.heeded():
                outcomes = _ingest(state, discovery, given, manners, workers, settings, relate, stop)
        except KeyboardInterrupt:
            raise typer.Exit(stop.exit_code) from None
    _report_unknown(outcomes)
    _report_foreign(outcomes)
    _report_edited(outcomes)
    counts = Counter(outcome.result.value for outcome in outcomes)
    counts["failed"] += len(failed)
    passed_over = discovery.passed_over + counts["passed over"]
    sys.stdout.write(summary(counts, passed_over, outcomes) + "\n")
    if stop.asked:
        raise typer.Exit(stop.exit_code)
    if counts["failed"]:
        raise typer.Exit(1)


def _settings(state: Globals, **given: object) -> Settings:
    from claimtrack.knowledge import load_knowledge
    from claimtrack.settings import read_settings

    settings = read_settings(knowledge=state.knowledge, **given)
    load_knowledge(settings.knowledge)  # a mistake in it shows before a database is made
    return settings


def _ingest(
    state: Globals,
    discovery: Discovery,
    given: Overrides,
    manners: Manners,
    workers: int | None,
    settings: Settings,
    relate: bool,
    stop: Stop,
) -> list[Outcome]:
    from claimtrack import pipeline
    from claimtrack.workers import count_cores

    processes = workers or count_cores()
    outcomes: list[Outcome] = []
    total = len(discovery.found) + len(discovery.addresses)
    with ExitStack() as opened:
        fetcher = opened.enter_context(open_fetcher(manners, settings)) if discovery.addresses else None
        store = opened.enter_context(state.open_to_write(settings.reviewer))
        progress = opened.enter_context(show_progress("Reading"))
        made = pipeline.ingest(store, discovery.found, given, settings, processes, relate)
        opened.enter_context(closing(made))
        done: Iterable[Outcome] = made
        if fetcher is not None:
            from claimtrack.gathering import Wanted, ingest_pages

            pages = map(Wanted, discovery.addresses)
            done = chain(made, ingest_pages(store, fetcher, pages, given, settings, processes, relate))
        for outcome in done:
            tell_failure(outcome, progress, state)
            outcomes.append(outcome)
            progress.reach(len(outcomes), max(len(outcomes), total))
            if stop.asked:
                break
    return outcomes


def tell_failure(outcome: Outcome, progress: Progress, state: Globals) -> None:
    """A line for a text that failed, and where it failed if the user wants to know."""
    if outcome.error is None:
        return
    progress.say(f"claimtrack: {_reason(outcome, outcome.error)}")
    state.show_trace(outcome.error)


def _reason(outcome: Outcome, error: Exception) -> str:
    if isinstance(error, ClaimtrackError):
        return str(error)
    return (
        f"{outcome.path}: {type(error).__name__}: {error}. Run with -v for details, and leave this file out"
    )


def _report_unknown(outcomes: Iterable[Outcome]) -> None:
    paths: dict[str, list[str]] = {}
    for outcome in outcomes:
        for fact in outcome.unknown:
            paths.setdefault(fact, []).append(outcome.path)
    for fact, where in paths.items():
        more = f" and {len(where) - _NAMED} more" if len(where) > _NAMED else ""
        talk(f"Unknown {fact}: {', '.join(where[:_NAMED])}{more}")
    if paths:
        options = ", ".join(f"--{fact}" for fact in paths)
        talk(f"Give what you know with {options}, or in a manifest.csv beside the texts.")


def _report_foreign(outcomes: Iterable[Outcome]) -> None:
    foreign = [f"{outcome.path} ({outcome.language})" for outcome in outcomes if outcome.language]
    if foreign:
        more = f" and {len(foreign) - _NAMED} more" if len(foreign) > _NAMED else ""
        talk(f"Not in English, kept without claims: {', '.join(foreign[:_NAMED])}{more}")


def _report_edited(outcomes: Iterable[Outcome]) -> None:
    edited = [outcome for outcome in outcomes if outcome.edited]
    for outcome in edited:
        talk(f"{outcome.path}: {many(outcome.edited, 'quotation')} edited since it was read before")
    if edited:
        talk("See what they said before with: claimtrack changes")


def summary(counts: Counter[str], passed_over: int, outcomes: Iterable[Outcome]) -> str:
    """One line: what became of the texts, and how much came out of them."""
    outcomes = list(outcomes)
    results = [f"{counts[result]} {result}" for result in ("added", "known", "changed", "failed")]
    if passed_over:
        results.append(f"{many(passed_over, 'file')} of other formats passed over")
    foreign = sum(outcome.language is not None for outcome in outcomes)
    if foreign:
        results.append(f"{foreign} not in English, kept without claims")
    claims = relations = 0
    for outcome in outcomes:
        claims += outcome.claims
        relations += outcome.relations
    return f"{', '.join(results)}; {many(claims, 'new claim')}, {many(relations, 'new relation')}."


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(ingest)
