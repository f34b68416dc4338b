"""Which claims of other articles are worth judging against one: the search in the candidate index.

Two claims are alike by the sum of products of the weights of the keys they share.  The keys of a claim are
weighed to length one, so this is a cosine: it depends on the two claims alone, not on the archive.  A pair is
proposed where it is at least `LEAST` alike and one of the two has the other among its `CANDIDATES` likeliest.

The work for one claim is bounded: a key of more than `COMMON` claims is not followed.  While no key is as
common as that, what is proposed depends on the order in which articles came in one way only: a pair is judged
when the later of the two comes, and stays when others, likelier still, come after.  So an archive that grew
may hold more relations than `claimtrack relate` makes of it in one go, and not fewer, unless more than
`WELCOME` lists' length of claims would have a new one among their likeliest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Integer, Text, bindparam, cast, delete, func, literal, select, update

from claimtrack.store import tables as t
from claimtrack.store.model import aliased
from claimtrack.store.rows import put, split

if TYPE_CHECKING:
    from sqlalchemy import ColumnClause

    from claimtrack.store.rows import AnyRow, AnySelect

ClaimKeys = Sequence[tuple[str, float]]
Reached = Mapping[str, tuple[float, str]]  # claims: the likeness and the key of the last of their likeliest

CANDIDATES = 50  # claims of other articles that one claim proposes
WELCOME = 4  # times as many again may have a claim among theirs
LEAST = 0.1  # alike by less, two claims are of different stories
COMMON = 1_000  # a key of more claims than this tells little apart, and costs too much to follow
NOT_FULL = (0.0, "")  # how far a list reached that has room left
_EXACT = 1024  # weights are multiples of 1/1024: sums of products are exact, whatever their order


def put_keys(connection: Connection, keys: Mapping[str, ClaimKeys]) -> None:
    """Store the candidate keys of claims in place of those they had, weighed to length one.

    What is there already is not written again: `relate` finds most keys unchanged.
    """
    for part in split(keys):
        wanted = _changed(connection, {claim: keys[claim] for claim in part})
        if wanted:
            connection.execute(delete(t.ClaimKey).where(t.ClaimKey.claim_id.in_(wanted)))
        put(connection, t.ClaimKey, _rows(wanted))


def key_rows(keys: Mapping[str, ClaimKeys]) -> list[dict[str, Any]]:
    """The rows of the candidate keys of claims that have none yet."""
    return _rows({claim: _to_length_one(dict(found)) for claim, found in keys.items()})


def _rows(keys: Mapping[str, Mapping[str, float]]) -> list[dict[str, Any]]:
    rows = (
        {"key": key, "claim_id": claim, "weight": weight}
        for claim, found in keys.items()
        for key, weight in found.items()
    )
    # In the order of the index: neighbours go into the same page, one after the other.
    return sorted(rows, key=itemgetter("key"))


def changed_keys(connection: Connection, keys: Mapping[str, ClaimKeys]) -> dict[str, ClaimKeys]:
    """Those of these claims that are stored with other candidate keys."""
    return {
        claim: keys[claim]
        for part in split(keys)
        for claim in _changed(connection, {claim: keys[claim] for claim in part})
    }


def _changed(connection: Connection, keys: Mapping[str, ClaimKeys]) -> dict[str, dict[str, float]]:
    """The keys, weighed to length one, of those claims that are stored with others."""
    known: dict[str, dict[str, float]] = {}
    rows = select(t.ClaimKey.claim_id, t.ClaimKey.key, t.ClaimKey.weight)
    for claim, key, weight in connection.execute(rows.where(t.ClaimKey.claim_id.in_(keys))):
        known.setdefault(claim, {})[key] = weight
    wanted = {claim: _to_length_one(dict(found)) for claim, found in keys.items()}
    return {claim: found for claim, found in wanted.items() if found != known.get(claim, {})}


def find_candidates(
    connection: Connection,
    ids: Iterable[str],
    limit: int = CANDIDATES,
    common: int = COMMON,
    window: int | None = None,
) -> dict[str, list[str]]:
    """For each claim the claims of other articles to judge it against, the likeliest first.

    These are its `limit` likeliest, and those that would have it among theirs, up to `WELCOME` times as
    many.  `window` leaves out what was stated more than so many days apart; what has no day stays in.
    Remembers how far the list of each claim reached: the last of its likeliest, where there are `limit` of
    them.  `sweep` asks all claims at once.
    """
    out: dict[str, list[str]] = {}
    for part in split(dict.fromkeys(ids)):
        keys = _telling_keys(connection, part, common)
        ranked = _alike(connection, part, keys, common)
        wanted = {*part, *(other for found in ranked.values() for _, other in found)}
        rows = {row.id: row for some in split(sorted(wanted)) for row in connection.execute(_placed(some))}
        reached: dict[str, tuple[float, str]] = {}
        for claim in part:
            own = rows[claim]
            likeliest = [pair for pair in ranked.get(claim, ()) if _fits(own, rows[pair[1]], window)]
            reached[claim] = likeliest[limit - 1] if len(likeliest) >= limit else NOT_FULL
            welcome = (
                other
                for alike, other in likeliest[limit : (1 + WELCOME) * limit]
                if (-alike, claim) < (-rows[other].reach, rows[other].reach_id)
            )
            if likeliest:
                out[claim] = [*(other for _, other in likeliest[:limit]), *welcome]
        put_reach(connection, reached)
    return out


def _to_length_one(keys: Mapping[str, float]) -> dict[str, float]:
    length = sum(weight * weight for weight in keys.values()) ** 0.5
    return {key: max(1, round(weight / length * _EXACT)) / _EXACT for key, weight in keys.items() if weight}


def _telling_keys(connection: Connection, ids: list[str], common: int) -> list[str]:
    """The keys of these claims that are more than one claim's, and not more than `common` claims'."""
    mine = select(t.ClaimKey.key).where(t.ClaimKey.claim_id.in_(ids)).distinct().subquery()
    counted = aliased(t.ClaimKey)
    # Stops counting at the limit: a key of a million claims costs no more than one of `common`.
    some = select(literal(1)).where(counted.key == mine.c.key).limit(common + 1).correlate(mine).subquery()
    number = select(func.count()).select_from(some).scalar_subquery()
    return list(connection.scalars(select(mine.c.key).where(number.between(2, common))))


def _alike(
    connection: Connection, ids: list[str], keys: list[str], common: int
) -> dict[str, list[tuple[float, str]]]:
    """For each claim those that are `LEAST` alike, itself left out, the likeliest first."""
    from claimtrack.store.likeness import Likeness  # noqa: PLC0415  # NumPy, which reading does not need

    numbers: dict[str, int] = {}
    likeness = Likeness(_postings(connection, keys), numbers, common)
    names = list(numbers)
    found = {claim: likeness.of(numbers[claim], LEAST) for claim in ids if claim in numbers}
    return {
        claim: sorted(
            (
                (alike, names[other])
                for other, alike in zip(*map(list, pairs), strict=True)
                if names[other] != claim
            ),
            key=lambda pair: (-pair[0], pair[1]),
        )
        for claim, pairs in found.items()
    }


def _postings(connection: Connection, keys: list[str]) -> Iterator[tuple[list[str], list[float]]]:
    """For each key the claims that have it, and how much it weighs in each.

    One row a key: to fetch a row a claim takes half as long again.
    """
    weights = cast(cast(_EXACT * t.ClaimKey.weight, Integer), Text)
    query = select(
        func.aggregate_strings(t.ClaimKey.claim_id, " "), func.aggregate_strings(weights, " ")
    ).group_by(t.ClaimKey.key)
    for part in split(keys):
        for claims, shares in connection.execute(query.where(t.ClaimKey.key.in_(part))):
            yield claims.split(), [int(share) / _EXACT for share in shares.split()]


def _placed(ids: list[str]) -> AnySelect:
    columns = (t.Claim.id, t.Claim.article_id, t.Claim.day, t.Claim.reach, t.Claim.reach_id)
    return select(*columns).where(t.Claim.id.in_(ids))


def _fits(one: AnyRow, other: AnyRow, window: int | None) -> bool:
    """Whether two claims are of two articles and their days near enough; what has no day is near all."""
    if one.article_id == other.article_id:
        return False
    near = window is None or t.NO_DAY in (one.day, other.day)
    return near or abs((one.day - other.day).days) <= (window or 0)


def order_of(claim: type[t.Claim]) -> tuple[ColumnClause[Any], ...]:
    """The columns that put claims in the order in which all of them are asked: an index has them."""
    return claim.day, claim.article_id, claim.start, claim.id


def put_reach(connection: Connection, reached: Reached) -> None:
    """Store how far the lists of claims reached."""
    if not reached:
        return
    change = update(t.Claim).where(t.Claim.id == bindparam("key"))
    connection.execute(
        change.values(reach=bindparam("score"), reach_id=bindparam("last")),
        [{"key": claim, "score": score, "last": last} for claim, (score, last) in reached.items()],
    )
