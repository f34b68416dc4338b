"""Fit and print the weights of `confidence.py`: `python training/rules_confidence.py CORPUS.jsonl`.

A logistic model with a ridge penalty of 1, fitted by Newton's method, over which rule made an attribution
and the features of `confidence.features`; right is what `benchmarks/scoring.py` counts as right.  Needs
NumPy and the product itself.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.scoring import match, same_source
from claimtrack.attribution.confidence import features
from claimtrack.attribution.finder import find_attributions
from claimtrack.language.model import load
from claimtrack.records import Article, Attribution

LEAST = 8  # attributions of a rule for a weight of its own


def examples(corpus: Path) -> list[tuple[list[str], float]]:
    """The names that hold for each attribution the rules find, and whether it is right."""
    out = []
    model = load()
    for line in corpus.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = Article(row["text"], row["id"])
        found = find_attributions(article, model.parse(article))
        spans = [as_spans(a) for a in found]
        gold = row["attributions"]
        paired = {p: g for g, p in match(row["text"], gold, spans).items()}
        for n, a in enumerate(found):
            right = n in paired and same_source(row["text"], gold[paired[n]], spans[n])
            out.append(([f"rule {a.rule}", *features(row["text"], a)], float(right)))
    return out


def as_spans(a: Attribution) -> dict[str, list[list[int]]]:
    """An attribution in the form of the corpus."""
    roles = {"source": a.source, "cue": a.cue, "content": a.content}
    return {role: [[s.start, s.end] for s in spans] for role, spans in roles.items()}


def fit(found: list[tuple[list[str], float]]) -> tuple[float, dict[str, float]]:
    """The constant and the weight of each name."""
    counts = Counter(name for names, _ in found for name in names)
    known = sorted(name for name, n in counts.items() if n >= LEAST or not name.startswith("rule "))
    place = {name: i for i, name in enumerate(known)}
    x = np.zeros((len(found), len(known) + 1))
    x[:, -1] = 1
    for row, (names, _) in enumerate(found):
        x[row, [place[name] for name in names if name in place]] = 1
    y = np.array([right for _, right in found])
    penalty = np.eye(x.shape[1])
    penalty[-1, -1] = 0
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        curve = (x * (p * (1 - p))[:, None]).T @ x + penalty
        weights += np.linalg.solve(curve, x.T @ (y - p) - penalty @ weights)
    return float(weights[-1]), dict(zip(known, weights[:-1].tolist(), strict=True))


if __name__ == "__main__":
    bias, weights = fit(examples(Path(sys.argv[1])))
    print(f"_BIAS = {bias:.2f}")
    for name, weight in weights.items():
        print(f'    "{name.removeprefix("rule ")}": {weight:.2f},')
