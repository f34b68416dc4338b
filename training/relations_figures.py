"""The figures on the judge in docs/accuracy.md: a calibration plot and the precision of single signals.

    python training/relations_figures.py BENCH_DIR CACHE_DIR PLOT.svg

Both are of cross-validation over the pairs that relations_judge.py fits to, read by the built-in entailment
model; relations_judge.py --entailment builtin must have run before.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np

sys.path[:0] = [str(Path(__file__).resolve().parent)]

import relations_judge as judge  # noqa: E402
from relations_data import CONFLICT, NEWS, SUPPORT  # noqa: E402

from claimtrack.relations.entailment import load_entailment  # noqa: E402
from claimtrack.relations.signals import ENTAILMENT_SIGNALS, SIGNALS  # noqa: E402

FIRES = ("number", "date", "antonym", "dictionary antonym", "negation", "refuting", "polarity", "denied",
         "moved on", "filled in", "contradicted", "contradicted both ways")  # fmt: skip
GROUPS = {"headlines": NEWS[:2], "mnli": ("mnli",), "stories": ("stories",), "own pairs": ("gold",)}
SIDE, EDGE = 320, 45
LINES = ((SUPPORT, "support", "#1b7837"), (CONFLICT, "conflict", "#b2182b"))


def main() -> None:
    """Write the plot and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("plot", type=Path)
    arguments = parser.parse_args()
    table = read_table(arguments.bench, arguments.cache)
    chances = judge.crossed(table)
    news = np.isin(table.source, NEWS)
    curves = {
        label: reliability(chances[news, label], table.y[news] == label, table.weight[news])
        for label, _, _ in LINES
    }
    arguments.plot.write_text(drawn(curves), encoding="utf-8")
    for label, name, _ in LINES:
        print(name, [(round(x, 2), round(y, 2), n) for x, y, n in curves[label]])
    print_precisions(table)


def read_table(bench: Path, cache: Path) -> judge.Table:
    """The pairs that the entailment model has read, with all signals."""
    kept = [(p, v) for p in judge.load_pairs(bench, cache) if (v := judge.measured(p)) is not None]
    pairs, values = [p for p, _ in kept], [v for _, v in kept]
    model = load_entailment("builtin")
    assert model is not None
    found = judge.readings_of(pairs, values, model, cache)
    return judge.Table(
        [pairs[n] for n in found],
        SIGNALS | ENTAILMENT_SIGNALS,
        [values[n] | r.values() for n, r in found.items()],
    )


def reliability(said: Any, true: Any, weight: Any) -> list[tuple[float, float, int]]:
    """Mean chance, share that was right and number of pairs in ten bins; bins of fewer than 15 left out."""
    out = []
    for low in np.arange(0, 1, 0.1):
        here = (said >= low) & (said < low + 0.1 + (low > 0.85))
        if here.sum() >= 15:
            mean = np.average(said[here], weights=weight[here])
            out.append((float(mean), float(np.average(true[here], weights=weight[here])), int(here.sum())))
    return out


def drawn(curves: dict[int, list[tuple[float, float, int]]]) -> str:
    """Reliability curves as an SVG of 410 by 410."""
    whole = SIDE + 2 * EDGE

    def at(x: float, y: float) -> str:
        return f"{EDGE + SIDE * x:.1f},{EDGE + SIDE * (1 - y):.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{whole}" height="{whole}" fill="white"/>',
        f'<rect x="{EDGE}" y="{EDGE}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888"/>',
        f'<polyline points="{at(0, 0)} {at(1, 1)}" stroke="#bbb" stroke-dasharray="4"/>',
    ]
    for k, (label, name, colour) in enumerate(LINES):
        points = " ".join(at(x, y) for x, y, _ in curves[label])
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for x, y, _ in curves[label]:
            place = at(x, y).split(",")
            parts.append(f'<circle cx="{place[0]}" cy="{place[1]}" r="3" fill="{colour}"/>')
        parts.append(f'<text x="{EDGE + 10}" y="{EDGE + 20 + 16 * k}" fill="{colour}">{name}</text>')
    for tick in (0.0, 0.5, 1.0):
        parts.append(f'<text x="{EDGE + SIDE * tick - 8}" y="{EDGE + SIDE + 16}">{tick}</text>')
        parts.append(f'<text x="{EDGE - 26}" y="{EDGE + SIDE * (1 - tick) + 4}">{tick}</text>')
    parts.append(f'<text x="{EDGE + SIDE / 2 - 30}" y="{whole - 10}">chance said</text>')
    parts.append(f'<text x="8" y="{EDGE - 12}">share that was so</text></svg>')
    return "\n".join(parts) + "\n"


def print_precisions(table: judge.Table) -> None:
    """Of the pairs on which a signal fires, how many are conflicts, by source."""
    names = list(table.senses)
    print("| signal | " + " | ".join(GROUPS) + " |")
    for name in FIRES:
        fires = table.x[:, names.index(name)] > 0
        cells = []
        for sources in GROUPS.values():
            here = fires & np.isin(table.source, sources)
            here &= (table.source != "stories") | np.array([p.weight == 1.0 for p in table.pairs])
            cells.append(f"{(table.y[here] == CONFLICT).mean():.2f} of {here.sum()}" if here.any() else "")
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
