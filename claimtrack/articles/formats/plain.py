"""Plain text: its own decoded text, whole."""

from __future__ import annotations

from claimtrack.articles.decoding import decode
from claimtrack.articles.formats.sniffing import PLAIN
from claimtrack.articles.formats.texts import Input, Text
from claimtrack.records import Source


def read_plain(data: bytes, item: Input) -> Text:
    """The text that `data` is.  Raises InputError where it is none."""
    return Text(item.path, decode(data, item.path, item.limits.max_bytes, item.charset), Source(PLAIN, data))
