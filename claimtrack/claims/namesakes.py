"""Months and weekdays that are part of a name: "April Jones", "the Sunday Times", "Mrs. June".

Told by the words beside them alone, so that every reader of days shares it; what only a parse shows is
left to who has one.
"""

from __future__ import annotations

import re

# A month or weekday right before another capitalised word is part of a name ("April Jones", "the Sunday
# Times"), unless a word that goes with time alone stands before it: "In April Brussels agreed".
_NAME_GOES_ON = re.compile(r"\s+[A-Z][\w.’'-]")
_TIME_BEFORE = re.compile(
    r"\b(?:in|since|until|till|early|late|mid|last|next|this|during|through|throughout)[\s-]+$", re.IGNORECASE
)
_TITLE_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof|Professor)\.?\s+$")
# "Sunday Trump" in the middle of a clause may be a day and a name; at its head or behind these it is not.
_NAME_BEGINS = re.compile(r"(?:^|[^\w\s,]\s*|\b(?:the|an?|its|his|her|their)\s+)$", re.IGNORECASE)
_LOOK_BACK = 20  # characters: none of these words is longer
_NEWSPAPER = re.compile(r"\b(?:Mail|Independent) on $")


def names_month(text: str, start: int, end: int) -> bool:
    """Whether the month word at start..end, which stands without day and year, belongs to a name."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if _TITLE_BEFORE.search(before):
        return True
    return _NAME_GOES_ON.match(text, end) is not None and _TIME_BEFORE.search(before) is None


def names_weekday(text: str, start: int, end: int) -> bool:
    """Whether the weekday at start..end, which stands without "last" or "next", belongs to a name."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if _TITLE_BEFORE.search(before) or _NEWSPAPER.search(before):
        return True
    return _NAME_GOES_ON.match(text, end) is not None and _NAME_BEGINS.search(before) is not None
