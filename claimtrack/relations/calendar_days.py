"""When claims were stated and which days they speak of."""

from __future__ import annotations

from datetime import date

from claimtrack.records import Claim


def day_of(claim: Claim) -> date | None:
    """The day of the statement, else of publication, else None."""
    return claim.stated_on or claim.published


def days_between(a: Claim, b: Claim) -> int | None:
    """Days from `a`'s statement to `b`'s, negative where `b` came first; None where a day is unknown."""
    first, second = day_of(a), day_of(b)
    return None if first is None or second is None else (second - first).days


def compare_periods(a: Claim, b: Claim) -> tuple[float, str]:
    """1 where the days spoken of overlap, -1 where they lie apart, 0 where one claim names none."""
    ones, others = a.facets.periods, b.facets.periods
    if not ones or not others:
        return 0.0, ""
    for p in ones:
        for q in others:
            if p.start <= q.end and q.start <= p.end:
                return 1.0, p.text if p.text == q.text else f"{p.text} and {q.text}"
    return -1.0, f"{ones[0].text} against {others[0].text}"


def in_order(a: Claim, b: Claim) -> tuple[Claim, Claim]:
    """The two claims, the earlier first; without days, or on one day, by their keys."""
    first, second = sorted((a, b), key=lambda c: (day_of(c) or date.max, c.key))
    return first, second
