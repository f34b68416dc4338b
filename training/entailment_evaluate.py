"""Figures of an exported entailment model on the pairs of HELD: `python entailment_evaluate.py --help`.

Runs the model as the product does.  For each set: how well the probability of a contradiction ranks pairs
(AUC), the same of an entailment, and accuracy; then calibration, with the temperature that would be best.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from entailment_data import NO_CONTRADICTION_LABEL, read_rows
from numpy.typing import NDArray
from relation_split import BETWEEN, FIT, HELD, sides

from claimtrack.relations.entailment import load_entailment

NAMES = ("contradicts", "corroborates", "unrelated")
Floats = NDArray[np.float64]


def auc(scores: Floats, positive: NDArray[np.bool_]) -> float:
    """The chance that a positive ranks above a negative; ties count half."""
    if positive.all() or not positive.any():
        return float("nan")
    values, place = np.unique(scores, return_inverse=True)
    counts = np.bincount(place, minlength=len(values))
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    n = positive.sum()
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(scores) - n)))


def softened(shares: Floats, temperature: float) -> Floats:
    """Probabilities after the scores behind them were divided by a temperature."""
    powered = np.power(np.maximum(shares, 1e-6), 1 / temperature)
    return powered / powered.sum(1, keepdims=True)


def calibration_error(shares: Floats, gold: NDArray[np.int64], bins: int = 10) -> float:
    """Mean gap between confidence and accuracy over bins of confidence."""
    sure, right = shares.max(1), shares.argmax(1) == gold
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[place == n].mean() - right[place == n].mean()) * (place == n).mean() for n in set(place)]
    return float(sum(gaps))


def chosen(rows: list[dict[str, str]], most: int) -> list[dict[str, str]]:
    """At most `most` rows of each set, by a hash of their ids."""
    out: list[dict[str, str]] = []
    for name in sorted({row["dataset"] for row in rows}):
        own = [row for row in rows if row["dataset"] == name]
        own.sort(key=lambda row: hashlib.sha256(row["id"].encode()).digest())
        out += own[:most]
    return out


def figures(rows: list[dict[str, str]], shares: Floats) -> dict[str, Any]:
    """The figures of one set."""
    gold = np.array([NAMES.index(row["label"]) for row in rows])
    two = rows[0]["dataset"] in NO_CONTRADICTION_LABEL
    right = (shares.argmax(1) == 1) == (gold == 1) if two else shares.argmax(1) == gold
    return {
        "n": len(rows),
        "auc_contradicts": auc(shares[:, 0], gold == 0),
        "auc_corroborates": auc(shares[:, 1], gold == 1),
        "accuracy": float(right.mean()),
    }


def main() -> None:
    """Judge the pairs, print the table."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("dev", type=Path, help="relations/dev.jsonl")
    ap.add_argument("--model", default="builtin", help="builtin, or a folder")
    ap.add_argument("--most", type=int, default=1500, help="pairs of each set at most")
    ap.add_argument("--predictions", type=Path, help="write what relations/score.py reads")
    args = ap.parse_args()
    model = load_entailment(args.model)
    assert model is not None
    rows = read_rows(args.dev)
    where = sides(rows)
    rows = chosen([row for row in rows if where[row["id"]] != FIT], args.most)
    began = time.process_time()
    answers = model.probabilities([(row["a"], row["b"]) for row in rows])
    speed = len(rows) / (time.process_time() - began)
    shares = np.array([(one.contradicts, one.entails, one.neutral) for one in answers], dtype=np.float64)
    if args.predictions:
        lines = [
            json.dumps({"id": row["id"], "label": NAMES[share.argmax()], "p_contradicts": share[0]})
            for row, share in zip(rows, shares, strict=True)
        ]
        args.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{model.fingerprint}: {speed:.0f} pairs a CPU-second")
    print(f"{'HELD':22} {'n':>5} {'AUC contra':>10} {'AUC entail':>10} {'accuracy':>8}")
    places: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        if where[row["id"]] == HELD:
            places.setdefault(row["dataset"], []).append(number)
        if row["dataset"] == "fnc-lead" and where[row["id"]] in (HELD, BETWEEN):
            places.setdefault("fnc-lead + between", []).append(number)
    for name, own in sorted(places.items()):
        f = figures([rows[n] for n in own], shares[own])
        cells = f"{f['auc_contradicts']:>10.3f} {f['auc_corroborates']:>10.3f} {f['accuracy']:>8.3f}"
        print(f"{name:22} {f['n']:>5} {cells}")
    natural = ("mnli", "lingnli", "healthver", "fnc-lead", "emergent", "cb", "fever-sym")
    own = [n for name in natural for n in places[name][:300]]
    gold = np.array([NAMES.index(rows[n]["label"]) for n in own])
    grid = {t / 20: softened(shares[own], t / 20) for t in range(10, 61)}
    loss = {t: -np.log(p[np.arange(len(own)), gold]).mean() for t, p in grid.items()}
    best = min(loss, key=loss.__getitem__)
    for label, t in (("as it is", 1.0), ("best", best)):
        error = calibration_error(grid[t], gold)
        print(f"temperature × {t} ({label}): log loss {loss[t]:.3f}, calibration error {error:.3f}")


if __name__ == "__main__":
    main()
