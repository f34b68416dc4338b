"""The log: every change as an entry whose hash covers the entry before it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from claimtrack.store import tables as t
from claimtrack.store.cells import as_bytes, read_cell
from claimtrack.store.rows import THESE, grouped, portions
from claimtrack.store.session import dumps
from claimtrack.store.views import EventView

if TYPE_CHECKING:
    from sqlalchemy.sql.elements import KeyedColumnElement

CHANGED = "article changed"  # the kind of the entries that tell of a revised article
READINGS = ("article added", CHANGED, "article extracted")  # those that tell of a text that went in
VERDICT = "verdict"  # the kind of the entries that tell of one
# What such an entry tells, and what stands for what older ones do not tell.
_TOLD = {"decision": "", "note": "", "on": "", "reason": "", "undoes": None, "carries": None}
FIRST = "0" * 64  # what stands for the hash before the first entry

_ENTRY = (
    t.Event.id,
    t.Event.kind,
    t.Event.subject,
    t.Event.at,
    t.Event.who,
    t.Event.program,
    t.Event.payload,
    t.Event.previous,
    t.Event.hash,
)


_LAST = select(t.Event.id, t.Event.hash).order_by(t.Event.id.desc()).limit(1)
_INSERT = insert(t.Event)


@cache
def _program() -> str:
    return f"claimtrack {version('claimtrack')}"


def append_event(connection: Connection, kind: str, subject: str, payload: dict[str, Any], who: str) -> None:
    """Add an entry.  The caller holds the writer's lock, so the last entry is known."""
    last = connection.execute(_LAST).one_or_none()
    entry = EventView(
        id=last.id + 1 if last else 1,
        kind=kind,
        subject=subject,
        at=datetime.now(UTC),
        who=who,
        program=_program(),
        payload=payload,
        previous=last.hash if last else FIRST,
        hash="",
    )
    row = {column.key: getattr(entry, column.key) for column in _ENTRY}
    connection.execute(_INSERT, [{**row, "hash": hash_of(entry)}])


def hash_of(entry: EventView) -> str:
    """SHA-256 over all of an entry but its hash, as 64 hex digits."""
    parts = [
        entry.id,
        entry.kind,
        entry.subject,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.who,
        entry.program,
        entry.payload,
        entry.previous,
    ]
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def check_verdicts(connection: Connection) -> Iterator[str]:
    """A line for each verdict without its entry in the log, and for each entry without its verdict."""
    logged: Counter[tuple[object, ...]] = Counter()
    where: dict[tuple[object, ...], int] = {}
    query = select(t.Event.id, t.Event.subject, t.Event.who, t.Event.payload).where(t.Event.kind == VERDICT)
    for rows in portions(connection, query.order_by(t.Event.id)):
        for row in rows:
            told = row.payload
            given = tuple(told.get(name, default) for name, default in _TOLD.items())
            entry = (row.subject, told.get("reviewer", row.who), datetime.fromisoformat(told["at"]), *given)
            logged[entry] += 1
            where[entry] = row.id
    for rows in portions(connection, select(*t.Verdict.__table__.columns).order_by(t.Verdict.id)):
        for row in rows:
            given = (row.decision, row.note, row.kind, row.reason, row.undoes, row.carries)
            entry = (row.subject, row.reviewer, row.at, *given)
            if logged[entry] < 1:
                yield f"verdict {row.id} on {row.subject}: the log does not tell of it, or tells it otherwise"
            logged[entry] -= 1
    for entry, left in logged.items():
        if left > 0:
            yield f"event {where[entry]}: tells of a verdict on {entry[0]} that is nowhere else"


def check_readings(connection: Connection) -> Iterator[str]:
    """A line for each article that is not the text, or not from the bytes, that the log tells of.

    An archive that was filled by the store's own verbs alone has no such entries, and nothing to hold against
    its articles; one entry, and every article must have its own.
    """
    of_readings = t.Event.kind.in_(READINGS)
    if connection.scalar(select(t.Event.id).where(of_readings).limit(1)) is None:
        return
    query = select(t.Article.id, t.Article.sha256, t.Article.raw_sha256).order_by(t.Article.id)
    entries = (
        select(t.Event.subject, t.Event.payload)
        .where(of_readings, t.Event.subject.in_(THESE))
        .order_by(t.Event.id)
    )
    for rows in portions(connection, query):
        logged = grouped(connection, (row.id for row in rows), entries)
        for row in rows:
            told = [entry.payload for entry in logged.get(row.id, [])]
            raw = next((entry["raw"] for entry in reversed(told) if entry.get("raw")), None)
            if not told:
                yield f"article {row.id}: the log does not tell of it"
            elif any(entry.get("sha256", row.sha256) != row.sha256 for entry in told):
                yield f"article {row.id}: the log tells of another text"
            elif row.raw_sha256 is not None and raw not in (None, row.raw_sha256):
                yield f"article {row.id}: the log tells of other bytes that it was read from"


def list_events(
    connection: Connection, limit: int | None, subjects: Collection[str] | None = None
) -> Iterator[EventView]:
    """Entries, the newest first; with `subjects` only those of these keys."""
    query = select(*_ENTRY).order_by(t.Event.id.desc()).limit(limit)
    if subjects is not None:
        query = query.where(t.Event.subject.in_(subjects))
    for rows in portions(connection, query):
        for row in rows:
            yield EventView(*row)


def list_revisions(connection: Connection, article: str | None) -> Iterator[tuple[datetime, str, str]]:
    """When which article took the place of which (moment, older, newer), the newest first."""
    query = select(t.Event.at, t.Event.subject, t.Event.payload).where(t.Event.kind == CHANGED)
    for rows in portions(connection, query.order_by(t.Event.id.desc())):
        for row in rows:
            older = row.payload.get("revises")
            if older and article in (None, older, row.subject):
                yield row.at, older, row.subject


def check_chain(connection: Connection) -> Iterator[str]:
    """A line for each entry that was changed, or that does not follow the one before it."""
    number, previous = 0, FIRST
    for key, entry in _entries(connection):
        if key != number + 1 or (entry is not None and entry.previous != previous):
            yield f"event {key}: does not follow event {number}; entries are missing or changed"
        if entry is None or entry.hash != hash_of(entry):
            yield f"event {key}: was changed after it was written"
        number, previous = key, entry.hash if entry is not None else ""


def _entries(connection: Connection) -> Iterator[tuple[int, EventView | None]]:
    """All entries from the first on, by number; None where one is not as the program writes it."""
    if connection.dialect.name != "sqlite":
        for rows in portions(connection, select(*_ENTRY).order_by(t.Event.id)):
            yield from ((row.id, EventView(*row)) for row in rows)
        return
    columns = [column for column in t.Event.__table__.columns if column.name != "id"]
    cells = (as_bytes(connection, column).label(f"cell_{column.name}") for column in columns)
    for rows in portions(connection, select(t.Event.id, *cells).order_by(t.Event.id)):
        for row in rows:
            yield row.id, _exact(row.id, dict(zip(columns, row[1:], strict=True)))


def _exact(key: int, cells: dict[KeyedColumnElement[Any], bytes]) -> EventView | None:
    """An entry whose every byte is what the program would write: another spelling of the same is a change."""
    try:
        values = {column.name: read_cell(column, cell) for column, cell in cells.items()}
        payload = next(cell for column, cell in cells.items() if column.name == "payload")
        if dumps(values["payload"]).encode("utf-8") != payload:
            return None
    except (ValueError, TypeError):
        return None
    return EventView(id=key, **(values | {"at": values["at"].replace(tzinfo=UTC)}))
