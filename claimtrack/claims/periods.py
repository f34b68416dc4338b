"""Calendar periods that a text names, resolved against a day of reference.

dateparser gets single relative days right but answers None to ranges ("by the end of May", "in the
second half of April"), so the grammar is our own: small, and every form gives first and last day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from claimtrack.claims.namesakes import names_month, names_weekday
from claimtrack.records import Period

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"),
            ("november", "nov"), ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {name: i for i, name in enumerate(_DAYS)}
_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_COUNTS = {word: i for i, word in enumerate(_NUMBERS)}
_COUNTS |= {"a": 1, "an": 1, "a few": 3, "several": 3, "a couple of": 2}
_ORDER = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
    "final": 4,
}

# "may", "march" and "sun" are words too: months count only with a capital, as weekdays do.
_MONTH = (r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
          r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)")  # fmt: skip
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS[1:])}|an?|a few|several|a couple of)"
_UNIT = r"(?P<unit>day|week|month|quarter|year|decade)"
_HALF = r"(?:first|second|1st|2nd)\s+half\s+of"
_FOURTH = r"(?:first|second|third|fourth|last|final)\s+quarter\s+of"
_EDGE = r"(?:beginning|start|middle|end)\s+of"
# A part of a month or year; without its last character, the "?", it must be there.
_PART = (
    rf"(?:(?P<part>(?:(?:the|its)\s+)?(?:{_HALF}|{_FOURTH}|{_EDGE})"
    r"|[Ee]arly|[Mm]id|[Ll]ate|the\s+summer\s+of)[\s-]+(?:the\s+)?)?"
)

_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|by|since|until|till|early|late|mid|last|next|this)[\s-]+$", re.IGNORECASE
)

# No form does without one of these: most sentences are done with at once.
_HINT = re.compile(
    r"\d|day|week|month|quarter|year|decade|night|morrow|morning|afternoon|evening"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
)

Resolver = Callable[[re.Match[str], date, bool], tuple[date, date] | None]


def find_with_places(
    text: str, reference: date | None, future: bool = False
) -> Iterator[tuple[int, int, Period]]:
    """The periods a text names with their starts and ends in it, in order, none inside another.

    `reference` is the day on which it was said; without one only dates with a year are found.  A bare
    weekday or month is the latest one not after the reference or, with `future`, the next one.
    """
    if _HINT.search(text) is None:
        return
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int, Period]] = []
    for pattern, resolve, absolute in _RULES:
        if reference is None and not absolute:
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < e and s < end for s, e in taken):
                continue
            days = resolve(match, reference or date(1, 1, 1), future)
            if days is not None and days[0] <= days[1]:
                taken.append((start, end))
                found.append((start, end, Period(*days, text=match.group().strip())))
    yield from sorted(found, key=lambda f: f[0])


def latest_weekday(weekday: int, reference: date) -> date:
    """The last day of that name (Monday: 0) that is not after the reference."""
    return reference - timedelta(days=(reference.weekday() - weekday) % 7)


def _month_number(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_date(m: re.Match[str], _: date, __: bool) -> tuple[date, date] | None:
    day = _safe(int(m["year"]), _month_number(m["month"]), int(m["day"]))
    return (day, day) if day else None


def _iso_date(m: re.Match[str], _: date, __: bool) -> tuple[date, date] | None:
    day = _safe(*map(int, m.group().split("-")))
    return (day, day) if day else None


def _day_of_month(m: re.Match[str], reference: date, future: bool) -> tuple[date, date] | None:
    month, number = _month_number(m["month"]), int(m["day"])
    days = [d for year in (-1, 0, 1) if (d := _safe(reference.year + year, month, number))]
    day = _nearest(days, reference, future)
    return (day, day) if day else None


def _nearest(days: list[date], reference: date, future: bool) -> date | None:
    """The day closest to the reference, those on the expected side of it counting as twice as close."""
    if not days:
        return None
    return min(days, key=lambda d: abs((d - reference).days) * (1 if (d >= reference) == future else 2))


def _month(m: re.Match[str], reference: date, future: bool) -> tuple[date, date] | None:
    number = _month_number(m["month"])
    if m["year"]:
        year = int(m["year"])
    else:
        if not m["part"] and names_month(m.string, m.start("month"), m.end()):
            return None
        # After these words "May" and "March" are months, elsewhere they are likelier to be words.
        if m["month"] in ("May", "March") and not _BEFORE_MONTH.search(m.string[: m.start("month")]):
            return None
        middle = _nearest([date(reference.year + k, number, 15) for k in (-1, 0, 1)], reference, future)
        year = middle.year if middle else reference.year
    return _part_of(m["part"], date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def _month_of_year(m: re.Match[str], reference: date, _: bool) -> tuple[date, date]:
    year = reference.year + {"last": -1, "next": 1}.get(m["which"], 0)
    number = _month_number(m["month"])
    return _part_of(m["part"], date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def _year(m: re.Match[str], _: date, __: bool) -> tuple[date, date]:
    return _part_of(m["part"], date(int(m["year"]), 1, 1), date(int(m["year"]), 12, 31))


def _part_of(part: str | None, start: date, end: date) -> tuple[date, date]:
    """The half, quarter, beginning or end of a period."""
    words = set(re.findall(r"\w+", (part or "").lower()))
    length = (end - start).days + 1
    if not words or "summer" in words:
        return (date(start.year, 6, 1), date(start.year, 8, 31)) if "summer" in words else (start, end)
    if "half" in words:
        middle = date(start.year, 6, 30) if length > 300 else start + timedelta(days=length // 2 - 1)
        return (start, middle) if words & {"first", "1st"} else (middle + timedelta(days=1), end)
    if "quarter" in words and length > 300:
        number = next(v for k, v in _ORDER.items() if k in words)
        return _quarter(start.year, number)
    third = length // 3 if length <= 31 else length // 4
    if words & {"early", "beginning", "start"}:
        return start, start + timedelta(days=third)
    if words & {"mid", "middle"}:
        return start + timedelta(days=third), end - timedelta(days=third)
    if words & {"late", "end"}:
        return end - timedelta(days=third), end
    return start, end


def _quarter(year: int, number: int) -> tuple[date, date]:
    last = 3 * number
    return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])


def _near_day(m: re.Match[str], reference: date, _: bool) -> tuple[date, date]:
    word = m.group().lower()
    shift = -1 if "yesterday" in word or "last night" in word else 1 if "tomorrow" in word else 0
    day = reference + timedelta(days=shift)
    return day, day


def _weekday(m: re.Match[str], reference: date, future: bool) -> tuple[date, date] | None:
    number, which = _WEEKDAYS[m["weekday"].lower()], (m["which"] or "").lower()
    if not which and names_weekday(m.string, m.start(), m.end()):
        return None
    day = latest_weekday(number, reference)
    if which == "next" or (which in ("coming", "this coming", "upcoming")) or (not which and future):
        day = day if day == reference and which == "" else day + timedelta(days=7)
    elif which in ("last", "past", "this past") and day == reference:
        day -= timedelta(days=7)
    elif which == "this" and future and day < reference:
        day += timedelta(days=7)
    return day, day


def _relative_unit(m: re.Match[str], reference: date, _: bool) -> tuple[date, date]:
    which, unit = m["which"].lower(), m["unit"].lower()
    shift = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(
        which.split()[-1], 0
    )
    start, end = _unit_around(reference, unit, shift)
    edge = (m["edge"] or "").lower().strip()
    if which.endswith("past") and unit != "weekend":  # "in the past week": the days up to now
        return reference - (end - start), reference
    if edge == "later" and shift == 0:
        return reference, end
    if edge == "earlier" and shift == 0:
        return start, reference
    return _part_of(edge or None, start, end)


def _unit_around(day: date, unit: str, shift: int) -> tuple[date, date]:
    if unit == "day":
        return day + timedelta(days=shift), day + timedelta(days=shift)
    if unit in ("week", "weekend"):
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * shift)
        return (monday if unit == "week" else monday + timedelta(days=5)), monday + timedelta(days=6)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + shift
        year, month = divmod(months, 12)
        return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])
    if unit == "quarter":
        quarters = day.year * 4 + (day.month - 1) // 3 + shift
        return _quarter(quarters // 4, quarters % 4 + 1)
    if unit == "decade":
        first = day.year // 10 * 10 + 10 * shift
        return date(first, 1, 1), date(first + 9, 12, 31)
    return date(day.year + shift, 1, 1), date(day.year + shift, 12, 31)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[re.sub(r"\s+", " ", word.lower())]


def _shifted(m: re.Match[str], reference: date, _: bool) -> tuple[date, date] | None:
    """ "Three weeks ago", "in ten days": the day itself, or the unit around it for months and years."""
    n, unit = _count(m["n"]), m["unit"].lower()
    n = -n if "ago" in m.group().lower() or "earlier" in m.group().lower() else n
    if unit in ("day", "week"):
        day = reference + timedelta(days=n * (7 if unit == "week" else 1))
        return (day, day) if unit == "day" else (day - timedelta(days=3), day + timedelta(days=3))
    return _unit_around(reference, unit, n)


def _span_of(m: re.Match[str], reference: date, _: bool) -> tuple[date, date]:
    """ "In the past two weeks", "over the next three years": from or up to the reference."""
    n, unit = _count(m["n"]), m["unit"].lower()
    days = timedelta(
        days=n * {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3652}[unit]
    )
    if m["which"].lower() in ("next", "coming", "following", "within"):
        return reference, reference + days
    return reference - days, reference


def _end_of(m: re.Match[str], reference: date, _: bool) -> tuple[date, date]:
    """ "By the end of the year": what is meant is any day up to it."""
    start, end = _unit_around(reference, m["unit"].lower(), 0)
    return (reference if m["by"] else end - timedelta(days=(end - start).days // 4), end)


def _rule(pattern: str, resolve: Resolver, absolute: bool = False) -> tuple[re.Pattern[str], Resolver, bool]:
    return re.compile(rf"(?<![\w$€£])(?:{pattern})(?!\w)"), resolve, absolute


# Longer forms first: what one rule has taken, no later one sees.
_RULES: tuple[tuple[re.Pattern[str], Resolver, bool], ...] = (
    _rule(rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY},?\s+{_YEAR}", _full_date, True),
    _rule(rf"(?:{_WEEKDAY},?\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", _full_date, True),
    _rule(r"(?:19|20)\d\d-[01]\d-[0-3]\d", _iso_date, True),
    _rule(rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s+{_DAY}", _day_of_month),
    _rule(rf"(?:{_WEEKDAY},?\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}", _day_of_month),
    _rule(rf"{_PART}{_MONTH},?\s+(?:of\s+)?{_YEAR}", _month, True),
    _rule(r"(?P<by>[Bb]y\s+)?(?:the\s+)?end\s+of\s+(?:the|this)\s+(?P<unit>week|month|quarter|year|decade)",
          _end_of),
    _rule(rf"{_PART}{_MONTH}\s+(?:of\s+)?(?P<which>this|last|next)\s+year", _month_of_year),
    _rule(rf"{_PART}{_MONTH}(?P<year>(?!))?", _month),
    _rule(
        r"(?:(?P<edge>[Ll]ater|[Ee]arlier|[Ee]arly|[Ll]ate|[Mm]id)[\s-]+)?(?:in\s+|the\s+)?"
        r"(?P<which>[Tt]his|[Ll]ast|[Nn]ext|[Pp]revious|[Pp]ast|[Cc]oming|[Ff]ollowing)\s+"
        r"(?P<unit>week|weekend|month|quarter|year|decade)(?!-old)",
        _relative_unit,
    ),
    _rule(rf"{_N}\s+{_UNIT}s?\s+(?:ago|earlier)", _shifted),
    _rule(rf"[Ii]n\s+{_N}\s+{_UNIT}s?(?:'s?\s+time)?(?=\s*(?:$|[.,;)]))", _shifted),
    _rule(rf"(?:the\s+)?(?P<which>past|last|next|coming|following|[Ww]ithin)\s+{_N}\s+{_UNIT}s?", _span_of),
    _rule(
        r"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?:\s+coming|\s+past)?|[Cc]oming|[Pp]ast|[Uu]pcoming)\s+)?"
        rf"{_WEEKDAY}",
        _weekday,
    ),
    _rule(r"[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Ll]ast night|[Tt]his (?:morning|afternoon|evening)",
          _near_day),
    _rule(rf"{_PART[:-1]}{_YEAR}", _year, True),
    # A bare number is a year only after a word that calls for one: "in 2014", "late 2014", "fiscal 2014".
    _rule(
        r"(?:(?:[Ii]n|[Ss]ince|[Bb]y|of|[Dd]uring|[Uu]ntil|from|to|than|fiscal|full-year|year)\s+(?:the\s+)?)"
        rf"(?P<part>){_YEAR}(?!\s*(?:people|percent|%|-))",
        _year,
        True,
    ),
)  # fmt: skip
