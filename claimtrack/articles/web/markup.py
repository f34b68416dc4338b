"""The markup inside feeds to plain text: what stands in paragraphs there does so here.

The standard library's HTMLParser takes a minute for sixty kilobytes of unclosed tags; this is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_TOKEN = re.compile(r"<!--|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^<>]*>|<[!?][^<>]*>")
_BLOCK = re.compile(
    r"address|article|aside|blockquote|br|d[dlt]|div|fig(?:caption|ure)|footer|h[1-6r]|header|li|main|[ou]l|p|pre"
    r"|section|table|t[dhr]"
)
_ENDS = {
    name: re.compile(f"</{name}[^<>]*>?", re.IGNORECASE | re.ASCII)
    for name in ("script", "style", "template", "noscript")
}
_COMMENT_END = re.compile("-->")
_BREAK = "\0"


def text_of(markup: str) -> str:
    """The text of an HTML fragment, a blank line between its blocks; scripts and styles left out."""
    lines = (" ".join(line.split()) for line in "".join(_pieces(markup)).split(_BREAK))
    return "\n\n".join(line for line in lines if line)


def _pieces(markup: str) -> Iterator[str]:
    at = 0
    while token := _TOKEN.search(markup, at):
        yield _plain(markup[at : token.start()])
        at = token.end()
        name = (token["name"] or "").lower()
        if token[0] == "<!--":
            at = _after(markup, _COMMENT_END, at)
        elif name in _ENDS and not token["end"]:
            at = _after(markup, _ENDS[name], at)
        elif _BLOCK.fullmatch(name):
            yield _BREAK
    yield _plain(markup[at:])


def _plain(text: str) -> str:
    return unescape(text).replace(_BREAK, "")


def _after(markup: str, end: re.Pattern[str], start: int) -> int:
    """Where to go on after `end`; at the end of the text where there is none."""
    found = end.search(markup, start)
    return found.end() if found else len(markup)
