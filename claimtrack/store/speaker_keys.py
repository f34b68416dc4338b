"""The keys by which linking finds the personas that may be one, so that nobody is compared with everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, case, distinct, func, select

from claimtrack.store import tables as t
from claimtrack.store.rows import THESE, grouped, portions, split
from claimtrack.store.speakers import MISSPELT

if TYPE_CHECKING:
    from claimtrack.store.rows import AnySelect


def ids_under(
    connection: Connection, keys: Iterable[str], limit: int | None = None, led: bool = False
) -> dict[str, list[str]]:
    """The personas under each of these look-up keys: of each the first `limit`, by their own keys.

    With `led` those only that have been taken for somebody else's.
    """
    if limit is None:
        rows = grouped(connection, keys, _under(led))
        return {key: [row.speaker_id for row in found] for key, found in rows.items()}
    query = _under(led, limit)
    found = {key: connection.execute(query, {"under": key}).all() for key in keys}
    return {key: [row.speaker_id for row in rows] for key, rows in found.items()}


@cache
def _under(led: bool, limit: int | None = None) -> AnySelect:
    query = select(t.SpeakerKey.key, t.SpeakerKey.speaker_id).order_by(t.SpeakerKey.speaker_id)
    if led:
        query = query.join(t.Speaker, t.Speaker.id == t.SpeakerKey.speaker_id)
        query = query.where(t.Speaker.leader_id.is_not(None))
    if limit is None:
        return query.where(t.SpeakerKey.key.in_(THESE))
    return query.where(t.SpeakerKey.key == bindparam("under")).limit(limit)


def linked_speakers(connection: Connection) -> Iterator[list[str]]:
    """The keys of all personas that linking may bring together, in portions: not those that people made."""
    given = t.SpeakerKey.key.startswith(MISSPELT, autoescape=True)
    keyed = select(t.SpeakerKey.speaker_id).where(~given)
    for rows in portions(
        connection, select(t.Speaker.id).where(t.Speaker.id.in_(keyed)).order_by(t.Speaker.id)
    ):
        yield [row.id for row in rows]


def alike(
    connection: Connection, first: str, meeting: Mapping[str, str], most: int
) -> Iterator[list[list[str]]]:
    """The speakers that share a look-up key, key by key, in portions; keys of more than `most` are left out.

    `first` are the letters with which the keys begin; those that begin with a letter of `meeting` count as
    those with the letter that it names, where there is such a one.
    """
    stem, letter = func.substr(t.SpeakerKey.key, 2), func.substr(t.SpeakerKey.key, 1, 1)
    key = case(*((letter == a, b + stem) for a, b in meeting.items()), else_=t.SpeakerKey.key)
    speakers = func.count(distinct(t.Speaker.effective_id))
    query = (
        select(key.label("key"))
        .join(t.Speaker, t.Speaker.id == t.SpeakerKey.speaker_id)
        .where(letter.in_(list(first)))
        .group_by(key)
        .having(speakers > 1, speakers <= most, func.min(t.SpeakerKey.key) == key)
        .order_by(key)
    )
    keys = connection.scalars(query).all()
    for part in split(keys):
        under = grouped(
            connection,
            part,
            lambda part: (
                select(key, t.Speaker.effective_id)
                .distinct()
                .join(t.SpeakerKey, t.SpeakerKey.speaker_id == t.Speaker.id)
                .where(t.SpeakerKey.key.in_([*part, *_met(part, meeting)]), letter.in_(list(first)))
            ),
        )
        yield [[row.effective_id for row in found] for found in under.values()]


def _met(keys: Iterable[str], meeting: Mapping[str, str]) -> Iterator[str]:
    back = {b: a for a, b in meeting.items()}
    return (back[key[0]] + key[1:] for key in keys if key[0] in back)
