"""Pairing quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.attribution.quotations import find_quotations
from claimtrack.records import Span


def quotations(text: str) -> list[list[str]]:
    paragraphs = []
    at = 0
    for line in text.split("\n"):
        if line:
            paragraphs.append(Span(at, at + len(line)))
        at += len(line) + 1
    return [[s.of(text) for s in q.spans] for q in find_quotations(text, paragraphs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“One,” she said. “Two.”", [["“One,”"], ["“Two.”"]]),
        ('"One," she said. "Two."', [['"One,"'], ['"Two."']]),
        ("«Un,» dit-il.", [["«Un,»"]]),
        ("“He said “no” twice,” she said.", [["“He said “no” twice,”"]]),
        ("She said: ‘The road is closed.’ It isn’t.", [["‘The road is closed.’"]]),
        ("It’s the dogs’ dinner.", []),
        ('The pipe is 6" wide, they said.', []),
        ("``Old style,'' he said.", [["``Old style,''"]]),
        ('“Mixed marks" end, he said.', [['“Mixed marks"']]),
    ],
)
def test_pairs_marks_of_each_style(text: str, expected: list[list[str]]) -> None:
    assert quotations(text) == expected


def test_quotation_runs_over_paragraphs_that_open_anew() -> None:
    assert quotations("“First part.\n“Second part,” he said.") == [["“First part.", "“Second part,”"]]


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert quotations("He said “this never ends.\nThe next day was calm.") == [["“this never ends."]]


def test_second_opening_mark_ends_a_quotation_that_was_never_closed() -> None:
    found = quotations("“We are ready. “We are not,” said another.")
    assert found == [["“We are ready."], ["“We are not,”"]]


@given(st.text(alphabet="ab .,“”\"‘’'\n", max_size=80))
def test_spans_stay_inside_and_apart(text: str) -> None:
    paragraphs = [Span(m, n) for m, n in _lines(text)]
    found = find_quotations(text, paragraphs)
    spans = [s for q in found for s in q.spans]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(any(p.covers(s) for p in paragraphs) for s in spans)


def _lines(text: str) -> list[tuple[int, int]]:
    out = []
    at = 0
    for line in text.split("\n"):
        if line:
            out.append((at, at + len(line)))
        at += len(line) + 1
    return out
