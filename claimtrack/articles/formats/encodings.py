"""Encodings that a byte order mark names, and streams as UTF-8."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO

from claimtrack.articles.decoding import BYTE_ORDER_MARKS
from claimtrack.articles.formats.bounds import peek


def by_mark(data: bytes) -> tuple[str | None, bytes]:
    """The encoding that a byte order mark names, and the mark; None and b"" where there is none."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, mark
    return None, b""


def as_utf8(file: BinaryIO) -> BinaryIO:
    """The same text in UTF-8 without a mark, if the stream is marked; else the stream as it is."""
    head, file = peek(file)
    encoding, mark = by_mark(head)
    if encoding is None:
        return file
    file.read(len(mark))
    return file if encoding == "utf-8" else io.BufferedReader(_Recoded(file, encoding))


class _Recoded(io.RawIOBase):
    def __init__(self, file: BinaryIO, encoding: str) -> None:
        super().__init__()
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready and not self._ended:
            data = self._file.read(8192)
            self._ended = not data
            self._ready = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
        part, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)
