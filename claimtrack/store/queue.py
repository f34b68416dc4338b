"""What there is to review, in order and a page at a time, however large the archive.

A page is keys alone, and goes on after a *place*: the values that the last key was sorted by.  So what is
decided meanwhile moves nothing, and nothing is passed over or comes twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, exists, func, not_, or_, select

from claimtrack.records import Decision, QueueOrder, RelationKind
from claimtrack.store import tables as t
from claimtrack.store.model import aliased
from claimtrack.store.spelling import spelled
from claimtrack.store.verdicts import has_status, newest_decision
from claimtrack.store.views import ReviewStatus

if TYPE_CHECKING:
    from typing import TypeAlias

    from sqlalchemy import ColumnClause, ColumnElement, ScalarSelect

    from claimtrack.store.rows import AnySelect

    Text: TypeAlias = ColumnClause[str]
    # A column to sort by, and whether its greatest value comes first.
    Key: TypeAlias = tuple[ColumnElement[Any], bool]

SURE = 0.9  # a score or confidence from which on a rejection says that the program was sure and wrong
_OPEN = (ReviewStatus.OPEN,)


@dataclass(frozen=True)
class QueueFilter:
    """What is to be reviewed, by whom and in which order; `speaker` is a key, already looked up."""

    reviewer: str
    claims: bool = False  # claims instead of relations
    order: QueueOrder = QueueOrder.SCORE
    kinds: tuple[RelationKind, ...] = tuple(RelationKind)  # of relations
    speaker: str | None = None  # of either claim
    second: bool = False  # what somebody else decided and this reviewer did not, instead of what is open
    max_confidence: float = 1.0  # of claims


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a queue a key stands: in which of its parts, and sorted by which values."""

    part: int
    values: tuple[Any, ...]


@dataclass(frozen=True)
class _Part:
    """A stretch of a queue: one query and what it is sorted by, the key last."""

    query: AnySelect
    keys: tuple[Key, ...]


def list_queue(
    connection: Connection, wanted: QueueFilter, after: Place | None, limit: int
) -> list[tuple[str, Place]]:
    """The next keys of a queue with their places, from the beginning or after a place."""
    found: list[tuple[str, Place]] = []
    for number, lanes in enumerate(_parts(wanted)):
        if after is not None and number < after.part:
            continue
        start = after.values if after is not None and number == after.part else None
        rows = [_rows(connection, lane, start, limit - len(found)) for lane in lanes]
        # Several lanes are sorted by the same two columns, a number and the key.
        down = lanes[0].keys[0][1]
        in_order = (
            merge(*rows, key=lambda row: (-row[0] if down else row[0], *row[1:])) if rows[1:] else rows[0]
        )
        found += [(row[-1], Place(number, row)) for row in islice(in_order, limit - len(found))]
        if len(found) == limit:
            break
    return found


def count_queue(connection: Connection, wanted: QueueFilter, most: int) -> int:
    """How many keys a queue has; counting ends at `most`."""
    total = 0
    for lanes in _parts(wanted):
        for lane in lanes:
            part = lane.query.limit(most - total).subquery()
            total += connection.scalar(select(func.count()).select_from(part)) or 0
            if total >= most:
                return most
    return total


def _rows(
    connection: Connection, part: _Part, start: Sequence[Any] | None, limit: int
) -> list[tuple[Any, ...]]:
    query = part.query
    if start is not None:
        query = query.where(_after(part.keys, start))
    order = [column.desc() if down else column.asc() for column, down in part.keys]
    return [tuple(row) for row in connection.execute(query.order_by(*order).limit(limit))]


def _after(keys: Sequence[Key], start: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a row comes after these values; the first comparison is one that an index answers."""
    (column, down), value = keys[0], start[0]
    beyond: ColumnElement[bool] = column < value if down else column > value
    if len(keys) == 1:
        return beyond
    within = column <= value if down else column >= value
    return and_(within, or_(beyond, _after(keys[1:], start[1:])))


def _parts(wanted: QueueFilter) -> list[list[_Part]]:
    """A queue's parts one after the other; the lanes of a part are read side by side."""
    ident, score, down = (
        (t.Claim.id, t.Claim.confidence, False) if wanted.claims else (t.Relation.id, t.Relation.score, True)
    )
    if wanted.order is QueueOrder.SPEAKER:
        keys: tuple[Key, ...] = (
            (spelled(t.Speaker.name), False),
            (t.Speaker.id, False),
            (score, down),
            (ident, False),
        )
        return [[_Part(_query(wanted, wanted.kinds, keys).where(_waiting(wanted)), keys)]]
    # One kind at a time, an index gives relations in the order of their scores.
    lanes = [wanted.kinds] if wanted.claims else [(kind,) for kind in wanted.kinds]

    def part(first: bool, *conditions: ColumnElement[bool]) -> list[_Part]:
        keys: tuple[Key, ...] = ((score, first), (ident, False))
        return [_Part(_query(wanted, kinds, keys).where(*conditions), keys) for kinds in lanes]

    if wanted.order is QueueOrder.SCORE:
        return [part(down, _waiting(wanted))]
    disputed = _disputed(ident, score)
    mine = _second(ident, wanted.reviewer) if wanted.second else _last_word(ident) != wanted.reviewer
    # Relations are made from a score on that is the fence: the lowest are the closest calls.
    return [part(True, disputed, mine), part(False, _waiting(wanted), not_(disputed))]


def _query(wanted: QueueFilter, kinds: Sequence[RelationKind], keys: Sequence[Key]) -> AnySelect:
    columns = [column for column, _ in keys]
    by_speaker = wanted.order is QueueOrder.SPEAKER
    if wanted.claims:
        query: AnySelect = select(*columns).select_from(t.Claim).where(~t.Claim.retired)
        if by_speaker:
            query = query.join(t.Speaker, t.Speaker.id == t.Claim.speaker_id)
        if wanted.speaker is not None:
            query = query.where(t.Claim.speaker_id == wanted.speaker)
        if wanted.max_confidence < 1:
            query = query.where(t.Claim.confidence <= wanted.max_confidence)
        return query
    query = select(*columns).select_from(t.Relation)
    query = query.where(~t.Relation.retired, t.Relation.kind.in_([kind.value for kind in kinds]))
    if by_speaker:
        query = query.join(t.Claim, t.Claim.id == t.Relation.a_id)
        query = query.join(t.Speaker, t.Speaker.id == t.Claim.speaker_id)
    if wanted.speaker is not None:
        side = aliased(t.Claim)
        theirs = select(side.id).where(side.speaker_id == wanted.speaker)
        query = query.where(or_(t.Relation.a_id.in_(theirs), t.Relation.b_id.in_(theirs)))
    return query


def _waiting(wanted: QueueFilter) -> ColumnElement[bool]:
    """What is open, or what only others have decided."""
    ident = t.Claim.id if wanted.claims else t.Relation.id
    if wanted.second:
        return _second(ident, wanted.reviewer)
    return has_status(ident, _OPEN, () if wanted.claims else (t.Relation.a_id, t.Relation.b_id))


def _second(ident: Text, reviewer: str) -> ColumnElement[bool]:
    """Whether others have decided on the row's subject, and this reviewer has not."""
    verdict = aliased(t.Verdict)
    given = select(verdict.id).where(verdict.subject == ident, _stands(verdict))
    others = given.where(verdict.reviewer != reviewer)
    own = given.where(verdict.reviewer == reviewer)
    return and_(others.correlate_except(verdict).exists(), ~own.correlate_except(verdict).exists())


def _disputed(ident: Text, score: ColumnClause[float]) -> ColumnElement[bool]:
    """Whether the verdicts on a subject differ, or the program was sure of what was rejected."""
    verdict, other = aliased(t.Verdict), aliased(t.Verdict)
    differ = (
        select(verdict.subject)
        .join(other, and_(other.subject == verdict.subject, other.decision > verdict.decision))
        .where(_stands(verdict), _stands(other))
    )
    rejected = select(t.Verdict.subject).where(t.Verdict.decision == Decision.REJECTED.value)
    overruled = and_(
        ident.in_(rejected),
        score >= SURE,
        func.coalesce(newest_decision(ident), "") == Decision.REJECTED.value,
    )
    return or_(ident.in_(differ), overruled)


def _last_word(ident: Text) -> ScalarSelect[str]:
    """Who gave the newest verdict on the row's subject that nobody took back."""
    verdict = aliased(t.Verdict)
    given = select(verdict.reviewer).where(verdict.subject == ident, _stands(verdict))
    return given.order_by(verdict.id.desc()).limit(1).correlate_except(verdict).scalar_subquery()


def _stands(verdict: type[t.Verdict]) -> ColumnElement[bool]:
    """Whether a verdict is no undo, and nobody took it back."""
    undo = aliased(t.Verdict)
    undone = exists().where(undo.subject == verdict.subject, undo.undoes == verdict.id)
    return and_(verdict.undoes.is_(None), ~undone.correlate_except(undo))
