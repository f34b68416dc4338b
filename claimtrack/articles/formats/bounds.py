"""How much is read of one file, whatever it unpacks to, and streams that keep to it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from claimtrack.articles.decoding import MAX_BYTES, printable, too_large
from claimtrack.errors import ClaimtrackError, InputError

HEAD = 65_536  # bytes from which a format is told
_CHUNK = 65_536
_ALLOWED = 1_000_000  # bytes that may come out of almost nothing: repetitive texts pack well, too


@dataclass(frozen=True)
class Limits:
    """How much is read.

    The defaults keep to what honest archives of news need: text packs to a fifth or a tenth.
    """

    max_bytes: int = MAX_BYTES  # of one article
    members: int = 100_000  # of one archive
    ratio: int = 200  # unpacked over packed
    archives: int = 2  # an archive in an archive, and no further
    layers: int = 5  # compressions counted too

    @property
    def total(self) -> int:
        """Bytes that may be unpacked from one file, over all its members."""
        return 100 * self.max_bytes


class SpentError(InputError):
    """A file has unpacked to all that it may: nothing more of it is read."""


class Budget:
    """What is left of the bytes and the members that one file may unpack to, over all its layers."""

    def __init__(self, path: str, limits: Limits) -> None:
        self._path = path
        self._limits = limits
        self._bytes = limits.total
        self._members = limits.members

    def spend(self, count: int) -> None:
        """Count bytes that came out.  Raises SpentError where they are too many."""
        self._bytes -= count
        if self._bytes < 0:
            raise SpentError(
                f"{printable(self._path)} unpacks to more than {size(self._limits.total)}",
                "Unpack it yourself and ingest the folder, or raise --max-bytes",
            )

    def enter(self, count: int = 1) -> None:
        """Count members of archives.  Raises SpentError where they are too many."""
        self._members -= count
        if self._members < 0:
            raise SpentError(
                f"{printable(self._path)} has more than {self._limits.members:,} members",
                "Unpack it yourself and ingest the folder",
            )


class Unpacked(io.RawIOBase):
    """The bytes that a decompressor gives, counted against a budget and a ratio.

    `fill` gives up to so many bytes, b"" at the end, and `packed` tells how many have gone in.  What a
    decompressor raises on damaged data becomes an InputError.
    """

    def __init__(
        self,
        path: str,
        fill: Callable[[int], bytes],
        packed: Callable[[], int],
        budget: Budget,
        ratio: int,
    ) -> None:
        super().__init__()
        self._path, self._fill, self._packed = path, fill, packed
        self._budget, self._ratio = budget, ratio
        self._out = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As io.RawIOBase says; raises InputError where the data are damaged or too many."""
        try:
            data = self._fill(min(len(buffer), _CHUNK))
        except ClaimtrackError:
            raise
        except Exception as error:  # each library has its own kinds, and some let struct.error through
            raise damaged(self._path, error) from error
        self._out += len(data)
        self._budget.spend(len(data))
        if self._out > _ALLOWED + self._ratio * self._packed():
            raise InputError(
                f"{printable(self._path)} unpacks to more than {self._ratio} times its size",
                "Text does not: leave it out, or unpack it yourself",
            )
        buffer[: len(data)] = data
        return len(data)


class Counted(io.RawIOBase):
    """A stream that counts what is read of it; `count` tells."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.count = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As io.RawIOBase says."""
        data = self._file.read(len(buffer))
        self.count += len(data)
        buffer[: len(data)] = data
        return len(data)


class _Rejoined(io.RawIOBase):
    """A head that was read ahead, and the rest of its stream."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        super().__init__()
        self._head, self._file = memoryview(head), file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data: bytes | memoryview = self._head[: len(buffer)]
        self._head = self._head[len(data) :]
        if not data:
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def peek(file: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and a stream that still begins with them."""
    head = take(file, HEAD)
    if file.seekable():
        file.seek(-len(head), io.SEEK_CUR)
        return head, file
    return head, io.BufferedReader(_Rejoined(head, file))


def take(file: BinaryIO, count: int) -> bytes:
    """Up to `count` bytes, and fewer only at the end, however few the stream gives at a time."""
    parts = []
    while count > 0 and (part := file.read(min(count, 1 << 20))):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def whole(file: BinaryIO, path: str, max_bytes: int) -> bytes:
    """All bytes of a stream.  Raises InputError where they are more than `max_bytes`."""
    data = take(file, max_bytes + 1)
    if len(data) > max_bytes:
        raise too_large(path, max_bytes)
    return data


def damaged(path: str, error: Exception) -> InputError:
    """The error for data that a library cannot read."""
    why = printable(str(error) or type(error).__name__).rstrip(".")[:200]
    return InputError(f"{printable(path)} is damaged: {why}", "Get it again, or leave it out")


def size(count: int) -> str:
    """ "20 MB", "2 GB"."""
    return f"{count / 1e9:g} GB" if count >= 1_000_000_000 else f"{count / 1e6:g} MB"
