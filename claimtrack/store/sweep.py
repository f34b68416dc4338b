"""Which pairs of the whole archive are worth judging: the search of `candidates` for all claims at once.

The index is read once and held in memory (`likeness`), where for single claims it is looked up.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
from sqlalchemy import Connection, select

from claimtrack.store import tables as t
from claimtrack.store.candidates import CANDIDATES, COMMON, LEAST, NOT_FULL, Reached, order_of, put_reach
from claimtrack.store.likeness import Likeness, Numbers, Weights
from claimtrack.store.parts import WHOLE, Part
from claimtrack.store.rows import portions

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
    claims = _Claims(connection)
    search = _Search(_likeness(connection, claims.ids, common), claims, window)
    mine = part.of(len(claims.ids))
    for first in range(mine.start, mine.stop, portion):
        some = range(first, min(first + portion, mine.stop))
        found = {claims.ids[n]: [claims.ids[other] for other in search.propose(n, limit)] for n in some}
        yield found, {claims.ids[n]: search.reach_of(n) for n in some if search.has_moved(n)}


def _likeness(connection: Connection, ids: list[str], common: int) -> Likeness:
    keys = select(t.ClaimKey.key, t.ClaimKey.claim_id, t.ClaimKey.weight).order_by(t.ClaimKey.key)
    rows = (row for part in portions(connection, keys) for row in part)
    postings = (
        ([row.claim_id for row in some], [row.weight for row in some])
        for some in (list(group) for _, group in groupby(rows, key=itemgetter(0)))
    )
    return Likeness(postings, {claim: n for n, claim in enumerate(ids)}, common)


class _Claims:
    """All claims that are not retired, in the order of `order_of`: numbers, as rows would be large."""

    def __init__(self, connection: Connection) -> None:
        order = order_of(t.Claim)
        query = select(*order, t.Claim.reach, t.Claim.reach_id).where(~t.Claim.retired).order_by(*order)
        articles: dict[str, int] = {}
        article, day, reach = array("q"), array("q"), array("d")
        self.ids: list[str] = []
        lasts: list[str] = []
        names: dict[str, str] = {}
        for row in (row for rows in portions(connection, query) for row in rows):
            self.ids.append(names.setdefault(row.id, row.id))
            article.append(articles.setdefault(row.article_id, len(articles)))
            day.append(row.day.toordinal())
            reach.append(row.reach)
            lasts.append(names.setdefault(row.reach_id, row.reach_id))
        numbers = {claim: n for n, claim in enumerate(self.ids)}
        self.article, self.day = np.frombuffer(article, np.int64), np.frombuffer(day, np.int64)
        self.reach = np.frombuffer(reach)  # of their lists, as it was
        self.last = np.array([numbers.get(last, -1) for last in lasts], np.int64)


class _Search:
    """Asks claims, by their numbers in order, whom they propose."""

    def __init__(self, likeness: Likeness, claims: _Claims, window: int | None) -> None:
        self._likeness, self._claims, self._window = likeness, claims, window
        by_id = sorted(range(len(claims.ids)), key=claims.ids.__getitem__)
        self._rank = np.empty(len(by_id), int)  # ties go by the keys of claims
        self._rank[by_id] = np.arange(len(by_id))
        self._reach = np.zeros(len(by_id))
        self._last = np.full(len(by_id), -1)

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
        return (float(self._reach[claim]), self._claims.ids[last]) if last >= 0 else NOT_FULL

    def has_moved(self, claim: int) -> bool:
        """Whether a claim's list reaches another way than the database says."""
        now, before = self._last[claim], self._claims.last[claim]
        return bool(now != before or self._reach[claim] != self._claims.reach[claim])

    def _ranked(self, claim: int) -> tuple[Numbers, Weights]:
        """All that are `LEAST` alike and fit, the likeliest first."""
        found, alike = self._likeness.of(claim, LEAST)
        article, day = self._claims.article, self._claims.day
        fits = article[found] != article[claim]
        if self._window is not None and day[claim] != _NO_DAY:
            fits &= (day[found] == _NO_DAY) | (np.abs(day[found] - day[claim]) <= self._window)
        found, alike = found[fits], alike[fits]
        best = np.lexsort((self._rank[found], -alike))
        return found[best], alike[best]
