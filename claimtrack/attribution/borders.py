"""Where the tagger's ranges begin and end: whole words, without the marks around them, to the quotation mark.

The tagger reads pieces of words, and may end inside one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimtrack.attribution.quotations import Quotation, quotations_in
from claimtrack.records import Span

_MARK = 3  # characters of a quotation's mark and the punctuation inside it
_THAT = re.compile(r"that[:,]?\s+", re.IGNORECASE)
_TRIM = " \t\r\n,;:–—-"


def _stripped(body: str, span: Span) -> Span:
    """The span without white space and commas at its ends."""
    text = span.of(body)
    start = span.start + len(text) - len(text.lstrip(_TRIM))
    return Span(start, max(start, span.start + len(text.rstrip(_TRIM))))


def whole_words(body: str, span: Span) -> Span:
    """The span stripped, with whole words at its ends where the tagger lost a piece of one."""
    span = _stripped(body, span)
    if span.start == span.end:
        return span
    inner = body[span.start].isalnum(), body[span.end - 1].isalnum()
    start = _word_at(body, span.start)[0] if inner[0] else span.start
    end = _word_at(body, span.end - 1)[1] if inner[1] else span.end
    return Span(start, end)


def _nearest_words(body: str, span: Span) -> Span:
    """The span from and to a word's border: a word at an end is taken in where half of it is inside.

    A content must not grow into the source beside it, as a source may into the content.
    """
    start, end = span.start, span.end
    if 0 < start < end and body[start - 1].isalnum() and body[start].isalnum():
        low, high = _word_at(body, start)
        start = low if 2 * (high - start) >= high - low else min(high, end)
    if start < end < len(body) and body[end - 1].isalnum() and body[end].isalnum():
        low, high = _word_at(body, end)
        end = high if 2 * (end - low) >= high - low else max(low, start)
    return Span(start, end)


def _word_at(body: str, at: int) -> tuple[int, int]:
    low = high = at
    while low > 0 and body[low - 1].isalnum():
        low -= 1
    while high < len(body) and body[high].isalnum():
        high += 1
    return low, high


def trim(body: str, span: Span) -> Span:
    """Content without the "that" before it and the full stop behind it."""
    span = _stripped(body, _nearest_words(body, span))
    start, kept = span.start, span.of(body)
    that = _THAT.match(kept)
    if that is not None:
        start, kept = start + that.end(), kept[that.end() :]
    if kept.endswith(".") and not any(c in kept for c in '“"«'):
        kept = kept[:-1]
    return Span(start, start + len(kept))


def snap(body: str, spans: Sequence[Span], quotations: Sequence[Quotation]) -> list[Span]:
    """Spans with the marks of the quotations whose letters they hold to the border; where a span begins
    or ends inside a quotation it is left as it is: the tagger's borders are the better ones there."""
    out: list[Span] = []
    for span in spans:
        start, end = span.start, span.end
        near = quotations_in(quotations, Span(max(0, start - _MARK - 1), end + _MARK + 1))
        for quoted in (s for q in near for s in q.spans):
            if 0 < start - quoted.start <= _MARK and not _has_letter(body[quoted.start : start]):
                start = quoted.start
            if 0 < quoted.end - end <= _MARK and not _has_letter(body[end : quoted.end]):
                end = quoted.end
        if out and start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, end))
        elif start < end:
            out.append(Span(start, end))
    return out


def _has_letter(text: str) -> bool:
    return any(c.isalnum() for c in text)
