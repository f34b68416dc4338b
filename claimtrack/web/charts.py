"""The geometry of the charts: numbers for rectangles, in the units of their view boxes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrack.store.overview import DayCount, Quoted

WIDTH, HEIGHT = 720.0, 180.0
MOST_BARS = 60  # bars that can be told apart on a page; longer stretches are counted by week, month or year
OTHERS = "everyone else"
_STEPS = ((1, "day"), (7, "week"), (31, "month"), (366, "year"))


@dataclass(frozen=True, slots=True)
class Rect:
    """One rectangle: who it stands for (an index into the names), and where it is."""

    series: int
    x: float
    y: float
    width: float
    height: float
    count: int
    label: str


@dataclass(frozen=True)
class Chart:
    """Bars over time, each parted by speaker, and the same as a table."""

    step: str  # day, week, month or year
    names: tuple[tuple[str, str], ...]  # key ("" for all others) and name of each series
    rects: tuple[Rect, ...]
    ticks: tuple[str, ...]  # first, middle and last label
    top: int  # what the whole height stands for
    table: tuple[tuple[str, tuple[int, ...], int], ...]  # label, count of each series, sum


def draw_days(counts: Sequence[DayCount], speakers: Sequence[Quoted]) -> Chart | None:
    """Claims by day (or a longer step, where there are too many) and speaker; None where no day is known."""
    if not counts:
        return None
    first, last = min(c.day for c in counts), max(c.day for c in counts)
    days, step = next(
        ((days, step) for days, step in _STEPS if (last - first).days // days < MOST_BARS), _STEPS[-1]
    )
    series = {speaker.id: number for number, speaker in enumerate(speakers)} | {"": len(speakers)}
    bins: defaultdict[date, Counter[int]] = defaultdict(Counter)
    for count in counts:
        bins[_start(count.day, step)][series[count.speaker]] += count.claims
    starts = _range(_start(first, step), _start(last, step), step, days)
    top = max(sum(found.values()) for found in bins.values())
    slot = WIDTH / len(starts)
    rects: list[Rect] = []
    for place, start in enumerate(starts):
        base = HEIGHT
        for number, claims in sorted(bins[start].items()):
            height = HEIGHT * claims / top
            base -= height
            x, width = place * slot + slot * 0.1, max(slot * 0.8, 1.0)
            rects.append(Rect(number, x, base, width, height, claims, _label(start, step)))
    names = [(speaker.id, speaker.name) for speaker in speakers]
    if any(rect.series == len(names) for rect in rects):
        names.append(("", OTHERS))
    table = (
        (_label(s, step), tuple(bins[s][n] for n in range(len(names))), sum(bins[s].values()))
        for s in starts
        if bins[s]
    )
    ticks = (starts[n] for n in sorted({0, len(starts) // 2, len(starts) - 1}))
    return Chart(step, tuple(names), tuple(rects), tuple(_label(s, step) for s in ticks), top, tuple(table))


def _start(day: date, step: str) -> date:
    match step:
        case "week":
            return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
        case _:
            return day


def _range(first: date, last: date, step: str, days: int) -> list[date]:
    found = [first]
    while found[-1] < last:
        ordinal = min(found[-1].toordinal() + days, date.max.toordinal())
        found.append(_start(date.fromordinal(ordinal), step))
    return found


def _label(day: date, step: str) -> str:
    return {"month": f"{day:%Y-%m}", "year": f"{day.year:04d}"}.get(step, day.isoformat())
