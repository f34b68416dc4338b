"""Attributions of sentences written for these tests, one phenomenon each."""

from __future__ import annotations

import pytest

from claimtrack.records import Attribution, Kind, Stance

from .conftest import Extract


def words(text: str, attribution: Attribution) -> tuple[str, str]:
    """Source and content as printed."""
    source = " ".join(s.of(text) for s in attribution.source)
    return source, " … ".join(s.of(text) for s in attribution.content)


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        pytest.param(
            "The mayor said that the bridge will reopen in June.",
            "The mayor",
            "the bridge will reopen in June",
            id="that clause",
        ),
        pytest.param(
            "“We found no cracks in the bridge,” engineer Ada Brook told reporters on Friday.",
            "engineer Ada Brook",
            "“We found no cracks in the bridge,”",
            id="quotation before its cue",
        ),
        pytest.param(
            "The bridge will reopen in June, the council announced.",
            "the council",
            "The bridge will reopen in June",
            id="reporting clause at the end",
        ),
        pytest.param(
            "According to the harbour authority, two ferries were damaged.",
            "the harbour authority",
            "two ferries were damaged",
            id="according to, first",
        ),
        pytest.param(
            "Two ferries were damaged, according to the harbour authority.",
            "the harbour authority",
            "Two ferries were damaged",
            id="according to, last",
        ),
        pytest.param(
            "As the company noted, sales fell in March.",
            "the company",
            "sales fell in March",
            id="as clause",
        ),
        pytest.param(
            "The ministry vowed to rebuild the school.",
            "The ministry",
            "to rebuild the school",
            id="infinitive",
        ),
        pytest.param(
            "A senior official criticized the plan as reckless.",
            "A senior official",
            "the plan as reckless",
            id="object",
        ),
        pytest.param(
            "The premier called for an inquiry into the flood.",
            "The premier",
            "an inquiry into the flood",
            id="phrasal verb",
        ),
        pytest.param(
            "The union’s claim that wages fell was widely shared.",
            "The union",
            "wages fell",
            id="noun cue",
        ),
    ],
)
def test_finds_source_and_content(extract: Extract, text: str, source: str, content: str) -> None:
    assert (source, content) in [words(text, a) for a in extract(text)]


def test_quotation_split_by_its_cue_is_one_attribution(extract: Extract) -> None:
    text = "“If the rain stops,” Ms. Brook said, “we will start work on Monday.”"
    (found,) = extract(text)
    assert words(text, found) == ("Ms. Brook", "“If the rain stops,” … “we will start work on Monday.”")
    assert found.kind is Kind.DIRECT


def test_sentence_of_quotation_after_the_cue_goes_on(extract: Extract) -> None:
    text = "“The tests are done,” Ms. Brook said. “The results will follow next week.”"
    assert any(
        "The results will follow" in words(text, a)[1] and words(text, a)[0] == "Ms. Brook"
        for a in extract(text)
    )


def test_next_paragraph_of_quotation_keeps_its_speaker(extract: Extract) -> None:
    text = "“The tests are done,” Ms. Brook said.\n\n“The results will follow within a week at most.”"
    assert any(
        "within a week" in words(text, a)[1] and words(text, a)[0] == "Ms. Brook" for a in extract(text)
    )


def test_colon_opens_a_quotation_in_the_next_paragraph(extract: Extract) -> None:
    text = "The foundation said in a statement:\n\n“No money has been lost in the transfer.”"
    assert any("No money has been lost" in words(text, a)[1] for a in extract(text))


def test_block_quotation_without_marks(extract: Extract) -> None:
    text = "In June, the founder Ada Brook wrote in a blog post:\n\nThe firm was never for sale."
    assert words(text, extract(text)[0]) == ("the founder Ada Brook", "The firm was never for sale")


def test_signature_behind_a_dash(extract: Extract) -> None:
    text = "“We will build it again, stone by stone.” — Ada Brook, engineer"
    (found,) = extract(text)
    assert words(text, found) == ("Ada Brook, engineer", "“We will build it again, stone by stone.”")


def test_mixed_content(extract: Extract) -> None:
    text = "The coach said her team was “tired but proud” after the match."
    (found,) = extract(text)
    assert found.kind is Kind.MIXED
    assert words(text, found) == ("The coach", "her team was “tired but proud” after the match")


def test_scare_quotes_are_no_attribution(extract: Extract) -> None:
    assert extract("The so-called “smart road” opened on Monday.") == []


def test_text_without_a_cue_has_no_attribution(extract: Extract) -> None:
    assert extract("The bridge reopened on Monday. Traffic was light all day.") == []


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The minister denied that the dam was unsafe.", Stance.DENIES),
        ("The minister confirmed that the dam was unsafe.", Stance.CONFIRMS),
        ("The minister did not say whether the dam was unsafe.", Stance.DECLINES),
        ("The minister could not confirm that the dam was unsafe.", Stance.DECLINES),
        ("The minister declined to comment.", Stance.DECLINES),
        ("The minister does not believe that the dam is unsafe.", Stance.DENIES),
        ("The minister promised that the dam would be mended.", Stance.PROMISES),
        ("The minister asked whether the dam was unsafe.", Stance.ASKS),
        ("The minister hopes that the dam will hold.", Stance.EXPECTS),
        ("The minister said that the dam was unsafe.", Stance.ASSERTS),
    ],
)
def test_stance_from_cue_and_negation(extract: Extract, text: str, stance: Stance) -> None:
    assert [a.stance for a in extract(text)] == [stance]


def test_every_span_lies_in_the_text_and_content_is_apart_from_source(extract: Extract) -> None:
    text = '“Odd,” said Mr. Lee, adding that “it” was — “perhaps” — late: "very.'
    for a in extract(text):
        assert all(0 <= s.start < s.end <= len(text) for s in [*a.content, *a.source, *a.cue])
        assert not any(s.overlaps(c) for s in a.source for c in a.content)
