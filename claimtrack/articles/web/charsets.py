"""In which encoding a page says it is."""

from __future__ import annotations

import codecs
import re

_HEAD = 2048  # bytes; HTML asks pages to say it within 1024
_HEADER = re.compile(r";\s*charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})[\"']")
# Python has these too, but no page is in them: in UTF-7 markup hides from whoever reads the bytes.
_NO_PAGES = {"utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined"}


def declared_charset(content_type: str, data: bytes) -> str | None:
    """The encoding that the header names, or else the page's head; None where that is none we know."""
    header = _HEADER.search(content_type)
    if header is not None and _is_known(header[1]):
        return header[1].lower()
    head = _XML.match(data[:_HEAD]) or _META.search(data[:_HEAD])
    name = head[1].decode("ascii").lower() if head else ""
    return name if _is_known(name) else None


def _is_known(name: str) -> bool:
    try:
        b"".decode(name)  # refuses codecs that are no encodings of text
        return codecs.lookup(name).name.replace("_", "-") not in _NO_PAGES
    except LookupError:
        return False
