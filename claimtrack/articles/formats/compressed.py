"""gzip, bzip2, xz and zstd: what one compressed file holds, unpacked as it is read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Iterator
from typing import BinaryIO

from claimtrack.articles.formats.bounds import Budget, Counted, Unpacked
from claimtrack.articles.formats.extras import need
from claimtrack.articles.formats.sniffing import BZIP2, GZIP, XZ, ZSTD
from claimtrack.articles.formats.texts import Input

_MEMORY = 1 << 27  # bytes that unpacking may take: xz and zstd let a file ask for gigabytes


def open_compressed(item: Input) -> Iterator[Input]:
    """The one stream inside; UsageError where zstd is met and its extra is not installed."""
    once_more = item.again
    again = (lambda budget: _unpack(item, once_more(budget), budget)) if once_more is not None else None
    yield item.unpacked(_unpack(item, item.file, item.budget), again)


def _unpack(item: Input, file: BinaryIO, budget: Budget) -> BinaryIO:
    counted = Counted(file)
    fill = _FILLS[item.media_type](io.BufferedReader(counted))
    unpacked = Unpacked(item.path, fill, lambda: counted.count, budget, item.limits.ratio)
    return io.BufferedReader(unpacked)


def _gzip(file: BinaryIO) -> Callable[[int], bytes]:
    return gzip.GzipFile(fileobj=file, mode="rb").read1


def _bzip2(file: BinaryIO) -> Callable[[int], bytes]:
    return bz2.BZ2File(file).read1


def _zstd(file: BinaryIO) -> Callable[[int], bytes]:
    zstandard = need("zstandard", "zstd", "Zstandard")
    reader = zstandard.ZstdDecompressor(max_window_size=_MEMORY).stream_reader(file, read_across_frames=True)
    read: Callable[[int], bytes] = reader.read
    return read


def _xz(file: BinaryIO) -> Callable[[int], bytes]:
    # lzma.LZMAFile has no limit on memory.
    decoder = lzma.LZMADecompressor(memlimit=_MEMORY)

    def fill(count: int) -> bytes:
        nonlocal decoder
        while True:
            if decoder.eof:
                rest = (decoder.unused_data or file.read(8192)).lstrip(b"\0")  # streams may be padded
                if not rest:
                    return b""
                decoder = lzma.LZMADecompressor(memlimit=_MEMORY)
            else:
                rest = file.read(8192) if decoder.needs_input else b""
                if decoder.needs_input and not rest:
                    raise EOFError("it ends too early")
            data = decoder.decompress(rest, max_length=count)
            if data:
                return data

    return fill


_FILLS: dict[str, Callable[[BinaryIO], Callable[[int], bytes]]] = {
    GZIP: _gzip,
    BZIP2: _bzip2,
    XZ: _xz,
    ZSTD: _zstd,
}
