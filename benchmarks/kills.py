"""Kill claimtrack at random moments, and see that nothing is lost, doubled or left half done.

    python benchmarks/kills.py [--kills N] [--database sqlite|postgresql] [--seed N] [--midway SHARE]

A process ingests, judges all relations anew, writes verdicts or upgrades an older database, one after the
other, and is killed (SIGKILL) at a random moment.  Then the database must hold whole articles only, all that
the process had said is done, every verdict it had given; `verify` must be clean, nobody may hold a lock, and
when the same work is done again the database must have the rows of one that was never disturbed.  A kill
counts as mid-way if the process had begun and was not done.  The exit code is 1 where something is wrong, or
where fewer than three in four kills came mid-way.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from alembic import command

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.databases import BACKENDS, Databases, contents, databases_of
from benchmarks.small_articles import SETTINGS, articles, remember_extractions
from claimtrack import review
from claimtrack.pipeline import ingest
from claimtrack.records import Decision
from claimtrack.relating import relate
from claimtrack.store import Store, open_store
from claimtrack.store.migrate import HEAD, config, revision
from claimtrack.store.session import connect, read_url

TEXTS = articles(8)
MIDWAY = 0.75  # of the kills
WAIT = 60  # seconds; for a lock that a dead process left
# Going down further forgets on which kind of relation a verdict was given, which the log still tells.
REVISIONS = ("0004", "0005", "0006", "0007")

Work = Callable[[str], Iterator[str]]  # does it on a database, and says what is done for good


def do_ingest(database: str) -> Iterator[str]:
    """Add the articles."""
    with open_store(database, who="trial") as store:
        yield "begun"
        for outcome in ingest(store, TEXTS, settings=SETTINGS):
            if outcome.error is not None:
                raise outcome.error
            yield outcome.article


def do_relate(database: str) -> Iterator[str]:
    """Judge all relations anew, unless that has been done."""
    with open_store(database, who="trial") as store:
        yield "begun"
        if not any(entry.kind == "related" for entry in store.events()):
            relate(store, SETTINGS)


def do_verdicts(database: str) -> Iterator[str]:
    """Give a verdict on each relation that has none."""
    with open_store(database, who="trial") as store:
        yield "begun"
        for n, relation in enumerate(sorted(store.relations(), key=lambda r: r.id)):
            if not store.verdicts_of([relation.id]).get(relation.id):
                decision = (Decision.CONFIRMED, Decision.REJECTED, Decision.UNSURE)[n % 3]
                review.judge(store, relation.id, decision, "Ada", f"seen {n}")
                yield relation.id


def do_upgrade(database: str) -> Iterator[str]:
    """Open a database of an older revision."""
    yield "begun"
    open_store(database, who="trial").close()


@dataclass(frozen=True)
class Trial:
    """One kind of work: on which database, and how that looks when it is done undisturbed."""

    name: str
    work: Work
    template: str
    expected: dict[str, list[str]]


def main() -> int:
    """Kill, count and report; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", choices=BACKENDS, action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--midway", type=float, default=MIDWAY, help="the share of kills to come mid-way")
    given = parser.parse_args()
    remember_extractions()
    return max(run(backend, given.kills, given.seed, given.midway) for backend in given.database or BACKENDS)


def run(backend: str, kills: int, seed: int, least: float) -> int:
    """So many kills on one kind of database; 1 where something was wrong."""
    chance = random.Random(seed)
    with databases_of(backend) as databases:
        trials = prepare(databases)
        seconds = [min(undisturbed(databases, trial) for _ in range(3)) for trial in trials]
        hit: Counter[str] = Counter()
        all_: Counter[str] = Counter()
        faults: list[str] = []
        for n in range(kills):
            trial, whole = trials[n % len(trials)], seconds[n % len(trials)]
            database = databases.new(trial.template)
            said, midway, took = kill(trial.work, database, chance.random() * whole)
            # A busy machine measured too much: any moment after the end would be none.
            seconds[n % len(trials)] = whole if midway else min(whole, took)
            all_[trial.name] += 1
            hit[trial.name] += midway
            faults += [f"{trial.name}, kill {n}: {f}" for f in check(databases, database, trial, said)]
            databases.drop(database)
            if n % 10 == 9:
                print(f"{backend}: {n + 1} kills, {hit.total()} mid-way, {len(faults)} faults", flush=True)
    for name, count in all_.items():
        print(f"{backend:<12}{name:<20}{count:>5} kills{hit[name]:>5} mid-way")
    print(f"{backend:<12}{'all':<20}{kills:>5} kills{hit.total():>5} mid-way{len(faults):>5} faults")
    for fault in faults:
        print(fault)
    return int(bool(faults) or hit.total() < least * kills)


def prepare(databases: Databases) -> list[Trial]:
    """The trials, with the databases they begin on."""
    empty, full, judged = databases.new(), databases.new(), databases.new()
    open_store(empty).close()
    for database in (full, judged):
        list(do_ingest(database))
    list(do_verdicts(judged))
    trials = [
        _trial(databases, "ingest", do_ingest, empty),
        _trial(databases, "relate", do_relate, judged),
        _trial(databases, "verdicts", do_verdicts, full),
    ]
    for older in REVISIONS:
        old = databases.new(judged)
        downgrade(old, older)
        trials.append(_trial(databases, f"upgrade from {older}", do_upgrade, old))
    # As many upgrades as of each other kind of work.
    return [t for n in range(len(REVISIONS)) for t in (*trials[:3], trials[3 + n])]


def _trial(databases: Databases, name: str, work: Work, template: str) -> Trial:
    done = databases.new(template)
    list(work(done))
    return Trial(name, work, template, contents(done))


def downgrade(database: str, to: str) -> None:
    """Take a database back to an older revision."""
    engine = connect(read_url(database), create=False)
    with engine.begin() as connection:
        command.downgrade(config(connection), to)
    engine.dispose()


def undisturbed(databases: Databases, trial: Trial) -> float:
    """How many seconds the work takes from its beginning."""
    database = databases.new(trial.template)
    _, out, pid = _start(trial.work, database)
    _read_until(out, b"begun")
    start = time.monotonic()
    while os.read(out, 65536):
        pass
    os.waitpid(pid, 0)
    os.close(out)
    databases.drop(database)
    return time.monotonic() - start


def kill(work: Work, database: str, seconds: float) -> tuple[list[str], bool, float]:
    """Kill the work so long after it has begun.

    Returns what it had said, whether it was in the midst of it, and how many seconds it had had.
    """
    _, out, pid = _start(work, database)
    said = _read_until(out, b"begun")
    start = time.monotonic()
    end = start + seconds
    while (left := end - time.monotonic()) > 0 and select.select([out], [], [], left)[0]:
        more = os.read(out, 65536)
        said += more
        if not more:
            break
    took = time.monotonic() - start
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    while more := os.read(out, 65536):
        said += more
    os.close(out)
    lines = said.decode().splitlines(keepends=True)
    return [line.strip() for line in lines if line.endswith("\n")], os.WIFSIGNALED(status), took


def _start(work: Work, database: str) -> tuple[int, int, int]:
    """A fork of this process that does the work, and says on a pipe what is done."""
    out, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(out)
        try:
            for line in work(database):
                os.write(into, f"{line}\n".encode())
        finally:
            os._exit(0)
    os.close(into)
    return into, out, pid


def _read_until(out: int, word: bytes) -> bytes:
    said = b""
    while word not in said:
        more = os.read(out, 65536)
        if not more:
            raise RuntimeError("the work ended before it began")
        said += more
    return said


def check(databases: Databases, database: str, trial: Trial, said: Sequence[str]) -> Iterator[str]:
    """What is wrong with a database whose process was killed; the work is done again meanwhile."""
    end = time.monotonic() + WAIT
    while databases.locks(database) and time.monotonic() < end:
        pass
    if databases.locks(database):
        yield "a dead process holds a lock"
        return
    before = contents_if_new(database)
    if before is not None:
        yield from _halves(before, trial.expected)
        with open_store(database) as store:
            yield from (f"verify: {fault}" for fault in store.verify())
            yield from _lost(store, trial, said)
    list(trial.work(database))
    after = contents(database)
    for table, rows in trial.expected.items():
        if after[table] != rows:
            gone, more = Counter(rows), Counter(after[table])
            yield f"{table}: {(gone - more).total()} rows missing, {(more - gone).total()} too many after all"


def contents_if_new(database: str) -> dict[str, list[str]] | None:
    """The rows of a database, unless it is of an older revision still."""
    engine = connect(read_url(database), create=False)
    with engine.connect() as connection:
        found = revision(connection)
    engine.dispose()
    if found != HEAD:
        return None
    return contents(database)


def _halves(before: dict[str, list[str]], expected: dict[str, list[str]]) -> Iterator[str]:
    """Articles without their claims, or without their entry in the log."""
    for table in ("article", "claim"):
        doubles = [row for row, count in Counter(before[table]).items() if count > 1]
        if doubles:
            yield f"{table}: {len(doubles)} rows twice"
    articles_, events = len(before["article"]), [e for e in before["event"] if "'article added'" in e]
    if articles_ != len(events):
        yield f"{articles_} articles, and {len(events)} entries about them"
    if len(before["article"]) == len(expected["article"]) and len(before["claim"]) != len(expected["claim"]):
        yield f"{len(before['claim'])} claims of all articles, and not {len(expected['claim'])}"


def _lost(store: Store, trial: Trial, said: Sequence[str]) -> Iterator[str]:
    """What the process had said is done, and is not."""
    done = [key for key in said if key != "begun"]
    if trial.work is do_ingest:
        there = {article.id for article in store.articles()}
        yield from (f"article {key} is lost" for key in done if key not in there)
    if trial.work is do_verdicts:
        yield from (
            f"the verdict on {key} is lost" for key in done if len(store.verdicts_of([key]).get(key, ())) != 1
        )


if __name__ == "__main__":
    sys.exit(main())
