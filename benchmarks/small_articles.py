"""Short articles of ours that have much to do with each other: the same speakers, outlets and facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from claimtrack import workers
from claimtrack.articles import Overrides
from claimtrack.articles.discovery import Found
from claimtrack.settings import Settings

SETTINGS = Settings(attribution="rules", entailment="off", time_limit=0, memory_limit=0)

_OUTLETS = ("Harbour Times", "Hill Gazette", "Night Post", "Lindau Courier", "Evening Mail")
_PEOPLE = (
    ("Mayor Ada Quill", "Quill"), ("Bo Reed, the engineer,", "Reed"), ("Councillor Ines Holt", "Holt"),
    ("Tomas Brandt, a spokesman for the ferry line,", "Brandt"), ("Minister Lena Quill", "Lena Quill"),
    ("The Ferry Workers' Union", "the union"),
)  # fmt: skip
_THINGS = (
    "old pier", "new bridge", "night ferry", "hill school", "harbour market", "coast road", "north tunnel",
    "town theatre", "fish hall", "water tower", "rail yard", "city museum", "south mill", "river lock",
)  # fmt: skip
_FATES = (
    "will reopen in June", "will not reopen in June", "is safe", "was closed", "will cost $12 million",
    "will cost $21 million", "employs 300 workers", "employs 500 workers",
)  # fmt: skip


def articles(count: int) -> list[Found]:
    """So many, always the same; every tenth repeats another one's text, now and then for the same outlet."""
    chance = Random(11)
    out: list[Found] = []
    for n in range(count):
        day = date(2024, 5, 1) + timedelta(days=chance.randrange(40))
        data = chance.choice(out).data if n % 10 == 9 else _text(chance).encode()
        outlet = chance.choice(_OUTLETS)
        for other in out:
            if other.data == data and other.row.outlet == outlet and other.row.published:
                day = other.row.published  # the days of a speaker's roles are only ever widened
        row = Overrides(
            outlet=outlet,
            title=f"Harbour news {n}",
            published=day,
            origins=tuple((name, "manifest") for name in ("outlet", "title", "published")),
        )
        out.append(Found(f"texts/{n:03}.txt", row, data=data))
    return out


def _text(chance: Random) -> str:
    lines = []
    for person, short in chance.sample(_PEOPLE, 2):
        first, second = (f"the {chance.choice(_THINGS)} {chance.choice(_FATES)}" for _ in range(2))
        verb = chance.choice(("said", "said", "denied", "confirmed"))
        lines.append(f"{person} {verb} on Tuesday that {first}.")
        if chance.random() < 0.5:
            lines.append(f"“{second[0].upper()}{second[1:]},” {short} told reporters.")
    return "\n\n".join(lines) + "\n"


def remember_extractions() -> Callable[[], object]:
    """Extract each article once only, in this process and in its forks: it sees no database.

    Returns what tells how often it was asked.
    """
    remembering = lru_cache(maxsize=None)(workers.extract_with)
    workers.extract_with = remembering  # type: ignore[assignment]
    return remembering.cache_info
