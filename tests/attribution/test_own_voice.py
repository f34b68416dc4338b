"""Lead facts that an outlet states on its own authority."""

from __future__ import annotations

import pytest

from claimtrack.attribution.finder import find_attributions
from claimtrack.attribution.own_voice import find_own_voice
from claimtrack.language.model import load
from claimtrack.records import Article, Kind, Mark, MarkKind, Span


def own(text: str, **facts: object) -> list[str]:
    article = Article(text, "test.txt", **facts)  # type: ignore[arg-type]
    parsed = load().parse(article)
    found = find_own_voice(article, parsed, find_attributions(article, parsed))
    assert all(a.kind is Kind.OWN_VOICE and not a.source and not a.cue for a in found)
    return [s.of(text) for a in found for s in a.content]


def test_lead_fact_is_kept() -> None:
    text = "Norvik Lines will buy two ferries for $40 million.\n\nThe mayor said the deal was fair."
    assert own(text) == ["Norvik Lines will buy two ferries for $40 million"]


def test_a_name_in_quotation_marks_is_no_quotation() -> None:
    text = "Norvik Lines will buy the ferry “Star of Tarn” for $40 million."
    assert own(text) == ["Norvik Lines will buy the ferry “Star of Tarn” for $40 million"]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said that 12 people were hurt in Tarn on Monday.",
        "Will Norvik Lines buy two ferries for $40 million?",
        "You should buy two ferries for $40 million from Norvik Lines.",
        "It was a terrible week for the 12 workers of Norvik Lines.",
        "Norvik Lines might buy two ferries for $40 million next year.",
        "The harbour was quiet and the ferries lay still all morning.",
        "Norvik Lines opened its “floating palace” to 300 guests on Monday.",
        "Norvik Lines, two ferries, 40 million crowns and a quiet harbour.",
    ],
)
def test_what_is_no_fact_of_its_own(text: str) -> None:
    assert own(text) == []


def test_only_the_first_two_sentences_count() -> None:
    quiet = "The harbour was quiet all day long. Nothing moved on the water at all. "
    assert own(quiet + "Norvik Lines will buy two ferries for $40 million.") == []


def test_title_is_left_out() -> None:
    text = "Norvik Lines will buy two ferries for $40 million.\n\nThe harbour was quiet all day long."
    mark = Mark(Span(0, 50), MarkKind.TITLE)
    assert own(text, marks=(mark,), title=text[:50]) == []
