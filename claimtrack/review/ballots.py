"""Many verdicts at once, from a file: what differs from what is so goes in, all of it or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.records import Verdict, VerdictLine, in_force, standing
from claimtrack.review.verdicts import find_subject, give
from claimtrack.store import Store

_KEY_LENGTH = 13  # of a whole key; what is shorter is a beginning, and is looked up


@dataclass(frozen=True)
class Counted:
    """What came of a file; a relation stands in the audit with each of its claims, and counts once."""

    added: tuple[Verdict, ...]
    as_before: int


def judge_all(store: Store, lines: Iterable[VerdictLine], reviewer: str) -> Counted:
    """Give the verdicts of a file, in one transaction; `reviewer` where a line names nobody.

    A line adds nothing where it says what is so already (`is_so`), or what another line said.  Raises
    InputError that names the place of the first line that cannot be: then nothing has gone in.
    """
    wanted = list(lines)
    added: list[Verdict] = []
    asked: set[tuple[str, str]] = set()
    with store.transaction():
        keys = _keys(store, wanted)
        known = store.verdicts_of(keys)
        said: dict[tuple[str, str], VerdictLine] = {}
        for line, key in zip(wanted, keys, strict=True):
            who = line.reviewer or reviewer
            asked.add((key, who))
            _refuse_two(key, said.setdefault((key, ""), line), line)
            twin = said.setdefault((key, who), line)
            _refuse_two(key, twin, line, whole=True)
            if is_so(line, known.get(key, ()), reviewer) or (twin is not line and _adds_nothing(line, twin)):
                continue
            said[key, who] = line
            try:
                added.append(give(store, key, line.decision, who, line.note, line.reason, reviewer))
            except ClaimtrackError as error:
                raise _at(line, error.message, error.hint) from error
    return Counted(tuple(added), len(asked - {(verdict.subject, verdict.reviewer) for verdict in added}))


def is_so(line: VerdictLine, verdicts: Sequence[Verdict], reviewer: str) -> bool:
    """Whether a line says nothing new to these verdicts on its subject, the newest first.

    What is in force is its decision, and with its note and reason, where it has them, so it stands there,
    or was last said by the line's reviewer (`reviewer` where it names nobody).  A line that names its
    reviewer is new for as long as that one has not said it.
    """
    newest = in_force(verdicts)
    if newest is None or newest.decision is not line.decision:
        return False
    who = line.reviewer or reviewer
    theirs = next((v for v in standing(verdicts) if v.reviewer == who), None)
    candidates = [theirs] if line.reviewer else [theirs, newest]
    return any(verdict is not None and _says(verdict, line) for verdict in candidates)


def repeats(verdicts: Sequence[Verdict], line: VerdictLine) -> bool:
    """Whether the verdict in force is this line's, by its reviewer."""
    newest = in_force(verdicts)
    return newest is not None and newest.reviewer == line.reviewer and _says(newest, line)


def _says(verdict: Verdict, line: VerdictLine) -> bool:
    """Whether a verdict says all that a line says."""
    return (
        verdict.decision is line.decision
        and line.note in ("", verdict.note)
        and (line.reason or "") in ("", verdict.reason)
    )


def _adds_nothing(line: VerdictLine, twin: VerdictLine) -> bool:
    return line.note in ("", twin.note) and line.reason in (None, twin.reason)


def _keys(store: Store, lines: Sequence[VerdictLine]) -> list[str]:
    known = store.known_subjects(line.subject for line in lines if len(line.subject) == _KEY_LENGTH)
    keys = []
    for line in lines:
        try:
            keys.append(line.subject if line.subject in known else find_subject(store, line.subject))
        except ClaimtrackError as error:
            raise _at(line, error.message, error.hint) from error
    return keys


def _refuse_two(key: str, first: VerdictLine, line: VerdictLine, whole: bool = False) -> None:
    """Refuse a line that says something else of the same subject; `whole` looks at note and reason too."""
    pairs = [(str(first.decision), str(line.decision))]
    if whole:
        pairs += [(first.note, line.note), (first.reason or "", line.reason or "")]
    for one, other in pairs:
        if one and other and one != other:
            raise _at(
                line,
                f"{key} is {other:.40} here and {one:.40} before ({first.place.rpartition(', ')[2]})",
                "Make them the same, or give them in two files",
            )


def _at(line: VerdictLine, problem: str, remedy: str) -> InputError:
    return InputError(f"{line.place}: {problem}; nothing was added", remedy)
