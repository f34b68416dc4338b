"""The day on which something was said."""

from __future__ import annotations

from datetime import date

import pytest

from tests.claims.helpers import PUBLISHED, claim_of


@pytest.mark.parametrize(
    ("sentence", "cue", "day"),
    [
        ("Solberg said on Monday that the pier was closed.", "said", date(2021, 6, 14)),
        ("Solberg said Wednesday that the pier was closed.", "said", PUBLISHED),
        ("Solberg said last Thursday that the pier was closed.", "said", date(2021, 6, 10)),
        ("On Friday, Solberg said that the pier was closed.", "said", date(2021, 6, 11)),
        ("Solberg said yesterday that the pier was closed.", "said", date(2021, 6, 15)),
        ("On May 6, Solberg told reporters that the pier was closed.", "told", date(2021, 5, 6)),
        ("Solberg said last week that the pier was closed.", "said", date(2021, 6, 13)),
        ("Solberg said earlier this month that the pier was closed.", "said", PUBLISHED),
        ("Solberg said that the pier was closed.", "said", PUBLISHED),
    ],
)
def test_day_words_of_the_reporting_clause(sentence: str, cue: str, day: date) -> None:
    assert claim_of(sentence, "Solberg", "the pier was closed", cue).stated_on == day


@pytest.mark.parametrize(
    "source",
    [
        "Jan Solberg",
        "April Solberg",
        "Mrs. April",
        "June",
        "Carlos Sunday",
        "Joe Friday",
        "The April Foundation",
        "The Sunday Times",
        "The Sunday Telegraph",
        "His Sunday Mirror column",
    ],
)
def test_a_day_word_in_the_speakers_name_does_not_date_the_statement(source: str) -> None:
    body = f"{source} said the pier was closed."
    assert claim_of(body, source, "the pier was closed", "said").stated_on == PUBLISHED


def test_a_newspaper_of_sundays_is_no_date_and_a_ministry_on_sunday_is() -> None:
    body = "The Mail on Sunday said the pier was closed."
    assert claim_of(body, "The Mail", "the pier was closed", "said").stated_on == PUBLISHED
    body = "The ministry on Sunday said the pier was closed."
    assert claim_of(body, "The ministry", "the pier was closed", "said").stated_on == date(2021, 6, 13)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Last Sunday Solberg said the pier was closed.", date(2021, 6, 13)),
        ("On Sunday Solberg said the pier was closed.", date(2021, 6, 13)),
        ("In April Solberg said the pier was closed.", date(2021, 4, 30)),
        ("On April 3 Solberg said the pier was closed.", date(2021, 4, 3)),
        ("Solberg told CNN Friday that the pier was closed.", date(2021, 6, 11)),
    ],
)
def test_a_day_before_the_speakers_name_still_dates_the_statement(sentence: str, day: date) -> None:
    cue = "told" if "told" in sentence else "said"
    assert claim_of(sentence, "Solberg", "the pier was closed", cue).stated_on == day


@pytest.mark.parametrize("ahead", ["will", "is going to"])
def test_what_will_be_said_is_stated_on_the_day_of_publication(ahead: str) -> None:
    body = f"Solberg {ahead} tell parliament on Thursday that the pier was closed."
    claim = claim_of(body, "Solberg", "the pier was closed", "tell")
    assert claim.stated_on == PUBLISHED


def test_day_words_of_the_content_do_not_date_the_statement() -> None:
    body = "Solberg said the ferry had sunk on Monday."
    assert claim_of(body, "Solberg", "the ferry had sunk on Monday", "said").stated_on == PUBLISHED


def test_day_words_of_another_clause_do_not_date_the_statement() -> None:
    body = "A ferry left the port on Monday, and the pier was closed, Solberg said."
    assert claim_of(body, "Solberg", "the pier was closed", "said").stated_on == PUBLISHED


def test_the_year_in_which_a_speaker_took_office_does_not_date_the_statement() -> None:
    body = "Solberg, who took office in 2015, told the Gazette that the pier was closed."
    claim = claim_of(body, "Solberg, who took office in 2015,", "the pier was closed", "told")
    assert claim.stated_on == PUBLISHED


def test_without_a_publication_date_only_full_dates_count() -> None:
    body = "Solberg said on Monday that the pier was closed."
    assert claim_of(body, "Solberg", "the pier was closed", "said", published=None).stated_on is None
    body = "Solberg said on 3 May 2020 that the pier was closed."
    claim = claim_of(body, "Solberg", "the pier was closed", "said", published=None)
    assert claim.stated_on == date(2020, 5, 3)
