"""A claim's words: as printed, and in the normal form that matching compares."""

from __future__ import annotations

import re
import unicodedata

from claimtrack.records import Attribution, joined

_MARKS = re.compile(r"[“”„«»\"‹›]|(?<!\w)['‘’]|['‘’](?!\w)")
_HONORIFIC = re.compile(
    r"\b(?:mr|mrs|ms|miss|mx|dr|prof|sir|dame|sen|rep|gov|gen|lt|col|sgt|messrs)\b\.?\s+(?=\w)"
)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_APART = re.compile(r"[^\w\s$€£¥%.,:'’-]|(?<!\d)[.,:]|[.,:](?!\d)|(?<!\w)-|-(?!\w)")
_SPACE = re.compile(r"\s+")


def text_of(body: str, attribution: Attribution) -> str:
    """The content as one line of reading: its spans as printed, joined where words were left out."""
    return joined(body, attribution.content)


def normalise(text: str) -> str:
    """The text without case, quotation marks, honorifics, punctuation and odd spaces.

    Signs that carry meaning stay: "$", "%", hyphens and apostrophes inside words, points and commas inside
    numbers.  Two prints of one sentence that differ in typography come out the same.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = _DOTTED.sub(lambda m: m.group().replace(".", ""), plain)
    plain = _HONORIFIC.sub("", plain)
    plain = _APART.sub(" ", _MARKS.sub(" ", plain).replace("’", "'").replace("‘", "'"))
    return _SPACE.sub(" ", plain).strip()
