"""What disputes are made of: relations without the words of their claims."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Text, case, cast, or_, select

from claimtrack.records import Decision, RelationKind, Signal
from claimtrack.store import tables as t
from claimtrack.store.codec import unpack_signals
from claimtrack.store.model import aliased
from claimtrack.store.rows import grouped, portions, split
from claimtrack.store.views import LinkView, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from claimtrack.store.rows import AnyRow, AnySelect

MANY = 20_000  # links from which reading all of the archive's is quicker than following them

_A, _B = aliased(t.Claim), aliased(t.Claim)
_EXCLUDING = (RelationKind.CONTRADICTS.value, RelationKind.UPDATES.value)
_AGAINST = " against "  # stands in the notes of signals that name the differing words


def list_links(connection: Connection) -> Iterator[LinkView]:
    """The relations that disputes are made of, with who speaks at each end and when.

    These are the relations of exclusion, those of the claims at their ends, and those of the claims that
    agree with these.  Where they are very many, all relations come.
    """
    decisions = _decisions(connection)
    found: dict[str, LinkView] = {}
    opposed = _links().where(t.Relation.kind.in_(_EXCLUDING))
    ahead = _add(found, _views(connection.execute(opposed.limit(MANY)).all(), decisions))
    seen: set[str] = set()
    for _ in range(2):
        near = ahead - seen
        seen |= near
        ahead = _follow(connection, near, found, decisions)
    yield from found.values() if len(found) < MANY else _all(connection, decisions)


def links_around(connection: Connection, relation_id: str) -> list[LinkView]:
    """The relations that hang together with this one, over however many claims; none where it is gone.

    Where these are very many, all relations come back.
    """
    decisions = _decisions(connection)
    found: dict[str, LinkView] = {}
    seen: set[str] = set()
    query = _links().where(t.Relation.id == relation_id)
    ahead = _add(found, _views(connection.execute(query).all(), decisions))
    while ahead := ahead - seen:
        seen |= ahead
        ahead = _follow(connection, ahead, found, decisions)
        if len(found) >= MANY:
            return list(_all(connection, decisions))
    return list(found.values())


def _follow(
    connection: Connection,
    claims: set[str],
    found: dict[str, LinkView],
    decisions: Mapping[str, Decision],
) -> set[str]:
    """Add the links of these claims to those found, unless these are too many; their ends come back."""
    ends: set[str] = set()
    for part in split(sorted(claims)):
        if len(found) >= MANY:
            break
        near = _links().where(or_(t.Relation.a_id.in_(part), t.Relation.b_id.in_(part)))
        ends |= _add(found, _views(connection.execute(near).all(), decisions))
    return ends


def _all(connection: Connection, decisions: Mapping[str, Decision]) -> Iterator[LinkView]:
    """All relations that hold.

    They come as they lie in the database: to fetch them in the order of their keys takes three times as long.
    """
    for rows in portions(connection, _links()):
        yield from _views(rows, decisions)


def signals_of(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[Signal, ...]]:
    """The signals of these relations."""
    rows = grouped(
        connection,
        ids,
        lambda part: select(t.Relation.id, t.Relation.signals).where(t.Relation.id.in_(part)),
    )
    return {key: unpack_signals(found[0].signals) for key, found in rows.items()}


def _decisions(connection: Connection) -> dict[str, Decision]:
    """The newest decision on each subject: people make so few that one query has them all."""
    query = select(t.Verdict.subject, t.Verdict.decision).order_by(t.Verdict.id)
    newest = {row.subject: Decision(row.decision) for row in connection.execute(query)}
    return {key: decision for key, decision in newest.items() if decision is not Decision.WITHDRAWN}


def _add(found: dict[str, LinkView], links: Iterable[LinkView]) -> set[str]:
    """Keep links by key; the claims at their ends come back."""
    ends = set()
    for link in links:
        found[link.id] = link
        ends |= {link.a.claim, link.b.claim}
    return ends


def _links() -> AnySelect:
    excluding = case((t.Relation.kind.in_(_EXCLUDING), cast(t.Relation.signals, Text)), else_=None)
    return (
        select(
            t.Relation.id,
            t.Relation.kind,
            t.Relation.score,
            excluding.label("signals"),
            *(
                column.label(f"{side}_{column.name}")
                for side, claim in (("a", _A), ("b", _B))
                for column in (claim.id, claim.article_id, claim.speaker_id, claim.day)
            ),
        )
        .join(_A, _A.id == t.Relation.a_id)
        .join(_B, _B.id == t.Relation.b_id)
        .where(~t.Relation.retired)
    )


def _views(rows: Sequence[AnyRow], decisions: Mapping[str, Decision]) -> Iterator[LinkView]:
    for row in rows:
        false = Decision.REJECTED in (decisions.get(row.a_id), decisions.get(row.b_id))
        yield LinkView(
            id=row.id,
            kind=RelationKind(row.kind),
            score=row.score,
            a=Voice(row.a_id, row.a_article_id, row.a_speaker_id, _known(row.a_day)),
            b=Voice(row.b_id, row.b_article_id, row.b_speaker_id, _known(row.b_day)),
            decision=Decision.REJECTED if false else decisions.get(row.id),
            # Reading the JSON of each relation would take longer than all the rest.
            signals=_naming(row.signals) if row.signals and _AGAINST in row.signals else (),
        )


def _naming(signals: str) -> tuple[Signal, ...]:
    return tuple(s for s in unpack_signals(json.loads(signals)) if _AGAINST in s.note)


def _known(day: date) -> date | None:
    return None if day == t.NO_DAY else day
