"""Finding a claim again in another version of its text: by its words and those around them.

The idea is the W3C Web Annotation Data Model's TextQuoteSelector: a passage is known by its exact words, and
by a little of what stands before and after where the same words stand twice.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract_iter

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


Pair: TypeAlias = tuple[Passage, Passage]  # an older and a newer one


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
    for fate in (Fate.KEPT, Fate.EDITED):
        for choose in (_unmoved, _likest):
            chosen = choose(left, open_, fate)
            found += (Anchored(old, new, fate) for old, new in chosen)
            left = _without(left, (old for old, _ in chosen))
            open_ = _without(open_, (new for _, new in chosen))
    found += (Anchored(old, None, Fate.GONE) for old in left)
    return sorted(found, key=lambda anchored: _order(anchored.old))


def _order(passage: Passage) -> tuple[int, str]:
    return passage.start, passage.claim


def _without(passages: Iterable[Passage], given: Iterable[Passage]) -> list[Passage]:
    gone = set(map(id, given))
    return [passage for passage in passages if id(passage) not in gone]


def _unmoved(left: Iterable[Passage], open_: Iterable[Passage], fate: Fate) -> list[Pair]:
    """Those with the same words in the same surroundings: nothing is likelier."""
    waiting: defaultdict[tuple[object, ...], deque[Passage]] = defaultdict(deque)
    for new in open_:
        waiting[*_said(new, fate), new.before, new.after].append(new)
    pairs = ((old, waiting.get((*_said(old, fate), old.before, old.after))) for old in left)
    return [(old, there.popleft()) for old, there in pairs if there]


def _likest(left: Sequence[Passage], open_: Sequence[Passage], fate: Fate) -> list[Pair]:
    """Of the pairs that may be one claim the likest, and then of what they leave."""
    pairs = _same(left, open_) if fate is Fate.KEPT else _edited(left, open_)
    ordered = sorted(
        (-(words + _around(o, n)), o.start, n.start, place, o, n) for place, (words, o, n) in enumerate(pairs)
    )
    chosen: list[Pair] = []
    given: set[int] = set()
    for *_, old, new in ordered:
        if id(old) not in given and id(new) not in given:
            given |= {id(old), id(new)}
            chosen.append((old, new))
    return chosen


def _said(passage: Passage, fate: Fate) -> tuple[object, ...]:
    """What must be the same for a claim to be kept, or to stand in its place as it stood."""
    return (passage.words, passage.speaker, passage.stance) if fate is Fate.KEPT else (passage.words,)


def _same(left: Iterable[Passage], open_: Iterable[Passage]) -> Iterator[tuple[float, Passage, Passage]]:
    """The pairs that say the same, and how like their words are."""
    there: defaultdict[tuple[object, ...], list[Passage]] = defaultdict(list)
    for new in open_:
        there[_said(new, Fate.KEPT)].append(new)
    for old in left:
        yield from ((100.0, old, new) for new in there.get(_said(old, Fate.KEPT), ()))


def _edited(left: Iterable[Passage], open_: Sequence[Passage]) -> Iterator[tuple[float, Passage, Passage]]:
    """The pairs of which one may be the other, edited, and how like their words are."""
    words = [new.words for new in open_]
    for old in left:
        # In one call: to compare pair by pair takes several times as long.
        for _, alike, place in extract_iter(old.words, words, scorer=ratio, score_cutoff=_SAME_PASSAGE):
            if alike >= _SURELY or _around(old, open_[place]) >= _SAME_PLACE:
                yield alike, old, open_[place]


def _around(old: Passage, new: Passage) -> float:
    return (ratio(old.before, new.before) + ratio(old.after, new.after)) / 2
