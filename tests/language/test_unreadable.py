"""What is neither parsed nor tagged: floods, lists and tables, never a sentence that stands beside them."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.attribution.modes import Mode
from claimtrack.extraction import extract
from claimtrack.knowledge import load_knowledge
from claimtrack.language.model import load
from claimtrack.language.unreadable import find_unreadable, merged, outside
from claimtrack.records import Article, Span

BEFORE = "Mayor Ada Quill said the harbour pier is shut."
AFTER = "Bo Reed denied that the pier is shut."
NEWS = sorted((Path(__file__).parents[2] / "seeds" / "articles").glob("*.txt"))


def name(n: int) -> str:
    """One of 17,576 names, none of them twice."""
    a, b, c = (string.ascii_lowercase[n // 26**k % 26] for k in range(3))
    return f"{a.upper()}o{b} {c.upper()}{b}{a}son"


FLOODS: dict[str, Callable[[], str]] = {
    "names": lambda: ", ".join(map(name, range(400))),
    "speakers": lambda: " ".join(f"{name(n)} said no." for n in range(400)),
    "rows of a table": lambda: "\n".join(f'"{name(n)}","said","no, {n}"' for n in range(400)),
    "a table of figures": lambda: "\n".join(f"{name(n)}\t{n}\t{n % 7}\t{n * n}" for n in range(400)),
    "numbers": lambda: " ".join(map(str, range(2_000))),
    "lines of one letter": lambda: "a\n" * 5_000,
    "lines of one name": lambda: "By Ada Quill\n" * 500,
    "days": lambda: "May 1, 2024\n" * 500,
    "one sentence": lambda: "The pier is shut, Quill said. " * 300,
    "one quotation": lambda: "“The pier is shut,” Quill said.\n" * 300,
    "clauses": lambda: "that he said " * 600,
    "marks": lambda: "he said “ ‘ ” ’ \n" * 400,
}


def tokens(body: str) -> int:
    return len(load().parse(Article(body, "a.txt")).tokens)


def contents(body: str, mode: Mode = Mode.RULES) -> list[str]:
    claims = extract(Article(body, "a.txt"), load(), load_knowledge(), mode).claims
    assert all(span.of(body) for claim in claims for span in claim.attribution.content)
    return [" ".join(span.of(body) for span in claim.attribution.content) for claim in claims]


@pytest.mark.parametrize("sign", ["(", "http://", "a", "漢", "( ", "- ", "7 ", "😀 ", "\u0301"])
def test_endless_words_and_signs_are_left_out(sign: str) -> None:
    before, after = "Ada Quill said no. ", " So said Bo."
    body = before + sign * 300 + after
    (span,) = find_unreadable(body)
    assert before.strip(" .") in body[: span.start] + "."
    assert body[span.end :].strip() == after.strip()


@pytest.mark.parametrize("kind", FLOODS)
def test_floods_are_left_out_and_what_is_around_them_is_read(kind: str) -> None:
    flood = FLOODS[kind]()
    body = f"{BEFORE}\n\n{flood}\n\n{AFTER}\n"
    assert tokens(body) < tokens(f"{BEFORE}\n\n{AFTER}\n") + 60
    assert contents(body) == contents(f"{BEFORE}\n\n{AFTER}\n")


@pytest.mark.parametrize("kind", FLOODS)
def test_what_stands_inside_a_flood_is_read(kind: str) -> None:
    flood = FLOODS[kind]()
    body = f"{flood}\n{BEFORE}\n{flood}"
    assert contents(body)[0] == "the harbour pier is shut"


@pytest.mark.parametrize("path", NEWS, ids=lambda path: path.stem)
def test_news_is_read_whole(path: Path) -> None:
    assert find_unreadable(path.read_text("utf-8")) == []


def test_prose_is_read_whole() -> None:
    body = "It cost $1,250.50 (12 % more than in 1999-2001) — “so far,” he said. " * 20
    assert find_unreadable(body) == []


@pytest.mark.parametrize("gap", ["\n" * 400, " \n" * 300, "\n" + "- " * 300 + "\n", "\n" + "7\t12\n" * 60])
def test_marks_and_figures_beside_a_gap_belong_to_their_sentences(gap: str) -> None:
    before, after = "“It was shut,” Quill said in 2016.", "“$5 is too much,” said Reed."
    parsed = load().parse(Article(before + gap + after, "a.txt"))
    near = load().parse(Article(f"{before}\n\n{after}", "a.txt"))
    assert [t.text for t in parsed.tokens] == [t.text for t in near.tokens]


@pytest.mark.parametrize("between", [", ", "\n", "; "])
def test_a_short_list_is_read(between: str) -> None:
    body = f"{BEFORE}\n\nThere were {between.join(map(name, range(150)))}.\n\n{AFTER}\n"
    assert find_unreadable(body) == []


@pytest.mark.parametrize(
    "inset",
    [
        "J. R. Smith, A. B. Jones, C. D. E. Brown and F. Green",
        "\n".join(f"{name(n)} {n}-{n % 7}" for n in range(60)),
        "\n".join(f"{name(n)} | {n * 1_000} | {n % 7}.{n % 9} %" for n in range(400)),
    ],
    ids=["initials", "results", "a table"],
)
def test_an_article_with_such_things_in_it_yields_what_it_yields_without(inset: str) -> None:
    news = "".join(path.read_text("utf-8").strip() + "\n\n" for path in NEWS[:1])
    found = contents(news)
    assert found
    half = news.index("\n\n", len(news) // 2) + 2
    assert contents(f"{news[:half]}{inset}\n\n{news[half:]}") == found


UNITS = [
    "he said ",
    "Quill said. ",
    "\n",
    "7 ",
    "“",
    "( ",
    "www.",
    "the ",
    *(f"{a}o " for a in "bcdfghjklmnp"),
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(UNITS), st.integers(1, 900)), max_size=12))
def test_stretches_are_long_in_order_and_apart(parts: list[tuple[str, int]]) -> None:
    body = "".join(unit * times for unit, times in parts)
    found = find_unreadable(body)
    assert found == merged(found)
    assert all(0 <= span.start <= span.end - 200 and span.end <= len(body) for span in found)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9))), st.integers(0, 60), st.integers(1, 60))
def test_what_is_outside_is_what_no_barrier_covers(parts: list[tuple[int, int]], at: int, size: int) -> None:
    barriers = merged(Span(start, start + length) for start, length in parts)
    left = list(outside(Span(at, at + size), barriers))
    covered = {n for barrier in barriers for n in range(barrier.start, barrier.end)}
    assert [n for span in left for n in range(span.start, span.end)] == [
        n for n in range(at, at + size) if n not in covered
    ]
    assert left == merged(left)
