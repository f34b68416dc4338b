"""show: one thing in full."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from claimtrack.cli.options import Globals, OutputOption, format_of
from claimtrack.errors import UsageError


class ShownAs(StrEnum):
    """How one thing is shown."""

    TABLE = "table"
    MD = "md"
    HTML = "html"


def show(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="ID", help="An id, or enough of its beginning.")],
    format: Annotated[
        ShownAs | None,
        typer.Option(
            "--format",
            "-f",
            help="A dispute or speaker as a page: md or html (default: as the ending of --output says).",
            metavar="table|md|html",
        ),
    ] = None,
    output: OutputOption = None,
) -> None:
    """Show one claim, relation, article, speaker or dispute.

    A claim is shown in its context, with source, cue and content marked; a relation with its signals.
    """
    from claimtrack.cli.context import draw_article, draw_claim, draw_relation
    from claimtrack.cli.draw_disputes import draw_dispute
    from claimtrack.cli.draw_dossier import draw_dossier
    from claimtrack.cli.output import harmless, open_output, say_merged
    from claimtrack.cli.tables import draw_claims
    from claimtrack.cli.terminal import make_console
    from claimtrack.reports.disputes import find_dispute, names_dispute
    from claimtrack.reports.dossier import make_dossier
    from claimtrack.store.views import ArticleView, ClaimView, RelationView, SpeakerView

    state: Globals = ctx.obj
    shown_as = format_of(format, output, ShownAs.TABLE)
    with state.open_to_read() as store, open_output(output) as text:
        console = make_console(text)
        if names_dispute(key):
            dispute = find_dispute(store, key)
            if shown_as is not ShownAs.TABLE:
                from claimtrack.reports.pages import write_disputes

                write_disputes([dispute], shown_as.value, harmless(text))
                return
            near = store.relations_of([claim.id for claim in dispute.claims])
            draw_dispute(console, dispute, {r.id: r for found in near.values() for r in found})
            return
        found = store.get(key)
        if format not in (None, ShownAs.TABLE) and not isinstance(found, SpeakerView):
            raise UsageError("Only disputes and speakers are pages", "Leave --format out")
        if isinstance(found, ClaimView):
            related = store.relations_of([found.id]).get(found.id, [])
            verdicts = store.verdicts_of([found.id]).get(found.id, ())
            draw_claim(console, found, store.body(found.article_id), related, verdicts)
        elif isinstance(found, RelationView):
            draw_relation(console, found, store.verdicts_of([found.id, found.a.id, found.b.id]))
        elif isinstance(found, ArticleView):
            draw_article(console, found)
            draw_claims(console, store.claims(article=found.id))
        else:
            say_merged(store, key)
            claims = list(store.claims(speaker=found.id))
            near = store.relations_of([claim.id for claim in claims])
            dossier = make_dossier(found, claims, near)
            if shown_as is ShownAs.TABLE:
                draw_dossier(console, dossier)
            else:
                from claimtrack.reports.pages import write_dossier

                write_dossier(dossier, shown_as.value, harmless(text))


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(show)
