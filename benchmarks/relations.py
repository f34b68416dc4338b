"""Speed of relating claims in a growing archive, and against comparing all pairs, in the same run.

    python benchmarks/relations.py [CORPUS.jsonl ...] [--sizes 1000 10000 100000] [--added N] [--subset N]

CORPUS has {"id", "text"} a line; by default ../shared/bench/attribution/train.jsonl where it is, else the
gold passages of tests/gold.  The claims of its articles are told again in other words until the archive
holds as many as wanted: each time as another story (other names and speakers, half of the words, other
months), which four outlets report (a third of the words, the figures and the speakers, a day or two later).
CPU seconds (`time.process_time`); the database is a SQLite file, the entailment model that of the settings
(CLAIMTRACK_ENTAILMENT=off leaves it out).  Exit code 1 where a figure misses its limit.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from rapidfuzz import fuzz, process  # noqa: E402

from benchmarks.extraction import texts_of, verdict  # noqa: E402
from claimtrack import putting  # noqa: E402
from claimtrack.attribution.modes import Mode  # noqa: E402
from claimtrack.extraction import Extraction, extract  # noqa: E402
from claimtrack.knowledge import load_knowledge  # noqa: E402
from claimtrack.language.model import load  # noqa: E402
from claimtrack.records import Article, Claim, Facets, Period, Quantity  # noqa: E402
from claimtrack.relating import matcher_of, relate  # noqa: E402
from claimtrack.relations import judge_pairs  # noqa: E402
from claimtrack.settings import read_settings  # noqa: E402
from claimtrack.store import Store, open_store  # noqa: E402

CORPUS = ROOT.parent / "shared" / "bench" / "attribution" / "train.jsonl"
FLOORS = json.loads((ROOT / "benchmarks" / "floors.json").read_text("utf-8"))["relations_speed"]
OUTLETS = 4  # that report each story
TIMED = 20  # texts whose extraction by the default extractor is timed
SAMPLE = 300  # claims compared with all others by rapidfuzz; the rest is extrapolated
FIRST_DAY = date(2020, 1, 1)


def main() -> int:
    """Print the figures; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", nargs="*", type=Path, default=[CORPUS] if CORPUS.is_file() else [])
    parser.add_argument("--texts", type=int, default=300, help="texts whose claims are told again")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--added", type=int, default=20, help="articles added and timed at each size")
    parser.add_argument("--whole", type=int, default=10_000, help="claims related anew in one go; 0: none")
    parser.add_argument("--subset", type=int, default=1_000, help="claims judged in all pairs; 0: none")
    arguments = parser.parse_args()
    gc.set_threshold(100_000, 20, 20)  # as in claimtrack's own processes
    every = [text for path in arguments.corpus or [None] for text in texts_of(path)]
    teller = Teller(every[:: max(1, len(every) // arguments.texts)][: arguments.texts])
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        if arguments.sizes:  # first: what comes before it would count in its peak memory
            missed |= growth(Path(folder) / "growth.db", teller, arguments.sizes, arguments.added)
        if arguments.whole:
            missed |= whole(Path(folder) / "whole.db", teller, arguments.whole)
        if arguments.subset:
            missed |= recall(Path(folder) / "subset.db", teller, arguments.subset)
    return int(missed)


class Teller:
    """Tells the claims of articles again in other words, ever new and the same in every run."""

    def __init__(self, texts: Sequence[str]) -> None:
        model, knowledge = load(), load_knowledge()
        self.knowledge = knowledge
        articles = [Article(text, f"{n}.txt", outlet=f"Outlet {n % 50}") for n, text in enumerate(texts)]
        for article in articles[:2]:
            extract(article, model, knowledge, read_settings().attribution)  # loads what is loaded once
        some = articles[:: max(1, len(articles) // TIMED)][:TIMED]
        timed: list[Extraction] = []
        mode = read_settings().attribution
        spent = cpu(lambda: timed.extend(extract(a, model, knowledge, mode) for a in some))
        self.extraction = spent / len(some)
        self.claims = sum(len(made.claims) for made in timed) / len(some)
        made = (extract(article, model, knowledge, Mode.RULES) for article in articles)
        self.originals = [extraction for extraction in made if extraction.claims]
        claims = [claim for made in self.originals for claim in made.claims]
        # As often as they occur: the words of the new stories are as rare and as common as those of the old.
        self.terms = [term for claim in claims for term in claim.facets.terms]
        self.names = [name for claim in claims for name in claim.facets.entities]
        self.speakers = [claim.resolution for claim in claims]
        self.all_names = set(self.names)
        self._number = 0
        print(
            f"{len(texts)} texts; extraction {self.extraction:.3f} CPU s and {self.claims:.1f} claims a text"
        )

    def articles(self) -> Iterator[Extraction]:
        """Articles without end."""
        while True:
            made = self.originals[self._number // OUTLETS % len(self.originals)]
            self._number += 1
            yield self._again(made, self._number - 1)

    def _again(self, made: Extraction, number: int) -> Extraction:
        story, version = divmod(number, OUTLETS)
        words, people = self._words(made, random.Random(story), share=0.5)
        rng = random.Random(number)
        if version:  # another outlet's report, which has some of it from others
            again, others = self._words(made, rng, share=0.3)
            words |= {
                word: again[word] for word in words if again[word] != word and word not in self.all_names
            }
            people = {who: others[who] if rng.random() < 0.3 else person for who, person in people.items()}
        day = FIRST_DAY + timedelta(days=story % 2_000 + (rng.randrange(3) if version else 0))
        body = " ".join(words.get(word.casefold(), word) for word in made.article.body.split(" "))
        article = replace(
            made.article,
            body=f"{body}\n{number}",
            path=f"{number}.txt",
            outlet=f"Outlet {number % 200}",
            published=day,
        )
        claims = [
            replace(
                claim,
                article=article.key,
                outlet=article.outlet,
                published=day,
                stated_on=day if claim.stated_on else None,
                resolution=people[claim.resolution],
                text=spoken(claim.text, words),
                normalised=spoken(claim.normalised, words),
                facets=told(claim.facets, words, story % 24, rng if version else random.Random(story)),
            )
            for claim in made.claims
        ]
        return Extraction(article, tuple(claims), made.extractor)

    def _words(
        self, made: Extraction, rng: random.Random, share: float
    ) -> tuple[dict[str, str], dict[Any, Any]]:
        """What stands for each word and name of an article, and for each of its speakers."""
        words: dict[str, str] = {}
        people = {}
        for claim in made.claims:
            for term in (*claim.facets.terms, *claim.facets.context):
                words.setdefault(term, rng.choice(self.terms) if rng.random() < share else term)
            for name in claim.facets.entities:
                words.setdefault(name, rng.choice(self.names))
            people.setdefault(claim.resolution, rng.choice(self.speakers))
        return words, people


def spoken(text: str, words: dict[str, str]) -> str:
    """A text with its words replaced."""
    return " ".join(words.get(word.casefold().strip(".,"), word) for word in text.split(" "))


def told(facets: Facets, words: dict[str, str], months: int, rng: random.Random) -> Facets:
    """What a claim speaks of, with words and names replaced, some figures changed and the days moved."""

    def other(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(words.get(text, text) for text in texts)

    def moved(day: date) -> date:
        return day + timedelta(days=30 * months) if day.year < 2100 else day

    def counted(quantity: Quantity) -> Quantity:
        more = rng.randrange(1, 9) if rng.random() < 0.3 else 0
        return replace(quantity, low=quantity.low + more, high=quantity.high + more)

    return replace(
        facets,
        terms=other(facets.terms),
        entities=other(facets.entities),
        places=other(facets.places),
        context=other(facets.context),
        subject=other(facets.subject),
        verb=words.get(facets.verb, facets.verb),
        quantities=tuple(map(counted, facets.quantities)),
        periods=tuple(Period(moved(p.start), moved(p.end), p.text) for p in facets.periods),
    )


def put(store: Store, made: Extraction, teller: Teller, matcher: Any) -> int:
    """Store an article as `claimtrack ingest` does once it has been read; its claims are counted."""
    with store.transaction():
        standing = store.standing(made.article)
        return putting.put_extraction(store, standing, made, teller.knowledge, matcher).claims


def fill(store: Store, teller: Teller, size: int, held: int = 0) -> int:
    """Store articles until there are `size` claims; pairs are proposed but not judged."""
    kept = putting.relate_claims
    putting.relate_claims = lambda store, claims, _: len(store.propose(claim.key for claim in claims))
    try:
        for made in teller.articles():
            if held >= size:
                break
            held += put(store, made, teller, matcher_of())
    finally:
        putting.relate_claims = kept
    return held


def growth(path: Path, teller: Teller, sizes: Sequence[int], added: int) -> bool:
    """Print what an added article costs in archives of growing size; True where a limit is missed."""
    matcher, held = matcher_of(), 0
    spent: list[float] = []
    memory: list[float] = []
    print(f"\n{'claims':>10}{'CPU s / article':>17}{'/ extraction':>14}{'peak MB':>9}")
    with open_store(path) as store:
        for size in sizes:
            held = fill(store, teller, size, held)
            seconds, claims = 0.0, 0
            for made in islice(teller.articles(), added):
                claims += len(made.claims)
                seconds += cpu(lambda made=made: put(store, made, teller, matcher))
            held += claims
            spent.append(seconds / claims * teller.claims)  # for as many as the texts have that are timed
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
            ratio = spent[-1] / teller.extraction
            print(f"{size:>10}{spent[-1]:>17.3f}{ratio:>14.2f}{memory[-1]:>9.0f}", flush=True)
    missed = False
    if len(sizes) > 1:
        exponent = math.log(spent[-1] / spent[0]) / math.log(sizes[-1] / sizes[0])
        limit = FLOORS["growth_exponent"]
        missed |= verdict("growth exponent", exponent, exponent <= limit, f"<= {limit}")
        grown, limit = memory[-1] / memory[0], FLOORS["memory_growth"]
        missed |= verdict("peak memory, last size / first", grown, grown <= limit, f"<= {limit}")
    ratio, limit = spent[-1] / teller.extraction, FLOORS["article_per_extraction"]
    return verdict("an added article / its extraction", ratio, ratio <= limit, f"<= {limit}") | missed


def whole(path: Path, teller: Teller, size: int) -> bool:
    """Print how relating all claims anew compares with rapidfuzz over all pairs of their contents."""
    with open_store(path) as store:
        fill(store, teller, size)
        texts = []
        for ids in store.current_claims():
            texts += [claim.normalised for claim in store.load_claims(ids).values()]
        ours = cpu(lambda: relate(store))
        counts = store.count_relations()
    sample = texts[:: max(1, len(texts) // SAMPLE)][:SAMPLE]
    part = cpu(lambda: process.cdist(sample, texts, scorer=fuzz.token_set_ratio, workers=1))
    pairs = len(texts) * (len(texts) - 1) / 2
    peer = part * pairs / (len(sample) * len(texts))
    print(
        f"\n{len(texts)} claims: relate {ours:.1f} CPU s, {1000 * ours / len(texts):.2f} ms a claim,"
        f" {sum(counts.values())} relations"
    )
    print(f"rapidfuzz on all pairs {peer:.1f} CPU s, extrapolated from {len(sample)} claims against all")
    limit = FLOORS["times_all_pairs"]
    return verdict(
        "times faster than all pairs by rapidfuzz", peer / ours, peer / ours >= limit, f">= {limit}"
    )


def recall(path: Path, teller: Teller, size: int) -> bool:
    """Print how many of the relations among all pairs of some claims `relate` finds; True under the limit."""
    with open_store(path) as store:
        fill(store, teller, size)
        relate(store)
        found = {frozenset((r.a.id, r.b.id)) for r in store.relations()}
        claims: list[Claim] = []
        for ids in store.current_claims():
            claims += store.load_claims(ids).values()
    pairs = [(a, b) for a, b in combinations(claims, 2) if a.article != b.article]
    related = judge_pairs(pairs, matcher_of().entailment)
    there = sum(frozenset((r.a, r.b)) in found for r in related)
    kinds = Counter(str(r.kind) for r in related)
    print(f"\n{len(claims)} claims, {len(pairs)} pairs, {len(related)} related: {dict(kinds)}")
    share, limit = there / max(1, len(related)), FLOORS["recall_of_all_pairs"]
    return verdict("of the relations among all pairs, found", share, share >= limit, f">= {limit}")


def cpu(run: Callable[[], object]) -> float:
    """CPU seconds of this process, all threads."""
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
