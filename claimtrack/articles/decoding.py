"""Bytes to text.  No newline is translated, so offsets fit the file's own decoded text."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from claimtrack.errors import InputError

MAX_BYTES = 20_000_000

# The UTF-32 marks come first: the little-endian one begins with that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1a\x1b")
# What the web calls Latin-1 or ASCII is Windows-1252 (the WHATWG Encoding Standard).
_WEB_NAMES = dict.fromkeys(("ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii"), "cp1252")
_AS_UTF8 = "Save it again as UTF-8 text"
_UNWESTERN = re.compile(
    r"[a-zß-öø-ÿ][À-ÖØ-Þ]|[^\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŽžŸ"
    r"€‚„…†‡‰‹‘’“”•–—™›\xa0¡£¢¥§©ª«®°±²³´·¹º»¼½¾¿×\xad]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")  # halves of characters, as damaged JSON has them
_DETECTION_BYTES = 200_000  # detection is slow and needs no more than this to judge an encoding


def decode(data: bytes, path: str, max_bytes: int = MAX_BYTES, charset: str | None = None) -> str:
    """The text of `data`: UTF-8 where it is, else by byte order mark, else the likeliest encoding.

    `charset` is what a server or the text's own head calls the encoding; it counts where the data fit it and
    are not UTF-8, which nothing else is by chance.  A byte order mark is a signature and not part of the
    text.  Raises InputError, naming `path` and the remedy, where the data are empty, too large, binary or in
    no encoding that can be told.
    """
    name = printable(path)
    if len(data) > max_bytes:
        raise too_large(path, max_bytes)
    return checked(_decode(data, name, charset), path)


def checked(text: str, path: str) -> str:
    """The text itself, if it can be stored.  Raises InputError where it is empty or no text."""
    name = printable(path)
    if not text.replace("\ufeff", "").strip():
        raise InputError(f"{name} is empty", "Put the article's text into it, or leave it out")
    if "\0" in text:
        raise _binary(name)
    if not text.isascii() and _SURROGATE.search(text):
        raise InputError(f"{name} has characters that are no text", _AS_UTF8)
    return text


def too_large(path: str, max_bytes: int) -> InputError:
    """The error for a file over the size limit."""
    return InputError(
        f"{printable(path)} is larger than {max_bytes / 1e6:g} MB",
        "Split it into one file for each article, or raise --max-bytes",
    )


def printable(path: str) -> str:
    """A path as one line that any terminal can show: control characters and lone surrogates escaped."""
    shown = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda m: repr(m[0])[1:-1], path)
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")


def _decode(data: bytes, name: str, charset: str | None) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{name} says it is {encoding.upper()} but is damaged at byte {len(mark) + error.start}",
                    _AS_UTF8,
                ) from error
    if charset is not None and b"\0" in data:
        with suppress(LookupError, UnicodeDecodeError):
            return data.decode(charset)  # UTF-16 without a mark
    if b"\0" in data or len(data.translate(None, _CONTROLS)) < 0.99 * len(data):
        raise _binary(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if charset is not None:
            with suppress(LookupError, UnicodeDecodeError):
                return data.decode(_WEB_NAMES.get(charset.lower(), charset))
        if _mostly_utf8(data):
            # Any one-byte encoding would "succeed" here and turn every good character into two bad ones.
            raise InputError(f"{name} is UTF-8 but damaged at byte {error.start}", _AS_UTF8) from error
    return _decode_unmarked(data, name)


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(not c.isascii() for c in text) - bad
    return good > bad


def _decode_unmarked(data: bytes, name: str) -> str:
    western = _as_windows_1252(data)
    if western is not None:
        return western
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, and rarely needed

    best = from_bytes(data[:_DETECTION_BYTES]).best()
    if best is not None:
        with suppress(UnicodeDecodeError):  # what fits the beginning may not fit the rest
            return data.decode(best.encoding)
    raise InputError(f"the encoding of {name} cannot be told", _AS_UTF8)


def _as_windows_1252(data: bytes) -> str | None:
    """The text in Windows-1252, if it reads as one Western language throughout.

    charset-normalizer takes English with a few curly quotes for Polish or Finnish, as most code pages
    fit it.  English that is not UTF-8 is nearly always in Windows-1252 (the WHATWG Encoding Standard
    reads even "latin1" so); its bytes in any other code page give capitals inside words or symbols.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    accented = sum(c.isalpha() for c in text if not c.isascii())
    if accented > 0.06 * len(text) or _UNWESTERN.search(text):
        return None
    return text


def _binary(name: str) -> InputError:
    return InputError(f"{name} is binary, not text", _AS_UTF8)
