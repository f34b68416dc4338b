"""Workers of a Dask cluster killed (SIGKILL) while they read: is every article there, once?

    python benchmarks/dask_kills.py [--kills N] [--pause SECONDS] [--database sqlite|postgresql]

A scheduler and two worker processes of this machine read small articles with `--attribution rules`; at random
moments one that has an article is killed, and its nanny starts another.  After so many kills the rest is
read.  Nothing is judged meanwhile, as this process would be the slower one then, and the workers idle.  At
the end both this archive and one that was filled without a cluster are judged and compared: the same
articles, claims, relations and log.
Exit code 1 where anything is missing, double or otherwise.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import Connection, select  # noqa: E402

from benchmarks.clusters import Cluster, dask_cluster  # noqa: E402
from benchmarks.databases import BACKENDS, databases_of  # noqa: E402
from claimtrack import pipeline  # noqa: E402
from claimtrack.articles import Found, discover  # noqa: E402
from claimtrack.putting import Result  # noqa: E402
from claimtrack.relating import relate  # noqa: E402
from claimtrack.settings import Settings  # noqa: E402
from claimtrack.store import open_store  # noqa: E402
from claimtrack.store import tables as t  # noqa: E402

NAMES = ("Ada Quill", "Ben Orr", "Cara Voss", "Dan Ives", "Eve Lund")
DONE = ("will reopen", "will not be closed", "has failed", "is approved")
VERBS = ("crossed", "kept", "mended", "passed", "held", "carried")
SYLLABLES = ("ka", "lo", "mi", "ren", "tos", "va", "bel", "qui", "dor", "sha", "pem", "ul")


def main() -> int:
    """Print what was killed and what is there; 1 where that is not what was read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--pause", type=float, default=6.0, help="seconds between kills, about")
    parser.add_argument("--database", choices=BACKENDS, default="sqlite")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, databases_of(arguments.database) as databases:
        texts = Path(folder) / "texts"
        texts.mkdir()
        database = databases.new()
        killed, read = under_fire(database, texts, arguments.kills, arguments.pause)
        settings = Settings(attribution="rules", entailment="off")
        calm = Path(folder) / "calm.db"
        with open_store(calm) as store:
            list(pipeline.ingest(store, discover([texts]).found, settings=settings, relate=False))
            relate(store, settings)
        wrong = compare(database, str(calm))
        print(f"{killed} workers killed, {read} articles read, {len(wrong)} differences", *wrong, sep="\n  ")
    return int(bool(wrong) or killed < arguments.kills)


def under_fire(database: str, texts: Path, kills: int, pause: float) -> tuple[int, int]:
    """Ingest until so many workers have been killed at work; returns how many were, and the articles."""
    stop = Event()
    with dask_cluster(texts.parent, 2) as cluster:
        killer = Killer(cluster, kills, pause, stop)
        settings = Settings(attribution="rules", entailment="off", dask=cluster.address)
        read = 0
        with open_store(database) as store:
            for outcome in pipeline.ingest(store, articles(texts, stop), settings=settings, relate=False):
                if outcome.result is not Result.ADDED:
                    raise SystemExit(f"{outcome.path}: {outcome.result} {outcome.error}")
                read += 1
                if read == 2:
                    killer.start()
            relate(store, settings)
        killer.join()
        return killer.killed, read


class Killer(Thread):
    """Kills one of the workers that have begun an article, again and again."""

    def __init__(self, cluster: Cluster, kills: int, pause: float, stop: Event) -> None:
        super().__init__(daemon=True)
        self.killed = 0
        self._cluster, self._kills, self._pause, self._stop_reading = cluster, kills, pause, stop

    def run(self) -> None:
        """Kill, wait, kill."""
        rng = random.Random(1)
        try:
            print("killed:", end=" ", flush=True)
            while self.killed < self._kills:
                time.sleep(rng.uniform(0.2, 1.8) * self._pause)
                if busy := self._cluster.busy():
                    os.kill(rng.choice(sorted(busy)), signal.SIGKILL)
                    self.killed += 1
                    print(self.killed, end=" ", flush=True)
        finally:
            print(flush=True)
            self._stop_reading.set()


def articles(folder: Path, stop: Event) -> Iterator[Found]:
    """New texts as long as workers are to be killed, each of its own."""
    for number in count():
        if stop.is_set():
            return
        path = folder / f"{number:05}.txt"
        path.write_text(told(number), encoding="utf-8")
        yield Found(str(path))


def told(number: int) -> str:
    """A text of its own: few claims among many sentences, so that the workers have more to do than we."""
    rng = random.Random(number)

    def words(many: int) -> str:
        return " ".join("".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))) for _ in range(many))

    paragraphs = [
        f"The {words(2)} of {words(1).title()} {rng.choice(VERBS)} the {words(6)}." for _ in range(60)
    ]
    for place, who in zip((5, 20, 40), rng.sample(NAMES, 3), strict=True):
        paragraphs[place] = f"Mayor {who} said on Tuesday that the {words(5)} {rng.choice(DONE)}."
    return "\n\n".join(paragraphs)


def compare(killed: str, calm: str) -> list[str]:
    """What two archives do not have in common, and what one of them has twice."""
    with open_store(killed) as one, open_store(calm) as other:
        wrong = list(one.verify())
        with one._reading() as here, other._reading() as there:
            for name, query in QUERIES.items():
                mine, theirs = rows(here, query), rows(there, query)
                wrong += [f"{name} not in the other: {row}" for row in sorted(set(mine) ^ set(theirs))[:5]]
                wrong += [f"{name} twice: {row}" for row, many in Counter(mine).items() if many > 1]
    return wrong


QUERIES = {
    "article": select(t.Article.path, t.Article.id, t.Article.sha256),
    "claim": select(t.Claim.id, t.Claim.article_id, t.Claim.speaker_id, t.Claim.text).where(~t.Claim.retired),
    "relation": select(t.Relation.id, t.Relation.kind, t.Relation.score).where(~t.Relation.retired),
    "entry": select(t.Event.id, t.Event.kind, t.Event.subject),
}


def rows(connection: Connection, query: object) -> list[tuple[object, ...]]:
    """All rows of a query."""
    return [tuple(row) for row in connection.execute(query)]  # type: ignore[call-overload]


if __name__ == "__main__":
    sys.exit(main())
