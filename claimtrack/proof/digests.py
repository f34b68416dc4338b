"""What a file amounts to: its SHA-256, its size, and a short digest of each of its lines."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

WIDTH = 6  # bytes of a line's digest: one alteration in 10^14 goes unplaced, and none unnoticed
_CHUNK = 1 << 20


def digest_line(line: bytes) -> bytes:
    """The short digest of a line with its line end."""
    return hashlib.sha256(line).digest()[:WIDTH]


@dataclass(frozen=True)
class Measured:
    """The SHA-256 and size of some bytes, how many lines they are, and the SHA-256 of the lines' digests."""

    sha256: str
    size: int
    lines: int
    lines_sha256: str


class Measure:
    """Takes bytes in pieces; `by_line` is false for what has no lines.  `keep` holds the lines' digests."""

    def __init__(self, by_line: bool = True, keep: bool = False) -> None:
        self._by_line = by_line
        self._keep = keep
        self._kept = bytearray()
        self._whole = hashlib.sha256()
        self._digests = hashlib.sha256()
        self._size = self._lines = 0
        self._rest = b""

    def update(self, data: bytes) -> None:
        """Take some more."""
        self._whole.update(data)
        self._size += len(data)
        if self._by_line:
            *lines, self._rest = (self._rest + data).split(b"\n")
            for line in lines:
                self._add(line + b"\n")

    def done(self) -> Measured:
        """What it all amounts to."""
        if self._rest:
            self._add(self._rest)
            self._rest = b""
        return Measured(self._whole.hexdigest(), self._size, self._lines, self._digests.hexdigest())

    @property
    def digests(self) -> bytes:
        """The digests of all lines, one after the other, where they are kept."""
        return bytes(self._kept)

    def _add(self, line: bytes) -> None:
        digest = digest_line(line)
        self._digests.update(digest)
        self._lines += 1
        if self._keep:
            self._kept += digest


def measure(file: Path, by_line: bool = True) -> Measured:
    """Measure a file."""
    found = Measure(by_line)
    with file.open("rb") as stream:
        while data := stream.read(_CHUNK):
            found.update(data)
    return found.done()


def line_digests(file: Path) -> Iterator[bytes]:
    """The digest of each line of a file."""
    with file.open("rb") as stream:
        for line in stream:
            yield digest_line(line)


class Measuring(io.TextIOBase):
    """Takes text and measures it as UTF-8; hands it on where there is an `out`."""

    def __init__(self, out: TextIO | None = None, keep: bool = False) -> None:
        self._out = out
        self.measure = Measure(keep=keep)

    def write(self, text: str) -> int:
        """Take some text."""
        self.measure.update(text.encode("utf-8", "backslashreplace"))
        if self._out is not None:
            self._out.write(text)
        return len(text)
