"""Numbers in a claim, with their units and the bounds that the words around them set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Quantity, Span

UNBOUNDED = 1e15  # "more than 20" has no upper bound; infinity does not fit JSON

_ONES: tuple[str, ...] = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS: dict[str, float] = {w: float(i) for i, w in enumerate(_ONES)} | {
    w: 20.0 + 10 * i for i, w in enumerate(_TENS)
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12, "dozen": 12.0, "k": 1e3,
}  # fmt: skip
# What vague words leave open: from the word's own measure up to the next.
_VAGUE = {
    "dozens": (24, 120), "scores": (40, 200), "hundreds": (200, 2_000), "thousands": (2_000, 20_000),
    "tens of thousands": (20_000, 200_000), "hundreds of thousands": (200_000, 2e6),
    "millions": (2e6, 2e7), "billions": (2e9, 2e10),
}  # fmt: skip

_SPELLED = "|".join(sorted((*_ONES[1:], *_TENS), key=len, reverse=True))
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|tn)"
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = (rf"(?:(?:{_FIGURE})(?:[ -]?{_SCALE}\b|[mbk]\b)?|\b(?:an?\s+)?(?:{_SCALE})\b"
           rf"|\b(?:{_SPELLED})(?:[ -](?:{_SPELLED}|{_SCALE}|and))*\b)")  # fmt: skip
_MONEY = r"(?:(?:US|A|C|HK)?\$|€|£|¥|₹)"
_LOWER: tuple[str, ...] = (
    "at least", "no fewer than", "no less than", "a minimum of", "more than", "greater than", "over", "above",
    "upward of", "upwards of", "in excess of",
)  # fmt: skip
_UPPER = ("up to", "at most", "no more than", "a maximum of", "fewer than", "less than", "under", "below")
_NEARLY = ("nearly", "almost", "close to")
_ABOUT = ("about", "around", "some", "roughly", "approximately", "an estimated", "estimated")
_BOUND = rf"(?:(?P<bound>{'|'.join((*_LOWER, *_UPPER, *_NEARLY, *_ABOUT))})\s+(?:a\s+)?)?"
_QUANTITY = re.compile(
    rf"{_BOUND}(?P<money>{_MONEY}\s?)?(?P<low>{_NUMBER})"
    rf"(?:\s?(?:-|–|—|\bto\b|\bor\b|(?<=\d )and\b)\s?(?:{_MONEY}\s?)?(?P<high>{_NUMBER}))?"
    r"(?P<plus>\+)?(?P<unit>\s?%|\s?percent\b|\s?per cent\b|\s?percentage points?\b)?",
    re.IGNORECASE,
)
_HINT = re.compile(rf"\d|\b(?:{_SPELLED}|{_SCALE})", re.IGNORECASE)
_VAGUE_QUANTITY = re.compile(
    rf"\b(?P<word>{'|'.join(sorted(_VAGUE, key=len, reverse=True))})\b", re.IGNORECASE
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_CURRENCY_WORDS = {"dollar": "$", "euro": "€", "pound": "£", "yen": "¥", "rupee": "₹"}


def find_quantities(parsed: ParsedText, content: tuple[Span, ...], taken: list[Span]) -> list[Quantity]:
    """The numbers inside the content, in order.

    `taken` are the places of dates and periods, whose numbers count nothing.  `unit` is a currency sign,
    "%", or the lemma of the noun counted ("" where there is none).  "More than 20" has low 20 and high
    `UNBOUNDED`; "about 20" a tenth to either side; "12 to 21" both ends.
    """
    out: list[Quantity] = []
    for span in content:
        text = span.of(parsed.body)
        found = [*_exact(parsed, span, text), *_vague(parsed, span, text)]
        places: list[Span] = list(taken)
        for place, quantity in sorted(found, key=lambda f: f[0].start):
            if not any(place.overlaps(t) for t in places):
                out.append(quantity)
                places.append(place)
    return out


def _exact(parsed: ParsedText, span: Span, text: str) -> Iterator[tuple[Span, Quantity]]:
    if _HINT.search(text) is None:  # the grammar below is slow to find nothing
        return
    for m in _QUANTITY.finditer(text):
        start = m.start("low")
        before = text[start - 1] if start else " "
        if (before.isalnum() or (before in "-–'’.:" and not m["money"])) or _ORDINAL.match(text, m.end()):
            continue
        if text[m.end() : m.end() + 1].isalnum() or re.match(r"[:/.]\d", text[m.end() :]):
            continue  # times, scores, scripts of versions: no amounts
        low, high = number_of(m["low"]), number_of(m["high"]) if m["high"] else None
        if low is None:
            continue
        if high is None or high < low:
            ranged = None
        else:
            scale = _scale_of(m["high"])
            ranged = (low * scale if _scale_of(m["low"]) == 1 and high >= low * scale > low else low, high)
        place = Span(span.start + m.start(), span.start + m.end())
        money = (m["money"] or "").strip()[-1:]
        unit = "%" if m["unit"] else money or _unit_after(parsed, place)
        # "One" is a pronoun or part of a name more often than an amount.
        if m["low"].lower() == "one" and (
            m["low"] == "One" or not unit or text[m.end() :].startswith(" of ")
        ):
            continue
        least, most = ranged or _bounds(low, (m["bound"] or "").lower(), bool(m["plus"]))
        yield place, Quantity(least, most, unit, m.group().strip())


def _vague(parsed: ParsedText, span: Span, text: str) -> Iterator[tuple[Span, Quantity]]:
    for m in _VAGUE_QUANTITY.finditer(text):
        low, high = _VAGUE[m["word"].lower()]
        place = Span(span.start + m.start(), span.start + m.end())
        yield place, Quantity(float(low), float(high), _unit_after(parsed, place), m.group())


def _bounds(value: float, bound: str, plus: bool) -> tuple[float, float]:
    if plus or bound in _LOWER:
        return value, UNBOUNDED
    if bound in _UPPER:
        return 0.0, value
    if bound in _NEARLY:
        return 0.9 * value, value
    if bound:
        return 0.9 * value, 1.1 * value
    return value, value


def number_of(text: str) -> float | None:
    """The value of a number in figures, words or both ("2.5 billion", "twenty-one", "a dozen")."""
    words = re.findall(r"[\d,.]*\d|[a-z]+", text.lower())
    total, current = 0.0, None
    for word in words:
        if word[0].isdigit():
            current = (current or 0.0) + float(word.replace(",", ""))
        elif word in _WORDS:
            current = (current or 0.0) + _WORDS[word]
        elif word in _SCALES:
            current = (1.0 if current is None else current) * _SCALES[word]
            if _SCALES[word] >= 1e3:
                total, current = total + current, None
        elif word not in ("and", "a", "an"):
            return None
    return None if current is None and not total else total + (current or 0.0)


def _scale_of(text: str) -> float:
    scale = 1.0
    for word in re.findall(r"[a-z]+", text.lower()):
        scale *= _SCALES.get(word, 1.0)
    return scale


def _unit_after(parsed: ParsedText, place: Span) -> str:
    """The lemma of the noun that is counted: the one the number hangs on, else the next noun."""
    inside = parsed.within(place)
    numbers = [t for t in inside if t.pos in ("NUM", "NOUN", "ADJ") and t.lower not in _SCALES] or list(
        inside
    )
    if not numbers:
        return ""
    for above in parsed.ancestors(numbers[-1].i):
        if above.pos in ("NOUN", "PROPN") and above.start >= place.start:
            if above.i in {t.i for t in inside}:
                continue
            return _noun(above)
        if above.pos not in ("NUM", "ADJ", "SYM"):
            break
    following = parsed.tokens[inside[-1].i + 1 : inside[-1].i + 5]
    for token in following:
        after = parsed.tokens[token.i + 1] if token.i + 1 < len(parsed.tokens) else None
        if token.pos in ("NOUN", "PROPN") and not (after is not None and after.pos == "NOUN"):
            return _noun(token)
        if token.pos not in ("ADJ", "NOUN", "PROPN", "DET", "NUM") and token.lower not in ("of", "-"):
            break
    return ""


def _noun(token: Token) -> str:
    lemma = token.lemma.lower()
    return _CURRENCY_WORDS.get(lemma, lemma)
