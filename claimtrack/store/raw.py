"""The bytes that articles were read from, kept beside the text that was made of them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

from sqlalchemy import Connection, select, update

from claimtrack.errors import NotFoundError
from claimtrack.records import Source
from claimtrack.store import tables as t
from claimtrack.store.rows import portions, put


def put_raw(connection: Connection, article_id: str, text_sha256: str, source: Source) -> None:
    """Keep what an article was read from; of bytes that are its text in UTF-8 the hash alone says all."""
    connection.execute(update(t.Article).where(t.Article.id == article_id).values(raw_sha256=source.sha256))
    if source.sha256 != text_sha256:
        row = {
            "sha256": source.sha256,
            "media_type": source.media_type,
            "size": len(source.data),
            "packed": zlib.compress(source.data),
        }
        put(connection, t.Raw, [row])


def load_raw(connection: Connection, article_id: str) -> bytes:
    """The bytes that an article was read from; NotFoundError where none were kept."""
    row = connection.execute(
        select(t.Article.body, t.Article.sha256, t.Article.raw_sha256, t.Raw.size, t.Raw.packed)
        .outerjoin(t.Raw, t.Raw.sha256 == t.Article.raw_sha256)
        .where(t.Article.id == article_id)
    ).one_or_none()
    if row is None or row.raw_sha256 is None:
        raise NotFoundError(f"Nothing is kept of what {article_id} was read from", "Ingest its file again")
    if row.raw_sha256 == row.sha256:
        return bytes(row.body.encode("utf-8"))
    if row.packed is None:
        raise NotFoundError(f"What {article_id} was read from is missing", "See `claimtrack verify`")
    return _unpacked(row.packed, row.size)


def check_raw(connection: Connection) -> Iterator[str]:
    """Bytes that are not those which were read, and articles whose bytes are missing."""
    for rows in portions(connection, select(t.Raw.sha256).order_by(t.Raw.sha256)):
        for (key,) in rows:  # one at a time: some are as large as articles may be
            row = connection.execute(select(t.Raw.size, t.Raw.packed).where(t.Raw.sha256 == key)).one()
            try:
                data = _unpacked(row.packed, row.size)
            except zlib.error:
                data = b""
            if len(data) != row.size or hashlib.sha256(data).hexdigest() != key:
                yield f"raw {key}: the bytes are not those that were read"
    query = (
        select(t.Article.id)
        .outerjoin(t.Raw, t.Raw.sha256 == t.Article.raw_sha256)
        .where(t.Article.raw_sha256 != t.Article.sha256, t.Raw.sha256.is_(None))
        .order_by(t.Article.id)
    )
    for rows in portions(connection, query):
        for (key,) in rows:
            yield f"article {key}: the bytes that it was read from are missing"


def _unpacked(packed: bytes, size: int) -> bytes:
    """The bytes that were packed, and no more than one above `size`, whatever was made of them since."""
    return zlib.decompressobj().decompress(packed, size + 1)
