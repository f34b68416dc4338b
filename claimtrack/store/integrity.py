"""Proof that the database holds what was read and decided: hashes, offsets, the log, and who is who."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from claimtrack.records import digest, joined
from claimtrack.store import tables as t
from claimtrack.store.cells import as_bytes, check_cells, check_file, read_cell
from claimtrack.store.codec import folded, unpack_spans
from claimtrack.store.decisions import check_decisions
from claimtrack.store.events import check_chain, check_readings, check_verdicts
from claimtrack.store.identity import check_identity
from claimtrack.store.outlets import check_outlets
from claimtrack.store.raw import check_raw
from claimtrack.store.rows import grouped, portions

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow

_SPANS = (t.Claim.content, t.Claim.source, t.Claim.cue, t.Claim.sentence)


def check(connection: Connection) -> Iterator[str]:
    """One line for each thing that is not what was put there, or not where decisions put it."""
    whole: tuple[tuple[str, Callable[[Connection], Iterator[str]]], ...] = (
        ("file", check_file),
        ("cells", check_cells),
        ("articles", check_articles),
        ("raw", check_raw),
        ("claims", check_spans),
        ("log", check_chain),
        ("log of articles", check_readings),
        ("verdicts", check_verdicts),
        ("speakers", check_identity),
        ("outlets", check_outlets),
        ("decisions", check_decisions),
    )
    for name, part in whole:
        try:
            yield from part(connection)
        except (DBAPIError, ValueError, KeyError, TypeError, AttributeError) as error:
            # A damaged cell, which the checks of cells and of the log have named, ends a later check.
            yield f"{name}: could not all be checked ({type(error).__name__})"


def check_articles(connection: Connection) -> Iterator[str]:
    """Articles whose body no longer has the hash it was stored under."""
    body = as_bytes(connection, t.Article.body).label("body")
    for rows in portions(connection, select(t.Article.id, t.Article.sha256, body)):
        for row in rows:
            if hashlib.sha256(row.body).hexdigest() != row.sha256:
                yield f"article {row.id}: the text is not the one that was read"


def check_spans(connection: Connection) -> Iterator[str]:
    """Claims, retired ones too, whose offsets do not give the text that is shown for them."""
    cells = (as_bytes(connection, column).label(column.name) for column in (t.Claim.text, t.Claim.folded))
    query = select(t.Claim.id, t.Claim.article_id, *cells, *_shown(connection))
    for rows in portions(connection, query.order_by(t.Claim.article_id, t.Claim.id)):
        texts = _bodies(connection, (row.article_id for row in rows))
        relays = grouped(
            connection,
            (row.id for row in rows),
            lambda part: select(t.Relay.claim_id, t.Relay.start, t.Relay.end).where(
                t.Relay.claim_id.in_(part), t.Relay.start.is_not(None)
            ),
        )
        for row in rows:
            reason = _fault(row, texts.get(row.article_id, ""), relays.get(row.id, []))
            if reason:
                yield f"claim {row.id}: {reason}"


def _shown(connection: Connection) -> Iterable[Any]:
    """The spans as the database can give them without failing on a damaged one."""
    if connection.dialect.name != "sqlite":
        return _SPANS
    return [as_bytes(connection, column).label(column.name) for column in _SPANS]


def _bodies(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    body = as_bytes(connection, t.Article.body).label("body")
    rows = grouped(connection, ids, lambda part: select(t.Article.id, body).where(t.Article.id.in_(part)))
    return {key: found[0].body.decode("utf-8", "replace") for key, found in rows.items()}


def _fault(row: AnyRow, body: str, relays: list[AnyRow]) -> str:
    try:
        content, source, cue, sentence = (
            read_cell(column, cell) if isinstance(cell, bytes) else cell
            for column, cell in zip(_SPANS, row[-4:], strict=True)
        )
        spans = {name: unpack_spans(found) for name, found in (("content", content), ("source", source))}
        ends = [end for found in (content, source, cue, [sentence]) for _, end in found]
    except (ValueError, TypeError):
        return "its offsets cannot be read"
    if max([*ends, *(relay.end for relay in relays)]) > len(body):
        return "an offset lies outside its article"
    shown = row.text.decode("utf-8", "replace")
    if joined(body, spans["content"]) != shown:
        return "its text is not what stands at its offsets"
    if folded(shown).encode("utf-8", "surrogatepass") != row.folded:
        return "the form it is searched in is not its text"
    keyed = (",".join(f"{s.start}-{s.end}" for s in spans[name]) for name in ("content", "source"))
    if row.id != "c" + digest(row.article_id, *keyed)[:12]:
        return "its identifier is not that of its offsets"
    return ""
