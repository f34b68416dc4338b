"""The bytes of an answer, up to a limit, which also holds for what a compressed one unpacks to."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from claimtrack.articles.web.failures import FetchError

ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
ACCEPTED = "gzip, deflate"
_PIECE = 65_536  # bytes unpacked at a time: a kilobyte can hold a megabyte


def read_body(parts: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """At most `limit` + 1 bytes of an answer in this content encoding; what comes after is not asked for.

    Raises FetchError for an encoding that was not offered, and for a compressed body that is damaged.
    """
    if encoding not in ENCODINGS:
        raise FetchError(f"it is packed as {encoding[:40]!r}, which was not asked for", final=True)
    body = bytearray()
    for piece in parts if encoding in ("", "identity") else _unpack(parts):
        body += piece
        if len(body) > limit:
            break
    return bytes(body[: limit + 1])


def _unpack(parts: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=47)  # gzip or zlib, told by the header
    begun = False
    try:
        for part in parts:
            rest, full = part, False
            while rest or full:
                begun = True
                piece = unpacker.decompress(rest, _PIECE)
                yield piece
                rest, full = unpacker.unconsumed_tail, len(piece) == _PIECE
                if unpacker.eof:  # gzip may go on with another member
                    rest, full, begun = unpacker.unused_data, False, False
                    unpacker = zlib.decompressobj(wbits=47)
    except zlib.error as error:
        raise FetchError("it is packed, and damaged") from error
    if begun:
        raise FetchError("it is packed, and breaks off")
