"""show: one thing in full."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.options import Globals


def show(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="ID", help="An id, or enough of its beginning.")],
) -> None:
    """Show one claim, relation, article or speaker.

    A claim is shown in its context, with source, cue and content marked; a relation with its signals."""
    from claimtrack.cli.cards import draw_dossier
    from claimtrack.cli.context import draw_article, draw_claim, draw_relation, draw_speaker
    from claimtrack.cli.output import open_output
    from claimtrack.cli.tables import draw_claims
    from claimtrack.cli.terminal import make_console
    from claimtrack.store.views import ArticleView, ClaimView, RelationView

    state: Globals = ctx.obj
    with state.open_to_read() as store, open_output(None) as text:
        console = make_console(text)
        found = store.get(key)
        if isinstance(found, ClaimView):
            related = store.relations_of([found.id]).get(found.id, [])
            verdicts = store.verdicts_of([found.id]).get(found.id, ())
            draw_claim(console, found, store.body(found.article_id), related, verdicts)
        elif isinstance(found, RelationView):
            draw_relation(console, found)
        elif isinstance(found, ArticleView):
            draw_article(console, found)
            draw_claims(console, store.claims(article=found.id))
        else:
            draw_speaker(console, found)
            claims = list(store.claims(speaker=found.id))
            draw_dossier(console, claims, store.relations_of([claim.id for claim in claims]))


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(show)
