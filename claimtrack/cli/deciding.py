"""What the commands share by which people decide: who decides, and what is said of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.options import Globals
from claimtrack.reports.cells import many, one_line

if TYPE_CHECKING:
    from claimtrack.review import Change

_MOVES = 5  # lines about claims that changed hands before "and … more"

ReviewerOption = Annotated[
    str | None,
    typer.Option(
        "--reviewer", help="Who decides (default: CLAIMTRACK_REVIEWER, else the login name).", metavar="NAME"
    ),
]
NoteOption = Annotated[str, typer.Option("--note", help="Why.", metavar="TEXT", show_default=False)]
SpeakerArgument = Annotated[str, typer.Argument(metavar="SPEAKER", help="A name, another name, or an id.")]


def decide(state: Globals, verb: Callable[..., Change], reviewer: str | None, judges: bool = True) -> None:
    """Carry a verb of `review` out on the database, and say what it changed and how to undo it.

    `verb` has all its arguments but store and reviewer, and the judge where claims may change hands.
    """
    from claimtrack.settings import read_settings

    settings = read_settings(reviewer=reviewer, knowledge=state.knowledge)
    if judges:
        from claimtrack.relating import rejudge

        verb = partial(verb, rejudge=rejudge)
    with state.open_to_change(settings.reviewer) as store:
        change = verb(store, reviewer=settings.reviewer)
    for line in _lines(change):
        sys.stdout.write(one_line(line) + "\n")


def _lines(change: Change) -> Iterator[str]:
    from claimtrack.reports.decisions import tell

    names = {key: tally.name for key, tally in (change.after | change.before).items()}
    decision = change.decision
    yield f"{decision.id}: {tell(decision, names)}."
    for move in change.moves[:_MOVES]:
        counts = "now counts" if move.claims == 1 else "now count"
        sides = [f"{names.get(key) or 'nobody named'} ({key})" for key in (move.former, move.now)]
        yield f"{many(move.claims, 'claim')} of {sides[0]} {counts} for {sides[1]}."
    if len(change.moves) > _MOVES:
        yield f"And so on, for {len(change.moves) - _MOVES} more."
    yield f"Undo it with: claimtrack speakers undo {decision.id}"
