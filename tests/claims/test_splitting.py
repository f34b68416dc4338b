"""Splitting attributions into single statements."""

from __future__ import annotations

import pytest

from claimtrack.attribution.finder import find_attributions
from claimtrack.claims.splitting import split_statements
from claimtrack.language.model import load
from claimtrack.records import Article, Kind


def statements(text: str) -> list[str]:
    article = Article(text, "test.txt")
    parsed = load().parse(article)
    pieces = split_statements(parsed, find_attributions(article, parsed))
    return [" … ".join(s.of(text) for s in a.content) for a in pieces]


def test_each_sentence_of_a_quotation_is_a_statement() -> None:
    text = (
        "“The dam is safe. The gates were mended in May,” engineer Ada Brook said. “We will test them again.”"
    )
    assert statements(text) == [
        "“The dam is safe.",
        "The gates were mended in May,”",
        "“We will test them again.”",
    ]


def test_clauses_with_subjects_of_their_own_are_parted() -> None:
    text = "The mayor said that the bridge was closed and that two ferries would run."
    assert statements(text) == ["the bridge was closed", "two ferries would run"]


def test_clauses_with_one_subject_stay_together() -> None:
    text = "The mayor said the council met on Friday and approved the plan."
    assert statements(text) == ["the council met on Friday and approved the plan"]


def test_quotation_around_its_cue_is_one_statement() -> None:
    text = "“If the rain stops,” Ms. Brook said, “we will start work on Monday.”"
    assert statements(text) == ["“If the rain stops,” … “we will start work on Monday.”"]


def test_refusal_is_stated_whole() -> None:
    assert statements("The company declined to comment.") == ["The company declined to comment"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The coach said that “we were tired” and that the pitch was wet.", [Kind.DIRECT, Kind.INDIRECT]),
        ("“We lost the match. It hurts a lot,” the coach said.", [Kind.DIRECT, Kind.DIRECT]),
    ],
)
def test_each_piece_has_its_own_kind(text: str, kinds: list[Kind]) -> None:
    article = Article(text, "test.txt")
    parsed = load().parse(article)
    assert [a.kind for a in split_statements(parsed, find_attributions(article, parsed))] == kinds
