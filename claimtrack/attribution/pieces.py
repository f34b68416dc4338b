"""Text → word pieces with what the tagger's encoder needs to know about each.

In: a text and the character ranges to leave out.  Out: windows of word pieces, each piece with its
character offsets, its letter case and its place in a quotation (the vocabulary is lower-case, and a
quotation mark does not say whether it opens or closes).  Training and run time share this module, so
that the weights see at run time what they saw when they were made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Range = tuple[int, int]

CASES = ("none", "lower", "title", "upper", "mixed")
QUOTING = ("outside", "inside", "opening", "closing")
BREAK = "[unused0]"  # stands between two lines
# Marks that the vocabulary lacks or has twice; one character for one, so that offsets stay.
PLAIN = str.maketrans("“”„‟«»‘’‚‛‐‑‒―\u00a0\u2009\u200b", '"' * 6 + "'" * 4 + "--–—   ")
OPENING = frozenset("“„«")
CLOSING = frozenset("”»")
MARK = re.compile('["“”„«»]')
WORD = re.compile(r"[^\W\d_]+")
SENTENCE_END = frozenset(".!?")


@dataclass(frozen=True)
class Pieces:
    """The word pieces of one article in order; all arrays have one entry a piece."""

    ids: Ints
    starts: Ints
    ends: Ints
    case: Ints
    quote: Ints
    line: Ints  # the number of the line it stands in; a break carries the line before it

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Window:
    """Pieces start to end (exclusive) of an article, to be seen by the encoder at once."""

    start: int
    end: int


def lines_of(text: str, marks: Sequence[Range] = ()) -> Iterator[Range]:
    """Character ranges of the non-empty lines; a marked range ends a line and is left out."""
    cuts = [(m.start(), m.end()) for m in re.finditer(r"[\n\r\u2028\u2029]+", text)]
    at = 0
    for start, end in sorted([*cuts, *marks]):
        if start > at and text[at:start].strip():
            yield at, start
        at = max(at, end)
    if text[at:].strip():
        yield at, len(text)


def word_cases(line: str) -> Ints:
    """For each character of a line the case of the word it stands in (an index into CASES)."""
    out = np.zeros(len(line), dtype=np.int64)
    for match in WORD.finditer(line):
        word = match.group()
        if word.islower():
            kind = 1
        elif word[0].isupper() and (len(word) == 1 or word[1:].islower()):
            kind = 2
        else:
            kind = 3 if word.isupper() else 4
        out[match.start() : match.end()] = kind
    return out


def quote_marks(line: str) -> Iterator[tuple[int, bool]]:
    """Double quotation marks of a line: position, and whether it opens.  Straight marks are told by what
    stands beside them, then by whether a quotation is open."""
    is_open = False
    for match in MARK.finditer(line):
        at, char = match.start(), match.group()
        before = line[at - 1] if at else " "
        after = line[at + 1] if at + 1 < len(line) else " "
        space_before, space_after = before.isspace() or before in "([—–-", after.isspace()
        if char in OPENING:
            is_open = True
        elif char in CLOSING:  # some printers open with it too
            is_open = not is_open and space_before and not space_after
        else:
            is_open = not is_open if space_before == space_after else space_before
        yield at, is_open


def quote_states(line: str) -> Ints:
    """For each character of a line its place in a quotation (an index into QUOTING)."""
    out = np.zeros(len(line), dtype=np.int64)
    marks = list(quote_marks(line))
    if marks and not marks[0][1]:  # closes what an earlier line opened
        out[: marks[0][0]] = 1
    for (at, opens), after in zip(marks, [*(mark[0] for mark in marks[1:]), len(line)], strict=False):
        out[at] = 2 if opens else 3
        if opens:
            out[at + 1 : after] = 1
    return out


def cut(text: str, tokenizer: Any, marks: Sequence[Range] = ()) -> Pieces:
    """The word pieces of a text without the marked ranges, a break between lines.

    `tokenizer` is a `tokenizers.Tokenizer`.
    """
    spans = list(lines_of(text, marks))
    plain = text.translate(PLAIN)
    encoded = tokenizer.encode_batch([plain[s:e] for s, e in spans], add_special_tokens=False)
    break_id = tokenizer.token_to_id(BREAK)
    columns: list[list[Ints]] = [[], [], [], [], [], []]
    for number, ((start, end), code) in enumerate(zip(spans, encoded, strict=True)):
        if not code.ids:
            continue
        offsets = np.asarray(code.offsets, dtype=np.int64)
        first = offsets[:, 0]
        line = text[start:end]
        row = (
            np.append(np.asarray(code.ids, dtype=np.int64), break_id),
            np.append(first + start, end),
            np.append(offsets[:, 1] + start, end),
            np.append(word_cases(line)[first], 0),
            np.append(quote_states(line)[first], 0),
            np.full(len(first) + 1, number, dtype=np.int64),
        )
        for column, values in zip(columns, row, strict=True):
            column.append(values)
    empty = np.zeros(0, dtype=np.int64)
    joined = [np.concatenate(column) if column else empty for column in columns]
    return Pieces(*joined)


def windows_of(pieces: Pieces, size: int, text: str, first_size: int = 0) -> list[Window]:
    """Cut an article into windows of at most `size` pieces that end where a line ends.

    A line that is too long alone is cut where a sentence ends.  `first_size` makes the first window
    shorter, so that training sees other cuts in each epoch.
    """
    if not len(pieces):
        return []
    breaks = np.flatnonzero(pieces.starts == pieces.ends) + 1  # every line's end, its break included
    out: list[Window] = []
    start, limit = 0, first_size or size
    while start < len(pieces):
        # Searched for and not compared one by one: a text may have millions of lines.
        first, last = np.searchsorted(breaks, (start, start + limit), side="right")
        if first < last:
            end = int(breaks[last - 1])
        else:
            end = min(start + size, int(breaks[first]))
            if end < int(breaks[first]):
                end = last_sentence_end(pieces, text, start, end)
        out.append(Window(start, end))
        start, limit = end, size
    return out


def last_sentence_end(pieces: Pieces, text: str, start: int, end: int) -> int:
    """The last place in start..end where a sentence seems to end, or `end`."""
    for at in range(end - 1, start + (end - start) // 3, -1):
        before = int(pieces.ends[at - 1])
        gap = int(pieces.starts[at]) > before
        if gap and text[max(0, before - 2) : before].strip("\"”’'")[-1:] in SENTENCE_END:
            return at
    return end
