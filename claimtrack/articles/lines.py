"""The lines of a text and their shape: whether one is running text, and whether it states something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from claimtrack.records import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")  # as the parser splits; see claimtrack.language.model
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]»]*$")
_QUOTATION = re.compile(r"[“\"«„][^“”\"«»]*\s[^“”\"«»]*(?:[”\"»]|$)")
_SPEECH = re.compile(
    r"\b(?:said|says|saying|told|tells|according to|added|adds|stated|reported|announced|confirmed|denied"
    r"|denies"
    r"|wrote|writes|argued|claimed|warned|insisted|asked|testified|tweeted|declared|explained|noted)\b"
)


@dataclass(frozen=True)
class Line:
    """A line that is not blank, without its outer white space."""

    span: Span
    text: str
    after_blank: bool  # the text's first line, or a blank line stands before it

    @cached_property
    def words(self) -> list[str]:
        """The words, split at white space; those of very long lines are cut off (shape needs no more)."""
        return self.text[:2000].split()

    @property
    def is_running(self) -> bool:
        """Whether this looks like a paragraph of running text and not a heading, label or prompt."""
        lower = sum(word[0].islower() for word in self.words)
        return lower >= 3 and (len(self.words) >= 35 or (len(self.words) >= 7 and self.ends_sentence))

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does."""
        return bool(_SENTENCE_END.search(self.text[-10:]))

    @property
    def states(self) -> bool:
        """Whether somebody may be quoted or cited here: such a line is never boilerplate."""
        return bool(_QUOTATION.search(self.text) or _SPEECH.search(self.text))


def word_set(words: str) -> frozenset[str]:
    """The words of a table that is written as running text."""
    return frozenset(words.split())


def split_lines(body: str) -> list[Line]:
    """The lines of `body` that are not blank, in order, with their places in it."""
    lines: list[Line] = []
    end = 0
    for match in _LINE.finditer(body):
        text = match[0].strip()
        if not text.strip("\ufeff\u200b\u200e\u200f"):
            continue
        start = match.start() + match[0].index(text[0])
        breaks = body[end:start].replace("\r\n", "\n") if lines else "\n\n"
        after_blank = sum(breaks.count(c) for c in "\n\r\u2028\u2029") > 1
        end = start + len(text)
        lines.append(Line(Span(start, end), text, after_blank))
    return lines


def find_running(lines: list[Line]) -> list[bool]:
    """For each line whether it is running text; in a text wrapped at a fixed width, by paragraph."""
    alone = [line.is_running for line in lines]
    followed = [a for a, b in pairwise(lines) if not b.after_blank]
    inside = sum(40 <= len(a.text) <= 100 and not a.ends_sentence for a in followed)
    if len(followed) < 5 or inside <= 0.6 * len(followed):
        return alone
    starts = [i for i, line in enumerate(lines) if line.after_blank]
    for first, last in zip(starts, [*starts[1:], len(lines)], strict=True):
        words = sum(len(line.words) for line in lines[first:last])
        if last - first > 1 and words >= 7 and lines[last - 1].ends_sentence:
            alone[first:last] = [True] * (last - first)
    return alone
