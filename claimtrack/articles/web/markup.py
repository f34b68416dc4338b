"""The markup inside feeds to plain text: what stands in paragraphs there does so here."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCK = re.compile(
    r"address|article|aside|blockquote|br|d[dlt]|div|fig(?:caption|ure)|footer|h[1-6r]|header|li|main|[ou]l|p|pre"
    r"|section|table|t[dhr]"
)
_SILENT = ("script", "style", "template", "noscript")


def text_of(markup: str) -> str:
    """The text of an HTML fragment, a blank line between its blocks; scripts and styles left out."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(reader.pieces).split("\0"))
    return "\n\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent += 1
        if _BLOCK.fullmatch(tag):
            self.pieces.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if _BLOCK.fullmatch(tag):
            self.pieces.append("\0")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data.replace("\0", ""))
