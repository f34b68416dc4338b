"""review: the queue in the terminal."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from claimtrack.cli.deciding import ReviewerOption
from claimtrack.cli.lists import NOTHING_YET, SpeakerOption
from claimtrack.cli.options import Globals
from claimtrack.cli.output import say_merged, talk
from claimtrack.errors import UsageError
from claimtrack.records import QueueOrder, RelationKind
from claimtrack.reports.cells import many

_KINDS = "contradicts|updates|corroborates|repeats"
_DEFAULT = (RelationKind.CONTRADICTS, RelationKind.UPDATES, RelationKind.CORROBORATES)


def review(
    ctx: typer.Context,
    order: Annotated[
        QueueOrder,
        typer.Option(
            "--order",
            help="What comes first: the likeliest relation (or the least certain claim), where reviewers "
            "differ or the program was overruled and then close calls, or one speaker after the other.",
            metavar="score|disagreement|speaker",
        ),
    ] = QueueOrder.SCORE,
    speaker: SpeakerOption = None,
    kind: Annotated[
        list[RelationKind] | None,
        typer.Option(
            "--kind",
            help="Only relations of this kind; may be given several times (default: all but repeats).",
            metavar=_KINDS,
            show_default=False,
        ),
    ] = None,
    second: Annotated[
        bool,
        typer.Option(
            "--second",
            help="What somebody else decided and you did not; their verdicts are shown after yours.",
            show_default=False,
        ),
    ] = False,
    claims: Annotated[
        bool, typer.Option("--claims", help="Review claims instead of relations.", show_default=False)
    ] = False,
    max_confidence: Annotated[
        float,
        typer.Option(
            "--max-confidence",
            min=0.0,
            max=1.0,
            help="With --claims: only where the extractor is at most this sure.",
            metavar="0..1",
        ),
    ] = 1.0,
    reviewer: ReviewerOption = None,
) -> None:
    """Review relations in the terminal, one at a time, one key a decision.

    Every verdict is stored when it is given; q quits at any time. Needs a terminal and the extra tui. For
    scripts there is `claimtrack verdict`.
    """
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError(
            "review needs a terminal",
            "Without one: claimtrack verdict ID confirmed|rejected|unsure, or claimtrack verdict --from FILE",
        )
    if kind and claims:
        raise UsageError("--kind is for relations, not for claims", "Leave out --kind or --claims")
    if max_confidence < 1 and not claims:
        raise UsageError("--max-confidence is for claims", "Add --claims")
    try:
        from claimtrack.tui.app import run_review
    except ModuleNotFoundError as error:
        raise UsageError(
            "review needs a package that is not installed", "Install it with: pip install 'claimtrack[tui]'"
        ) from error
    from claimtrack.review.queue import Session
    from claimtrack.settings import read_settings
    from claimtrack.store.queue import QueueFilter

    state: Globals = ctx.obj
    settings = read_settings(reviewer=reviewer)
    with state.open_to_change(settings.reviewer) as store:
        who = store.find_speaker(speaker).id if speaker else None
        say_merged(store, speaker)
        kinds = tuple(dict.fromkeys(kind)) if kind else _DEFAULT
        name = " ".join(settings.reviewer.split())
        session = Session(store, QueueFilter(name, claims, order, kinds, who, second, max_confidence))
        if session.case is None:
            filters = second or kind or who or max_confidence < 1
            talk("Nothing waits for review. " + ("Try fewer filters." if filters else NOTHING_YET))
            return
        what = "claims" if claims else "relations"
        run_review(
            store, session, f"{'second review' if second else 'review'} of {what}, by {order}, as {name}"
        )
        talk(f"{many(session.progress.decided, 'verdict')} given. See them with: claimtrack log")
        for key, note in session.unused_notes.items():
            talk(f"Not stored, since no verdict followed: the note on {key}: {note}")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(review)
