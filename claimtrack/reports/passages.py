"""A claim where it stands: the stretch of its article worth reading, in pieces by what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from claimtrack.records import Span

if TYPE_CHECKING:
    from claimtrack.store.views import ClaimView

AROUND = 300  # characters of the article shown before and after the claim, at most


@dataclass(frozen=True)
class Passage:
    """A stretch of an article, in pieces, each with what it is of the claim, or ""."""

    span: Span
    pieces: tuple[tuple[str, str], ...]


def passage(body: str, roles: Sequence[tuple[Span, str]], around: int = AROUND) -> Passage:
    """The stretch that holds all the roles, with `around` more characters of the article at most."""
    first, last = min(span.start for span, _ in roles), max(span.end for span, _ in roles)
    part = window(body, first, last, around)
    return Passage(part, tuple(pieces(body, part, roles)))


def window(body: str, first: int, last: int, around: int = AROUND) -> Span:
    """The stretch around ``body[first:last]`` that is worth reading: whole words, at most `around` more."""
    start, end = max(0, first - around), min(len(body), last + around)
    if start > 0:
        while start < first and not body[start - 1].isspace():
            start += 1
    if end < len(body):
        while end > last and not body[end].isspace():
            end -= 1
    return Span(start, end)


def roles_of(claim: ClaimView) -> list[tuple[Span, str]]:
    """The spans of a claim with their roles, in order."""
    roles = [
        *((span, "source") for span in claim.source_spans),
        *((span, "cue") for span in claim.cue_spans),
        *((span, "content") for span in claim.content),
    ]
    return sorted(roles, key=lambda role: (role[0].start, -role[0].end))


def pieces(body: str, shown_part: Span, roles: Sequence[tuple[Span, str]]) -> list[tuple[str, str]]:
    """`body` inside `shown_part` cut where roles begin and end, each piece with its role or "".

    Where spans lie over each other the shorter one names the piece.
    """
    inside = [(span, role) for span, role in roles if span.overlaps(shown_part)]
    limits = (shown_part.start, shown_part.end)
    cuts = {*limits, *(n for s, _ in inside for n in (s.start, s.end) if limits[0] < n < limits[1])}
    edges = sorted(cuts)
    out = []
    for start, end in pairwise(edges):
        over = [(s.end - s.start, role) for s, role in inside if s.start <= start and end <= s.end]
        out.append((body[start:end], min(over)[1] if over else ""))
    return out
