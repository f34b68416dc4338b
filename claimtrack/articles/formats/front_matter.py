"""Front matter: the lines between two rules at a text's beginning that say facts about it."""

from __future__ import annotations

_LINES = 200  # of front matter; a text between two rules may be longer


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The simple pairs of a front matter and the text after it; no pairs and all text where there is none.

    This is the part of YAML that says facts: one "key: value" a line, quotes around the value or none.
    """
    lines = text.split("\n", _LINES + 1)
    if lines[0].strip() != "---":
        return {}, text
    row: dict[str, str] = {}
    length = len(lines[0]) + 1
    for line in lines[1 : _LINES + 1]:
        length += len(line) + 1
        if line.rstrip() in ("---", "..."):
            return row, text[length:].lstrip("\r\n")
        key, colon, value = line.strip("\r").partition(":")
        if colon and not key[:1].isspace() and not key.startswith(("#", "-")):
            row[key.strip()] = _unquoted(value.strip())
    return {}, text


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_unquoted(part.strip()) for part in value[1:-1].split(","))
    return value
