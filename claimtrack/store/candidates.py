"""Which claims of other articles are worth judging against one: the search in the candidate index.

Two claims are alike by the sum of products of the weights of the keys they share.  The keys of a claim are
weighed to length one, so this is a cosine: it depends on the two claims alone, not on the archive.  A pair is
proposed where it is at least `LEAST` alike and one of the two has the other among its `CANDIDATES` likeliest.

The work for one claim is bounded: a key of more than `COMMON` claims is not followed.  While no key is as
common as that, what is proposed depends on the order in which articles came in one way only: a pair is judged
when the later of the two comes, and stays when others, likelier still, come after.  So an archive that grew
may hold more relations than `claimtrack relate` makes of it in one go, never fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, bindparam, delete, func, literal, or_, select, update
from sqlalchemy.orm import aliased

from claimtrack.store import tables as t
from claimtrack.store.rows import put, split

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

    from claimtrack.store.rows import AnyRow, AnySelect

ClaimKeys = Sequence[tuple[str, float]]

CANDIDATES = 50  # claims of other articles that one claim proposes
WELCOME = 4  # times as many again may have a claim among theirs
LEAST = 0.1  # alike by less, two claims are of different stories
COMMON = 1_000  # a key of more claims than this tells little apart, and costs too much to follow
_NOT_FULL = (0.0, "")  # how far a list reached that has room left
_EXACT = 1024  # weights are multiples of 1/1024: sums of products are exact, whatever their order


def put_keys(connection: Connection, keys: Mapping[str, ClaimKeys]) -> None:
    """Store the candidate keys of claims in place of those they had, weighed to length one."""
    for part in split(keys):
        connection.execute(delete(t.ClaimKey).where(t.ClaimKey.claim_id.in_(part)))
    put(
        connection,
        t.ClaimKey,
        [
            {"claim_id": claim, "key": key, "weight": weight}
            for claim, found in keys.items()
            for key, weight in _to_length_one(dict(found)).items()
        ],
    )


def find_candidates(
    connection: Connection,
    ids: Iterable[str],
    limit: int = CANDIDATES,
    common: int = COMMON,
    window: int | None = None,
    anew: bool = False,
) -> dict[str, list[str]]:
    """For each claim the claims of other articles to judge it against, the likeliest first.

    These are its `limit` likeliest, and those that would have it among theirs, up to `WELCOME` times as
    many.  `window` leaves out what was stated more than so many days apart; what has no day stays in.  With
    `anew` all claims are asked, in the order of `order_of`, after `forget_reach`: then a pair that the first
    of the two has proposed is not proposed again.  Remembers how far the list of each claim reached: the last
    of its likeliest, where there are `limit` of them.
    """
    out: dict[str, list[str]] = {}
    for part in split(dict.fromkeys(ids)):
        keys = _telling_keys(connection, part, common)
        ranked: dict[str, list[AnyRow]] = {}
        for days, same in _windows(connection, part, window):
            for row in connection.execute(_likeliest(same, keys, limit, days, anew)) if keys else ():
                ranked.setdefault(row.claim, []).append(row)
        reached = {
            claim: next(((row.alike, row.other) for row in rows if row.place == limit), _NOT_FULL)
            for claim, rows in ranked.items()
        }
        for claim in part:
            rows = ranked.get(claim, [])
            others = [row.other for row in rows if not (anew and _proposed(row, reached))]
            if others:
                out[claim] = others
        _put_reach(connection, {claim: reached.get(claim, _NOT_FULL) for claim in part})
    return out


def forget_reach(connection: Connection) -> None:
    """Begin anew: no claim has proposed any other."""
    connection.execute(update(t.Claim).values(reach=0.0, reach_id="").where(t.Claim.reach > 0))


def _to_length_one(keys: Mapping[str, float]) -> dict[str, float]:
    length = sum(weight * weight for weight in keys.values()) ** 0.5
    return {key: max(1, round(weight / length * _EXACT)) / _EXACT for key, weight in keys.items() if weight}


def _telling_keys(connection: Connection, ids: list[str], common: int) -> list[str]:
    """The keys of these claims that are more than one claim's, and not more than `common` claims'."""
    telling: list[str] = []
    mine = select(t.ClaimKey.key).where(t.ClaimKey.claim_id.in_(ids)).distinct()
    for part in split(connection.scalars(mine).all()):
        keys = select(t.ClaimKey.key).where(t.ClaimKey.key.in_(part)).distinct().subquery()
        counted = aliased(t.ClaimKey)
        # Stops counting at the limit: a key of a million claims costs no more than one of `common`.
        one = select(literal(1)).where(counted.key == keys.c.key)
        shared, too_many = (one.limit(1).offset(place).scalar_subquery() for place in (1, common))
        telling += connection.scalars(select(keys.c.key).where(shared.is_not(None), too_many.is_(None)))
    return telling


def _windows(
    connection: Connection, ids: list[str], window: int | None
) -> Iterator[tuple[tuple[date, date] | None, list[str]]]:
    """The claims with the first and the last day of what they may be related to; None: any day."""
    if window is None:
        yield None, ids
        return
    days = select(t.Claim.day, t.Claim.id).where(t.Claim.id.in_(ids)).order_by(t.Claim.day, t.Claim.id)
    for day, rows in groupby(connection.execute(days), key=lambda row: row.day):
        first = day - timedelta(days=min(window, (day - date.min).days))
        last = day + timedelta(days=min(window, (date.max - day).days))
        yield None if day == t.NO_DAY else (first, last), [row.id for row in rows]


def _likeliest(
    ids: list[str], keys: list[str], limit: int, days: tuple[date, date] | None, anew: bool
) -> AnySelect:
    mine, theirs = aliased(t.ClaimKey), aliased(t.ClaimKey)
    own, other = aliased(t.Claim), aliased(t.Claim)
    score = func.sum(mine.weight * theirs.weight)
    pairs = (
        select(mine.claim_id.label("claim"), theirs.claim_id.label("other"), score.label("alike"))
        .join(theirs, theirs.key == mine.key)
        .where(mine.claim_id.in_(ids), mine.key.in_(keys))
        .group_by(mine.claim_id, theirs.claim_id)
        .having(score >= LEAST)
        .subquery()
    )
    alike, best = pairs.c.alike, (pairs.c.alike.desc(), pairs.c.other)
    fits = [other.article_id != own.article_id]
    if days is not None:
        fits.append(or_(other.day.between(*days), other.day == t.NO_DAY))
    ranked = (
        select(
            pairs,
            func.row_number().over(partition_by=pairs.c.claim, order_by=best).label("place"),
            or_(alike > other.reach, and_(alike == other.reach, other.reach_id > own.id)).label("welcome"),
            other.reach,
            other.reach_id,
            *(column.label(f"own_{column.key}") for column in order_of(own)),
            *(column.label(f"other_{column.key}") for column in order_of(other)),
        )
        .join(own, own.id == pairs.c.claim)
        .join(other, other.id == pairs.c.other)
        .where(*fits)
        .subquery()
    )
    near = ranked.c.place <= limit
    if not anew:
        near = or_(near, and_(ranked.c.welcome, ranked.c.place <= (1 + WELCOME) * limit))
    return select(ranked).where(near).order_by(ranked.c.claim, ranked.c.place)


def order_of(claim: type[t.Claim]) -> tuple[InstrumentedAttribute[Any], ...]:
    """The columns that put claims in the order in which all of them are asked: an index has them."""
    return claim.day, claim.article_id, claim.start, claim.id


def _proposed(row: AnyRow, reached: Mapping[str, tuple[float, str]]) -> bool:
    """Whether the other claim was asked before this one, and then had it among its likeliest."""
    own = (row.own_day, row.own_article_id, row.own_start, row.own_id)
    if own < (row.other_day, row.other_article_id, row.other_start, row.other_id):
        return False
    reach, last = reached.get(row.other, (row.reach, row.reach_id))
    return bool((-row.alike, row.claim) <= (-reach, last or row.claim))


def _put_reach(connection: Connection, reached: Mapping[str, tuple[float, str]]) -> None:
    change = update(t.Claim).where(t.Claim.id == bindparam("key"))
    connection.execute(
        change.values(reach=bindparam("score"), reach_id=bindparam("last")),
        [{"key": claim, "score": score, "last": last} for claim, (score, last) in reached.items()],
    )
