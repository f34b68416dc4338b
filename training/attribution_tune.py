"""Fit what turns an exported tagger's scores into attributions: `python attribution_tune.py --help`.

Thresholds and the confidence's weights come from the articles of the training corpus that
attribution_train.py held out; the check corpus is only measured.  Writes config.json to the model folder.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from attribution_data import read_corpus, split

from claimtrack.attribution.decode import TAGS, Settings, confidence
from claimtrack.attribution.pieces import cut
from claimtrack.attribution.tagger import RawAttribution, Tagger

Found = list[list[RawAttribution]]
SLICES = ("all", "stated", "quoted", "indirect")


def load_scorer(path: Path) -> Any:
    """The corpus's score.py as a module."""
    spec = importlib.util.spec_from_file_location("attribution_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_rows(articles: Sequence[dict[str, Any]], found: Found) -> list[dict[str, Any]]:
    """Predictions as the scorer reads them."""
    return [
        {
            "id": article["id"],
            "attributions": [
                {"source": one.source, "cue": one.cue, "content": one.content} for one in attributions
            ],
        }
        for article, attributions in zip(articles, found, strict=True)
    ]


def measure(scorer: Any, articles: Sequence[dict[str, Any]], found: Found) -> dict[str, dict[str, float]]:
    """Attribution precision, recall and F1 and source accuracy of each slice."""
    totals = scorer.total(scorer.score(articles, as_rows(articles, found)))
    out = {}
    for name in SLICES:
        one = scorer.summary(totals[name])
        figures = [*one["attribution"], one["source_acc"]]
        out[name] = dict(zip(("p", "r", "f1", "source"), (round(x, 4) for x in figures), strict=True))
    return out


def judged(scorer: Any, articles: Sequence[dict[str, Any]], found: Found) -> tuple[Any, Any]:
    """Features of each attribution found, and whether the scorer counts it as right."""
    features, right = [], []
    for article, row, attributions in zip(articles, as_rows(articles, found), found, strict=True):
        gold = [scorer.Item(article["text"], one) for one in article["attributions"]]
        guess = [scorer.Item(article["text"], one) for one in row["attributions"]]
        pairs = {j: scorer.same_source(gold[i], guess[j]) for i, j in scorer.pair_up(gold, guess)}
        features += [one.features for one in attributions]
        right += [bool(pairs.get(j)) for j in range(len(guess))]
    return np.array(features), np.array(right, dtype=float)


def fit(features: Any, right: Any, ridge: float = 1.0, rounds: int = 30) -> tuple[float, ...]:
    """Weights of a logistic regression (Newton's method); the constant, first, is not held back."""
    weights = np.zeros(features.shape[1])
    hold = np.eye(len(weights)) * ridge
    hold[0, 0] = 1e-3
    for _ in range(rounds):
        guess = 1 / (1 + np.exp(-features @ weights))
        curve = (features * (guess * (1 - guess))[:, None]).T @ features + hold
        weights = weights - np.linalg.solve(curve, features.T @ (guess - right) + hold @ weights)
    return tuple(round(float(weight), 5) for weight in weights)


def reliability(features: Any, right: Any, weights: Sequence[float], bins: int = 10) -> dict[str, Any]:
    """Expected calibration error and the table behind it: mean confidence, share right, number."""
    sure = np.array([confidence(row, weights) for row in features])
    place = np.minimum((sure * bins).astype(int), bins - 1)
    table = []
    for number in range(bins):
        own = place == number
        if own.any():
            table.append(
                [round(float(sure[own].mean()), 3), round(float(right[own].mean()), 3), int(own.sum())]
            )
    error = sum(abs(mean - share) * number for mean, share, number in table) / len(sure)
    return {"error": round(error, 4), "brier": round(float(((sure - right) ** 2).mean()), 4), "table": table}


def filtered(found: Found, settings: Settings) -> Found:
    """What is confident enough."""
    return [
        [one for one in some if confidence(one.features, settings.weights) >= settings.least_confidence]
        for some in found
    ]


def tune(tagger: Tagger, scorer: Any, articles: Sequence[dict[str, Any]]) -> Settings:
    """Try the settings in a small grid; keep the best F1 (all) after fitting confidence and its floor."""
    best, best_f1 = Settings(), 0.0
    for cue_bias, content_bias in [(0.0, 0.0), (0.5, 0.0), (0.0, 0.3), (0.5, 0.3)]:
        tagger.settings = Settings(bias=(0.0, 1.5, cue_bias, content_bias))
        found = [tagger.tag(article["text"]) for article in articles]
        weights = fit(*judged(scorer, articles, found))
        for floor in np.arange(0.2, 0.5, 0.05):
            trial = replace(tagger.settings, weights=weights, least_confidence=round(float(floor), 2))
            f1 = measure(scorer, articles, filtered(found, trial))["all"]["f1"]
            if f1 > best_f1:
                best, best_f1 = trial, f1
        print(f"cue bias {cue_bias} content bias {content_bias}: best so far {best_f1:.4f}", flush=True)
    return best


def main() -> None:
    """Tune on held-out training articles, measure on the check corpus, write config.json."""
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("model", type=Path, help="folder of attribution_export.py")
    ap.add_argument("corpus", type=Path, help="the corpus that attribution_train.py read")
    ap.add_argument("check", type=Path, help="articles to measure on")
    ap.add_argument("--scorer", type=Path, help="score.py; beside the corpus if not given")
    ap.add_argument("--held-out", type=int, default=42)
    ap.add_argument("--window", type=int, default=254)
    ap.add_argument("--keep", action="store_true", help="only measure, with the config that is there")
    args = ap.parse_args()
    scorer = load_scorer(args.scorer or args.corpus.parent / "score.py")
    target = args.model / "config.json"
    if not args.keep:
        target.write_text(json.dumps({"tags": TAGS, "window": args.window, "decode": {}}), encoding="utf-8")
    tagger = Tagger(args.model)
    if not args.keep:
        held = split(read_corpus(args.corpus), args.held_out, 0)[1]
        tagger.settings = tune(tagger, scorer, held)
    articles = read_corpus(args.check)
    pieces = sum(len(cut(article["text"], tagger.tokenizer)) for article in articles)
    kept, began = tagger.settings, time.process_time()
    tagger.settings = replace(kept, least_confidence=0.0)
    found = [tagger.tag(article["text"]) for article in articles]
    spent = time.process_time() - began
    figures = {
        "check": measure(scorer, articles, filtered(found, kept)),
        "reliability": reliability(*judged(scorer, articles, filtered(found, kept)), kept.weights),
        "pieces_per_cpu_second": round(pieces / spent),
    }
    config = {"tags": TAGS, "window": tagger.size, "decode": asdict(kept), "figures": figures}
    target.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
