"""What no reader would read: stretches that are kept in the article, but neither parsed nor tagged.

Each is cheap to make and dear to read.  Prose never comes near the limits.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from claimtrack.records import Span

# spaCy's tokenizer is quadratic on long runs without a space (8,000 "(" cost 10 CPU-seconds), and a run of
# 200 characters is longer than any word of a language; as many without one letter are rules, tables and
# floods of signs, where every character costs as much as a word.
_ENDLESS = re.compile(r"(?<!\S)\S{200,}")
_WORDLESS = re.compile(r"(?<![\W\d_])[\W\d_]{200,}")
# So many characters with so few different words are lists, tables, rows of data and floods.  The poorest
# prose in a thousand news articles has 110; a list of names has none, as names do not count.
_FLOOD = 3_000
_WORDS = 30
_RARE = 5  # what stands in a flood less often is no part of it, and may belong to a sentence
_WORD = re.compile(r"\w+")
_BORDER = re.compile(r"[.!?…][\"”’')\]]*\s|[\n\r\u2028\u2029]")
_BREAK = re.compile(r"[\n\r\u2028\u2029]")
_NEAR = 200  # characters, in which a border of what is left out is looked for


def find_unreadable(body: str) -> list[Span]:
    """The stretches of a text that are longer than any word without a space, that long without a letter,
    or longer than a page with next to no different words; in order and apart from each other."""
    found = merged(
        [
            *(Span(m.start(), m.end()) for m in _ENDLESS.finditer(body)),
            *(_without_ends_of_lines(body, m.start(), m.end()) for m in _WORDLESS.finditer(body)),
        ]
    )
    if len(body) < _FLOOD:
        return found
    return merged([*found, *_floods(_blanked(body, found))])


def outside(span: Span, barriers: Sequence[Span]) -> Iterator[Span]:
    """What is left of a span beside `barriers`, which are in order and apart from each other."""
    start = span.start
    for n in range(bisect_right(barriers, start, key=lambda barrier: barrier.end), len(barriers)):
        barrier = barriers[n]
        if barrier.start >= span.end:
            break
        if barrier.start > start:
            yield Span(start, barrier.start)
        start = barrier.end
    if start < span.end:
        yield Span(start, span.end)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that touch or overlap made one."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _without_ends_of_lines(body: str, start: int, end: int) -> Span:
    """A stretch without letters that begins and ends where a line does: "in 2016.”" before blank lines has
    its year and its marks."""
    ahead = _BREAK.search(body, start, min(end, start + _NEAR))
    behind = [*_BREAK.finditer(body, max(start, end - _NEAR), end)] if end < len(body) else []
    return Span(ahead.start() if ahead else start, behind[-1].end() if behind else end)


def _blanked(body: str, spans: Sequence[Span]) -> str:
    """The text with line breaks for each character of these spans: their words are none."""
    out, at = [], 0
    for span in spans:
        out += [body[at : span.start], "\n" * (span.end - span.start)]
        at = span.end
    return "".join([*out, body[at:]])


class _Words:
    """The words of a text that count: where each stands, and which are the same; 32 bytes a word."""

    def __init__(self, body: str) -> None:
        self.starts, self.ends, self.kinds = array("q"), array("q"), array("q")
        self.places: list[array[int]] = []  # of each kind the numbers of the words that are it
        self._length = len(body)
        known: dict[str, int] = {}
        for match in _WORD.finditer(body):
            if _counts(match.group()):
                kind = known.setdefault(match.group().lower(), len(known))
                if kind == len(self.places):
                    self.places.append(array("q"))
                self.places[kind].append(len(self.starts))
                self.starts.append(match.start())
                self.ends.append(match.end())
                self.kinds.append(kind)

    def where(self, kind: int, first: int, last: int) -> array[int]:
        """Which of the words first..last are of this kind."""
        found = self.places[kind]
        return found[bisect_left(found, first) : bisect_left(found, last)]

    def start(self, n: int) -> int:
        """Where word `n` begins: at the end of the text behind the last one."""
        return self.starts[n] if n < len(self.starts) else self._length

    def end(self, n: int) -> int:
        """Where word `n` ends: at the beginning of the text before the first one."""
        return self.ends[n] if n >= 0 else 0


def _floods(body: str) -> Iterator[Span]:
    words = _Words(body)
    for first, last, rare in _poor_stretches(words):
        apart = sorted(n for word in rare for n in words.where(word, first, last))
        starts = [*(words.starts[n] for n in apart), words.start(last)]
        ends = [words.end(first - 1), *(words.ends[n] for n in apart)]
        for start, end in zip(ends, starts, strict=True):
            if end - start >= _FLOOD:
                yield _between_borders(body, start, end)


def _counts(word: str) -> bool:
    """Whether it is a word that prose has many of: letters only, and not written like a name."""
    return len(word) > 1 and word.isalpha() and (word.islower() or word.isupper())


def _poor_stretches(words: _Words) -> Iterator[tuple[int, int, list[int]]]:
    """From which word to which (exclusive) a text goes on with few different ones, over many characters,
    and those among them that are rare there.

    Each stretch is as long as it can be; two of them may share words.
    """
    held: Counter[int] = Counter()
    first = 0
    for last in range(len(words.kinds) + 1):
        at_end = last == len(words.kinds)
        if not at_end and (words.kinds[last] in held or len(held) < _WORDS - 1):
            held[words.kinds[last]] += 1
            continue
        if words.start(last) - words.end(first - 1) >= _FLOOD:
            yield first, last, [word for word, times in held.items() if times < _RARE]
        if at_end:
            return
        held[words.kinds[last]] += 1
        while len(held) == _WORDS:
            word = words.kinds[first]
            held[word] -= 1
            if not held[word]:
                del held[word]
            first += 1


def _between_borders(body: str, start: int, end: int) -> Span:
    """The stretch without the sentence or line that it cuts into at either end."""
    ahead = _BORDER.search(body, start, start + _NEAR) if start else None
    behind = [*_BORDER.finditer(body, end - _NEAR, end)] if end < len(body) else []
    return Span(ahead.end() if ahead else start, behind[-1].end() if behind else end)
