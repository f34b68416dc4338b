"""Pairs of texts for the entailment model: reading, the recipe of an epoch, batches.

A pair carries the set of labels that its corpus leaves open (*allowed*), because not every corpus tells
all three apart, and because turning a pair round keeps a contradiction but not an entailment.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from relation_split import FIT, HELD, plain, sides

from claimtrack.attribution.pieces import PLAIN

LABELS = ("contradiction", "entailment", "neutral")
CONTRADICTION, ENTAILMENT, NEUTRAL = 1, 2, 4  # bits of `allowed`, in the order of LABELS
BIT = {"contradicts": CONTRADICTION, "corroborates": ENTAILMENT, "unrelated": NEUTRAL}
# Two labels only: what they call unrelated may well contradict.
NO_CONTRADICTION_LABEL = frozenset({"rte123", "rte-neg", "sts-headlines"})
# How often a pair of each set is seen in an epoch; what is not named is left out.  `base` sees textbook pairs
# only, `news` goes on from it with the FIT half of dev.  Made-up sets (breaking, cannot-wfc, conjnli-adv) and
# captions (snli, which calls two different scenes a contradiction) are thinned, news is thickened.
RECIPES = {
    "base": {"lingnli-train": 1.0, "conjnli-adv": 0.35, "snli-dev": 0.4, "fever-sym-dev": 2.0},
    "news": {
        "lingnli-train": 0.35,
        "conjnli-adv": 0.15,
        "snli-dev": 0.15,
        "fever-sym-dev": 1.0,
        "mnli": 1.5,
        "lingnli": 1.0,
        "emergent": 6.0,
        "fnc-lead": 3.5,
        "healthver": 2.5,
        "rte123": 2.0,
        "sts-headlines": 3.0,
        "cb": 5.0,
        "conjnli": 2.0,
        "fever-sym": 2.5,
        "mnli-neg": 1.5,
        "rte-neg": 1.0,
        "snli-neg": 0.7,
        "breaking": 0.3,
        "cannot-wfc": 0.35,
    },
}
TURNED = 0.25  # share of pairs that are turned round
LONGEST = 128  # pieces of both texts and three marks


@dataclass(frozen=True)
class Pair:
    """Two texts and the labels that may hold from the first to the second."""

    a: str
    b: str
    allowed: int
    dataset: str = ""

    def turned(self) -> Pair:
        """The same pair the other way round: a contradiction stays one, anything else is none."""
        sure = self.allowed == CONTRADICTION
        if not sure and self.allowed & CONTRADICTION:
            allowed = CONTRADICTION | ENTAILMENT | NEUTRAL  # nothing is known
        else:
            allowed = CONTRADICTION if sure else ENTAILMENT | NEUTRAL
        return Pair(self.b, self.a, allowed, self.dataset)


@dataclass(frozen=True)
class Batch:
    """Word pieces of some pairs; all arrays are [pairs, pieces] but `allowed`, which is [pairs, labels]."""

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    mask: NDArray[np.int64]
    allowed: NDArray[np.bool_]


def read_rows(path: Path) -> list[dict[str, str]]:
    """Rows {id, dataset, a, b, label} of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def pair_of(row: dict[str, str]) -> Pair:
    """A row's pair with the labels its corpus leaves open."""
    allowed = BIT[row["label"]]
    if allowed == NEUTRAL and row["dataset"] in NO_CONTRADICTION_LABEL:
        allowed |= CONTRADICTION
    return Pair(row["a"], row["b"], allowed, row["dataset"])


def training_pairs(train: Path, dev: Path, recipe: str) -> list[Pair]:
    """The pairs of `train` and of dev's FIT that a recipe names; none shares a text with HELD."""
    rows = read_rows(dev)
    where = sides(rows)
    held = {plain(row[side]) for row in rows if where[row["id"]] == HELD for side in "ab"}
    out = [pair_of(row) for row in read_rows(train)]
    out = [pair for pair in out if plain(pair.a) not in held and plain(pair.b) not in held]
    out += [pair_of(row) for row in rows if where[row["id"]] == FIT]
    return [pair for pair in out if pair.dataset in RECIPES[recipe]]


def epoch(pairs: Sequence[Pair], recipe: str, rng: random.Random) -> list[Pair]:
    """Pairs as often as the recipe says, some turned round."""
    out: list[Pair] = []
    for pair in pairs:
        times = RECIPES[recipe][pair.dataset]
        for _ in range(int(times) + (rng.random() < times % 1)):
            chosen = pair.turned() if rng.random() < TURNED else pair
            if chosen.allowed != CONTRADICTION | ENTAILMENT | NEUTRAL:
                out.append(chosen)
    return out


def batches(
    pairs: Sequence[Pair], tokenizer: Any, budget: int, rng: random.Random, ways: int
) -> Iterator[list[Batch]]:
    """Groups of `ways` batches alike in length (one for each worker), each of about `budget` pieces.

    `tokenizer` is a `tokenizers.Tokenizer` set to cut pairs at LONGEST.
    """
    shuffled = list(pairs)
    rng.shuffle(shuffled)
    for at in range(0, len(shuffled), 4096):
        part = shuffled[at : at + 4096]
        codes = tokenizer.encode_batch([(pair.a.translate(PLAIN), pair.b.translate(PLAIN)) for pair in part])
        order = sorted(range(len(part)), key=lambda n: len(codes[n].ids))
        groups: list[list[int]] = []
        for number in order:
            size = len(codes[number].ids)
            if not groups or (len(groups[-1]) + 1) * size > budget:
                groups.append([])
            groups[-1].append(number)
        shares = [groups[n : n + ways] for n in range(0, len(groups) - ways + 1, ways)]
        rng.shuffle(shares)
        for share in shares:
            yield [collate([codes[n] for n in group], [part[n].allowed for n in group]) for group in share]


def collate(codes: Sequence[Any], allowed: Sequence[int]) -> Batch:
    """Encodings → padded arrays."""
    longest = max(len(code.ids) for code in codes)
    ids, kinds, mask = (np.zeros((len(codes), longest), dtype=np.int64) for _ in range(3))
    for row, code in enumerate(codes):
        size = len(code.ids)
        ids[row, :size], kinds[row, :size], mask[row, :size] = code.ids, code.type_ids, 1
    bits = np.array([[bool(one & 1 << n) for n in range(len(LABELS))] for one in allowed])
    return Batch(ids, kinds, mask, bits)
