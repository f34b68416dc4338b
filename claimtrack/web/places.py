"""Where a list goes on, as a short word for an address: the values its last row is sorted by."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import date
from typing import TYPE_CHECKING

from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.store.pages import Place

MOST = 2**31 - 1  # the largest number of a row that every database holds
# What each list is sorted by: d a day, k a text, n a whole number, f a score.
ARTICLES, CLAIMS, OF_SPEAKER, RELATIONS, SPEAKERS = "dk", "dknk", "dk", "fk", "kk"


def pack(place: Place) -> str:
    """A place as letters, digits, - and _."""
    values = [value.isoformat() if isinstance(value, date) else value for value in place]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii").rstrip("=")


def unpack(word: str, form: str) -> Place | None:
    """The place of `pack`, None for no word; UsageError for what is no place in a list sorted by `form`."""
    if not word:
        return None
    try:
        raw = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        values = json.loads(raw.decode("utf-8", "surrogatepass"))
        return tuple(_value(value, kind) for kind, value in zip(form, values, strict=True))
    except (binascii.Error, OverflowError, RecursionError, TypeError, ValueError) as error:
        raise UsageError("There is no such place in the list", "Go back to its beginning") from error


def _value(value: object, kind: str) -> date | str | int | float:
    match kind, value:
        case "d", str():
            return date.fromisoformat(value)
        case "k", str() if "\0" not in value:
            value.encode()  # no lone surrogates: no database could compare them
            return value
        case "n", int() if not isinstance(value, bool) and 0 <= value <= MOST:
            return value
        case "f", int() | float() if not isinstance(value, bool):
            return float(value)
    raise ValueError(f"not a {kind}: {value!r}")
