"""Proof that the database holds what was read and decided: hashes, offsets, the log, and who is who."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from claimtrack.records import joined
from claimtrack.store import tables as t
from claimtrack.store.articles import bodies
from claimtrack.store.codec import unpack_spans
from claimtrack.store.decisions import check_decisions
from claimtrack.store.events import check_chain
from claimtrack.store.identity import check_identity
from claimtrack.store.outlets import check_outlets
from claimtrack.store.rows import grouped, portions

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow


def check(connection: Connection) -> Iterator[str]:
    """One line for each thing that is not what was put there, or not where decisions put it."""
    yield from check_articles(connection)
    yield from check_spans(connection)
    yield from check_chain(connection)
    yield from check_identity(connection)
    yield from check_outlets(connection)
    yield from check_decisions(connection)


def check_articles(connection: Connection) -> Iterator[str]:
    """Articles whose body no longer has the hash it was stored under."""
    for rows in portions(connection, select(t.Article.id, t.Article.sha256, t.Article.body)):
        for row in rows:
            if hashlib.sha256(row.body.encode("utf-8")).hexdigest() != row.sha256:
                yield f"article {row.id}: the text is not the one that was read"


def check_spans(connection: Connection) -> Iterator[str]:
    """Claims, retired ones too, whose offsets do not give the text that is shown for them."""
    columns = (t.Claim.id, t.Claim.article_id, t.Claim.text, t.Claim.resolution)
    query = select(*columns, t.Claim.content, t.Claim.source, t.Claim.cue, t.Claim.sentence)
    for rows in portions(connection, query.order_by(t.Claim.article_id, t.Claim.id)):
        texts = bodies(connection, (row.article_id for row in rows))
        relays = grouped(
            connection,
            (row.id for row in rows),
            lambda part: select(t.Relay.claim_id, t.Relay.start, t.Relay.end).where(
                t.Relay.claim_id.in_(part), t.Relay.start.is_not(None)
            ),
        )
        for row in rows:
            reason = _fault(row, texts[row.article_id], relays.get(row.id, []))
            if reason:
                yield f"claim {row.id}: {reason}"


def _fault(row: AnyRow, body: str, relays: list[AnyRow]) -> str:
    content = unpack_spans(row.content)
    ends = [end for spans in (row.content, row.source, row.cue, [row.sentence]) for _, end in spans]
    if max([*ends, *(relay.end for relay in relays)]) > len(body):
        return "an offset lies outside its article"
    if joined(body, content) != row.text:
        return "its text is not what stands at its offsets"
    return ""
