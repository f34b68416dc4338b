"""Do the numbers of two claims agree?  Only numbers of one unit are compared."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from claimtrack.records import Claim, Quantity
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.words import concepts_of, listed

_MEASURES = listed("profit revenue loss cost pay invest debt fine budget")
ROUNDING = 0.03  # "2 billion" and "2.05 billion" are one figure in two pens
_COUNTED = 100  # so many are counted one by one
# Ages, spans of time and ranks are rarely the figure that a story turns on, and seldom of one thing.
_NOT_COMPARED = listed("year month week day hour minute second time age old one")


def compare_quantities(a: Claim, b: Claim) -> tuple[float, str]:
    """1 where a figure is shared, -1 where figures of one unit exclude each other, 0 without comparison.

    The note names the two figures.
    """
    pairs = [(p, q) for p, q in product(a.facets.quantities, b.facets.quantities) if one_unit(p.unit, q.unit)]
    if not pairs:
        return 0.0, ""
    agreeing = next(((p, q) for p, q in pairs if compatible(p, q)), None)
    p, q = agreeing or pairs[0]
    unit = f" {p.unit}" if p.unit.isalpha() else ""
    return (1.0, f"{p.text}{unit}") if agreeing else (-1.0, f"{p.text} against {q.text}{unit}")


def other_measure(a: Claim, b: Claim) -> bool:
    """Whether the figures of two claims measure different things: profit is not revenue."""
    return bool(_measures(a) and _measures(b) and not _measures(a) & _measures(b))


@once_a_claim
def _measures(claim: Claim) -> frozenset[str]:
    return frozenset(c for term in claim.facets.terms for c in concepts_of(term)) & _MEASURES


def one_unit(one: str, other: str) -> bool:
    """Whether two units count the same thing: equal, or words of one concept ("dead", "deaths")."""
    if not one or not other or one in _NOT_COMPARED or other in _NOT_COMPARED:
        return False
    return one == other or (one.isalpha() and other.isalpha() and bool(concepts_of(one) & concepts_of(other)))


def compatible(p: Quantity, q: Quantity) -> bool:
    """Whether two figures can both hold: "more than 20" goes with 25, 2 billion with 2.05, 12 not with 21.

    What is told as exactly as the other was not rounded: 4.3 per cent is not 4.4, nor are 41 dead 40.
    """
    if p.text == q.text:  # one figure, however far its words were read
        return True
    slack = 0.0 if _is_exact(p, q) else ROUNDING * min(abs(p.low), abs(q.low))
    return p.low <= q.high + slack and q.low <= p.high + slack


def _is_exact(p: Quantity, q: Quantity) -> bool:
    if p.low != p.high or q.low != q.high:
        return False
    counted = p.low % 1 == q.low % 1 == 0 and max(abs(p.low), abs(q.low)) < _COUNTED
    return counted or _last_digit(p.low) == _last_digit(q.low)


def _last_digit(value: float) -> object:
    """The place of a number's last digit but zeros, as a power of ten."""
    return Decimal(f"{value:.10g}").normalize().as_tuple().exponent
