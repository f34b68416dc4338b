"""What web addresses answered last: their version, to ask only for a newer one, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from claimtrack.records import short_key
from claimtrack.store import tables as t
from claimtrack.store.rows import grouped, put


@dataclass(frozen=True)
class Fetched:
    """One address; `outcome` is a word such as "added" or "refused", with the reason after a colon."""

    url: str
    outcome: str
    etag: str = ""
    last_modified: str = ""


def put_fetched(connection: Connection, answers: Iterable[Fetched]) -> None:
    """Remember what addresses answered just now, in place of what they answered before."""
    now = datetime.now(UTC)
    rows = {
        (key := short_key(answer.url)): {
            "url": key,
            "etag": answer.etag,
            "last_modified": answer.last_modified,
            "checked": now,
            "outcome": answer.outcome,
        }
        for answer in answers
    }
    put(connection, t.Fetched, list(rows.values()))


def find_fetched(connection: Connection, urls: Iterable[str]) -> dict[str, Fetched]:
    """What these addresses answered last; those never asked are left out."""
    keys = {short_key(url): url for url in urls}
    columns = (t.Fetched.url, t.Fetched.outcome, t.Fetched.etag, t.Fetched.last_modified)
    rows = grouped(connection, keys, lambda part: select(*columns).where(t.Fetched.url.in_(part)))
    return {keys[key]: Fetched(keys[key], *found[0][1:]) for key, found in rows.items()}
