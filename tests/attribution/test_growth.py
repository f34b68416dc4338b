"""A text twice as long is at most somewhat more than twice the work: counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from claimtrack.attribution.chains import chain_relays
from claimtrack.attribution.finder import find_attributions
from claimtrack.attribution.modes import Mode
from claimtrack.extraction import extract
from claimtrack.knowledge import load_knowledge
from claimtrack.language.model import load
from claimtrack.language.unreadable import find_unreadable
from claimtrack.records import Article, Span, SpeakerKind
from claimtrack.speakers.cast import Cast, NameMention, assemble

# Without some words between, floods are not read at all.
WORDS = (
    "and then this old town near our river should again get rain before winter, since nobody who ever lived"
    " on its banks can tell how high water rose when her mills were built of stone, "
)
FLOODS = [
    "he said ",
    "“said” ",
    "according to Ada Quill, ",
    '"yes" ',
    "“No,” said Bo. ",
    "“Bo said no.\n\n",
    "“It is over,” Quill said.\n",
    "She said he said it. ",
]


def count_calls(work: Callable[[], object]) -> int:
    """How many Python functions run while something is done."""
    count: Counter[str] = Counter()

    def note(_frame: Any, event: str, _arg: Any) -> None:
        count[event] += 1

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count["call"]


def calls(text: str) -> int:
    """How many Python functions run while a text is extracted."""
    model, knowledge = load(), load_knowledge()
    article = Article(text, "a.txt")
    extract(article, model, knowledge, Mode.RULES)  # what is remembered of its words is no part of it
    return count_calls(lambda: extract(article, model, knowledge, Mode.RULES))


@pytest.mark.slow
@pytest.mark.parametrize("flood", FLOODS)
def test_work_grows_with_the_text(flood: str) -> None:
    text = flood * (900 // len(flood)) + WORDS
    assert find_unreadable(text * 2) == []
    assert calls(text * 4) < 2.6 * calls(text * 2)


def test_chains_look_no_farther_than_the_sentence() -> None:
    def chained(times: int) -> int:
        article = Article(("“It is over,” Quill said.\n" * 30 + WORDS + "\n") * times, "a.txt")
        parsed, knowledge = load().parse(article), load_knowledge()
        found = find_attributions(article, parsed)
        assert len(found) >= 30 * times
        return count_calls(lambda: chain_relays(article, parsed, found, knowledge))

    chained(1)  # what is remembered of its words is no part of it
    assert chained(12) < 2.6 * chained(6)


def people(names: Sequence[str]) -> Cast:
    """The cast of a text that names so many persons, one after the other."""
    spans = [Span(30 * n, 30 * n + len(name)) for n, name in enumerate(names)]
    return assemble(
        NameMention(span, name, SpeakerKind.PERSON, True, n, n, False, False, False)
        for n, (span, name) in enumerate(zip(spans, names, strict=True))
    )


def test_a_name_is_compared_with_few_of_those_that_share_a_word_of_it() -> None:
    def named(given: str, count: int) -> list[str]:
        return [
            f"{given} {chr(65 + n % 26)}{'aeiou'[n // 26 % 5]}{chr(97 + n // 130)}son" for n in range(count)
        ]

    few, many = named("Bo", 400), named("Ada", 800)  # what is remembered of one tells nothing of the other
    assert count_calls(lambda: people(many)) < 2.6 * count_calls(lambda: people(few))


def test_each_of_many_namesakes_is_known_again() -> None:
    names = [f"{chr(65 + n % 26)}o{chr(97 + n // 26)}a Reed" for n in range(150)]
    cast = people([*names, *names])
    assert [figure.name for figure in cast.figures] == names
    assert all(len(figure.mentions) == 2 for figure in cast.figures)
