"""The shortcuts of the language room change no answer: every token is as spaCy's own pipeline has it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.language.model import load
from claimtrack.language.morphology import remember
from claimtrack.records import Article

TEXTS = (
    "There is no plan, Mayor Ada Quill said on Tuesday, and there's no money; let's wait.",
    "“It ain't over,” she said. “We're gonna rebuild it, and y'all will see.”",
    "But for the rain, all but two of the 1,200 houses in Harbour Town would've been saved.",
    "I didn't see it. They told you, didn't they? You have to do what they do.",
    "The minister, who had earlier denied that the bank owed $2.5 billion, didn't comment.",
    "C'mon, nothin' 's lost: somethin'll come. What's that? That's that.",
    "HARBOUR TIMES  -  Two   spaces, and a tab\there.",
)


@lru_cache(maxsize=1)
def stock() -> Any:
    import spacy

    return spacy.load(load().name)


def expected(text: str) -> list[tuple[object, ...]]:
    words = [t for t in stock()(text) if not t.is_space]
    number = {t.i: n for n, t in enumerate(words)}
    return [
        (t.text, t.lemma_, t.pos_, t.tag_, t.dep_, number.get(t.head.i, n), t.ent_type_, t.ent_iob_ == "B")
        for n, t in enumerate(words)
    ]


def parsed(text: str) -> list[tuple[object, ...]]:
    tokens = load().parse(Article(text, "a.txt")).tokens
    return [(t.text, t.lemma, t.pos, t.tag, t.dep, t.head, t.entity, t.entity_start) for t in tokens]


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_are_those_of_the_stock_pipeline(text: str) -> None:
    assert parsed(text) == expected(text)


def test_sentences_are_those_of_the_stock_pipeline() -> None:
    text = " ".join(TEXTS[:5])
    sentences = load().parse(Article(text, "a.txt")).sentences
    assert [s.span.of(text) for s in sentences] == [s.text.strip() for s in stock()(text).sents]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(sorted({w for t in TEXTS for w in t.split()})), min_size=1, max_size=25))
def test_any_order_of_words_is_read_alike(words: list[str]) -> None:
    text = " ".join(words)
    assert parsed(text) == expected(text)


def test_the_default_model_needs_none_of_its_slow_parts() -> None:
    assert remember(stock()) is not None


def test_a_model_with_other_patterns_is_left_alone() -> None:
    import spacy

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("lemmatizer")
    assert remember(nlp) is not None
    ruler.add([[{"POS": "NOUN"}]], {"MORPH": "Number=Sing"})  # type: ignore[attr-defined]
    assert remember(nlp) is None


def test_a_long_text_is_parsed_as_its_parts_are() -> None:
    paragraph = " ".join(TEXTS[:5])
    body = "\n\n".join([paragraph] * 150)  # more than one batch
    tokens = load().parse(Article(body, "a.txt")).tokens
    once = parsed(paragraph)
    assert len(tokens) == 150 * len(once)
    assert {(t.text, t.lemma, t.dep, t.entity) for t in tokens} == {
        (text, lemma, dep, entity) for text, lemma, _, _, dep, _, entity, _ in once
    }
