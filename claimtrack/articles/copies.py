"""Is one text a copy of another, or a rewrite of it?

Texts are compared by their *shingles*: every three running words in a row, outside quotation marks, as
two papers may well quote the same speech and owe each other nothing.  MinHash (Broder 1997) makes of the
shingles a few numbers in which texts that share much of them are likely to agree; a database finds by
them the texts that are worth a real comparison.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from claimtrack.records import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

SHINGLE = 3  # words: one word in five may be changed, and half of the shingles are still there
LEAST_SHINGLES = 40  # a text of fewer says too little of its own to be known by it
# Two texts are proposed with a chance of 1 - (1 - J²)^80, J being the share of all their shingles that is
# common: 0.97 for two of one length with PART in common, 0.90 for a brief that is a sixth of a report, 0.008
# for two with a hundredth in common.
BANDS, ROWS = 80, 2
_AT_ONCE = 4_000  # shingles; each takes 1.3 kB while it is counted, and a text may have a million
_LONGEST = 100_000  # words; more of them say no more of a text, and cost seconds
_SCHEME = "affine32"  # datasketch's own default may change; bands in a database must not
WHOLE = 0.8  # share of a text's shingles in the other from which it is a reprint
PART = 0.35  # and from which it is a rewrite
_SLACK = 0.1  # how far the share of names and figures in common may fall behind that of the shingles
_FEW_NAMES = 4

_QUOTED = re.compile(r"“[^”\n]*[”\n]|\"[^\"\n]*[\"\n]|«[^»\n]*[»\n]|„[^“”\n]*[“”\n]")
_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")


@dataclass(frozen=True)
class Print:
    """What of a text is compared: its words outside quotations, as they stand."""

    words: tuple[str, ...]

    @cached_property
    def shingles(self) -> frozenset[str]:
        """Every three words in a row, in small letters."""
        low = [word.casefold() for word in self.words]
        return frozenset(" ".join(low[i : i + SHINGLE]) for i in range(len(low) - SHINGLE + 1))

    @cached_property
    def names(self) -> frozenset[str]:
        """Its figures, and its capitalised words that do not stand there in small letters as well."""
        small = {word for word in self.words if word[0].islower()}
        return frozenset(
            word.casefold()
            for word in self.words
            if word[0].isdigit() or (word[0].isupper() and word.casefold() not in small)
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """How much of one text stands in another, 0 to 1, and whether that is all but all of it."""

    share: float
    whole: bool
    of_original: bool  # the share is of the earlier text's words, which stand in a longer one


@lru_cache(maxsize=64)  # a text is compared with one after the other
def print_of(body: str, marks: tuple[Mark, ...]) -> Print:
    """The comparable view of a text, without what is marked: boilerplate, heading, byline, credits."""
    words: list[str] = []
    for stretch in _running(body, marks):
        words += _WORD.findall(_QUOTED.sub(" ", stretch))
    return Print(tuple(words))


def _running(body: str, marks: tuple[Mark, ...]) -> Iterator[str]:
    """The stretches of running text between the marks, which are in order and do not overlap."""
    end = 0
    for mark in marks:
        yield body[end : mark.span.start]
        end = mark.span.end
    yield body[end:]


def bands_of(printed: Print) -> tuple[int, ...]:
    """The numbers under which a text is looked up, one a band; none for a text that is too short.

    They fit a signed 64-bit column, and are the same on every machine.  A book has those of its beginning.
    """
    if len(printed.words) > _LONGEST:
        printed = Print(printed.words[:_LONGEST])
    if len(printed.shingles) < LEAST_SHINGLES:
        return ()
    from datasketch import MinHash  # noqa: PLC0415  # brings SciPy along: nobody waits for it who only reads

    sketch = MinHash(num_perm=BANDS * ROWS, seed=1, scheme=_SCHEME)
    shingles = [shingle.encode("utf-8", "surrogatepass") for shingle in printed.shingles]
    for start in range(0, len(shingles), _AT_ONCE):
        sketch.update_batch(shingles[start : start + _AT_ONCE])
    values = [int(value) for value in sketch.hashvalues]
    return tuple(_number(i, values[i * ROWS : (i + 1) * ROWS]) for i in range(BANDS))


def _number(band: int, rows: list[int]) -> int:
    text = ",".join(map(str, (band, *rows))).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), signed=True)


def find_copy(text: Print, earlier: Print) -> Copy | None:
    """How far `text` is made of `earlier`, None where it is not.

    Either text may be the longer one: a brief takes a part of a report, a report takes in a whole brief.
    Texts written after one pattern (an earthquake here, an earthquake there) share their phrases and not
    their names and figures: those must be shared as far as the phrases are.
    """
    ones, others = text.shingles, earlier.shingles
    if min(len(ones), len(others)) < LEAST_SHINGLES:
        return None
    shared = len(ones & others)
    own, theirs = shared / len(ones), shared / len(others)
    share = max(own, theirs)
    if share < PART:
        return None
    small, big = (text.names, earlier.names) if own >= theirs else (earlier.names, text.names)
    if len(small) < _FEW_NAMES:
        if small - big or share < WHOLE:
            return None
    elif len(small & big) / len(small) < share - _SLACK:
        return None
    return Copy(round(share, 3), own >= WHOLE, own < WHOLE and theirs > own)
