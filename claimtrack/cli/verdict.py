"""verdict: decide on a relation or claim by command, one or a whole file."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.deciding import NoteOption, ReviewerOption
from claimtrack.cli.options import Globals
from claimtrack.errors import InputError, UsageError
from claimtrack.reports.cells import many, one_line

if TYPE_CHECKING:
    from claimtrack.records import Verdict
    from claimtrack.store import Store


class Word(StrEnum):
    """What can be said."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSURE = "unsure"
    UNDO = "undo"


class Reason(StrEnum):
    """What can be wrong with a claim, as options spell it."""

    WRONG_SPEAKER = "wrong-speaker"
    WRONG_SPAN = "wrong-span"
    NOT_A_CLAIM = "not-a-claim"


def verdict(
    ctx: typer.Context,
    key: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="A relation or claim: its id, or enough of its beginning."),
    ] = None,
    word: Annotated[
        Word | None,
        typer.Argument(
            metavar="DECISION",
            help="confirmed, rejected or unsure; or undo, which takes the newest verdict on it back.",
        ),
    ] = None,
    note: NoteOption = "",
    reason: Annotated[
        Reason | None,
        typer.Option(
            "--reason",
            help="What is wrong with a claim that is rejected.",
            metavar="wrong-speaker|wrong-span|not-a-claim",
        ),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="Read verdicts from this CSV or JSON lines file, such as the audit with its verdict columns "
            "filled in; - is standard input.",
            metavar="FILE",
        ),
    ] = None,
    reviewer: ReviewerOption = None,
) -> None:
    """Decide on a relation or claim; or on many, from a file.

    Verdicts are only added to, and the newest counts. What a file says goes in as a whole or, if a line is
    wrong, not at all; what is so already is not added again.
    """
    if file is not None:
        if key is not None or note or reason:
            raise UsageError(
                "--from takes ids, verdicts, notes and reasons from the file",
                "Give only --reviewer beside it",
            )
        _read_file(ctx.obj, file, reviewer)
        return
    if key is None or word is None:
        raise UsageError("verdict needs an id and a decision", "See claimtrack verdict --help")
    if reason and word is not Word.REJECTED:
        raise UsageError("--reason is for a claim that is rejected", "Write it into --note")
    state, who = ctx.obj, _who(reviewer)
    with state.open_to_change(who) as store:
        line = (
            _undo(store, key, who, note) if word is Word.UNDO else _give(store, key, word, who, note, reason)
        )
    sys.stdout.write(one_line(line) + "\n")


def _who(reviewer: str | None) -> str:
    from claimtrack.settings import read_settings

    return " ".join(read_settings(reviewer=reviewer).reviewer.split())


def _give(store: Store, key: str, word: Word, who: str, note: str, reason: Reason | None) -> str:
    from claimtrack.records import Decision, Fault, VerdictLine, in_force
    from claimtrack.review.ballots import repeats
    from claimtrack.review.verdicts import find_subject, judge

    decision = Decision(word.value)
    fault = Fault(reason.value.replace("-", " ")) if reason else None
    subject = find_subject(store, key)
    before = store.verdicts_of([subject]).get(subject, ())
    if repeats(before, VerdictLine("", subject, decision, who, note.strip(), fault)):
        return f"{subject} is {decision} by {who} as before."
    given = judge(store, subject, decision, who, note, fault)
    former = in_force(before)
    was = f" (before: {former.decision} by {former.reviewer})" if former else ""
    return f"{subject} is {_told(given)}{was}. Take it back with: claimtrack verdict {subject} undo"


def _undo(store: Store, key: str, who: str, note: str) -> str:
    from claimtrack.records import in_force
    from claimtrack.review.verdicts import undo_verdict

    made = undo_verdict(store, key, who, note)
    taken = store.find_verdict(made.undoes) if made.undoes is not None else None
    now = in_force(store.verdicts_of([made.subject])[made.subject])
    rest = f"{_told(now)} again" if now else "open again"
    return f"{made.subject} is {rest}." + (f" Taken back: {_told(taken)}." if taken else "")


def _told(verdict: Verdict) -> str:
    reason = f" ({verdict.reason})" if verdict.reason else ""
    return f"{verdict.decision}{reason} by {verdict.reviewer}"


def _read_file(state: Globals, file: str, reviewer: str | None) -> None:
    from claimtrack.reports.ballots import read_verdicts
    from claimtrack.review.ballots import judge_all

    who = _who(reviewer)
    name = "standard input" if file == "-" else file
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot read {file}: {error.strerror or error}", "Name a CSV or JSON lines file"
        ) from error
    lines = read_verdicts(data, name)
    with state.open_to_change(who) as store:
        counted = judge_all(store, lines, who)
    sys.stdout.write(f"{many(len(counted.added), 'verdict')} added, {counted.as_before} as before\n")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this file."""
    app.command()(verdict)
