"""Pieces of text stand at the offsets of what they show, whatever lies over what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.records import Span
from claimtrack.reports.cells import visible
from claimtrack.web.marking import Layer, Piece, cut, window
from claimtrack.web.site import Site
from tests.web.conftest import Shown

BODY = st.text(st.sampled_from("ab \n\r\t\u202e\x1b<é😀"), max_size=80)


@st.composite
def layered(draw: st.DrawFn) -> tuple[str, list[Layer]]:
    body = draw(BODY)
    place = st.integers(0, len(body))
    layers = []
    for claim in range(1, draw(st.integers(0, 5)) + 1):
        for role in ("content", "source"):
            one, other = sorted((draw(place), draw(place)))
            if one < other:
                layers.append(Layer(Span(one, other), claim, role))
    return body, layers


def pieces_of(body: str, layers: list[Layer], part: Span | None = None) -> list[Piece]:
    paragraphs = cut(body, part or Span(0, len(body)), layers)
    return [piece for paragraph in paragraphs for piece in paragraph]


@given(layered())
def test_pieces_are_the_text_at_their_offsets_and_only_blanks_are_left_out(
    case: tuple[str, list[Layer]],
) -> None:
    body, layers = case
    pieces = pieces_of(body, layers)
    reached = 0
    for piece in pieces:
        assert not body[reached : piece.start].strip()
        assert piece.start < piece.end
        assert piece.text == visible(body[piece.start : piece.end].replace("\r\n", "\n"))
        reached = piece.end
    assert not body[reached:].strip()


@given(layered())
def test_every_character_is_marked_with_the_claims_it_is_content_of(case: tuple[str, list[Layer]]) -> None:
    body, layers = case
    for piece in pieces_of(body, layers):
        for place in range(piece.start, piece.end):
            over = {k.claim for k in layers if k.role == "content" and k.span.start <= place < k.span.end}
            assert set(piece.claims) == over


@given(layered())
def test_the_innermost_claim_comes_first(case: tuple[str, list[Layer]]) -> None:
    body, layers = case
    length = {k.claim: k.span.end - k.span.start for k in layers if k.role == "content"}
    for piece in pieces_of(body, layers):
        assert [length[claim] for claim in piece.claims] == sorted(length[claim] for claim in piece.claims)


def test_paragraphs_are_parted_by_blank_lines_and_spans_go_over_them() -> None:
    body = "One two.\r\n\r\nThree\nfour.\n \n\nFive."
    first, second, third = cut(body, Span(0, len(body)), [Layer(Span(4, 17), 1, "content")])
    assert [(p.text, p.claims) for p in first] == [("One ", ()), ("two.", (1,))]
    assert [(p.text, p.claims) for p in second] == [("Three", (1,)), ("\nfour.", ())]
    assert [p.text for p in third] == ["Five."]
    assert (first[1].first, first[1].last, second[0].last) == ((1,), (), (1,))


def test_a_window_has_whole_words_and_all_of_the_spans() -> None:
    body = "alpha beta gamma delta epsilon"
    assert window(body, [Span(11, 16)], 4).of(body) == "gamma"
    assert window(body, [Span(11, 16)], 7).of(body).split() == ["beta", "gamma", "delta"]
    assert window(body, [Span(0, 30)], 4) == Span(0, 30)


@pytest.mark.parametrize(
    ("words", "shown_as"), [("it opens", "“it opens”"), ("“It opens”", "“It opens”"), ('"So" he', '"So" he')]
)
def test_words_that_are_quoted_are_not_quoted_twice(shown: Shown, words: str, shown_as: str) -> None:
    template = Site(shown.store, shown.options).templates.from_string("{{ words | quoted | safe }}")
    assert template.render(words=words) == shown_as
