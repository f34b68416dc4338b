"""The log: every change as an entry whose hash covers the entry before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from sqlalchemy import Connection, insert, select

from claimtrack.store import tables as t
from claimtrack.store.rows import portions
from claimtrack.store.views import EventView

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


def append_event(connection: Connection, kind: str, subject: str, payload: dict[str, Any], who: str) -> None:
    """Add an entry.  The caller holds the writer's lock, so the last entry is known."""
    last = connection.execute(
        select(t.Event.id, t.Event.hash).order_by(t.Event.id.desc()).limit(1)
    ).one_or_none()
    entry = EventView(
        id=last.id + 1 if last else 1,
        kind=kind,
        subject=subject,
        at=datetime.now(UTC),
        who=who,
        program=f"claimtrack {version('claimtrack')}",
        payload=payload,
        previous=last.hash if last else FIRST,
        hash="",
    )
    row = {column.key: getattr(entry, column.key) for column in _ENTRY}
    connection.execute(insert(t.Event), [{**row, "hash": hash_of(entry)}])


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


def list_events(connection: Connection, limit: int | None) -> Iterator[EventView]:
    """Entries, the newest first."""
    for rows in portions(connection, select(*_ENTRY).order_by(t.Event.id.desc()).limit(limit)):
        for row in rows:
            yield EventView(*row)


def check_chain(connection: Connection) -> Iterator[str]:
    """A line for each entry that was changed, or that does not follow the one before it."""
    number, previous = 0, FIRST
    for rows in portions(connection, select(*_ENTRY).order_by(t.Event.id)):
        for row in rows:
            entry = EventView(*row)
            if entry.id != number + 1 or entry.previous != previous:
                yield f"event {entry.id}: does not follow event {number}; entries are missing or changed"
            if entry.hash != hash_of(entry):
                yield f"event {entry.id}: was changed after it was written"
            number, previous = entry.id, entry.hash
