"""Values as they stand in a cell: made safe for a spreadsheet, a Markdown table or a terminal.

News text is foreign text: it may hold what a spreadsheet runs as a formula, what a terminal obeys
as an escape sequence, and what turns the direction of reading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

LIST_SEPARATOR = "; "
_SEPARATORS = "\u2028\u2029"
# Trojan Source (Boucher and Anderson 2021): embeddings, overrides, isolates and marks of direction.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = re.compile(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f{_SEPARATORS}{_BIDI}\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# OWASP, "CSV Injection": the first characters that make a spreadsheet take a cell for a formula.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_FORMULA_SIGNS = frozenset("'=+-@\t\r\n＝＋－＠")  # as above, to be quick with all other cells
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
# The colon, the dot and the at-sign only where GitHub would make a link of them (GFM 6.9, autolinks), the
# dollar for its mathematics.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|~#&!$]|(?<=\w):(?=//)|(?<=www)\.|(?<=\w)@(?=\w)|(?<=mailto):)", re.I)
_MARKDOWN_OPENING = re.compile(r"([-+=]|\d+(?=[.)]))")  # lists, rules and headings, where a line begins so


def _shown(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x20:
        return chr(0x2400 + code)  # the Unicode pictures of control characters: ␛, ␇, …
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def visible(text: str) -> str:
    """`text` with control, direction and separator characters replaced by something to see.

    Line feed and tab stay as they are.
    """
    return _CONTROL.sub(_shown, text)


def one_line(text: str) -> str:
    """`text` with each run of white space as one space, and all else visible."""
    return visible(" ".join(text.split()))


def many(count: int, noun: str) -> str:
    """A count and its noun: "1 outlet", "2 outlets"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def web_address(url: str | None) -> str:
    """`url` where it leads into the web; other schemes could run something."""
    return url if url and url.startswith(("https://", "http://")) else ""


def flat(value: object) -> str:
    """A value as the text of one cell: lists joined, spans as ``start-end``, dates in ISO 8601.

    A signal is its name and value; any other object is JSON.
    """
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        if "name" not in value:
            return json.dumps(value, ensure_ascii=False, default=str)
        note = f" ({value['note']})" if value.get("note") else ""
        return f"{value['name']}={flat(value['value'])}{note}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Sequence):
        if len(value) == 2 and all(isinstance(v, int) for v in value):
            return f"{value[0]}-{value[1]}"
        return LIST_SEPARATOR.join(flat(v) for v in value)
    return str(value)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run this text, were it typed into a cell."""
    return text[:1] in _FORMULA_SIGNS and _FORMULA.match(text) is not None and not _NUMBER.fullmatch(text)


def spreadsheet_cell(value: object) -> str:
    """The text of a cell, with an apostrophe before what a spreadsheet would run as a formula.

    Numbers are left alone.  Text that already has apostrophes before such a character gets one
    more, so that taking away one apostrophe always gives the text back: `from_spreadsheet_cell`.
    """
    text = flat(value)
    if isinstance(value, int | float) or not is_formula(text):
        return text
    return f"'{text}"


def from_spreadsheet_cell(text: str) -> str:
    """The text that `spreadsheet_cell` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def markdown_cell(value: object) -> str:
    """The text of a cell of a Markdown table: one line, with the marks of Markdown escaped."""
    return _MARKDOWN.sub(r"\\\1", one_line(flat(value)))


def markdown_text(value: object) -> str:
    """A value as running text of a Markdown page, wherever in a line it stands."""
    text = markdown_cell(value)
    opening = _MARKDOWN_OPENING.match(text)
    if opening is None:
        return text
    place = 0 if text[0] in "-+=" else opening.end()
    return f"{text[:place]}\\{text[place:]}"
