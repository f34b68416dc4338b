"""Which reader takes which format, and the way from a file to its texts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from claimtrack.articles.decoding import printable
from claimtrack.articles.formats import sniffing as f
from claimtrack.articles.formats.archives import open_tar, open_zip
from claimtrack.articles.formats.bounds import Budget, Limits, SpentError, damaged, peek, whole
from claimtrack.articles.formats.columns import Columns
from claimtrack.articles.formats.compressed import open_compressed
from claimtrack.articles.formats.dialects import has_header
from claimtrack.articles.formats.json_files import read_json, read_json_lines
from claimtrack.articles.formats.mail import read_mail
from claimtrack.articles.formats.markdown import read_markdown
from claimtrack.articles.formats.pages import read_page
from claimtrack.articles.formats.pdf import read_pdf
from claimtrack.articles.formats.plain import read_plain
from claimtrack.articles.formats.tables import read_table
from claimtrack.articles.formats.texts import Again, Input, PassedOver, Pieces, Refused, Text
from claimtrack.articles.formats.warc import open_warc
from claimtrack.errors import ClaimtrackError, InputError

# One article from all bytes; many from a stream; and streams that lie in a stream.  A new format is a
# media type that `sniff` tells and a line in one of these.
SINGLE: dict[str, Callable[[bytes, Input], Text]] = {
    f.PLAIN: read_plain,
    f.HTML: read_page,
    f.MARKDOWN: read_markdown,
    f.MAIL: read_mail,
    f.PDF: read_pdf,
}
MANY: dict[str, Callable[[Input], Pieces]] = {
    f.JSON: read_json,
    f.JSON_LINES: read_json_lines,
    f.TABLE: read_table,
}
NESTED: dict[str, Callable[[Input], Iterator[Input | Refused]]] = {
    **dict.fromkeys((f.GZIP, f.BZIP2, f.XZ, f.ZSTD), open_compressed),
    f.ZIP: open_zip,
    f.TAR: open_tar,
    f.WARC: open_warc,
}
_ARCHIVES = {f.ZIP, f.TAR}
# "Talks with Mr. Roe" has no extension; a real one is short, without a space and not only digits.
_EXTENSION = re.compile(r"(?!^)\.(?=[^.]*[A-Za-z])[A-Za-z0-9_~-]{1,10}$")
_PACKED = re.compile(r"(?<=.)\.(?:gz|bz2|xz|zst)$", re.IGNORECASE)
TEXT_EXTENSIONS = {"", ".txt", ".text"}
_PROSE_EXTENSIONS = {*TEXT_EXTENSIONS, ".md", ".markdown"}
_JSON_EXTENSIONS = {".json", ".jsonl", ".ndjson"}
_TABLE_EXTENSIONS = {".csv", ".tsv"}


def read_texts(
    file: BinaryIO,
    path: str,
    limits: Limits | None = None,
    columns: Columns | None = None,
    *,
    named: bool = True,
    media_type: str = "",
    charset: str | None = None,
) -> Pieces:
    """The texts of one stream, in order; what cannot be read becomes `Refused`, and the rest goes on.

    What is not `named` by a person is passed over where its format is not read.  A `media_type` or
    `charset` that the sender of the bytes gave goes before what the bytes show.
    """
    limits = limits or Limits()
    budget = Budget(path, limits)
    item = Input(path, file, limits, columns or Columns(), budget, media_type, charset, named)
    if file.seekable():
        item = replace(item, again=_rewinder(file))
    try:
        yield from _guarded(item)
    except SpentError as error:
        yield Refused(path, error)


def _rewinder(file: BinaryIO) -> Again:
    start = file.tell()

    def again(_budget: Budget) -> BinaryIO:  # nothing is unpacked here
        file.seek(start)
        return file

    return again


def extension(path: str) -> str:
    """The extension of a file's name in lower case, that of a compression left out; "" where it has none."""
    match = _EXTENSION.search(_PACKED.sub("", os.path.basename(path)))
    return match[0].lower() if match else ""


def is_read(head: bytes, path: str, columns: Columns) -> bool:
    """Whether a file that nobody named is read: in a known format, plain text under a text's extension."""
    return _is_read(f.sniff(head, columns), path)


def _is_read(media_type: str, path: str) -> bool:
    if media_type == f.PLAIN:
        return extension(path) in _PROSE_EXTENSIONS
    known = media_type in SINGLE or media_type in MANY or media_type in NESTED
    return known or extension(path) in TEXT_EXTENSIONS - {""}  # named as a text, it fails and is told


def _guarded(item: Input) -> Pieces:
    try:
        yield from _read(item)
    except SpentError:
        raise  # about the whole file
    except ClaimtrackError as error:
        yield Refused(item.path, error)
    except (OSError, EOFError, ValueError) as error:  # of streams in streams
        yield Refused(item.path, damaged(item.path, error))


def _read(item: Input) -> Pieces:
    head, file = peek(item.file)
    media_type = item.media_type or f.sniff(head, item.columns)
    item = replace(item, file=file, media_type=media_type)
    if not item.named and not _is_read(media_type, item.path):
        yield PassedOver(item.path)
    elif media_type in NESTED:
        yield from _read_nested(item)
    elif media_type in MANY:
        for piece in _read_many(item):
            yield _given(item, piece) if isinstance(piece, Text) else piece
    else:
        if media_type == f.PLAIN and _is_data(head, item.path):
            problem = f"{printable(item.path)} has no column that is known to hold the text"
            raise InputError(problem, "Name it with --map text=COLUMN")
        if media_type not in SINGLE and media_type != f.UNKNOWN:
            raise _not_read(item)
        reader = SINGLE.get(media_type, read_plain)  # which says why something is no text
        text = reader(whole(file, item.path, item.limits.max_bytes), item)
        yield _given(item, replace(text, facts=text.facts.over(item.facts), one_of_many=item.many))


def _given(item: Input, text: Text) -> Text:
    """The text with what manifests in its archive give, which goes before what its markup says."""
    return replace(text, facts=item.row.over(text.facts))


def _read_many(item: Input) -> Pieces:
    found = False
    for piece in MANY[item.media_type](item):
        found = True
        yield piece
    if not found:
        raise InputError(f"{printable(item.path)} has no records", "Leave it out")


def _read_nested(item: Input) -> Pieces:
    is_archive = item.media_type in _ARCHIVES
    if item.layers >= item.limits.layers or item.archives + is_archive > item.limits.archives:
        raise InputError(f"{printable(item.path)} is packed too many times over", "Unpack it yourself")
    found = over = 0
    for inner in NESTED[item.media_type](item):
        for piece in _guarded(inner) if isinstance(inner, Input) else (inner,):
            found += not isinstance(piece, PassedOver)
            over += isinstance(piece, PassedOver)
            yield piece
    if not found and item.named and not (over and not is_archive):
        counted = f" (files of other formats: {over})" if over else ""
        raise InputError(f"no texts in {printable(item.path)}{counted}", "Leave it out")


def _is_data(head: bytes, path: str) -> bool:
    """Whether a file that is named as data looks like it, too."""
    start = head.decode("utf-8", "replace").lstrip("\ufeff \r\n")
    kind = extension(path)
    return (
        start[:1] in ("{", "[")
        if kind in _JSON_EXTENSIONS
        else kind in _TABLE_EXTENSIONS and has_header(start)
    )


def _not_read(item: Input) -> InputError:
    return InputError(
        f"{printable(item.path)} is of a format that is not read", "docs/articles.md lists those that are"
    )
