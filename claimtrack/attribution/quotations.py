"""Pair quotation marks: curly, straight and guillemets, unclosed ones, quotations over paragraphs.

An English quotation that runs over paragraphs opens each paragraph anew and closes only the last
(Chicago Manual of Style, 13.32); such paragraphs make one quotation of several spans.  Single marks
count only as a quotation inside double ones' place when a text uses them instead (British style),
and never where they are apostrophes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from claimtrack.records import Span

_OPENING = "“„«"
_CLOSING = {"“": "”", "„": "“”", "«": "»", '"': '"', "''": "''", "‘": "’", "'": "'", "``": "''"}
_STRAIGHT = frozenset({'"', "''"})  # the same mark opens and closes; agencies type the second one
_DOUBLE = re.compile(r"``|''|[“”„«»\"]")
_SINGLE_OPEN = re.compile(r"(?<![\w’'])[‘'](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])[’'](?![\w])")
# Where the words end of a quotation that nobody closed: "…, said Ms. Brook", "…, she said".
_REPORTED = re.compile(
    r"[,?!](?= (?:(?:said|says) (?:[a-z]+ )?[A-Z]|(?:he|she|they|[A-Z]\w+) (?:said|says)\b))"
)
_STOP = re.compile(r"[.!?](?= [A-Z])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: its spans with their marks, one a paragraph, and whether it was closed."""

    spans: tuple[Span, ...]
    closed: bool = True

    @property
    def start(self) -> int:
        """Where the first mark stands."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Just behind the last mark."""
        return self.spans[-1].end

    def holds(self, span: Span) -> bool:
        """Whether one of the spans covers `span`."""
        n = bisect_right(self.spans, span.start, key=lambda s: s.start)
        return n > 0 and self.spans[n - 1].covers(span)


def quotations_in(quotations: Sequence[Quotation], span: Span) -> Sequence[Quotation]:
    """Those of some quotations in order that share a character with a span of the body."""
    first = bisect_right(quotations, span.start, key=lambda q: q.end)
    return quotations[first : max(first, bisect_left(quotations, span.end, key=lambda q: q.start))]


def find_quotations(body: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """The quotations of a text, outermost ones only, in order.

    `paragraphs` are spans of `body` in order; a mark left open at a paragraph's end closes there,
    and goes on in the next paragraph if that one opens with a mark again.
    """
    found: list[Quotation] = []
    running: list[Span] = []  # spans of a quotation that no mark has closed yet
    for paragraph in paragraphs:
        pieces = list(_pair(body, paragraph))
        if running:
            opens_anew = bool(pieces) and pieces[0][0].start == paragraph.start
            if not opens_anew:
                found.append(Quotation(tuple(running), closed=False))
                running = []
        for span, closed in pieces:
            if running:
                running.append(span)
                if closed:
                    found.append(Quotation(tuple(running)))
                    running = []
            elif closed:
                found.append(Quotation((span,)))
            else:
                running = [span]
    if running:
        found.append(Quotation(tuple(running), closed=False))
    return found


def _pair(body: str, paragraph: Span) -> Iterator[tuple[Span, bool]]:
    """Spans from an opening mark to its closing one; False where the paragraph ended first."""
    marks = list(_marks(body, paragraph))
    start: int | None = None
    opened = ""
    depth = 0
    for n, (at, mark) in enumerate(marks):
        if start is None:
            if (
                mark in _OPENING
                or mark == "``"
                or (mark in _STRAIGHT and _may_open(body, at, mark, paragraph))
            ):
                start, opened, depth = at, mark, 0
            elif mark in {"‘", "'"}:
                start, opened = at, mark
            continue
        if depth and mark == "”" and n + 1 < len(marks) and marks[n + 1][1] == "”":  # another closing one
            depth -= 1
        elif mark in _CLOSING[opened] and (
            opened not in _STRAIGHT or not _must_open(body, at, mark, paragraph)
        ):
            yield Span(start, at + len(mark)), True
            start = None
        elif mark == '"' and opened in _OPENING and _may_close(body, at, paragraph):
            yield Span(start, at + 1), True  # a curly mark closed by a straight one
            start = None
        elif mark == opened == "“":
            # A second opening mark: the first was never closed. Its quotation ends before this one.
            if depth == 0 and _sentence_ended(body, at):
                cut = _REPORTED.search(body, start, at)
                yield Span(start, cut.start() + 1 if cut else _before(body, at)), True
                start = at
            else:
                depth += 1
    if start is not None and paragraph.end - start > 1:
        cut = _REPORTED.search(body, start, paragraph.end)
        if not cut and body[start + 1].islower():  # a part of a sentence: it ends with that sentence
            cut = _STOP.search(body, start, paragraph.end)
        if cut:
            yield Span(start, cut.start() + 1), True
        else:
            yield Span(start, paragraph.end), False


def _marks(body: str, paragraph: Span) -> Iterator[tuple[int, str]]:
    text = paragraph.of(body)
    double = [(m.start(), m.group()) for m in _DOUBLE.finditer(text)]
    if double:
        for at, mark in double:
            inside = 0 < at < len(text) - 1
            if mark == '"' and inside and text[at - 1].isdecimal() and not text[at + 1].isspace():
                continue  # inches
            yield paragraph.start + at, mark
        return
    # No double mark in the paragraph: single marks may be the quotation marks, if they come in pairs
    # around more than a word or two.
    openings = list(_SINGLE_OPEN.finditer(text))
    for opening, later in zip_longest(openings, openings[1:]):
        closing = _SINGLE_CLOSE.search(text, opening.end(), later.start() if later else len(text))
        if closing:
            mark = opening.group()
            yield paragraph.start + opening.start(), mark
            yield paragraph.start + closing.start(), _CLOSING[mark]


def _may_open(body: str, at: int, mark: str, paragraph: Span) -> bool:
    after = at + len(mark)
    if mark == "''" and at > paragraph.start and body[at - 1].isalnum():
        return False
    return after < paragraph.end and not body[after].isspace()


def _may_close(body: str, at: int, paragraph: Span) -> bool:
    return at > paragraph.start and not body[at - 1].isspace()


def _must_open(body: str, at: int, mark: str, paragraph: Span) -> bool:
    """A straight mark with white space before it and a word behind it cannot close."""
    return not _may_close(body, at, paragraph) and _may_open(body, at, mark, paragraph)


def _sentence_ended(body: str, at: int) -> bool:
    return body[_before(body, at) - 1] in ".!?,"


def _before(body: str, at: int) -> int:
    while body[at - 1].isspace():
        at -= 1
    return at
