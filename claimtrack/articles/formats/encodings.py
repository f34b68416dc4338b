"""Encodings that a byte order mark or a declaration names, and streams as UTF-8."""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO

from claimtrack.articles.decoding import BYTE_ORDER_MARKS, decode
from claimtrack.articles.formats.bounds import peek

# Encodings of web pages (WHATWG), those that text is really in; a page may not pick any codec of Python's.
_KNOWN = re.compile(
    r"(?:us-?)?ascii|utf-?8|iso-?8859-?\d{1,2}|latin-?[1-9]|windows-?125\d|cp-?125\d|koi8-?[ru]|gb2312|gbk"
    r"|gb18030|big5(?:-hkscs)?|shift[_-]?jis|euc-?(?:jp|kr)|macintosh|windows-874|tis-620",
    re.IGNORECASE,
)


def by_mark(data: bytes) -> tuple[str | None, bytes]:
    """The encoding that a byte order mark names, and the mark; None and b"" where there is none."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, mark
    return None, b""


def decode_declared(data: bytes, declared: str | None, path: str) -> str:
    """The text of `data` as `decode` tells, and what is declared counts if it is an encoding of texts."""
    known = declared.strip() if declared and _KNOWN.fullmatch(declared.strip()) else None
    return decode(data, path, max(len(data), 1), known)


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
