"""What a claim's content speaks of."""

from __future__ import annotations

import pytest

from claimtrack.claims.quantities import UNBOUNDED, number_of
from claimtrack.records import Kind, Modality
from tests.claims.helpers import claim_of, facets_of


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("More than 20 people fled.", 20, UNBOUNDED, "people"),
        ("At least twelve cows died.", 12, UNBOUNDED, "cow"),
        ("Fewer than 300 houses burned.", 0, 300, "house"),
        ("Between 12 and 21 sailors drowned.", 12, 21, "sailor"),
        ("Prices rose 3-4 percent.", 3, 4, "%"),
        ("The dam cost $2.5 billion.", 2.5e9, 2.5e9, "$"),
        ("Two to three thousand farmers marched.", 2000, 3000, "farmer"),
        ("Twenty-one goats were sold.", 21, 21, "goat"),
        ("A dozen ships were late.", 12, 12, "ship"),
        ("The mill sold 5 million tons.", 5e6, 5e6, "ton"),
    ],
)
def test_quantities(text: str, low: float, high: float, unit: str) -> None:
    (quantity,) = facets_of(text).quantities
    assert (quantity.low, quantity.high, quantity.unit) == (pytest.approx(low), pytest.approx(high), unit)


@pytest.mark.parametrize(
    "text",
    [
        "The road opened on Oct. 6, 2018.",
        "It began at 7:30.",
        "One of the men left.",
        "The 38th mile is closed.",
    ],
)
def test_dates_times_and_ranks_are_no_quantities(text: str) -> None:
    assert facets_of(text).quantities == ()


def test_number_words() -> None:
    assert number_of("two hundred and six") == 206
    assert number_of("1,250.5") == 1250.5
    assert number_of("three million two hundred thousand") == 3_200_000


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The mayor will resign.", False),
        ("The mayor will not resign.", True),
        ("The mayor won't resign.", True),
        ("The mayor never resigned.", True),
        ("No date has been agreed.", True),
        ("There are no doctors in the village who can set bones.", True),
        ("The reports are unfounded.", True),
        ("The bank denied the merger.", True),
        ("The bank did not deny the merger.", False),
        ("The people who did not vote were fined.", False),
    ],
)
def test_negation_of_the_main_clause(text: str, negated: bool) -> None:
    assert facets_of(text).negated is negated


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The ferry left the port.", Modality.ACTUAL),
        ("The ferry will leave the port.", Modality.PLANNED),
        ("The council plans to close the port.", Modality.PLANNED),
        ("The council is going to close the port.", Modality.PLANNED),
        ("The ferry might leave the port.", Modality.POSSIBLE),
        ("The ferry will leave if the storm ends.", Modality.HYPOTHETICAL),
        ("Will the ferry leave the port?", Modality.ASKED),
    ],
)
def test_modality(text: str, modality: Modality) -> None:
    assert facets_of(text).modality is modality


def test_would_is_a_plan_when_it_is_reported_and_a_supposition_in_quotes() -> None:
    assert facets_of("the ferry would leave in May", Kind.INDIRECT).modality is Modality.PLANNED
    assert facets_of("The ferry would help the island.", Kind.DIRECT).modality is Modality.HYPOTHETICAL


def test_names_subject_verb_and_terms() -> None:
    facets = facets_of("Mr. Paul Okafor closed two old mills in Uppsala.")
    assert "paul okafor" in facets.entities
    assert "uppsala" in facets.places
    assert facets.verb == "close"
    assert "okafor" in facets.subject
    assert {"close", "old", "mill"} <= set(facets.terms)
    assert "in" not in facets.terms


def test_context_is_the_rest_of_the_sentence_and_the_one_before() -> None:
    body = "The harbour is full of ice. Solberg told fishermen that no ship may leave."
    claim = claim_of(body, "Solberg", "no ship may leave", "told")
    assert {"harbour", "ice", "fisherman"} <= set(claim.facets.context)
    assert "ship" not in claim.facets.context


def test_text_and_normal_form() -> None:
    claim = claim_of(
        "Solberg said Mr. Dahl’s “old”  mill\nburned in the U.S.",
        "Solberg",
        "Mr. Dahl’s “old”  mill\nburned in the U.S.",
        "said",
    )
    assert claim.text == "Mr. Dahl’s “old”  mill\nburned in the U.S."
    assert claim.normalised == "dahl's old mill burned in the us"
    assert claim.outlet == "Harbour Post"
