"""Which stretches of an article are parsed: its paragraphs, and the pieces of long ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from claimtrack.language.unreadable import merged, outside
from claimtrack.records import Article, MarkKind, Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
UNPARSED = frozenset({MarkKind.BOILERPLATE, MarkKind.BYLINE, MarkKind.DATELINE, MarkKind.CREDIT})
_PIECE = 10_000  # characters; a longer paragraph is parsed in pieces, cut at a space


def split_paragraphs(article: Article) -> Iterator[Span]:
    """The stretches of running text between line breaks and marks, trimmed of white space.

    Lines wrapped at a fixed width are put together again: a line that starts in lower case goes on
    from the one before, and in a text where most line ends stand inside sentences, only blank lines
    part paragraphs.
    """
    body = article.body
    barriers = merged(m.span for m in article.marks if m.kind in UNPARSED)
    lines = [s for m in _LINE.finditer(body) for s in outside(Span(m.start(), m.end()), barriers)]
    lines = [s for s in (_trim(body, line) for line in lines) if s.start < s.end]
    wrapped = _is_wrapped(body, lines)
    current: Span | None = None
    for line in lines:
        if current is not None and _goes_on(body, current, line, wrapped):
            current = Span(current.start, line.end)
            continue
        if current is not None:
            yield current
        current = line
    if current is not None:
        yield current


def _goes_on(body: str, before: Span, line: Span, wrapped: bool) -> bool:
    gap = body[before.end : line.start]
    if not gap.isspace() or len(gap.replace("\r", "").replace(" ", "")) > 1:
        return False
    return wrapped or body[line.start].islower()


def _is_wrapped(body: str, lines: list[Span]) -> bool:
    followed = [a for a, b in pairwise(lines) if body[a.end : b.start].strip(" \r") == "\n"]
    if len(followed) < 5 or len(followed) < len(lines) / 2:
        return False
    inside = sum(body[s.end - 1] not in ".!?:”\"’'" and 40 <= s.end - s.start <= 100 for s in followed)
    return inside > 0.6 * len(followed)


def _trim(body: str, span: Span) -> Span:
    text = span.of(body)
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, max(start, span.start + len(text.rstrip())))


def split_pieces(body: str, paragraph: Span, unreadable: Sequence[Span] = ()) -> Iterator[Span]:
    """The parts of a paragraph that are parsed one by one: what is readable of it, cut where very long."""
    for part in outside(paragraph, unreadable):
        start = part.start
        while part.end - start > _PIECE:
            cut = body.rfind(" ", start + _PIECE // 2, start + _PIECE)
            cut = cut + 1 if cut > 0 else start + _PIECE
            yield Span(start, cut)
            start = cut
        yield Span(start, part.end)
