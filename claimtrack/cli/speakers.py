"""speakers and alias: who the speakers are, and deciding who is who."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.deciding import NoteOption, ReviewerOption, SpeakerArgument, decide
from claimtrack.cli.lists import NOTHING_YET, SearchOption
from claimtrack.cli.options import Globals, Output, lists
from claimtrack.cli.output import write_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from claimtrack.reports.formats import Report
    from claimtrack.store.views import DecisionView

speakers_app = typer.Typer(invoke_without_command=True)
alias_app = typer.Typer()


@speakers_app.callback()
@lists
def speakers(
    ctx: typer.Context,
    out: Output,
    search: SearchOption = None,
    own_voice: Annotated[
        bool,
        typer.Option("--own-voice", help="Outlets too that state facts on their own.", show_default=False),
    ] = False,
    proposals: Annotated[
        bool,
        typer.Option("--proposals", help="Pairs that may be one, for you to decide.", show_default=False),
    ] = False,
) -> None:
    """List the speakers, with their roles and other names; decide who is who.

    Without a command it lists. Every decision can be undone, and stays when articles are read again.
    """
    if ctx.invoked_subcommand is not None:
        return
    from claimtrack.cli.tables import draw_speakers
    from claimtrack.reports.rows import speakers_report

    state: Globals = ctx.obj
    if proposals:
        _list_proposals(state, out)
        return
    with state.open_to_read() as store:
        empty = f"No speaker's name holds {search!r}." if search else f"No speakers yet. {NOTHING_YET}"
        write_list(
            out,
            store.speakers(search=search, own_voice=own_voice, limit=out.limit),
            speakers_report,
            draw_speakers,
            empty,
        )


def _list_proposals(state: Globals, out: Output) -> None:
    from claimtrack.cli.draw_proposals import draw_proposals
    from claimtrack.linking import propose_speakers
    from claimtrack.reports.rows import proposals_report

    with state.open_whole() as store:
        found = propose_speakers(store, out.limit)
        write_list(out, found, proposals_report, draw_proposals, "No two speakers look like one.")


@speakers_app.command()
def merge(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="Who becomes part of the other: a name or an id.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Who stays, with its name.")],
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Even a person with an organisation, or two that were told apart.",
            show_default=False,
        ),
    ] = False,
    reviewer: ReviewerOption = None,
    note: NoteOption = "",
) -> None:
    """Say that A is B: A's claims and names become B's."""
    from claimtrack.review import merge_speakers

    decide(ctx.obj, partial(merge_speakers, a=a, b=b, note=note, force=force), reviewer)


@speakers_app.command()
def split(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="Whose claims they are: a name or an id.")],
    claims: Annotated[
        str, typer.Option("--claims", help="The ids of the claims, with commas between.", metavar="C1,C2")
    ],
    name: Annotated[
        str | None, typer.Option("--name", help="A new speaker of this name said them.", metavar="NAME")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", help="This speaker said them: a name or an id.", metavar="SPEAKER")
    ] = None,
    reviewer: ReviewerOption = None,
    note: NoteOption = "",
) -> None:
    """Say that claims of A are somebody else's."""
    from claimtrack.review import split_speaker

    ids = [part for part in map(str.strip, claims.split(",")) if part]
    decide(ctx.obj, partial(split_speaker, a=a, claim_ids=ids, note=note, name=name, to=to), reviewer)


@speakers_app.command()
def rename(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="A name, another name, or an id.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name to show.")],
    reviewer: ReviewerOption = None,
    note: NoteOption = "",
) -> None:
    """Show a speaker by another name."""
    from claimtrack.review import rename_speaker

    decide(ctx.obj, partial(rename_speaker, a=a, name=name, note=note), reviewer, judges=False)


@speakers_app.command()
def distinct(
    ctx: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="A name, another name, or an id.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other.")],
    reviewer: ReviewerOption = None,
    note: NoteOption = "",
) -> None:
    """Say that A and B are two: they are not proposed as one again."""
    from claimtrack.review import mark_distinct

    decide(ctx.obj, partial(mark_distinct, a=a, b=b, note=note), reviewer, judges=False)


@speakers_app.command()
def undo(
    ctx: typer.Context,
    decision: Annotated[
        str | None,
        typer.Argument(metavar="D", help="The id of the decision (default: the newest in force)."),
    ] = None,
    reviewer: ReviewerOption = None,
    note: NoteOption = "",
) -> None:
    """Take a decision on speakers or outlets back; an undo too."""
    from claimtrack import review

    decide(ctx.obj, partial(review.undo, decision=decision, note=note), reviewer)


@speakers_app.command()
@lists
def decisions(ctx: typer.Context, out: Output) -> None:
    """List the decisions on speakers and outlets, the newest first."""
    from claimtrack.cli.draw_decisions import draw_decisions
    from claimtrack.reports.decisions import concerned, decisions_report

    state: Globals = ctx.obj
    with state.open_to_read() as store:
        found = list(store.decisions(limit=out.limit))
        keys = {key for decision in found for key in concerned(decision)}
        names = {key: tally.name for key, tally in store.tallies(keys).items()}

        def report(views: Iterable[DecisionView]) -> Report:
            return decisions_report(views, names)

        def draw(console: Console, views: Iterable[DecisionView]) -> None:
            draw_decisions(console, views, names)

        write_list(
            out, found, report, draw, "Nobody has decided anything yet. See: claimtrack speakers --help"
        )


@alias_app.callback()
def alias() -> None:
    """Say which names mean a speaker."""


@alias_app.command()
def add(
    ctx: typer.Context,
    speaker: SpeakerArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that texts use.")],
    reviewer: ReviewerOption = None,
    note: NoteOption = "",
) -> None:
    """Say that a name means this speaker.

    It holds where a text knows somebody by this name and no fuller one, in texts to come too, and goes
    before what is found by itself.
    """
    from claimtrack.review import add_alias

    decide(ctx.obj, partial(add_alias, speaker=speaker, name=name, note=note), reviewer)


@alias_app.command()
def remove(
    ctx: typer.Context,
    speaker: SpeakerArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name that the speaker is listed with.")],
    reviewer: ReviewerOption = None,
    note: NoteOption = "",
) -> None:
    """Say that a name does not mean this speaker.

    It is no longer listed, and links nobody to the speaker by itself.
    """
    from claimtrack.review import remove_alias

    decide(ctx.obj, partial(remove_alias, speaker=speaker, name=name, note=note), reviewer)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.add_typer(speakers_app, name="speakers")
    app.add_typer(alias_app, name="alias")
