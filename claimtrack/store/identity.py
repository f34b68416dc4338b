"""Who a speaker row and a claim stand for: what the texts show, and over it what people decided.

Four layers, each over the one before it: the persona that an article shows, the speaker a person gave the
single claim to (*split*), the leader under which linking safely groups the persona, and the merges that
people made.  What they come to is kept in `speaker.effective_id` and `claim.speaker_id`, which all lists
join on; `refresh_speakers` and `refresh_claims` bring it up to date for what is affected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select, update

from claimtrack.store import tables as t
from claimtrack.store.layers import Member, Place, Told, fold
from claimtrack.store.rows import THESE, grouped, portions, split
from claimtrack.store.tables import Says

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow

Moved = dict[str, tuple[str, str]]  # claims not retired: the speaker (or outlet) before, and the one now


def refresh_speakers(connection: Connection, ids: Iterable[str]) -> Moved:
    """Bring rows that are new, or whose leader, name or rulings changed, to their places.

    Everybody who may be touched by that comes along.
    """
    members = _load(connection, ids)
    if not members:
        return {}
    ruled = connection.scalar(_RULED) is not None  # as long as nobody decided anything, nothing need be asked
    bound = _bound(connection, members.values(), ruled)
    whole = _connected(connection, bound, ruled)
    told = _told_of(connection, whole.values()) if ruled else ()
    moved = _write(connection, whole, fold(whole, told))
    free = {key: member for key, member in members.items() if key not in whole}
    return moved | _write(connection, free, _follow(connection, free, ruled))


def refresh_claims(connection: Connection, ids: Iterable[str]) -> Moved:
    """Bring claims that were split off, or no longer are, to their speakers."""
    moved: Moved = {}
    for part in split(dict.fromkeys(ids)):
        placed = newest(connection, part, (Says.PLACED,))
        columns = (t.Claim.id, t.Claim.persona_id, t.Claim.speaker_id, t.Claim.retired)
        rows = connection.execute(select(*columns).where(t.Claim.id.in_(part))).all()
        override = {row.id: placed[row.id].object if row.id in placed else None for row in rows}
        places = effective_ids(connection, (override[row.id] or row.persona_id for row in rows))
        changes = [
            {"key": row.id, "override": override[row.id], "to": places[override[row.id] or row.persona_id]}
            for row in rows
        ]
        _update_claims(connection, changes)
        moved |= {
            row.id: (row.speaker_id, change["to"])
            for row, change in zip(rows, changes, strict=True)
            if change["to"] != row.speaker_id and not row.retired
        }
    return moved


def place_claims(
    connection: Connection, rows: Sequence[dict[str, Any]], overrides: Mapping[str, str | None]
) -> None:
    """Give rows of claims, as packed from their records, the speakers they count for.

    `overrides` holds the speakers that people gave single claims to.
    """
    bases = {row["id"]: overrides.get(row["id"]) or row["speaker_id"] for row in rows}
    places = effective_ids(connection, bases.values())
    for row in rows:
        row["persona_id"] = row["speaker_id"]
        row["speaker_id"] = places[bases[row["id"]]]


def effective_ids(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """What each of these speaker rows counts as."""
    rows = grouped(connection, ids, _PLACES)
    return {key: found[0].effective_id for key, found in rows.items()}


def newest(connection: Connection, subjects: Iterable[str], kinds: Sequence[str]) -> dict[str, Told]:
    """For each subject the newest thing of these kinds that is said of it."""
    out: dict[str, Told] = {}
    for part in split(dict.fromkeys(subjects)):
        which = and_(t.Ruling.subject.in_(part), t.Ruling.kind.in_(kinds))
        out |= {ruling.subject: ruling for ruling in _told(connection, which)}
    return out


def check_identity(connection: Connection) -> Iterator[str]:
    """A line for each speaker and claim whose place is not what its layers come to.

    Holds all speaker rows in memory, without their claims.
    """
    members = {m.id: m for rows in portions(connection, _MEMBERS) for m in map(_member, rows)}
    kinds = [Says.MERGED, Says.NAMED, Says.NOT_NAMED, Says.RENAMED]
    places = fold(members, _told(connection, t.Ruling.kind.in_(kinds)))
    for key, place_ in places.items():
        if place_ != Place(members[key].effective, members[key].shown):
            yield f"speaker {key}: does not stand where linking and decisions put it ({place_.effective})"
    columns = (t.Claim.id, t.Claim.persona_id, t.Claim.override_id, t.Claim.speaker_id)
    for rows in portions(connection, select(*columns).order_by(t.Claim.id)):
        placed = newest(connection, [row.id for row in rows], (Says.PLACED,))
        for row in rows:
            override = placed[row.id].object if row.id in placed else None
            base = override or row.persona_id
            if override != row.override_id or base not in places or row.speaker_id != places[base].effective:
                yield f"claim {row.id}: is not under the speaker that linking and decisions give it to"


_MEMBERS = select(
    t.Speaker.id,
    t.Speaker.printed,
    t.Speaker.kind,
    t.Speaker.leader_id,
    t.Speaker.effective_id,
    t.Speaker.name,
)


_THEM = _MEMBERS.where(t.Speaker.id.in_(THESE))
_PLACES = select(t.Speaker.id, t.Speaker.effective_id).where(t.Speaker.id.in_(THESE))


def _member(row: AnyRow) -> Member:
    return Member(*row)


def _load(connection: Connection, ids: Iterable[str]) -> dict[str, Member]:
    rows = grouped(connection, ids, _THEM)
    return {key: _member(found[0]) for key, found in rows.items()}


_RULED = select(t.Ruling.number).limit(1)
_LEADING = select(t.Speaker.leader_id).where(
    t.Speaker.leader_id.in_(THESE), t.Speaker.leader_id != t.Speaker.id
)
_HOLDING = select(t.Speaker.effective_id).where(
    t.Speaker.effective_id.in_(THESE), t.Speaker.effective_id != t.Speaker.id
)
_HELD = select(t.Speaker.id).where(or_(t.Speaker.leader_id.in_(THESE), t.Speaker.effective_id.in_(THESE)))


def _bound(connection: Connection, members: Iterable[Member], ruled: bool) -> set[str]:
    """Those of whom others may depend: they lead or hold others, or a ruling speaks of them.

    The rest follow their leader or the ruling on their name, and nobody follows them: the many bare last
    names of a much-quoted person are brought to their places without looking at one another.
    """
    bound: set[str] = set()
    for part in split(member.id for member in members):
        for query in (_LEADING, _HOLDING):
            bound.update(connection.scalars(query, {"these": part}))
        for end in (t.Ruling.subject, t.Ruling.object) if ruled else ():
            bound.update(connection.scalars(select(end).where(end.in_(part))))
    return bound


def _connected(connection: Connection, ids: Iterable[str], ruled: bool) -> dict[str, Member]:
    """These rows and all that leaders, rulings and former places join to them, at any remove."""
    found: dict[str, Member] = {}
    edge = set(ids)
    while edge:
        new = _load(connection, edge)
        found |= new
        near: set[str] = {key for m in new.values() for key in (m.leader, m.effective) if key is not None}
        for part in split(new):
            near.update(connection.scalars(_HELD, {"these": part}))
        for part in split(new) if ruled else ():
            for one, other in (
                (t.Ruling.subject, t.Ruling.object),
                (t.Ruling.object, t.Ruling.subject),
            ):
                joined = select(other).where(one.in_(part), t.Ruling.kind == Says.MERGED)
                near.update(connection.scalars(joined))
            called = select(t.Ruling.subject).where(t.Ruling.object.in_(part), t.Ruling.kind == Says.NAMED)
            near.update(
                connection.scalars(
                    select(t.SpeakerAlias.speaker_id).where(
                        t.SpeakerAlias.key.in_(called), t.SpeakerAlias.position == 0
                    )
                )
            )
        if ruled:
            names = newest(connection, {m.key for m in new.values()}, (Says.NAMED,))
            near.update(rule.object for rule in names.values())
        edge = near - found.keys()
    return found


def _told_of(connection: Connection, members: Iterable[Member]) -> Iterator[Told]:
    """What the decisions in force say of these, each thing once."""
    known = list(members)
    for part in split(member.id for member in known):
        kinds = [Says.MERGED, Says.RENAMED]
        yield from _told(connection, and_(t.Ruling.subject.in_(part), t.Ruling.kind.in_(kinds)))
    yield from newest(connection, {m.key for m in known}, (Says.NAMED, Says.NOT_NAMED)).values()


def _follow(connection: Connection, free: Mapping[str, Member], ruled: bool) -> dict[str, Place]:
    """The places of rows on whom nobody depends: that of whom they follow, else their own."""
    kinds = (Says.NAMED, Says.NOT_NAMED)
    names = newest(connection, {m.key for m in free.values()}, kinds) if ruled else {}

    def ahead(member: Member) -> str:
        rule = names.get(member.key)
        if rule is None or rule.object == member.id:
            return member.leader or member.id
        return rule.object if rule.kind == Says.NAMED else member.id

    ways = {key: ahead(member) for key, member in free.items()}
    places = effective_ids(connection, {way for key, way in ways.items() if way != key})
    return {key: Place(places.get(way, key), free[key].printed) for key, way in ways.items()}


def _write(connection: Connection, members: Mapping[str, Member], places: Mapping[str, Place]) -> Moved:
    former = {key: Place(member.effective, member.shown) for key, member in members.items()}
    changed = {key: new for key, new in places.items() if new != former[key]}
    if not changed:
        return {}
    connection.execute(
        _STAND, [{"key": key, "to": new.effective, "shown": new.shown} for key, new in changed.items()]
    )
    ways = {key: new.effective for key, new in changed.items() if new.effective != former[key].effective}
    moved: Moved = {}
    owners: set[str] = set()  # a persona that is new has no claims yet
    for part in split(ways):
        for claim, speaker, persona, retired in connection.execute(_CLAIMS, {"these": part}):
            owners.add(persona)
            if not retired:
                moved[claim] = (speaker, ways[persona])
    if owners:
        there = [{"key": row, "to": effective} for row, effective in ways.items() if row in owners]
        for change in _MOVE:
            connection.execute(change, there)
    return moved


_STAND = (
    update(t.Speaker)
    .where(t.Speaker.id == bindparam("key"))
    .values(effective_id=bindparam("to"), name=bindparam("shown"))
)
_BASE = cast("ColumnElement[str]", func.coalesce(t.Claim.override_id, t.Claim.persona_id))
_CLAIMS = select(t.Claim.id, t.Claim.speaker_id, _BASE, t.Claim.retired).where(
    or_(
        and_(t.Claim.persona_id.in_(THESE), t.Claim.override_id.is_(None)),
        t.Claim.override_id.in_(THESE),
    )
)
_KEY = bindparam("key", type_=t.Key)
_MOVE = tuple(
    update(t.Claim).values(speaker_id=bindparam("to", type_=t.Key)).where(mine)
    for mine in (and_(t.Claim.persona_id == _KEY, t.Claim.override_id.is_(None)), t.Claim.override_id == _KEY)
)


def _update_claims(connection: Connection, changes: list[dict[str, Any]]) -> None:
    if changes:
        connection.execute(
            update(t.Claim)
            .where(t.Claim.id == bindparam("key"))
            .values(override_id=bindparam("override"), speaker_id=bindparam("to")),
            changes,
        )


def _told(connection: Connection, which: ColumnElement[bool]) -> Iterator[Told]:
    columns = (t.Ruling.number, t.Ruling.kind, t.Ruling.subject, t.Ruling.object, t.Ruling.value)
    for row in connection.execute(select(*columns).where(which).order_by(t.Ruling.number)):
        yield Told(*row)
