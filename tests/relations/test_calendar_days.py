from dataclasses import replace
from datetime import date

from claimtrack.records import Period
from claimtrack.relations.calendar_days import compare_periods, day_of, days_between

APRIL = Period(date(2021, 4, 1), date(2021, 4, 30), "in April")
LATE_APRIL = Period(date(2021, 4, 16), date(2021, 4, 30), "late April")
MAY = Period(date(2021, 5, 1), date(2021, 5, 31), "in May")


def test_the_day_of_the_statement_goes_before_that_of_publication(claim):
    made = replace(claim("x"), stated_on=date(2021, 5, 1), published=date(2021, 5, 3))
    assert day_of(made) == date(2021, 5, 1)
    assert day_of(replace(made, stated_on=None)) == date(2021, 5, 3)
    assert day_of(replace(made, stated_on=None, published=None)) is None


def test_days_between_are_signed_or_unknown(claim):
    early, late = claim("x", day=date(2021, 5, 1)), claim("y", day=date(2021, 5, 4))
    assert days_between(early, late) == 3
    assert days_between(late, early) == -3
    assert days_between(early, claim("z", day=None)) is None


def test_periods_overlap_or_lie_apart(claim):
    april, late, may = (claim("x", periods=(p,)) for p in (APRIL, LATE_APRIL, MAY))
    assert compare_periods(april, late) == (1.0, "in April and late April")
    assert compare_periods(late, may) == (-1.0, "late April against in May")
    assert compare_periods(april, claim("x")) == (0.0, "")
