"""How the cost of one more article grows with the number of speakers in the archive.

    python -m benchmarks.speakers [--sizes 1000 10000 100000] [--articles 100]

Names are made of common given names and of last names that follow Zipf's law, as real ones do: a few last
names have thousands of bearers.  Each article names five people, of whom most are known already, one by a
bare last name, and two bodies.  The archive is filled at once; then single articles go in as `claimtrack
ingest` puts their speakers in, each in a transaction, and names are looked up as `claimtrack speaker NAME`
does, right and with a slip.  The growth exponent is the slope of the median CPU time over the number of
speakers, on logarithmic scales: 0 is a cost that does not grow, 1 one that grows as the archive does.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from claimtrack.errors import NotFoundError
from claimtrack.linking import link_speakers
from claimtrack.records import Article, Resolution, Speaker, SpeakerKind
from claimtrack.speakers import combine, group, identify, lookup_keys
from claimtrack.store import Store, open_store

FLOORS = json.loads((Path(__file__).with_name("floors.json")).read_text(encoding="utf-8"))["speakers_speed"]


def word_list(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


ROLES = (
    "mayor",
    "senator",
    "spokeswoman for the port",
    "professor of physics",
    "goalkeeper",
    "chief executive",
)
GIVEN = word_list(
    "james mary john patricia robert jennifer michael linda william elizabeth david barbara richard susan "
    "joseph jessica thomas sarah carlos maria jose ana pedro lucia ivan olga sergei natalia ahmed fatima "
    "omar aisha hassan layla raj priya amit sunita hans greta klaus ingrid pierre claire"
)
_SYLLABLES = word_list("ba de ko lan mer nov ost per ral sen tor ul vik wal zan bro ska dle fen gor hal")


class Names:
    """Full names with the frequencies of real ones; the same seed gives the same names."""

    def __init__(self, seed: int = 7, families: int = 20_000) -> None:
        self.chance = random.Random(seed)
        made: dict[str, None] = {}
        while len(made) < families:
            parts = self.chance.choices(_SYLLABLES, k=self.chance.choice((2, 3, 3, 4)))
            made["".join(parts).capitalize()] = None
        self.families = list(made)
        self.weights = list(accumulate(1 / rank for rank in range(1, families + 1)))

    def full(self) -> str:
        """A given name, often a middle initial, and a last name."""
        middle = f" {self.chance.choice('ABCDEFGHJKLMNPRSTW')}." if self.chance.random() < 0.3 else ""
        return f"{self.chance.choice(GIVEN).capitalize()}{middle} {self.family()}"

    def family(self) -> str:
        """A last name; the most common one is borne by every tenth person."""
        return self.chance.choices(self.families, cum_weights=self.weights)[0]

    def body(self) -> str:
        """An organisation."""
        kind = self.chance.choice(("Institute", "Council", "Bank", "Union"))
        return f"{self.family()} {self.family()} {kind}"


def fill(store: Store, names: Names, size: int) -> list[str]:
    """Put so many speakers in, grouped; returns their names."""
    known: dict[str, Speaker] = {}
    while len(known) < size:
        for resolution, article in _mentions(names, 1000):
            persona = identify(resolution, article)
            known[persona.key] = combine(known.get(persona.key, persona), persona)
    leaders = group(known.values())
    with store.transaction():
        store.put_speakers({key: (persona, lookup_keys(persona)) for key, persona in known.items()})
        moved = store.set_leaders(
            {
                key: (leader.key if leader.key != key else None, leader.reason)
                for key, leader in leaders.items()
            }
        )
        store.refresh_speakers(moved)
    return [persona.name for persona in known.values()]


def _mentions(names: Names, count: int) -> Iterator[tuple[Resolution, Article]]:
    for number in range(count):
        draw = names.chance.random()
        kind = SpeakerKind.ORGANISATION if draw < 0.2 else SpeakerKind.PERSON
        name = names.body() if draw < 0.2 else names.family() if draw < 0.3 else names.full()
        yield _resolution(names, name, kind), _article(names, f"{number} {names.chance.random()}")


def _resolution(names: Names, name: str, kind: SpeakerKind) -> Resolution:
    roles = (
        (names.chance.choice(ROLES),) if kind is SpeakerKind.PERSON and names.chance.random() < 0.5 else ()
    )
    return Resolution(name, kind, name, "name", 1.0, roles)


def _article(names: Names, text: str) -> Article:
    day = date(2020, 1, 1) + timedelta(days=names.chance.randrange(700))
    return Article(text, f"{text}.txt", published=day)


def add_article(store: Store, names: Names, known: Sequence[str], number: int) -> float:
    """CPU seconds that the speakers of one more article take."""
    said = [_resolution(names, names.chance.choice(known), SpeakerKind.PERSON) for _ in range(3)]
    said += [_resolution(names, name, SpeakerKind.PERSON) for name in (names.full(), names.family())]
    said += [_resolution(names, names.body(), SpeakerKind.ORGANISATION) for _ in range(2)]
    article = _article(names, f"one more {number}")
    with store.transaction():
        start = time.process_time()
        link_speakers(store, said, article, article.key)
        return time.process_time() - start


def look_up(store: Store, name: str) -> float:
    """CPU seconds to find a name, or to say that it is not there."""
    start = time.process_time()
    with suppress(NotFoundError):
        store.find_speaker(name)
    return time.process_time() - start


def with_slip(name: str) -> str:
    """A name with two letters swapped near its end."""
    return f"{name[:-3]}{name[-2]}{name[-3]}{name[-1]}" if len(name) > 3 else name


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of log time over log size, by least squares."""
    xs, ys = [math.log(s) for s in sizes], [math.log(t) for t in seconds]
    return statistics.linear_regression(xs, ys).slope


def main() -> int:
    """Measure, print, and say whether the cost stays within its limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--articles", type=int, default=100)
    arguments = parser.parse_args()
    tasks: dict[str, list[float]] = {"add": [], "find": [], "guess": []}
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "names.db") as store:
            names = Names()
            known = fill(store, names, size)
            full = [name for name in known if " " in name]
            runs: dict[str, Callable[[int], float]] = {
                "add": lambda n: add_article(store, names, known, n),  # noqa: B023
                "find": lambda _: look_up(store, names.chance.choice(full)),  # noqa: B023
                "guess": lambda _: look_up(store, with_slip(names.chance.choice(full))),  # noqa: B023
            }
            for task, run in runs.items():
                times = sorted(run(n) for n in range(arguments.articles))
                tasks[task].append(statistics.median(times))
                print(
                    f"{size:>7} speakers  {task:<6} median {1000 * statistics.median(times):7.1f} ms, "
                    f"slowest of ten {1000 * times[int(0.9 * len(times))]:7.1f} ms",
                    flush=True,
                )
    if len(arguments.sizes) < 2:
        return 0
    found = {task: exponent(arguments.sizes, times) for task, times in tasks.items()}
    print("growth exponents: " + ", ".join(f"{task} {value:.2f}" for task, value in found.items()))
    return int(max(found.values()) > FLOORS["growth_exponent"])


if __name__ == "__main__":
    sys.exit(main())
