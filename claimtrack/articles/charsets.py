"""In which encoding a page or its sender says it is."""

from __future__ import annotations

import re

_HEAD = 4096  # bytes; HTML asks pages to say it within 1024
_NAME = "[A-Za-z0-9_:.-]{2,40}"
_HEADER = re.compile(rf";\s*charset\s*=\s*[\"']?\s*({_NAME})", re.IGNORECASE)
_META = re.compile(rf"<meta[^>]{{0,200}}?charset\s*=\s*[\"']?\s*({_NAME})".encode(), re.IGNORECASE)
_XML = re.compile(rf"\s*<\?xml[^>]{{0,200}}?encoding\s*=\s*[\"']({_NAME})[\"']".encode())
# Those of the Encoding Standard that text is really in.  Python has codecs that no page is in: in UTF-7
# markup hides from whoever reads the bytes, and some are no encodings of text at all.
_KNOWN = re.compile(
    r"(?:us-?)?ascii|utf-?8|utf-?16(?:-?[lb]e)?|iso-?8859-?\d{1,2}|latin-?[1-9]|windows-?125\d|cp-?125\d"
    r"|koi8-?[ru]|gb2312|gbk|gb18030|big5(?:-hkscs)?|shift[_-]?jis|euc-?(?:jp|kr)|macintosh|windows-874|tis-620",
    re.IGNORECASE,
)


def declared_charset(content_type: str, data: bytes = b"") -> str | None:
    """The encoding that the header names, or else the page's head; None where that is none of a page."""
    header = _HEADER.search(content_type)
    if header is not None and (sent := known_charset(header[1])):
        return sent
    head = _XML.match(data[:_HEAD]) or _META.search(data[:_HEAD])
    return known_charset(head[1].decode("ascii")) if head else None


def known_charset(name: str | None) -> str | None:
    """The name in small letters, if it is that of an encoding which pages and letters are in."""
    return name.strip().lower() if name and _KNOWN.fullmatch(name.strip()) else None
