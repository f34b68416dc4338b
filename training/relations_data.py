"""The pairs that the judge is fitted to and measured on: claims made once and kept in a folder.

    python training/relations_data.py BENCH_DIR CACHE_DIR [NAME ...]

BENCH_DIR is ../shared/bench.  Four sources: the bench's development pairs of bare texts, our own judged pairs
(tests/gold), the judged pairs of the shared stories, and pairs that the index proposes between news articles
of different weeks, of which next to none are related: the hard negatives.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

from relation_split import plain, sides  # noqa: E402

from benchmarks.gold_claims import own_pairs, story_claims  # noqa: E402
from claimtrack.claims.bare import Said, claim_of_text  # noqa: E402
from claimtrack.extraction import extract  # noqa: E402
from claimtrack.knowledge import load_knowledge  # noqa: E402
from claimtrack.language.model import load  # noqa: E402
from claimtrack.records import Article, Claim  # noqa: E402
from claimtrack.relations import keys_of  # noqa: E402
from claimtrack.relations.calendar_days import days_between  # noqa: E402
from claimtrack.relations.model import Setting  # noqa: E402
from tests.gold.load import load_relations  # noqa: E402

NONE, SUPPORT, CONFLICT = range(3)
LABELS = {"unrelated": NONE, "corroborates": SUPPORT, "contradicts": CONFLICT}
GROUP = {"none": NONE, "corroborates": SUPPORT, "repeats": SUPPORT, "same-origin": SUPPORT}
NEWS = ("emergent", "fnc-lead", "rte123", "sts-headlines")
STORIES = ("kim-putin", "mosul-ebola", "mojang-deal")
# Pairs of a set of bare texts that are read at most; sets made of one trick teach little.
MOST = {"mnli": 2500, "lingnli": 600, "healthver": 800, "breaking": 500, "cannot-wfc": 600, "rte-neg": 300,
        "snli-neg": 300, "mnli-neg": 500}  # fmt: skip
ARTICLES = {"train": 250, "dev": 84}
CANDIDATES = 10  # of a claim among the articles: more are more of the same
WEEK = 7  # days apart from which two articles are held to be about different events


@dataclass(frozen=True)
class Pair:
    """Two claims, how they stand, and where they come from; pairs of one `group` are never parted."""

    a: Claim
    b: Claim
    label: int
    source: str
    group: str
    side: str  # "fit" where an entailment model may have been trained on it, else "held"
    setting: Setting
    weight: float = 1.0
    id: str = ""


def bench_pairs(bench: Path) -> Iterator[Pair]:
    """Development pairs of bare texts."""
    rows = [json.loads(line) for line in (bench / "relations" / "dev.jsonl").open(encoding="utf-8")]
    side, model, made = sides(rows), load(), {}
    chance = random.Random(5)
    for name in dict.fromkeys(row["dataset"] for row in rows):
        here = [row for row in rows if row["dataset"] == name and side[row["id"]] != "between"]
        chance.shuffle(here)
        for row in here[: MOST.get(name)]:
            for text in (row["a"], row["b"]):
                if text not in made:
                    made[text] = claim_of_text(model, Said(text), str(len(made)))
            group = plain(row["b"] if name == "fnc-lead" else row["a"])
            one, other = made[row["a"]], made[row["b"]]
            yield Pair(
                one, other, LABELS[row["label"]], name, group, side[row["id"]], Setting.GIVEN, id=row["id"]
            )


def gold_pairs() -> Iterator[Pair]:
    """Our own judged pairs."""
    for row, one, other in own_pairs(load_relations(), load()):
        label = GROUP.get(row["relation"], CONFLICT)
        yield Pair(one, other, label, "gold", row["id"], "held", Setting.GIVEN, id=row["id"])


def story_pairs(bench: Path) -> Iterator[Pair]:
    """All pairs of gold claims of a story's articles; a pair that nobody judged is most likely nothing."""
    for name in STORIES:
        folder = bench / "stories" / name
        claims = story_claims(folder, load())
        rows = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["pairs"]
        judged = {frozenset((r["a"], r["b"])): r["relation"] for r in rows}
        for a, b in combinations(claims, 2):
            if claims[a].article != claims[b].article:
                said = judged.get(frozenset((a, b)))
                label = GROUP.get(said or "none", CONFLICT)
                weight = 1.0 if said else 0.1
                yield Pair(
                    claims[a], claims[b], label, "stories", name, "held", Setting.ARCHIVE, weight, f"{a}~{b}"
                )


def article_claims(bench: Path, split: str) -> list[tuple[Article, tuple[Claim, ...]]]:
    """Claims of news articles as the program finds them, outlet and day known."""
    rows: list[dict[str, Any]] = [
        json.loads(line) for line in (bench / "attribution" / f"{split}.jsonl").open(encoding="utf-8")
    ]
    random.Random(7).shuffle(rows)
    model, knowledge, out = load(), load_knowledge(), []
    for row in rows[: ARTICLES[split]]:
        try:
            day = date.fromisoformat(row["id"].split("_")[1])
        except ValueError:
            day = None
        title = row["text"].split("\n")[0]
        article = Article(row["text"], row["id"], outlet=row["publisher"], published=day, title=title)
        out.append((article, extract(article, model, knowledge).claims))
    return out


def unrelated_pairs(articles: Sequence[tuple[Article, tuple[Claim, ...]]], side: str) -> Iterator[Pair]:
    """What the index proposes between articles of different weeks."""
    claims = [claim for _, found in articles for claim in found]
    for a, b in propose(claims, CANDIDATES):
        days = days_between(a, b)
        if days is not None and abs(days) >= WEEK:
            yield Pair(a, b, NONE, "articles", a.article, side, Setting.ARCHIVE)


def propose(claims: Sequence[Claim], most: int) -> Iterator[tuple[Claim, Claim]]:
    """The likeliest claims of other articles by shared rare keys, for every claim; each pair once."""
    holders: dict[str, list[tuple[int, float]]] = {}
    for number, claim in enumerate(claims):
        for key, weight in keys_of(claim):
            holders.setdefault(key, []).append((number, weight))
    cap = max(50, len(claims) // 20)
    seen: set[tuple[int, int]] = set()
    for number, claim in enumerate(claims):
        scores: dict[int, float] = {}
        for key, weight in keys_of(claim):
            others = holders[key]
            if len(others) > cap:
                continue
            rare = math.log(len(claims) / len(others))
            for other, theirs in others:
                if claims[other].article != claim.article:
                    scores[other] = scores.get(other, 0.0) + weight * theirs * rare
        for other in sorted(scores, key=lambda o: (-scores[o], o))[:most]:
            pair = min(number, other), max(number, other)
            if pair not in seen:
                seen.add(pair)
                yield claims[pair[0]], claims[pair[1]]


def cached(name: str, bench: Path, cache: Path) -> Any:
    """One source, made at the first call and read from the folder after that."""
    path = cache / f"{name}.pickle"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        made: Any = {
            "bench": lambda: list(bench_pairs(bench)),
            "gold": lambda: list(gold_pairs()),
            "stories": lambda: list(story_pairs(bench)),
            "articles-train": lambda: article_claims(bench, "train"),
            "articles-dev": lambda: article_claims(bench, "dev"),
        }[name]()
        path.write_bytes(pickle.dumps(made))
    return pickle.loads(path.read_bytes())


def main() -> None:
    """Make the sources."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    import relations_data  # noqa: PLC0415 - what is pickled must not be named after __main__

    for name in arguments.names or ("gold", "stories", "bench", "articles-dev", "articles-train"):
        print(name, len(relations_data.cached(name, arguments.bench, arguments.cache)), flush=True)


if __name__ == "__main__":
    main()
