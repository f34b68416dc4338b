"""A text twice as long is at most somewhat more than twice the work: counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import pytest

from claimtrack.attribution.modes import Mode
from claimtrack.extraction import extract
from claimtrack.knowledge import load_knowledge
from claimtrack.language.model import load
from claimtrack.language.paragraphs import find_unreadable
from claimtrack.records import Article

FLOODS = ["he said ", "“said” ", "according to Ada Quill, ", '"yes" ', "“No,” said Bo. ", "“Bo said no.\n\n"]


def calls(text: str) -> int:
    """How many Python functions run while a text is extracted."""
    model, knowledge = load(), load_knowledge()
    article = Article(text, "a.txt")
    extract(article, model, knowledge, Mode.RULES)  # what is remembered of its words is no part of it
    count: Counter[str] = Counter()

    def note(_frame: Any, event: str, _arg: Any) -> None:
        count[event] += 1

    sys.setprofile(note)
    try:
        extract(article, model, knowledge, Mode.RULES)
    finally:
        sys.setprofile(None)
    return count["call"]


@pytest.mark.slow
@pytest.mark.parametrize("flood", FLOODS)
def test_work_grows_with_the_text(flood: str) -> None:
    times = 900 // len(flood.split())
    assert calls(flood * 2 * times) < 2.6 * calls(flood * times)


@pytest.mark.parametrize("sign", ["(", "http://", "a", "漢", "( ", "- ", "7 ", "😀 ", "\u0301"])
def test_what_no_reader_would_read_is_left_out(sign: str) -> None:
    before, after = "Ada Quill said no. ", " So said Bo."
    body = before + sign * 300 + after
    (span,) = find_unreadable(body)
    assert before.strip(" .") in body[: span.start] + "."
    assert body[span.end :].strip() == after.strip()


def test_prose_is_read_whole() -> None:
    body = "It cost $1,250.50 (12 % more than in 1999-2001) — “so far,” he said. " * 20
    assert find_unreadable(body) == []
