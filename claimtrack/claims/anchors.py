"""Finding a claim again in another version of its text: by its words and those around them.

The idea is the W3C Web Annotation Data Model's TextQuoteSelector: a passage is known by its exact words, and
by a little of what stands before and after where the same words stand twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.fuzz import ratio

from claimtrack.records import Span, Stance, joined

AROUND = 64  # characters before and after a passage that tell it from others with the same words
_SAME_PASSAGE = 55.0  # rapidfuzz ratio of two contents from which one may be the other, edited
_SAME_PLACE = 40.0  # and that of what stands around them, where the contents are less alike than
_SURELY = 80.0  # this


class Fate(StrEnum):
    """What became of a claim in the newer text."""

    KEPT = "kept"  # the same words by the same speaker with the same stance
    EDITED = "edited"  # in its place stand other words, another speaker or another stance
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Passage:
    """A claim as one version of a text prints it."""

    claim: str  # Claim.key
    words: str
    speaker: str
    stance: Stance
    start: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Anchored:
    """A claim of the older text, the one that stands in its place in the newer one, and what became of it."""

    old: Passage
    new: Passage | None
    fate: Fate


def passage_of(claim: str, body: str, content: Sequence[Span], speaker: str, stance: Stance) -> Passage:
    """A claim with what stands around its content in `body`."""
    start = min(span.start for span in content)
    end = max(span.end for span in content)
    return Passage(
        claim, joined(body, content), speaker, stance, start,
        body[max(0, start - AROUND) : start], body[end : end + AROUND],
    )  # fmt: skip


def anchor(older: Iterable[Passage], newer: Iterable[Passage]) -> list[Anchored]:
    """For each claim of an older text the one of the newer text that it is, or has become.

    A claim of the newer text is given once: first to those with the same words, speaker and stance, those
    with the likest surroundings first, then to what is likest.
    """
    left, open_ = sorted(older, key=_order), sorted(newer, key=_order)
    found: list[Anchored] = []
    for fate, alike in ((Fate.KEPT, _is_same), (Fate.EDITED, _may_be)):
        pairs = [(-_likeness(o, n), o.start, n.start, o, n) for o in left for n in open_ if alike(o, n)]
        for _, _, _, old, new in sorted(pairs, key=lambda pair: pair[:3]):
            if old in left and new in open_:
                left.remove(old)
                open_.remove(new)
                found.append(Anchored(old, new, fate))
    found += (Anchored(old, None, Fate.GONE) for old in left)
    return sorted(found, key=lambda anchored: _order(anchored.old))


def _order(passage: Passage) -> tuple[int, str]:
    return passage.start, passage.claim


def _is_same(old: Passage, new: Passage) -> bool:
    return (old.words, old.speaker, old.stance) == (new.words, new.speaker, new.stance)


def _may_be(old: Passage, new: Passage) -> bool:
    words = ratio(old.words, new.words)
    return words >= _SURELY or (words >= _SAME_PASSAGE and _around(old, new) >= _SAME_PLACE)


def _likeness(old: Passage, new: Passage) -> float:
    return ratio(old.words, new.words) + _around(old, new)


def _around(old: Passage, new: Passage) -> float:
    return (ratio(old.before, new.before) + ratio(old.after, new.after)) / 2
