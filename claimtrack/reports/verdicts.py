"""Verdicts in words: every one that was given on a claim or relation, those taken back marked."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.records import Verdict, standing


def tell_verdicts(verdicts: Sequence[Verdict]) -> list[tuple[str, bool]]:
    """A line for each of the verdicts on one subject, in their order, and whether it still stands."""
    stand = {verdict.id for verdict in standing(verdicts)}
    return [(_tell(verdict, verdict.id in stand), verdict.id in stand) for verdict in verdicts]


def _tell(verdict: Verdict, stands: bool) -> str:
    when = f"{verdict.at:%Y-%m-%d %H:%M} UTC"
    note = f": {verdict.note}" if verdict.note else ""
    if verdict.undoes is not None:
        return f"{verdict.id}. {verdict.reviewer} took {verdict.undoes} back on {when}{note}"
    reason = f" ({verdict.reason})" if verdict.reason else ""
    carried = f", carried over from {verdict.carries}" if verdict.carries is not None else ""
    taken_back = "" if stands else " [taken back]"
    words = f"{verdict.decision}{reason} by {verdict.reviewer} on {when}{carried}"
    return f"{verdict.id}. {words}{note}{taken_back}"
