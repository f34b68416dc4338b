"""What no reader would read: stretches that are kept in the article, but neither parsed nor tagged.

Each is cheap to make and dear to read.  Prose never comes near the limits.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

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
_NEAR = 200  # characters, in which a flood's border is looked for

_Word = tuple[int, int, str]  # start, end, and the word in lower case


def find_unreadable(body: str) -> list[Span]:
    """The stretches of a text that are longer than any word without a space, that long without a letter,
    or ten times as long with next to no different words; in order and apart from each other."""
    found = merged(Span(m.start(), m.end()) for p in (_ENDLESS, _WORDLESS) for m in p.finditer(body))
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


def _blanked(body: str, spans: Sequence[Span]) -> str:
    """The text with line breaks for each character of these spans: their words are none."""
    out, at = [], 0
    for span in spans:
        out += [body[at : span.start], "\n" * (span.end - span.start)]
        at = span.end
    return "".join([*out, body[at:]])


def _floods(body: str) -> Iterator[Span]:
    words = [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(body) if _counts(m.group())]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for n, (_, _, word) in enumerate(words):
        places[word].append(n)
    for first, last, rare in _poor_stretches(words, len(body)):
        start = words[first - 1][1] if first else 0
        end = words[last][0] if last < len(words) else len(body)
        apart = sorted(n for word in rare for n in _between(places[word], first, last))
        for before, after in pairwise([(start, start), *(words[n][:2] for n in apart), (end, end)]):
            if after[0] - before[1] >= _FLOOD:
                yield _between_borders(body, before[1], after[0])


def _between(numbers: list[int], first: int, last: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_left(numbers, last)]


def _counts(word: str) -> bool:
    """Whether it is a word that prose has many of: letters only, and not written like a name."""
    return len(word) > 1 and word.isalpha() and (word.islower() or word.isupper())


def _poor_stretches(words: Sequence[_Word], length: int) -> Iterator[tuple[int, int, list[str]]]:
    """From which word to which (exclusive) a text goes on with few different ones, over many characters,
    and those among them that are rare there.

    Each stretch is as long as it can be; two of them may share words.
    """
    held: Counter[str] = Counter()
    first = 0
    for last in range(len(words) + 1):
        if last < len(words) and (words[last][2] in held or len(held) < _WORDS - 1):
            held[words[last][2]] += 1
            continue
        start = words[first - 1][1] if first else 0
        end = words[last][0] if last < len(words) else length
        if end - start >= _FLOOD:
            yield first, last, [word for word, times in held.items() if times < _RARE]
        if last == len(words):
            return
        held[words[last][2]] += 1
        while len(held) == _WORDS:
            word = words[first][2]
            held[word] -= 1
            if not held[word]:
                del held[word]
            first += 1


def _between_borders(body: str, start: int, end: int) -> Span:
    """The stretch without the sentence or line that it cuts into at either end."""
    ahead = _BORDER.search(body, start, start + _NEAR) if start else None
    behind = [*_BORDER.finditer(body, end - _NEAR, end)] if end < len(body) else []
    return Span(ahead.end() if ahead else start, behind[-1].end() if behind else end)
