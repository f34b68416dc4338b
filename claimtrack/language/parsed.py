"""A parsed article as plain dataclasses, so that no other room needs spaCy.

Token and sentence offsets are offsets into the article's body.  Marked stretches (boilerplate, the
dateline, the byline) are not parsed and have no tokens.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from claimtrack.records import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One word.  `head` is the index in `ParsedText.tokens` of its syntactic head (itself: root)."""

    i: int
    text: str
    lemma: str
    pos: str  # Universal Dependencies part of speech: VERB, NOUN, PROPN, PRON, …
    tag: str  # Penn Treebank tag: VBD, NNP, …
    dep: str  # spaCy's English labels (ClearNLP): nsubj, ccomp, dobj, appos, …
    head: int
    start: int
    end: int
    entity: str = ""  # PERSON, ORG, GPE, NORP, DATE, …; "" outside names
    entity_start: bool = False

    @property
    def span(self) -> Span:
        """Where the word stands in the body."""
        return Span(self.start, self.end)

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive) of one sentence, and the paragraph it stands in."""

    i: int
    first: int
    last: int
    span: Span
    paragraph: int


@dataclass(frozen=True)
class ParsedText:
    """All tokens and sentences of an article, in order; `paragraphs` are the parsed stretches.

    What of these no reader would read is `unreadable`, and has no tokens.
    """

    body: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[Span, ...]
    unreadable: tuple[Span, ...] = ()

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of its syntactic children, in order."""
        out: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                out[token.head].append(token.i)
        return tuple(tuple(c) for c in out)

    @cached_property
    def _sentence_of(self) -> tuple[int, ...]:
        return tuple(s.i for s in self.sentences for _ in range(s.first, s.last))

    def sentence_of(self, i: int) -> Sentence:
        """The sentence that token `i` stands in."""
        return self.sentences[self._sentence_of[i]]

    def words(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of one sentence."""
        return self.tokens[sentence.first : sentence.last]

    def subtree(self, i: int) -> list[int]:
        """Indices of token `i` and all below it, in order."""
        out, todo = [], [i]
        while todo:
            j = todo.pop()
            out.append(j)
            todo.extend(self.children[j])
        return sorted(out)

    def ancestors(self, i: int) -> Iterator[Token]:
        """The heads above token `i`, nearest first."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield self.tokens[i]

    def within(self, span: Span) -> tuple[Token, ...]:
        """The tokens that lie inside a span of the body (binary search; tokens are in order)."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end)
        return tuple(t for t in self.tokens[first:last] if t.end <= span.end)

    def index_at(self, at: int) -> int:
        """The number of the first token that begins at offset `at` or after it."""
        return bisect_left(self._starts, at)

    def sentences_in(self, span: Span) -> tuple[Sentence, ...]:
        """The sentences that share a character with a span of the body, in order."""
        first = bisect_right(self._sentence_starts, span.start) - 1
        last = bisect_left(self._sentence_starts, span.end)
        return tuple(s for s in self.sentences[max(first, 0) : last] if s.span.overlaps(span))

    def paragraph_at(self, at: int) -> int:
        """The number of the paragraph that ends behind offset `at`, the last one for any later offset."""
        return min(bisect_right(self._paragraph_ends, at), len(self.paragraphs) - 1)

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(s.span.start for s in self.sentences)

    @cached_property
    def _paragraph_ends(self) -> tuple[int, ...]:
        return tuple(p.end for p in self.paragraphs)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(t.start for t in self.tokens)
