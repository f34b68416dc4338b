"""What bytes are, told by themselves: first their signature, then their structure, never a name."""

from __future__ import annotations

import json
import re
import tarfile

from claimtrack.articles.formats.columns import Columns
from claimtrack.articles.formats.dialects import find_dialect
from claimtrack.articles.formats.encodings import by_mark
from claimtrack.articles.formats.front_matter import split_front_matter

PLAIN = "text/plain"
HTML = "text/html"
MARKDOWN = "text/markdown"
TABLE = "text/csv"
JSON = "application/json"
JSON_LINES = "application/jsonl"
MAIL = "message/rfc822"
PDF = "application/pdf"
WARC = "application/warc"
GZIP = "application/gzip"
BZIP2 = "application/x-bzip2"
XZ = "application/x-xz"
ZSTD = "application/zstd"
ZIP = "application/zip"
TAR = "application/x-tar"
RSS = "application/rss+xml"
ATOM = "application/atom+xml"
OFFICE = "application/vnd.openxmlformats"
RTF = "application/rtf"
XML = "application/xml"
UNKNOWN = "application/octet-stream"

_SIGNATURES = (
    (re.compile(rb"\x1f\x8b\x08"), GZIP),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), BZIP2),
    (re.compile(rb"\xfd7zXZ\0"), XZ),
    (re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), ZSTD),
    # an office document or a book is a ZIP archive too; its first member tells
    (re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|mimetype)", re.DOTALL), OFFICE),
    (re.compile(rb"PK\x03\x04|PK\x05\x06"), ZIP),
    (re.compile(rb"\s{0,100}%PDF-\d"), PDF),
    (re.compile(rb"WARC/\d\.\d+\r?\n"), WARC),
    (re.compile(rb"\{\\rtf"), RTF),
)
# Nothing of it is tried in two ways: pages of comments would keep a plain pattern busy for ever.
_BEFORE = r"(?>\s*)(?><\?xml[^>]{0,200}\?>\s*)?(?:(?><!--.{0,2000}?-->\s*))*+"
_PAGE = re.compile(
    _BEFORE + r"<(?:!doctype\s+html|html|head|body|article|main|section|header|div|meta|title|link"
    r"|p|h[1-6]|table|ul|blockquote|script|style)(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
_FEEDS = (
    (re.compile(_BEFORE + r"(?:<!doctype[^>]{0,300}>\s*)?<(?:rss|rdf:RDF)[\s>]", re.I | re.DOTALL), RSS),
    (re.compile(_BEFORE + r"<(?:\w{1,20}:)?feed[\s>]", re.I | re.DOTALL), ATOM),
)
_XML = re.compile(r"\s*<\?xml\s")
_HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t]|\r?$)")
_POSTMARKS = {"date", "message-id", "received", "mime-version", "return-path"}
_HEADING = re.compile(r"\s*#{1,3}[ \t]+\S")
_MARKUP = re.compile(r"\]\(https?://|^#{2,6} \S|\*\*\w", re.MULTILINE)


def sniff(head: bytes, columns: Columns) -> str:
    """The media type of what begins with `head`; plain text where in doubt, UNKNOWN where no text.

    A table or JSON counts as one only if it has a column for the text, as `columns` says.
    """
    for signature, media_type in _SIGNATURES:
        if signature.match(head):
            return media_type
    if _is_tar(head):
        return TAR
    encoding, mark = by_mark(head)
    if encoding is None and b"\0" in head:
        return UNKNOWN
    text = head[len(mark) :].decode(encoding or "utf-8", "replace")
    return _sniff_text(text, columns)


def _sniff_text(text: str, columns: Columns) -> str:
    for feed, media_type in _FEEDS:
        if feed.match(text):
            return media_type
    if _PAGE.match(text):
        return HTML
    if _XML.match(text):
        return XML
    start = text.lstrip()
    if start[:1] in ("{", "["):
        return _sniff_json(start, columns)
    if _is_mail(text):
        return MAIL
    if split_front_matter(text)[0] or (_HEADING.match(text) and _MARKUP.search(text)):
        return MARKDOWN
    return TABLE if find_dialect(text, columns) is not None else PLAIN


def looks_like_page(text: str) -> bool:
    """Whether a text, such as a cell of a table, is HTML."""
    return _PAGE.match(text) is not None


def _is_tar(head: bytes) -> bool:
    if len(head) < tarfile.BLOCKSIZE or not head[0]:
        return False
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):  # its checksum says that it is no header
        return False
    return True


def _sniff_json(start: str, columns: Columns) -> str:
    """JSON lines, one value or an array, told by its first object; plain text if that has no text."""
    if start[0] == "[":
        inner = start[1:].lstrip()
        return JSON if inner[:1] == "{" and _has_text(inner, columns) else PLAIN
    if not _has_text(start, columns):
        return PLAIN
    first = start.split("\n", 1)[0]
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        # cut off by the end of the head, it is one long line; else an object over several lines
        return JSON if "\n" in start else JSON_LINES
    return JSON_LINES


def _has_text(start: str, columns: Columns) -> bool:
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(start)
    except (ValueError, RecursionError):
        # the first object may be longer than what is looked at, and its text last in it
        names = re.findall(r'[{,]\s*"([^"\\]{1,60})"\s*:', start)
        return re.match(r'\{\s*"', start) is not None and columns.hold_text(names)
    return isinstance(found, dict) and columns.hold_text(paths(found))


def paths(record: dict[str, object]) -> dict[str, object]:
    """A JSON object with the fields of objects in it under names such as "source.name"."""
    flat = dict(record)
    for name, value in record.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": found for inner, found in value.items()}
    return flat


def _is_mail(text: str) -> bool:
    """Whether a text opens with the header of a letter: From, and one line that only mail programs write."""
    names: set[str] = set()
    for line in text.split("\n", 200)[:200]:
        if line.startswith("From ") and not names:
            continue  # how mailboxes part letters
        if not line.strip():
            return "from" in names and bool(names & _POSTMARKS)
        if line[0] in " \t" and names:
            continue
        header = _HEADER.match(line)
        if header is None:
            return False
        names.add(header["name"].lower())
    return False
