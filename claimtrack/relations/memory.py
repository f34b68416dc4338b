"""Measures of one claim, taken once however many pairs the claim is judged in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from claimtrack.records import Claim

Measure = TypeVar("Measure")


def once_a_claim(measure: Callable[[Claim], Measure]) -> Callable[[Claim], Measure]:
    """Keep what `measure` gives in the claim's own dictionary, as functools.cached_property does.

    A cache outside the claim would hash all its fields at each look-up, which costs as much as most
    measures.  Equality, hash and `dataclasses.replace` see fields alone, so nothing stale is carried over.
    """
    name = f"_{measure.__module__}.{measure.__name__}"

    @wraps(measure)
    def remembered(claim: Claim) -> Measure:
        kept = claim.__dict__
        if name not in kept:
            kept[name] = measure(claim)
        value: Measure = kept[name]
        return value

    return remembered
