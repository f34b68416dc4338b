"""articles, claims: what the archive holds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from claimtrack.cli.options import Globals, Output, Status, lists, statuses_of
from claimtrack.cli.output import say_merged, write_list

SpeakerOption = Annotated[
    str | None, typer.Option("--speaker", help="Only this speaker: a name or an id.", metavar="NAME")
]
OutletOption = Annotated[str | None, typer.Option("--outlet", help="Only this outlet.", metavar="NAME")]
SearchOption = Annotated[str | None, typer.Option("--search", help="Only where this stands.", metavar="TEXT")]
_DAY = {"formats": ["%Y-%m-%d"], "metavar": "YYYY-MM-DD"}
SinceOption = Annotated[datetime | None, typer.Option("--since", help="Stated on this day or later.", **_DAY)]
UntilOption = Annotated[
    datetime | None, typer.Option("--until", help="Stated on this day or earlier.", **_DAY)
]
NOTHING_YET = "Add articles with: claimtrack ingest PATH"


def _filtered(*filters: object) -> str:
    return "No claims fit. Try fewer filters." if any(filters) else f"No claims yet. {NOTHING_YET}"


@lists
def articles(ctx: typer.Context, out: Output) -> None:
    """List the articles, and what is not known about them."""
    from claimtrack.cli.tables import draw_articles
    from claimtrack.reports.rows import articles_report

    state: Globals = ctx.obj
    with state.open_to_read() as store:
        write_list(
            out,
            store.articles(limit=out.limit),
            articles_report,
            draw_articles,
            f"No articles yet. {NOTHING_YET}",
        )


@lists
def claims(
    ctx: typer.Context,
    out: Output,
    speaker: SpeakerOption = None,
    outlet: OutletOption = None,
    article: Annotated[
        str | None, typer.Option("--article", help="Only this article: its id.", metavar="ID")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    search: SearchOption = None,
    min_confidence: Annotated[
        float,
        typer.Option(
            "--min-confidence",
            min=0.0,
            max=1.0,
            help="Only where the extractor is at least this sure.",
            metavar="0..1",
        ),
    ] = 0.0,
    status: Annotated[
        Status,
        typer.Option(
            "--status",
            help="Only what reviewers left open, confirmed, rejected or were unsure of.",
            metavar="open|confirmed|rejected|unsure|all",
        ),
    ] = Status.ALL,
) -> None:
    """List the claims: who said what, where and when."""
    from claimtrack.cli.tables import draw_claims
    from claimtrack.reports.rows import claims_report

    state: Globals = ctx.obj
    with state.open_to_read() as store:
        found = store.claims(
            speaker=speaker,
            outlet=outlet,
            article=article,
            since=since.date() if since else None,
            until=until.date() if until else None,
            search=search,
            min_confidence=min_confidence,
            limit=out.limit,
            statuses=statuses_of(status),
        )
        say_merged(store, speaker)
        filters = (speaker, outlet, article, since, until, search, min_confidence, status is not Status.ALL)
        empty = _filtered(*filters)
        write_list(out, found, claims_report, draw_claims, empty)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    for command in (articles, claims):
        app.command()(command)
