"""What is known of who is who before a person decides: names, counts, and what was decided before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, or_, select

from claimtrack.store import tables as t
from claimtrack.store.codec import folded
from claimtrack.store.identity import effective_ids
from claimtrack.store.model import aliased
from claimtrack.store.rows import can_be_stored, grouped, split
from claimtrack.store.tables import Says


@dataclass(frozen=True, slots=True)
class Tally:
    """What is shown of a speaker or outlet."""

    name: str
    claims: int


@dataclass(frozen=True, slots=True)
class Merged:
    """A speaker that people made part of another, and that one."""

    id: str
    name: str
    into: str
    into_name: str


@dataclass(frozen=True, slots=True)
class Given:
    """That people gave a name to a speaker, and by which decision."""

    owner: str
    decision: str


def distinct_pairs(connection: Connection, ids: Iterable[str]) -> set[tuple[str, str]]:
    """The pairs that people told apart, of which one at least is among these; each in the order of keys.

    Asked and answered by the keys that lists show.
    """
    wanted = set(ids)
    bearers = grouped(
        connection,
        wanted,
        lambda part: select(t.Speaker.effective_id, t.Speaker.id).where(t.Speaker.effective_id.in_(part)),
    )
    pairs: set[tuple[str, str]] = set()
    for part in split(row.id for found in bearers.values() for row in found):
        query = select(t.Ruling.subject, t.Ruling.object).where(
            t.Ruling.kind == Says.DISTINCT, or_(t.Ruling.subject.in_(part), t.Ruling.object.in_(part))
        )
        pairs.update((row.subject, row.object) for row in connection.execute(query))
    places = effective_ids(connection, {key for pair in pairs for key in pair})
    return {(min(ends), max(ends)) for a, b in pairs if len(ends := {places[a], places[b]}) == 2}


def called(connection: Connection, name: str) -> list[str]:
    """The speakers with claims that go by exactly this name, as lists show them."""
    query = (
        select(t.Speaker.effective_id)
        .join(t.SpeakerAlias, t.SpeakerAlias.speaker_id == t.Speaker.id)
        .join(t.Claim, and_(t.Claim.speaker_id == t.Speaker.effective_id, ~t.Claim.retired))
        .where(t.SpeakerAlias.key == folded(name))
    )
    return sorted(connection.scalars(query.distinct()))


def merged(connection: Connection, asked: str) -> Merged | None:
    """Whom people made part of another speaker, if that is who has this key or this very name of its own."""
    if not can_be_stored(asked):
        return None
    whole = aliased(t.Speaker)
    main = select(t.SpeakerAlias.speaker_id).where(
        t.SpeakerAlias.key == folded(asked), t.SpeakerAlias.position == 0
    )
    query = (
        select(t.Speaker.id, t.Speaker.name, whole.id, whole.name)
        .join(whole, whole.id == t.Speaker.effective_id)
        .where(or_(t.Speaker.id == asked, t.Speaker.id.in_(main)))
        .where(t.Speaker.leader_id.is_(None), t.Speaker.effective_id != t.Speaker.id)
        .order_by(t.Speaker.id)
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return Merged(*row) if row is not None else None


def given(connection: Connection, name: str) -> Given | None:
    """To whom people gave this name, if they did and did not take it back since."""
    names = (t.Ruling.subject == folded(name), t.Ruling.kind.in_([Says.NAMED, Says.NOT_NAMED]))
    row = connection.execute(
        select(t.Ruling.kind, t.Ruling.object, t.Ruling.decision_id)
        .where(*names)
        .order_by(t.Ruling.number.desc())
        .limit(1)
    ).one_or_none()
    return Given(row.object, row.decision_id) if row is not None and row.kind == Says.NAMED else None


def tallies(connection: Connection, ids: Iterable[str]) -> dict[str, Tally]:
    """What is shown of these speakers and outlets: their names, and how many claims count for each."""
    out: dict[str, Tally] = {}
    claims = func.count(t.Claim.id)
    for part in split(dict.fromkeys(ids)):
        speakers = (
            select(t.Speaker.id, t.Speaker.name, claims)
            .outerjoin(t.Claim, and_(t.Claim.speaker_id == t.Speaker.id, ~t.Claim.retired))
            .where(t.Speaker.id.in_(part))
            .group_by(t.Speaker.id)
        )
        outlets = (
            select(t.Outlet.id, t.Outlet.name, claims)
            .outerjoin(t.Article, t.Article.outlet_id == t.Outlet.id)
            .outerjoin(t.Claim, and_(t.Claim.article_id == t.Article.id, ~t.Claim.retired))
            .where(t.Outlet.id.in_(part))
            .group_by(t.Outlet.id)
        )
        for query in (speakers, outlets):
            out |= {key: Tally(name, count) for key, name, count in connection.execute(query)}
    return out
