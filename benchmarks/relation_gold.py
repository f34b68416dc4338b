"""Score the judge on our own judged pairs, by relation.

python benchmarks/relation_gold.py [--entailment off|builtin|FOLDER] [--misses]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.gold_claims import own_pairs
from claimtrack.language.model import load
from claimtrack.relations import judge_pairs
from claimtrack.relations.entailment import OFF, Entailment, load_entailment
from tests.gold.load import load_relations

KINDS = ("corroborates", "contradicts", "updates", "repeats", "none")


def main() -> int:
    """Print precision, recall and F1 of each relation."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entailment", default=OFF, help="off, builtin, or the folder of a model")
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    judged = list(judge_gold(load_entailment(arguments.entailment)))
    for kind, (precision, recall, f1) in figures(judged).items():
        print(f"{kind:14} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    for name, gold, said in judged if arguments.misses else ():
        if gold != said:
            print(f"{name}: {gold}, said {said}")
    return 0


def judge_gold(entailment: Entailment | None) -> Iterator[tuple[str, str, str]]:
    """Name, gold and judgement of every pair."""
    for row, one, other in own_pairs(load_relations(), load()):
        found = judge_pairs([(one, other)], entailment)
        yield row["id"], row["relation"], found[0].kind.value if found else "none"


def figures(judged: list[tuple[str, str, str]]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 by relation, "none" among them."""
    tally = Counter((gold, said) for _, gold, said in judged)
    out = {}
    for kind in KINDS:
        right = tally[kind, kind]
        said = sum(n for (_, s), n in tally.items() if s == kind)
        gold = sum(n for (g, _), n in tally.items() if g == kind)
        out[kind] = (right / max(1, said), right / max(1, gold), 2 * right / max(1, said + gold))
    return out


if __name__ == "__main__":
    sys.exit(main())
