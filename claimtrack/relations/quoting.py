"""Words that two claims both give inside quotation marks."""

from __future__ import annotations

import re

from claimtrack.records import Claim, Kind
from claimtrack.relations.memory import once_a_claim

_QUOTED = re.compile(r"[“\"„«]([^”\"“«»]{3,}?)[”\"»]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@once_a_claim
def quoted_words(claim: Claim) -> tuple[str, ...]:
    """The words of a claim that stand as the source's own, lower-case and in order."""
    text = claim.text if claim.attribution.kind is Kind.DIRECT else " ".join(_QUOTED.findall(claim.text))
    return tuple(w.casefold() for w in _WORD.findall(text))


def shared_quotation(a: Claim, b: Claim) -> int:
    """Length in words of the longest run that both claims quote."""
    return len(shared_run(a, b))


def shared_run(a: Claim, b: Claim) -> tuple[str, ...]:
    """The longest run of words that both claims quote, the first of several."""
    ones, others = quoted_words(a), quoted_words(b)
    if set(ones).isdisjoint(others):
        return ()
    best, last, ends = 0, 0, {-1: 0}
    for i, word in enumerate(ones):
        here: dict[int, int] = {}
        for j, other in enumerate(others):
            if word == other:
                here[j] = ends.get(j - 1, 0) + 1
                if here[j] > best:
                    best, last = here[j], i + 1
        ends = here
    return ones[last - best : last]
