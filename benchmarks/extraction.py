"""Speed of extraction against spaCy's own pipeline on the same texts, side by side.

    python benchmarks/extraction.py [CORPUS.jsonl] [--texts N] [--rounds N] [--many N]

CORPUS has {"id", "text"} a line; by default ../shared/bench/attribution/train.jsonl where it is, else the
gold passages of tests/gold, repeated.  Each round runs the peers in turn, so that noise meets all alike;
CPU seconds (`time.process_time`), medians.  Before that, --many texts with one process a core and with one
alone, by the clock: measure that on an idle machine.  Exit code 1 where a figure is over its limit.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from functools import partial, wraps
from itertools import cycle, islice
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in claimtrack's own processes
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import spacy  # noqa: E402

from claimtrack import extraction  # noqa: E402
from claimtrack.attribution.modes import Mode  # noqa: E402
from claimtrack.knowledge import load_knowledge  # noqa: E402
from claimtrack.language.model import load  # noqa: E402
from claimtrack.records import Article  # noqa: E402
from claimtrack.settings import Settings  # noqa: E402
from claimtrack.workers import count_cores, open_extractor  # noqa: E402
from tests.gold.load import load_attribution  # noqa: E402

CORPUS = ROOT.parent / "shared" / "bench" / "attribution" / "train.jsonl"
RATIOS = {Mode.RULES: 0.5, Mode.HYBRID: 1.0}  # of spaCy's CPU time
SPEAKERS = 0.15  # of all other work: what finding out who speaks may add
PEER = "spaCy, full pipeline"
SPEED_UP = 1.8  # with one process a core, where there are two or more
MEMORY = 1024  # MB, all processes together
ROOMS = {
    "find": "attribution",
    "chain_relays": "attribution",
    "find_own_voice": "attribution",
    "split_statements": "claims",
    "resolve": "speakers",
    "identify": "speakers",
    "make_claims": "claims",
}


def main() -> int:
    """Print the tables; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS if CORPUS.is_file() else None)
    parser.add_argument("--texts", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--many", type=int, default=600, help="texts for the workers; 0 leaves them out")
    parser.add_argument("--attribution", type=Mode, nargs="+", default=list(RATIOS), choices=list(RATIOS))
    arguments = parser.parse_args()
    gc.set_threshold(100_000, 20, 20)  # as in claimtrack's own processes
    every = texts_of(arguments.corpus)
    texts = every[:: max(1, len(every) // arguments.texts)][: arguments.texts]
    missed = False
    if arguments.many:  # first, while this process is small
        missed = share_out(list(islice(cycle(every), arguments.many)), arguments.attribution)
    if arguments.rounds:
        missed |= compare(texts, arguments.rounds, arguments.attribution)
    return int(missed)


def texts_of(corpus: Path | None) -> list[str]:
    """The corpus's texts; the gold passages, two dozen to a text, where there is none."""
    if corpus is not None:
        with corpus.open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines if line.strip()]
    passages = [str(passage.row()["text"]) for passage in load_attribution()]
    return ["\n\n".join(islice(cycle(passages), n, n + 24)) for n in range(120)]


def compare(texts: Sequence[str], rounds: int, modes: Sequence[Mode]) -> bool:
    """Print CPU seconds of all peers; True where extraction takes more than its limit."""
    model, knowledge, stock = load(), load_knowledge(), spacy.load(load().name)
    articles = [Article(text, f"{number}.txt") for number, text in enumerate(texts)]
    spent: dict[Mode, defaultdict[str, float]] = {mode: defaultdict(float) for mode in modes}

    def pipe() -> None:
        for _ in stock.pipe(texts):
            pass

    def ours(mode: Mode) -> None:
        with watch(model, spent[mode]):
            for article in articles:
                extraction.extract(article, model, knowledge, mode)

    peers: dict[str, Callable[[], None]] = {PEER: pipe}
    peers |= {f"claimtrack, {mode}": partial(ours, mode) for mode in modes}
    peers |= textacy(texts, stock)
    seconds: dict[str, list[float]] = {name: [] for name in peers}
    for _ in range(rounds):
        for name, peer in peers.items():
            seconds[name].append(cpu(peer))
    words = sum(len(stock.make_doc(text)) for text in texts)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    print(f"\n{len(texts)} texts, {words} tokens, {rounds} rounds, model {model.fingerprint}")
    print(f"{'':<32}{'CPU s':>8}{'tokens/s':>10}{'ratio':>7}")
    for name, median in medians.items():
        print(f"{name:<32}{median:>8.2f}{words / median:>10.0f}{median / medians[PEER]:>7.2f}")
    missed = False
    for mode in modes:
        median = medians[f"claimtrack, {mode}"]
        for room, total in spent[mode].items():
            share = total / rounds
            print(f"  {mode}: {room:<22}{share:>8.2f}{'':>10}{share / medians[PEER]:>7.2f}")
        ratio = median / medians[PEER]
        missed |= verdict(f"{mode} / spaCy", ratio, ratio <= RATIOS[mode], f"<= {RATIOS[mode]}")
        speakers = spent[mode]["speakers"] / rounds
        added = speakers / (median - speakers)
        missed |= verdict(f"{mode}: speakers / the rest", added, added <= SPEAKERS, f"<= {SPEAKERS}")
    return missed


def textacy(texts: Sequence[str], stock: Any) -> dict[str, Callable[[], None]]:
    """textacy's direct quotations on top of spaCy's pipeline, where textacy is installed."""
    try:
        from textacy.extract.triples import (  # type: ignore[import-not-found]  # noqa: PLC0415
            direct_quotations,
        )
    except ImportError:
        print("textacy is not installed: left out")
        return {}

    def quotations() -> None:
        for doc in stock.pipe(texts):
            list(direct_quotations(doc))

    return {"textacy, direct quotations": quotations}


@contextmanager
def watch(model: Any, spent: defaultdict[str, float]) -> Any:
    """Add up the CPU seconds of each room while the block runs."""
    kept = {name: getattr(extraction, name) for name in ROOMS if hasattr(extraction, name)}
    parse = model.parse
    for name, function in kept.items():
        setattr(extraction, name, timed(function, ROOMS[name], spent))
    model.parse = timed(parse, "parse", spent)
    try:
        yield
    finally:
        del model.parse
        for name, function in kept.items():
            setattr(extraction, name, function)


def timed(function: Callable[..., Any], room: str, spent: defaultdict[str, float]) -> Callable[..., Any]:
    """The function, its time added to its room's."""

    @wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **options)
        finally:
            spent[room] += time.process_time() - start

    return call


def cpu(run: Callable[[], None]) -> float:
    """CPU seconds of this process, all threads."""
    start = time.process_time()
    run()
    return time.process_time() - start


def share_out(texts: Sequence[str], modes: Sequence[Mode]) -> bool:
    """Print how much faster one process a core reads than one alone, and in how much memory."""
    cores = count_cores()
    missed = False
    for mode in modes:
        settings = Settings(attribution=mode)
        if cores < 2:
            print("one core: no speed-up to measure")
            break
        many, peak = clock(texts, cores, settings)
        one, _ = clock(texts, 1, settings)
        print(f"{mode}: {len(texts)} texts, 1 process: {one:.1f} s, {cores}: {many:.1f} s")
        missed |= verdict("speed-up", one / many, one / many >= SPEED_UP, f">= {SPEED_UP}")
        missed |= verdict("peak memory, MB", peak, peak < MEMORY, f"< {MEMORY}")
    return missed


def clock(texts: Sequence[str], workers: int, settings: Settings) -> tuple[float, float]:
    """Seconds from the first answers on, when the models are loaded, and MB of all processes together."""
    articles = [Article(text, f"{number}.txt") for number, text in enumerate(texts)]
    with open_extractor(settings, workers) as extractor:
        drain(extractor, articles[: 4 * workers])
        start = time.perf_counter()
        drain(extractor, articles)
        elapsed = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # of any one child, once it has ended
    return elapsed, (own + workers * largest) / 1024


def drain(extractor: Any, articles: Iterable[Article]) -> None:
    """Extract all, with as many waiting as the program has."""
    queue = []
    for article in articles:
        queue.append(extractor.submit(article))
        if len(queue) > extractor.ahead:
            extractor.result(queue.pop(0))
    for task in queue:
        extractor.result(task)


def verdict(what: str, value: float, good: bool, limit: str) -> bool:
    """Print a figure beside its limit; True where it is missed."""
    print(f"{what}: {value:.2f}, limit {limit}: {'met' if good else 'MISSED'}")
    return not good


if __name__ == "__main__":
    sys.exit(main())
