"""Dates as news pages print them.  Only what cannot be read in two ways becomes a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from claimtrack.records import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_WEEKDAY}(?P<month>{MONTH})\s*{_DAY},?\s+{_YEAR}\b",  # Tuesday, October 16, 2018
        rf"\b{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+(?P<month>{MONTH})[,\s-]+{_YEAR}\b",  # 16 October 2018
        rf"\b{_WEEKDAY}{_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep){_DAY}(?!\d)(?:T[\d:.+Z-]*)?",
        rf"\b{_WEEKDAY}(?P<first>\d{{1,2}})(?P<sep>[/.-])(?P<second>\d{{1,2}})(?P=sep){_YEAR}\b",
    )
)
_MONTH_DAY = re.compile(rf"\b(?P<month>{MONTH})\s*{_DAY}\b", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"\b{_DAY}\s+(?P<month>{MONTH})", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:at\s+)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?|\b(?:at\s+)?\d{1,2}\s*[ap]\.?m\b\.?"
    r"|\b(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|EES?T|MSK|KST|JST|IST|AEST|eastern|local time)\b(?:\s?[+-]\d+)?",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:first\s+|last\s+|date\s+)?"
    r"(?P<kind>published|posted|date|created|issued|filed|updated?|modified|edited|corrected)"
    r"\b(?:\s+(?:on|at|date))?\s?:?",
    re.IGNORECASE,
)
_LATER = {"update", "updated", "modified", "edited", "corrected"}
_URL_DAY = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2}|[a-z]{3})[/-](?P<day>\d{1,2})(?!\d)", re.I
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A full date, with its year, as it stands in a text."""

    span: Span
    day: date


def find_dates(text: str) -> list[PrintedDate]:
    """All full dates in `text`, in order.  A wrong weekday or an ambiguous 4/5/2019 is no date."""
    found = [p for form in _FORMS for m in form.finditer(text) if (p := _read(m))]
    return sorted(found, key=lambda p: p.span.start)


def date_in_url(url: str) -> date | None:
    """The day in an address such as https://example.org/2018/10/16/summit."""
    match = _URL_DAY.search(url)
    return _date(match["year"], _month(match["month"]), match["day"]) if match else None


def date_in_dateline(dateline: str, body: str) -> date | None:
    """The day of a dateline: with its own year, or with that of the same day printed in full in `body`."""
    full = find_dates(dateline)
    if full:
        return full[0].day
    match = _MONTH_DAY.search(dateline) or _DAY_MONTH.search(dateline)
    if match is None:
        return None
    month, day = _month(match["month"]), int(match["day"])
    years = {d.day.year for d in find_dates(body[:20_000]) if (d.day.month, d.day.day) == (month, day)}
    return _date(str(years.pop()), month, str(day)) if len(years) == 1 else None


def publication_date(line: str) -> date | None:
    """The day a line of a page's head gives as that of publication; None where it only tells an update."""
    days = {d.day for d in find_dates(line) if not _tells_update(line[: d.span.start])}
    return days.pop() if len(days) == 1 else None


def without_dates(line: str) -> str:
    """What a line says besides dates, times and labels such as "Published:"."""
    for printed in reversed(find_dates(line)):
        line = line[: printed.span.start] + " " + line[printed.span.end :]
    return _LABEL.sub(" ", _TIME.sub(" ", line)).strip(" \t,.:;|()[]/·•-–—")


def _tells_update(before: str) -> bool:
    labels = [m["kind"].lower() for m in _LABEL.finditer(before)]
    return bool(labels) and labels[-1] in _LATER


def _read(match: re.Match[str]) -> PrintedDate | None:
    parts = match.groupdict()
    if parts.get("first"):
        # Day and month can be told apart only where one of them is over 12, or they are the same.
        first, second = int(parts["first"]), int(parts["second"])
        if first <= 12 and second <= 12 and first != second:
            return None
        month, day = (second, first) if first > 12 else (first, second)
    else:
        month, day = _month(parts["month"]), int(parts["day"])
    found = _date(parts["year"], month, str(day))
    if found is None:
        return None
    weekday = (parts["weekday"] or "")[:3].lower()
    if weekday and _WEEKDAYS[found.weekday()] != weekday:
        return None
    return PrintedDate(Span(*match.span()), found)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    short = text[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _date(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return None
