"""Ingest the same articles in random order, by several processes at once, twice: the same archive each time.

    python benchmarks/orders.py [--rounds N] [--articles N] [--processes N] [--database KIND] [--seed N]

Each round shares the articles out over processes that write into one new database, in an order of its own;
then all of them again in another order, which must change nothing; then `relate`.  Claims, their keys, their
speakers, outlets, origins and relations must be those of a database that one process filled in the order of
the files.  Texts are parsed once: extraction sees no database.  The exit code is 1 where rounds differ.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.databases import BACKENDS, Databases, contents, databases_of
from benchmarks.small_articles import SETTINGS, articles, remember_extractions
from claimtrack.articles import Found
from claimtrack.pipeline import ingest
from claimtrack.putting import Result
from claimtrack.relating import relate
from claimtrack.store import open_store

_LOG = "event"  # says in which order things came, and how many relations each article found


def main() -> int:
    """Run the rounds; 1 where one differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--database", choices=BACKENDS, action="append")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    remember_extractions()
    texts = articles(given.articles)
    wrong = 0
    for backend in given.database or BACKENDS:
        with databases_of(backend) as databases:
            wrong += run(databases, backend, texts, given.rounds, given.processes, random.Random(given.seed))
    return int(wrong > 0)


def run(
    databases: Databases,
    backend: str,
    texts: Sequence[Found],
    rounds: int,
    processes: int,
    chance: random.Random,
) -> int:
    """How many of the rounds gave another archive."""
    expected = in_order(databases, texts)
    claims, relations = len(expected["claim"]), len(expected["relation"])
    print(f"{backend}: {len(texts)} articles, {claims} claims, {relations} relations", flush=True)
    wrong = 0
    for number in range(1, rounds + 1):
        faults = list(one_round(databases, texts, processes, chance, expected))
        wrong += bool(faults)
        for fault in faults:
            print(f"{backend}, round {number}: {fault}", flush=True)
        if number % 10 == 0:
            print(f"{backend}: {number} rounds, {wrong} of them differ", flush=True)
    print(f"{backend}: {rounds} rounds in all, {wrong} of them differ", flush=True)
    return wrong


def in_order(databases: Databases, texts: Sequence[Found]) -> dict[str, list[str]]:
    """What one process makes of the texts, one after the other."""
    database = databases.new()
    with open_store(database, who="trial") as store:
        for outcome in ingest(store, texts, settings=SETTINGS):
            if outcome.error is not None:
                raise outcome.error
        relate(store, SETTINGS)
    return contents(database)


def one_round(
    databases: Databases,
    texts: Sequence[Found],
    processes: int,
    chance: random.Random,
    expected: dict[str, list[str]],
) -> Iterator[str]:
    """What is not as it should be after one round."""
    database = databases.new()
    added = at_once(database, texts, processes, chance)
    if added.total() != len(texts) or added[Result.ADDED.value] != len(expected["article"]):
        yield f"the first time: {dict(added)}"
    before = contents(database)
    again = at_once(database, texts, processes, chance)
    if again != {Result.KNOWN.value: len(texts)}:
        yield f"the second time: {dict(again)}"
    if contents(database) != before:
        yield "the second time changed something"
    with open_store(database, who="trial") as store:
        found = {relation.id for relation in store.relations()}
        relate(store, SETTINGS)
        missing = {relation.id for relation in store.relations()} - found
        if missing:
            yield f"{len(missing)} relations that relate finds were not found at ingest"
        yield from (f"verify: {fault}" for fault in store.verify())
    after = contents(database)
    for table, rows in expected.items():
        if table != _LOG and after[table] != rows:
            gone, more = Counter(rows) - Counter(after[table]), Counter(after[table]) - Counter(rows)
            yield f"{table}: {gone.total()} rows missing, {more.total()} too many"
            yield from (f"    missing: {row[:300]}" for row in [*gone][:1])
            yield from (f"    too many: {row[:300]}" for row in [*more][:1])
    databases.drop(database)


def at_once(database: str, texts: Sequence[Found], processes: int, chance: random.Random) -> Counter[str]:
    """Ingest the texts in a random order in so many processes at once; how often each result came."""
    order = chance.sample(texts, len(texts))
    out, into = os.pipe()
    pids = []
    for n in range(processes):
        pid = os.fork()
        if pid == 0:
            os.close(out)
            _child(database, order[n::processes], into)
        pids.append(pid)
    os.close(into)
    said = b""
    while more := os.read(out, 65536):
        said += more
    os.close(out)
    for pid in pids:
        os.waitpid(pid, 0)
    return Counter(said.decode().splitlines())


def _child(database: str, texts: Sequence[Found], into: int) -> None:
    try:
        with open_store(database, who="trial") as store:
            for outcome in ingest(store, texts, settings=SETTINGS):
                word = outcome.result.value if outcome.error is None else f"failed: {outcome.error}"
                os.write(into, f"{word}\n".encode())
    except Exception as error:
        os.write(into, f"ended: {error}\n".encode())
    finally:
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
