"""JSON: lines of objects, an array of them, or one; each object is an article."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any

from claimtrack.articles.decoding import printable, too_large
from claimtrack.articles.formats.encodings import as_utf8
from claimtrack.articles.formats.rows import bounded_lines, read_row
from claimtrack.articles.formats.sniffing import JSON, JSON_LINES, paths
from claimtrack.articles.formats.texts import Input, Piece, Pieces, Refused
from claimtrack.errors import ClaimtrackError, InputError
from claimtrack.records import Source

_DECODER = json.JSONDecoder(strict=False)  # line breaks in strings are common, and say what they say
_TAIL = 64  # characters at the end of a portion that the next one may complete: "tru", "\u00"
_PORTION = 65_536


def read_json_lines(item: Input) -> Pieces:
    """One text a line, `dump.jsonl#3` for the third; a line that is none fails alone."""
    lines = bounded_lines(as_utf8(item.file), item.limits.max_bytes)
    filled = ((n, line) for n, line in enumerate(lines, 1) if line is None or line.strip())
    first = next(filled, None)
    second = next(filled, None)
    if first is None:
        return
    yield _line(item, *first, alone=second is None)
    if second is not None:
        yield _line(item, *second)
    for number, line in filled:
        yield _line(item, number, line)


def _line(item: Input, number: int, line: bytes | None, *, alone: bool = False) -> Piece:
    path = item.path if alone else f"{item.path}#{number}"
    if line is None:
        return Refused(path, too_large(path, item.limits.max_bytes))
    data = line.strip()
    try:
        value = _DECODER.decode(data.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError) as error:
        return Refused(path, _no_json(path, error))
    return _object(item, path, value, Source(JSON_LINES, data), alone=alone)


def read_json(item: Input) -> Pieces:
    """The objects of an array, `dump.json#3` for the third, or the one object that a file holds.

    What is damaged ends the file: where the next object begins cannot be told.
    """
    for number, (text, value, in_array) in enumerate(_values(item), 1):
        alone = number == 1 and not in_array
        path = item.path if alone else f"{item.path}#{number}"
        source = Source(JSON, text.encode("utf-8", "surrogateescape"))
        yield _object(item, path, value, source, alone=alone)


def _object(item: Input, path: str, value: object, source: Source, *, alone: bool) -> Piece:
    if not isinstance(value, dict):
        return Refused(path, InputError(f"{printable(path)} is no JSON object", "Leave it out"))
    try:
        return read_row(paths(value), item, path, source, alone=alone)
    except ClaimtrackError as error:
        return Refused(path, error)


def _values(item: Input) -> Iterator[tuple[str, Any, bool]]:
    """Each value of a stream as written and as read, and whether it stands in an array."""
    file = as_utf8(item.file)
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    text, at, ended, in_array, number = "", 0, False, False, 0
    while True:
        while at < len(text) and (text[at].isspace() or text[at] in ",[]"):
            in_array = in_array or text[at] == "["
            at += 1
        error: Exception | None = None
        if at < len(text):
            try:
                value, end = _DECODER.raw_decode(text, at)
            except (ValueError, RecursionError) as caught:
                error = caught
            else:
                number += 1
                yield text[at:end], value, in_array
                at = end
                continue
        if ended:
            if error is not None:
                raise _damaged(item, number, error)
            return
        if len(text) - at > item.limits.max_bytes:
            raise too_large(f"{item.path}#{number + 1}", item.limits.max_bytes)
        if error is not None and _is_final(error, len(text)):
            raise _damaged(item, number, error)
        # twice as much each time, so that a long object is not read over and over
        data = file.read(max(_PORTION, len(text) - at))
        ended = not data
        text, at = text[at:] + decoder.decode(data, final=ended), 0


def _is_final(error: Exception, length: int) -> bool:
    """Whether more text cannot mend it: a string that does not end may be going on."""
    if not isinstance(error, json.JSONDecodeError):
        return True
    return error.pos < length - _TAIL and not error.msg.startswith("Unterminated string")


def _no_json(path: str, error: Exception) -> InputError:
    why = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deep"
    return InputError(f"{printable(path)} is no JSON: {why}", "Put it right, or leave it out")


def _damaged(item: Input, number: int, error: Exception) -> InputError:
    why = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deep"
    return InputError(
        f"{printable(item.path)} is damaged after record {number}: {why}",
        "Get it again; what came before is in",
    )
