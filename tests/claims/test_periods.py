"""Periods that a text names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.claims.periods import find_with_places
from claimtrack.records import Period

WEDNESDAY = date(2021, 6, 16)


def find_periods(text: str, reference: date | None, future: bool = False) -> list[Period]:
    return [period for _, _, period in find_with_places(text, reference, future)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in the second half of June", (2021, 6, 16), (2021, 6, 30)),
        ("in the first half of 2020", (2020, 1, 1), (2020, 6, 30)),
        ("in the third quarter of 2020", (2020, 7, 1), (2020, 9, 30)),
        ("later this year", (2021, 6, 16), (2021, 12, 31)),
        ("by the end of this year", (2021, 6, 16), (2021, 12, 31)),
        ("this month", (2021, 6, 1), (2021, 6, 30)),
        ("next year", (2022, 1, 1), (2022, 12, 31)),
        ("last week", (2021, 6, 7), (2021, 6, 13)),
        ("late 2019", (2019, 10, 1), (2019, 12, 31)),
        ("in March 2020", (2020, 3, 1), (2020, 3, 31)),
        ("on Dec. 31", (2020, 12, 31), (2020, 12, 31)),
        ("16 October 2018", (2018, 10, 16), (2018, 10, 16)),
        ("2018-10-16", (2018, 10, 16), (2018, 10, 16)),
        ("two days ago", (2021, 6, 14), (2021, 6, 14)),
        ("within ten days", (2021, 6, 16), (2021, 6, 26)),
        ("over the next two weeks", (2021, 6, 16), (2021, 6, 30)),
        ("tomorrow", (2021, 6, 17), (2021, 6, 17)),
    ],
)
def test_forms(text: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    (period,) = find_periods(f"It opens {text}.", WEDNESDAY)
    assert (period.start, period.end) == (date(*start), date(*end))


def test_a_weekday_looks_back_unless_the_clause_looks_ahead() -> None:
    assert find_periods("It opened on Friday.", WEDNESDAY)[0].start == date(2021, 6, 11)
    assert find_periods("It will open on Friday.", WEDNESDAY, future=True)[0].start == date(2021, 6, 18)
    assert find_periods("It opened on Wednesday.", WEDNESDAY)[0].start == WEDNESDAY


@pytest.mark.parametrize("text", ["They may march on.", "It cost 2,000 crowns.", "Some 2000 people came."])
def test_words_and_amounts_are_no_dates(text: str) -> None:
    assert find_periods(text, WEDNESDAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sunday's vote was late.",
        "The vote is on Sunday.",
        "Since April Oslo has voted.",
        "The vote was Sunday.",
    ],
)
def test_a_month_or_weekday_beside_no_name_is_a_date(text: str) -> None:
    assert len(find_periods(text, WEDNESDAY)) == 1


@pytest.mark.parametrize(
    "text", ["It was April Solberg's.", "The Sunday Mirror fell.", "A Mail on Sunday poll."]
)
def test_a_month_or_weekday_in_a_name_is_no_date(text: str) -> None:
    assert find_periods(text, WEDNESDAY) == []


@given(
    st.text(alphabet="0123456789 -,.MayJunelastthisfdqr", max_size=80),
    st.none() | st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    st.booleans(),
)
def test_every_period_is_in_order_and_in_its_place(text: str, day: date | None, future: bool) -> None:
    for start, end, period in find_with_places(text, day, future):
        assert period.start <= period.end
        assert text[start:end].strip() == period.text
