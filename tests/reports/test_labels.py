from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from claimtrack.records import Signal
from claimtrack.reports.labels import differing_values, label_of, name_topic, printed, shared_words
from claimtrack.store.views import ClaimView


@pytest.mark.parametrize(
    ("value", "text", "words"),
    [
        ("20 people", "at least 20 people were hurt", "20 people"),
        ("20 person", "at least 20 young people were hurt", "20"),
        ("20 peopl", "at least 20 young people were hurt", "20 young people"),
        ("May", "it will open in may", "may"),
        ("9", "there is no figure here", ""),
        ("12 ship", "112 ships left", ""),
        ("", "anything", ""),
        ("(", "an opening ( in the text", "("),
    ],
)
def test_a_value_is_shown_as_it_is_printed(value: str, text: str, words: str) -> None:
    assert printed(value, text) == words
    assert words in text


def test_signals_tell_what_differs_and_what_is_shared() -> None:
    signals = [
        Signal("same fact", 0.9, "shared: ferry pier, close"),
        Signal("date", 1.0, "June and June"),
        Signal("number", -1.0, "9 people against 20 people"),
    ]
    assert differing_values(signals) == ("9 people", "20 people")
    assert shared_words(signals) == ("ferry pier", "close")
    assert differing_values(signals[:2]) == ("", "")
    assert differing_values([Signal("antonym", 1.0, "“open” against “shut”")]) == ("open", "shut")
    assert differing_values([Signal("antonym", -1.0, "“some” against “none”")]) == (
        "",
        "",
    )  # no name for anything


def test_a_version_is_named_by_its_figure_where_that_is_what_it_is_about(
    claim: Callable[..., ClaimView],
) -> None:
    one, two = (
        claim("a", text="the fire hurt 20 people"),
        claim("b", text="20 people are in hospital tonight"),
    )
    values = {"a": Counter({"20 people": 3})}
    assert label_of([one, two], values, Counter({"a": 3, "b": 1})) == ("20 people", one)
    assert label_of([one, two], values, Counter({"a": 3, "b": 9})) == (two.text, two)
    assert label_of([one, two], {}, Counter({"a": 1, "b": 1})) == (one.text, one)


def test_a_topic_is_the_shared_words_as_printed() -> None:
    texts = ["the Ferry Pier will reopen", "the ferry pier stays closed"]
    assert name_topic(["close", "ferry pier"], texts) == "Ferry Pier, closed"
    assert name_topic([], texts) == texts[0]
