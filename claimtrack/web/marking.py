"""Article text cut into pieces at the exact offsets of what is marked in it, whatever lies over what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from claimtrack.records import Span
from claimtrack.reports import passages
from claimtrack.reports.cells import visible

if TYPE_CHECKING:
    from claimtrack.records import Mark
    from claimtrack.store.views import ClaimView

AROUND = 420  # characters shown before and after a claim, at most
_BLANK = re.compile(r"\r?\n[^\S\n]*\n\s*")  # what parts two paragraphs


@dataclass(frozen=True, slots=True)
class Layer:
    """One span and what is marked there: a claim by its number, and the part the words play in it."""

    span: Span
    claim: int  # from 1; 0: none
    role: str  # content, source or cue; of no claim: a kind of mark, such as boilerplate


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch with the same layers throughout; `claims` are those it is content of, the shortest first."""

    start: int
    end: int
    text: str  # as it is shown: control and direction characters made visible
    claims: tuple[int, ...]
    role: str  # of the shortest layer; "" for plain text
    first: tuple[int, ...] = ()  # the claims whose content begins here
    last: tuple[int, ...] = ()  # the claims whose content ends here


def layers_of(claims: Sequence[ClaimView], marks: Iterable[Mark] = ()) -> list[Layer]:
    """The spans of numbered claims, and the stretches of an article that are not running text."""
    found = [Layer(mark.span, 0, str(mark.kind)) for mark in marks]
    for number, claim in enumerate(claims, 1):
        found += [Layer(span, number, "content") for span in claim.content]
        found += [Layer(span, number, "source") for span in claim.source_spans]
        found += [Layer(span, number, "cue") for span in claim.cue_spans]
    return [layer for layer in found if layer.span.start < layer.span.end]


def window(body: str, spans: Sequence[Span], around: int = AROUND) -> Span:
    """The stretch around these spans that is worth reading: whole words, at most `around` more on a side."""
    return passages.window(body, min(span.start for span in spans), max(span.end for span in spans), around)


def cut(body: str, part: Span, layers: Iterable[Layer]) -> list[list[Piece]]:
    """The paragraphs of ``body[part]``, each as its pieces in order; blank lines are left out."""
    inside = sorted(
        (layer for layer in layers if layer.span.overlaps(part)), key=lambda layer: layer.span.start
    )
    blanks = [Span(m.start(), m.end()) for m in _BLANK.finditer(body, part.start, part.end)]
    edges = {part.start, part.end}
    for span in (*blanks, *(layer.span for layer in inside)):
        edges |= {max(span.start, part.start), min(span.end, part.end)}
    begins, ends = _borders(layer for layer in inside if layer.role == "content")
    paragraphs: list[list[Piece]] = [[]]
    over: list[Layer] = []
    arriving, gaps = iter(inside), iter(blanks)
    upcoming, gap = next(arriving, None), next(gaps, None)
    for start, end in pairwise(sorted(edges)):
        over = [layer for layer in over if layer.span.end > start]
        while upcoming is not None and upcoming.span.start <= start:
            over += [upcoming] if upcoming.span.end > start else []
            upcoming = next(arriving, None)
        while gap is not None and gap.end <= start:
            gap = next(gaps, None)
        if gap is not None and gap.start <= start:
            if paragraphs[-1]:
                paragraphs.append([])
            continue
        paragraphs[-1].append(_piece(body, start, end, over, begins, ends))
    return [paragraph for paragraph in paragraphs if paragraph]


def _piece(
    body: str, start: int, end: int, over: list[Layer], begins: dict[int, int], ends: dict[int, int]
) -> Piece:
    by_length = sorted(over, key=lambda layer: (layer.span.end - layer.span.start, layer.claim))
    claims = tuple(dict.fromkeys(layer.claim for layer in by_length if layer.role == "content"))
    return Piece(
        start,
        end,
        visible(body[start:end].replace("\r\n", "\n")),
        claims,
        by_length[0].role if by_length else "",
        tuple(claim for claim in claims if begins[claim] == start),
        tuple(claim for claim in claims if ends[claim] == end),
    )


def _borders(layers: Iterable[Layer]) -> tuple[dict[int, int], dict[int, int]]:
    """Where the content of each claim begins and ends."""
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    for layer in layers:
        begins[layer.claim] = min(begins.get(layer.claim, layer.span.start), layer.span.start)
        ends[layer.claim] = max(ends.get(layer.claim, 0), layer.span.end)
    return begins, ends
