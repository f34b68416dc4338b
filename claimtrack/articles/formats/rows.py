"""One record of a table or a JSON file as one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from claimtrack.articles.decoding import checked, decode, printable
from claimtrack.articles.formats.columns import facts_of
from claimtrack.articles.formats.pages import read_markup
from claimtrack.articles.formats.sniffing import looks_like_page
from claimtrack.articles.formats.texts import Input, Text
from claimtrack.errors import InputError
from claimtrack.records import Source


def read_row(row: Mapping[str, Any], item: Input, path: str, source: Source, *, alone: bool = False) -> Text:
    """The text that one record holds, with its other columns as facts.

    `alone` says that it is all its file holds.  Raises InputError where it holds no text; a text that is
    a web page is read as one.
    """
    columns = item.columns.find(row)
    body = row.get(columns.get("text", ""))
    if not isinstance(body, str) or not body.strip():
        raise InputError(f"{printable(path)} has no text", _remedy(item))
    origin = "table column" if source.media_type == "text/csv" else "JSON field"
    facts = facts_of(row, columns, origin)
    if looks_like_page(body):
        body, said = read_markup(mended(body, path), path)
        facts = facts.over(said)
    return Text(path, checked(mended(body, path), path), source, facts, lasting=alone, one_of_many=not alone)


def mended(text: str, path: str) -> str:
    """A text of which bytes that are not UTF-8 were kept as halves of characters, decoded as a whole."""
    if text.isascii() or not any("\udc80" <= c <= "\udcff" for c in text):
        return text
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # other halves, which the record itself spells out
        return text
    return decode(data, path, len(data))


def bounded_lines(file: BinaryIO, most: int) -> Iterator[bytes | None]:
    """The lines of a stream, None for one that is longer than `most` bytes."""
    while line := file.readline(most + 1):
        if len(line) <= most or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(1 << 20)
        yield None


def _remedy(item: Input) -> str:
    if "text" in item.columns.named:
        return f"--map says that it is in {printable(item.columns.named['text'])!r}: check it"
    return "Leave it out, or say with --map text=COLUMN where the text is"
