"""Fit the judge's weights under the signs that sense demands, and say honestly how well they do.

    python training/relations_judge.py BENCH_DIR CACHE_DIR [--entailment builtin|FOLDER] [--write]

Figures are of cross-validation: five folds of groups (a claim and all its headlines, an article, a judged
pair), and each story left out in turn.  The weights written are fitted to all of them.  Pairs that a gate
shuts out are no part of either.  With --entailment the second set of weights is fitted too, to pairs on which
the model's probabilities are out of sample: the held side of the bench (relation_split.py) and all our own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from relations_data import CONFLICT, NEWS, NONE, SUPPORT, Pair, cached, unrelated_pairs  # noqa: E402

from claimtrack.relations.calendar_days import in_order  # noqa: E402
from claimtrack.relations.entailment import Entailment, load_entailment  # noqa: E402
from claimtrack.relations.evidence import weigh  # noqa: E402
from claimtrack.relations.judge import WORTH_READING, consider  # noqa: E402
from claimtrack.relations.model import Question, Setting, chances_of  # noqa: E402
from claimtrack.relations.reading import Reading, is_readable, read  # noqa: E402
from claimtrack.relations.signals import ENTAILMENT_SIGNALS, SIGNALS, Sense, Sign, values_of  # noqa: E402

WEIGHTS = Path(__file__).resolve().parent.parent / "claimtrack" / "relations" / "weights.json"
FOLDS = 5
RIDGE = 8.0  # in pairs: what a standard deviation of a signal must earn
# What all pairs of one source weigh together.  The news sets are what the judge is for; textbook pairs keep
# it from leaning on the quirks of headlines.
SHARES = {**dict.fromkeys(NEWS, 1000.0), "mnli": 1500.0, "stories": 1500.0, "gold": 600.0, "articles": 250.0}
OTHERS = 60.0
OURS = ("gold", "stories", "articles")  # pairs of claims, that pass the gates first
# Pairs of a source that the entailment model reads at most.
READ = {"mnli": 500, "lingnli": 200, "healthver": 250, "breaking": 150, "cannot-wfc": 150, "rte123": 900,
        "articles": 1500}  # fmt: skip

Array = Any


class Table:
    """Pairs as numbers."""

    def __init__(
        self, pairs: Sequence[Pair], senses: dict[str, Sense], values: Sequence[dict[str, float]]
    ) -> None:
        self.pairs, self.senses = list(pairs), senses
        self.x: Array = np.array([[v[name] for name in senses] for v in values])
        self.y: Array = np.array([p.label for p in pairs])
        self.source: Array = np.array([p.source for p in pairs])
        self.given: Array = np.array([p.setting is Setting.GIVEN for p in pairs])
        self.weight: Array = np.array([p.weight for p in pairs])
        for name in set(self.source):
            here = self.source == name
            self.weight[here] *= SHARES.get(name, OTHERS) / self.weight[here].sum()
        self.fold: Array = np.array([_fold(p) for p in pairs])


def _fold(pair: Pair) -> int:
    if pair.source == "stories":
        return {"kim-putin": 0, "mosul-ebola": 1, "mojang-deal": 2}[pair.group]
    return int(hashlib.sha256(pair.group.encode()).hexdigest(), 16) % FOLDS


def fit(table: Table, chosen: Array) -> dict[Question, Array]:
    """Weights of each question: signals, then the bases of the archive and of given pairs."""
    related = chosen & (table.y != NONE)
    return {
        Question.FACT: logistic(table, chosen, table.y != NONE, Question.FACT),
        Question.CONFLICT: logistic(table, related, table.y == CONFLICT, Question.CONFLICT),
    }


def logistic(table: Table, chosen: Array, target: Array, question: Question) -> Array:
    """One ridge logistic regression with signed weights."""
    x, y, w, given = table.x[chosen], target[chosen], table.weight[chosen], table.given[chosen]
    signals = x.shape[1]
    spread = np.sqrt((w[:, None] * x**2).sum(0) / w.sum()) + 1e-9
    design = np.hstack([x / spread, (~given)[:, None], given[:, None]])

    def loss(theta: Array) -> tuple[float, Array]:
        odds = design @ theta
        chance = 1 / (1 + np.exp(-np.clip(odds, -50, 50)))
        value = (w * (np.logaddexp(0, odds) - y * odds)).sum() + RIDGE / 2 * (theta[:signals] ** 2).sum()
        slope = design.T @ (w * (chance - y))
        slope[:signals] += RIDGE * theta[:signals]
        return value, slope

    limits = {Sign.UP: (0.0, None), Sign.DOWN: (None, 0.0), Sign.FREE: (None, None), Sign.OUT: (0.0, 0.0)}
    bounds = [limits[getattr(sense, question)] for sense in table.senses.values()] + [(None, None)] * 2
    found = minimize(loss, np.zeros(signals + 2), jac=True, bounds=bounds, method="L-BFGS-B")
    return np.concatenate([found.x[:signals] / spread, found.x[signals:]])


def chances(table: Table, weights: dict[Question, Array], chosen: Array) -> Array:
    """Chances of nothing, support and conflict."""
    design = np.hstack([table.x, (~table.given)[:, None], table.given[:, None]])[chosen]
    fact, opposed = (1 / (1 + np.exp(-np.clip(design @ weights[q], -50, 50))) for q in Question)
    return np.stack([1 - fact, fact * (1 - opposed), fact * opposed], 1)


def crossed(table: Table) -> Array:
    """Chances of every pair from weights that never saw its group."""
    out = np.zeros((len(table.y), 3))
    for fold in range(FOLDS):
        held = table.fold == fold
        out[held] = chances(table, fit(table, ~held), held)
    return out


def report(table: Table, p: Array) -> None:
    """Macro-F1, AUC and, for the archive, what a threshold gives."""
    means = []
    for name in dict.fromkeys(table.source):
        here = table.source == name
        if name == "articles":
            continue
        y, got = table.y[here], p[here].argmax(1)
        scores = []
        for label in (SUPPORT, CONFLICT, NONE):
            hit, said, gold = ((y == label) & (got == label)).sum(), (got == label).sum(), (y == label).sum()
            if gold:
                scores.append(2 * hit / (said + gold) if said + gold else 0.0)
        auc = area(p[here, CONFLICT], y == CONFLICT)
        print(
            f"{name:14} {len(y):6} macro {np.mean(scores):.3f} AUC {auc:.3f}  ",
            [round(float(s), 3) for s in scores],
        )
        if name in NEWS:
            means.append(np.mean(scores))
    print(f"news mean {np.mean(means):.3f}")
    here = table.source == "articles"
    for cut in (0.3, 0.5, 0.7):
        said = (p[here] >= cut).sum(0) / here.sum()
        stories = table.source == "stories"
        y, q, one = table.y[stories], p[stories], table.weight[stories] > 0
        parts = []
        for label in (SUPPORT, CONFLICT):
            says = (q[:, label] >= cut) & one
            right = (says & (y == label)).sum()
            parts.append(f"P {right / max(1, says.sum()):.2f} R {right / (y == label).sum():.2f}")
        print(f"cut {cut}: of unrelated {said[SUPPORT]:.4f} support {said[CONFLICT]:.4f} conflict; {parts}")


def area(score: Array, positive: Array) -> float:
    """AUC with ties counted half; nan without both classes."""
    if positive.all() or not positive.any():
        return float("nan")
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score):
        tie = score == value
        ranks[tie] = ranks[tie].mean()
    n = positive.sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(score) - n)))


def written(table: Table, weights: dict[Question, Array]) -> dict[str, Any]:
    """A model as it goes into weights.json; weights that came out as nothing are left out."""
    return {
        q: {
            "bases": {Setting.ARCHIVE: round(w[-2], 3), Setting.GIVEN: round(w[-1], 3)},
            "signals": {n: round(x, 3) for n, x in zip(table.senses, w, strict=False) if abs(x) >= 0.005},
        }
        for q, w in weights.items()
    }


def load_pairs(bench: Path, cache: Path) -> list[Pair]:
    """All pairs that the judge is fitted to."""
    articles = unrelated_pairs(cached("articles-train", bench, cache), "fit")
    names = ("bench", "gold", "stories")
    return [*(pair for name in names for pair in cached(name, bench, cache)), *articles]


def measured(pair: Pair) -> dict[str, float] | None:
    """The signals of a pair; None where the judge's gates shut it out."""
    if pair.source not in OURS:
        return values_of(weigh(*in_order(pair.a, pair.b)))
    draft = consider(pair.a, pair.b)
    return draft.values if draft else None


def readings_of(
    pairs: Sequence[Pair], values: Sequence[dict[str, float]], model: Entailment, cache: Path
) -> Any:
    """What the entailment model makes of the pairs that it may be judged on, by their numbers."""
    path = cache / ("readings-" + re.sub(r"\W+", "-", model.fingerprint) + ".pickle")
    known: dict[tuple[str, str, str], Reading] = pickle.loads(path.read_bytes()) if path.exists() else {}
    chance, used = random.Random(3), Counter[str]()
    wanted = []
    for number in sorted(range(len(pairs)), key=lambda _: chance.random()):
        pair = pairs[number]
        ours = pair.source in OURS
        likely = not ours or chances_of(values[number], pair.setting).fact >= WORTH_READING
        if (
            likely
            and (ours or pair.side == "held")
            and is_read(pair, values[number])
            and used[pair.source] < READ.get(pair.source, 10**6)
        ):
            used[pair.source] += 1
            wanted.append(number)
    new = [n for n in wanted if _texts(pairs[n]) not in known]
    for at in range(0, len(new), 200):
        part = [in_order(pairs[n].a, pairs[n].b) for n in new[at : at + 200]]
        known.update(zip((_texts(pairs[n]) for n in new[at : at + 200]), read(model, part), strict=True))
        path.write_bytes(pickle.dumps(known))
        print(f"read {at + len(part)} of {len(new)}", file=sys.stderr)
    return {number: known[_texts(pairs[number])] for number in wanted}


def is_read(pair: Pair, values: dict[str, float]) -> bool:
    """Whether the judge would have the model read a pair that is likely enough."""
    return is_readable(pair.a, pair.b) and (pair.source not in OURS or not values["both open"])


def _texts(pair: Pair) -> tuple[str, str, str]:
    stances = {pair.a.text: pair.a.attribution.stance, pair.b.text: pair.b.attribution.stance}
    first, second = sorted((pair.a.text, pair.b.text))
    return first, second, f"{stances[first]} {stances[second]}"


def main() -> None:
    """Fit, report, and write where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--entailment", default="off")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    every = load_pairs(arguments.bench, arguments.cache)
    kept = [(pair, values) for pair in every if (values := measured(pair)) is not None]
    pairs, values = [pair for pair, _ in kept], [v for _, v in kept]
    models = json.loads(WEIGHTS.read_text(encoding="utf-8"))["models"] if WEIGHTS.exists() else {}
    models["plain"] = fitted(Table(pairs, SIGNALS, values))
    model = load_entailment(arguments.entailment)
    if model is not None:
        found = readings_of(pairs, values, model, arguments.cache)
        some = [pairs[n] for n in found]
        models["read"] = fitted(
            Table(some, SIGNALS | ENTAILMENT_SIGNALS, [values[n] | r.values() for n, r in found.items()])
        )
    if arguments.write:
        WEIGHTS.write_text(json.dumps({"models": models}, indent=1) + "\n", encoding="utf-8")


def fitted(table: Table) -> dict[str, Any]:
    """Report what cross-validation says, then fit to everything."""
    report(table, crossed(table))
    return written(table, fit(table, np.ones(len(table.y), bool)))


if __name__ == "__main__":
    main()
