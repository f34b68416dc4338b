"""Speaker rows: personas as they were put, the keys they are found by, and which of them are one.

What a reader sees of a speaker is in `roster`; what people decided is in `identity`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from claimtrack.records import Speaker, SpeakerKind, Tenure
from claimtrack.store import tables as t
from claimtrack.store.bulk import put_rows
from claimtrack.store.codec import folded
from claimtrack.store.model import aliased
from claimtrack.store.rows import THESE, grouped, put, split

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow, AnySelect

MISSPELT = "w:"  # how look-up keys for misspelt names begin; the rooms use no such keys
_LOCAL = (SpeakerKind.GROUP, SpeakerKind.UNNAMED)
PREFIX = 3  # letters of each word of a name by which a misspelt name still finds it


def load_speakers(connection: Connection, ids: Iterable[str]) -> dict[str, Speaker]:
    """Speakers by the names that are shown, by key, in the order asked.

    The names and roles are their own; `roster` adds those of the personas that count as them.
    """
    return _load(connection, ids, "name")


def load_personas(connection: Connection, ids: Iterable[str]) -> dict[str, Speaker]:
    """Personas as they were put, by key, in the order asked."""
    return _load(connection, ids, "printed")


def put_speakers(
    connection: Connection,
    speakers: Mapping[str, tuple[Speaker, Sequence[str]]],
    known: Mapping[str, Speaker] | None = None,
) -> list[str]:
    """Store personas with their look-up keys, or write over what is `known` of them, where the caller knows.

    Returns those of which there was anything to write.  Look-up keys are only ever added, and names that
    people gave stay.
    """
    if known is None:
        known = load_personas(connection, speakers)
    changed = [
        speaker
        for key, (speaker, _) in speakers.items()
        if key not in known or _told(known[key]) != _told(speaker)
    ]
    for part in split(speaker.key for speaker in changed if speaker.key in known):
        connection.execute(_DROP_NAMES, {"these": part})
    shown = grouped(connection, (speaker.key for speaker in changed if speaker.key in known), _ROWS)
    # The name that is shown stays: people may have chosen it (`refresh_speakers`).
    put(connection, t.Speaker, [_row(s) | {"name": shown[s.key][0].name} for s in changed if s.key in shown])
    put_rows(
        connection,
        (t.Speaker.__table__, [_row(s) | {"effective_id": s.key} for s in changed if s.key not in shown]),
        (t.SpeakerAlias.__table__, [row for speaker in changed for row in _alias_rows(speaker)]),
        (t.SpeakerRole.__table__, [row for speaker in changed for row in _role_rows(speaker)]),
        (t.SpeakerKey.__table__, [row for s in changed for row in _key_rows(*speakers[s.key])]),
    )
    return sorted({speaker.key for speaker in changed})


def put_speaker(connection: Connection, speaker: Speaker, keys: Sequence[str]) -> bool:
    """As `put_speakers`, for one; returns whether there was anything to write."""
    found = put_speakers(connection, {speaker.key: (speaker, keys)})
    put(connection, t.SpeakerKey, _key_rows(speaker, keys))
    return bool(found)


def _row(speaker: Speaker) -> dict[str, Any]:
    return {
        "id": speaker.key,
        "name": speaker.name,
        "printed": speaker.name,
        "kind": speaker.kind.value,
        "sense": speaker.sense,
        "since": speaker.since,
        "until": speaker.until,
    }


def _alias_rows(speaker: Speaker) -> list[dict[str, Any]]:
    names = dict.fromkeys((speaker.name, *speaker.aliases))
    return [
        {"speaker_id": speaker.key, "position": position, "name": name, "key": folded(name)}
        for position, name in enumerate(names)
    ]


def _role_rows(speaker: Speaker) -> list[dict[str, Any]]:
    dated = {tenure.text: tenure for tenure in speaker.tenures}
    roles = [dated.get(role, Tenure(role)) for role in dict.fromkeys(speaker.roles)]
    return [{"speaker_id": speaker.key, "role": r.text, "since": r.since, "until": r.until} for r in roles]


def _key_rows(speaker: Speaker, keys: Iterable[str]) -> list[dict[str, Any]]:
    names = () if speaker.kind in _LOCAL else (speaker.name, *speaker.aliases)
    return [{"key": key, "speaker_id": speaker.key} for key in dict.fromkeys([*keys, *prefixes(names)])]


def put_keys_of(connection: Connection, speaker: Speaker, keys: Iterable[str]) -> None:
    """Give a persona these look-up keys in place of those it had."""
    given = t.SpeakerKey.key.startswith(MISSPELT, autoescape=True)  # of names that people gave, too
    connection.execute(delete(t.SpeakerKey).where(t.SpeakerKey.speaker_id == speaker.key, ~given))
    put(connection, t.SpeakerKey, _key_rows(speaker, keys))


def set_leaders(connection: Connection, leaders: Mapping[str, tuple[str | None, str]]) -> list[str]:
    """Say of personas whom they are taken for, and why; returns those of whom it is news."""
    changed: list[str] = []
    for part in split(sorted(leaders)):
        news = [row for row in connection.execute(_LED, {"these": part}) if tuple(row[1:]) != leaders[row.id]]
        if news:
            rows = [{"key": row.id, "to": leaders[row.id][0], "why": leaders[row.id][1]} for row in news]
            connection.execute(_LEAD, rows)
        changed += [row.id for row in news if row.leader_id != leaders[row.id][0]]
    return changed


_LED = select(t.Speaker.id, t.Speaker.leader_id, t.Speaker.reason).where(t.Speaker.id.in_(THESE))
_LEAD = (
    update(t.Speaker)
    .where(t.Speaker.id == bindparam("key"))
    .values(leader_id=bindparam("to"), reason=bindparam("why"))
)


def prefixes(names: Iterable[str]) -> list[str]:
    """The keys by which a misspelt name finds these: the first letters of each of their words."""
    words = (word for name in names for word in folded(name).split())
    return list(dict.fromkeys(MISSPELT + word[:PREFIX] for word in words if len(word) >= PREFIX))


def tenures_of(
    connection: Connection, ids: Collection[str], whole: bool = True
) -> dict[str, tuple[Tenure, ...]]:
    """The roles of each with their first and last days, the earliest first, those without a day last.

    With `whole` those of all that count as it too.
    """
    rows = grouped(connection, ids, _tenures(whole))
    return {
        key: tuple(
            Tenure(row.role, row.since, row.until)
            for row in sorted(found, key=lambda row: (row.since or date.max, row.until or date.max, row.role))
        )
        for key, found in rows.items()
    }


def names_of(connection: Connection, ids: Sequence[str], whole: bool = True) -> dict[str, list[str]]:
    """The names of each, the main one first; with `whole` the names of all that count as it too."""
    rows = grouped(connection, ids, _names(whole))
    return {key: [row.name for row in sorted(found, key=_own_first)] for key, found in rows.items()}


def others(names: Sequence[str], main: str) -> tuple[str, ...]:
    """The names without the main one."""
    return tuple(name for name in dict.fromkeys(names) if name != main)


def refused() -> ColumnElement[bool]:
    """Whether a person took this name from this speaker (`alias remove`)."""
    owner = aliased(t.Speaker)
    return exists().where(
        t.Ruling.subject == t.SpeakerAlias.key,
        t.Ruling.kind == t.Says.NOT_NAMED,
        owner.id == t.Ruling.object,
        owner.effective_id == t.Speaker.effective_id,
        t.SpeakerAlias.position < t.GIVEN,
        or_(t.SpeakerAlias.position > 0, t.Speaker.id != t.Speaker.effective_id),
    )


def _load(connection: Connection, ids: Iterable[str], name: str) -> dict[str, Speaker]:
    wanted = list(dict.fromkeys(ids))
    rows = grouped(connection, wanted, _ROWS)
    names = names_of(connection, list(rows), whole=False)
    tenures = tenures_of(connection, rows, whole=False)
    mains = {key: getattr(found[0], name) for key, found in rows.items()}
    return {
        key: Speaker(
            key=key,
            name=mains[key],
            kind=SpeakerKind(rows[key][0].kind),
            aliases=others(names.get(key, []), mains[key]),
            roles=tuple(tenure.text for tenure in tenures.get(key, ())),
            sense=rows[key][0].sense,
            since=rows[key][0].since,
            until=rows[key][0].until,
            tenures=tuple(tenure for tenure in tenures.get(key, ()) if tenure.since),
        )
        for key in wanted
        if key in rows
    }


_DROP_NAMES = delete(t.SpeakerAlias).where(
    t.SpeakerAlias.speaker_id.in_(THESE), t.SpeakerAlias.position < t.GIVEN
)
_ROWS = select(*t.Speaker.__table__.columns).where(t.Speaker.id.in_(THESE))


@cache
def _tenures(whole: bool) -> AnySelect:
    owner = t.Speaker.effective_id if whole else t.SpeakerRole.speaker_id
    first, last = func.min(t.SpeakerRole.since, type_=t.SpeakerRole.since.type), func.max(t.SpeakerRole.until)
    return (
        select(owner, t.SpeakerRole.role, first.label("since"), last.label("until"))
        .join(t.Speaker, t.Speaker.id == t.SpeakerRole.speaker_id)
        .where(owner.in_(THESE))
        .group_by(owner, t.SpeakerRole.role)
    )


@cache
def _names(whole: bool) -> AnySelect:
    owner = t.Speaker.effective_id if whole else t.SpeakerAlias.speaker_id
    own = func.min(t.SpeakerAlias.position).filter(t.Speaker.id == owner)
    return (
        select(owner, t.SpeakerAlias.name, own.label("own"))
        .join(t.Speaker, t.Speaker.id == t.SpeakerAlias.speaker_id)
        .where(owner.in_(THESE), ~refused() if whole else t.SpeakerAlias.position < t.GIVEN)
        .group_by(owner, t.SpeakerAlias.name)
    )


def _own_first(row: AnyRow) -> tuple[bool, int, str]:
    return (row.own is None, row.own or 0, row.name)


def _told(speaker: Speaker) -> tuple[object, ...]:
    """What of a persona is written, whatever the order of its roles."""
    tenures = {role: Tenure(role) for role in speaker.roles} | {r.text: r for r in speaker.tenures}
    days = (speaker.since, speaker.until)
    return (speaker.name, speaker.kind, speaker.aliases, speaker.sense, days, tenures)
