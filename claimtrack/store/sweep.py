"""Which pairs of the whole archive are worth judging: the search of `candidates` for all claims at once.

The index is read once and held in memory (`likeness`), where for single claims it is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection, select

from claimtrack.store import tables as t
from claimtrack.store.candidates import CANDIDATES, COMMON, LEAST, NOT_FULL, Reached, order_of, put_reach
from claimtrack.store.likeness import Likeness, Numbers, Weights
from claimtrack.store.parts import WHOLE, Part
from claimtrack.store.rows import portions

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow

_NO_DAY = t.NO_DAY.toordinal()


def propose_all(
    connection: Connection,
    portion: int,
    limit: int = CANDIDATES,
    common: int = COMMON,
    window: int | None = None,
) -> Iterator[dict[str, list[str]]]:
    """For every claim that is not retired those of other articles to judge it against, `portion` at a time.

    A pair is proposed once, where one has the other among its `limit` likeliest: with the first of the two,
    in the order of `order_of`, that has.  Writes how far the list of each claim reached, as
    `find_candidates` does; `window` is the same.
    """
    for found, reached in propose_part(connection, WHOLE, portion, limit, common, window):
        put_reach(connection, reached)
        yield found


def propose_part(
    connection: Connection,
    part: Part,
    portion: int,
    limit: int = CANDIDATES,
    common: int = COMMON,
    window: int | None = None,
) -> Iterator[tuple[dict[str, list[str]], Reached]]:
    """The same for one part of the claims, in the order of `order_of`; writes nothing.

    Beside what is proposed it gives how far lists reach, where that is news.  The pairs of all parts are
    those of the whole; a pair with a claim in each of two parts may be proposed in both.
    """
    order = order_of(t.Claim)
    query = select(*order, t.Claim.reach, t.Claim.reach_id).where(~t.Claim.retired).order_by(*order)
    rows = [row for part in portions(connection, query) for row in part]
    keys = select(t.ClaimKey.key, t.ClaimKey.claim_id, t.ClaimKey.weight).order_by(t.ClaimKey.key)
    index = groupby((row for part in portions(connection, keys) for row in part), key=itemgetter(0))
    postings = (
        ([row.claim_id for row in some], [row.weight for row in some])
        for some in (list(group) for _, group in index)
    )
    likeness = Likeness(postings, {row.id: n for n, row in enumerate(rows)}, common)
    search = _Search(likeness, rows, window)
    mine = part.of(len(rows))
    for first in range(mine.start, mine.stop, portion):
        some = range(first, min(first + portion, mine.stop))
        found = {rows[n].id: [rows[other].id for other in search.propose(n, limit)] for n in some}
        reached = {n: search.reach_of(n) for n in some}
        moved = {n: now for n, now in reached.items() if now != (rows[n].reach, rows[n].reach_id)}
        yield found, {rows[n].id: now for n, now in moved.items()}


class _Search:
    """Asks claims, by their numbers in order, whom they propose."""

    def __init__(self, likeness: Likeness, claims: list[AnyRow], window: int | None) -> None:
        self._likeness, self._claims, self._window = likeness, claims, window
        articles: dict[str, int] = {}
        self._article = np.array([articles.setdefault(row.article_id, len(articles)) for row in claims], int)
        self._day = np.array([row.day.toordinal() for row in claims], int)
        by_id = sorted(range(len(claims)), key=lambda n: claims[n].id)
        self._rank = np.empty(len(claims), int)  # ties go by the keys of claims
        self._rank[by_id] = np.arange(len(claims))
        self._reach = np.zeros(len(claims))
        self._last = np.full(len(claims), -1)

    def propose(self, claim: int, limit: int) -> list[int]:
        """The likeliest of other articles, but for those that have proposed this claim before."""
        others, alike = self._ranked(claim)
        if len(others) >= limit:
            others, alike = others[:limit], alike[:limit]
            self._reach[claim], self._last[claim] = alike[-1], others[-1]
        reach, last = self._reach[others], self._last[others]
        among = (alike > reach) | ((alike == reach) & (self._rank[claim] <= self._rank[last]))
        found: list[int] = others[~((others < claim) & among)].tolist()
        return found

    def reach_of(self, claim: int) -> tuple[float, str]:
        """The likeness and the key of the last of a claim's likeliest, where its list is full."""
        last = self._last[claim]
        return (float(self._reach[claim]), self._claims[last].id) if last >= 0 else NOT_FULL

    def _ranked(self, claim: int) -> tuple[Numbers, Weights]:
        """All that are `LEAST` alike and fit, the likeliest first."""
        found, alike = self._likeness.of(claim, LEAST)
        fits = self._article[found] != self._article[claim]
        if self._window is not None and self._day[claim] != _NO_DAY:
            days = self._day[found]
            fits &= (days == _NO_DAY) | (np.abs(days - self._day[claim]) <= self._window)
        found, alike = found[fits], alike[fits]
        best = np.lexsort((self._rank[found], -alike))
        return found[best], alike[best]
