import pytest

from claimtrack.records import Quantity
from claimtrack.relations.quantities import compare_quantities, compatible, one_unit, other_measure

INFINITE = float("inf")


def number(low, high=None, unit="people", text=None):
    return Quantity(low, low if high is None else high, unit, text or f"{low:g}")


@pytest.mark.parametrize(
    ("p", "q", "fits"),
    [
        (number(12), number(12), True),
        (number(12), number(21), False),
        (number(20, INFINITE), number(25), True),
        (number(20, INFINITE), number(12), False),
        (number(10, 20), number(15), True),
        (number(2_000_000_000), number(2_050_000_000), True),
        (number(2_040_000_000), number(2_050_000_000), False),
        (number(12_000), number(11_800), True),
        (number(40), number(41), False),
        (number(4.3, unit="%"), number(4.4, unit="%"), False),
        (number(4, unit="%"), number(4.1, unit="%"), True),
        (number(40, 44), number(45), True),
        (number(1, text="1m"), number(1_000_000, text="1m"), True),
    ],
)
def test_figures_fit_or_not(p, q, fits):
    assert compatible(p, q) is fits
    assert compatible(q, p) is fits


def test_only_one_unit_is_compared(claim):
    dead = claim("12 dead", quantities=(number(12),))
    assert compare_quantities(dead, claim("30 boats", quantities=(number(30, unit="boat"),))) == (0.0, "")
    assert compare_quantities(dead, claim("nobody")) == (0.0, "")
    assert compare_quantities(dead, claim("21 dead", quantities=(number(21),)))[0] == -1.0


def test_one_figure_in_common_is_enough(claim):
    both = claim("12 or 21", quantities=(number(12), number(21)))
    assert compare_quantities(both, claim("21", quantities=(number(21),))) == (1.0, "21 people")


def test_units_of_one_concept_are_one_and_spans_of_time_are_none():
    assert one_unit("worker", "employee")
    assert one_unit("$", "$")
    assert not one_unit("$", "€")
    assert not one_unit("year", "year")
    assert not one_unit("", "")


def test_profit_is_not_revenue(claim):
    assert other_measure(claim("a profit of $5 million"), claim("revenue of $9 million"))
    assert not other_measure(
        claim("a profit of $5 million"), claim("earnings of $9 million", lemmas={"earnings": "earning"})
    )
    assert not other_measure(claim("a profit"), claim("a sum"))
