"""changes, extract: what revised texts changed, and claims found anew in texts that are there."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.options import Globals, Output, WorkersOption, lists
from claimtrack.cli.output import talk, write_list
from claimtrack.reports.cells import many

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from claimtrack.review.revisions import Change, Revision


@lists
def changes(
    ctx: typer.Context,
    out: Output,
    article: Annotated[
        str | None, typer.Option("--article", help="Only this article: its id or its path.", metavar="ID")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show what was kept and what is new as well.", show_default=False)
    ] = False,
) -> None:
    """Show what revised articles changed in what they report, the newest first.

    A quotation that reads otherwise than in the former text is told, with both readings, and whether the
    newer text says that it was corrected. Each version of a text is kept.
    """
    from claimtrack.reports.changes import changes_report, told_changes
    from claimtrack.review.revisions import revisions

    state: Globals = ctx.obj
    with state.open_to_read() as store:
        found = told_changes(revisions(store, store.revised(article)), everything)
        write_list(out, islice(found, out.limit), changes_report, _draw, "No text was revised so far.")


def _draw(console: Console, found: Iterable[tuple[Revision, Change]]) -> None:
    from rich.text import Text

    from claimtrack.cli.tables import Column, day, draw_table, identifier, speaker_line, stacked
    from claimtrack.cli.terminal import shown
    from claimtrack.reports.changes import name_of

    def facts(row: tuple[Revision, Change]) -> Text:
        revision, change = row
        claim = change.new or change.old
        silent = name_of(change) == "quotation edited" and not revision.noticed
        return stacked(
            shown(name_of(change), "bold"),
            Text("without a notice", "bold red") if silent else None,
            speaker_line(claim) if claim else None,
            shown(revision.newer.outlet, unknown="unknown outlet"),
            Text.assemble("seen ", day(revision.at.date())),
            identifier(claim.id if claim else revision.newer.id),
        )

    def words(claim: object) -> Text:
        return shown(getattr(claim, "text", None), unknown="-")

    columns: list[Column[tuple[Revision, Change]]] = [
        Column("Change", facts, share=2),
        Column("Before", lambda row: words(row[1].old), share=3),
        Column("After", lambda row: words(row[1].new), share=3),
    ]
    draw_table(console, columns, found)


def extract(
    ctx: typer.Context,
    articles: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Articles: ids or paths; none: all.")
    ] = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="Also what this version of the program has read already.", show_default=False
        ),
    ] = False,
    workers: WorkersOption = None,
) -> None:
    """Find the claims of stored articles anew, as after an upgrade.

    Articles that were read by the same version are left as they are. Claims that are no longer found are
    kept for their verdicts, out of all lists; verdicts follow the claims that are found again elsewhere.
    """
    from claimtrack import pipeline
    from claimtrack.cli.progress import show_progress
    from claimtrack.extraction import extractor_version
    from claimtrack.settings import read_settings
    from claimtrack.workers import count_cores

    state: Globals = ctx.obj
    settings = read_settings(knowledge=state.knowledge)
    state.open_to_read().close()  # there is nothing to read anew in a database that is not there
    with state.open_to_write(settings.reviewer) as store, show_progress("Reading") as progress:
        stale = store.other_extractors("" if everything else extractor_version(settings))
        named = [store.find_article(name) for name in articles or ()]
        replaced = sorted({*named} - {*store.other_extractors("")}) if named else []
        wanted = [key for key in stale if key in named] if named else stale
        counts: Counter[str] = Counter()
        claims = 0
        for outcome in pipeline.extract_again(store, wanted, settings, workers or count_cores()):
            counts[outcome.result.value] += 1
            claims += outcome.claims
            if outcome.error is not None:
                progress.say(f"claimtrack: {outcome.path}: {outcome.error}")
            progress.reach(counts.total(), len(wanted))
    for key in replaced:
        talk(f"{key} stays as it is: its file holds a newer text now.")
    if not wanted and not everything and not replaced:
        talk("All were read by this version of the program; --all reads them again.")
    done = many(counts["extracted"], "article")
    sys.stdout.write(f"{done} read anew, {counts['failed']} failed; {many(claims, 'claim')}.\n")
    if counts["failed"]:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    for command in (changes, extract):
        app.command()(command)
