"""Judge pairs of bare texts with the signals and weights of the judge.

    python benchmarks/relation_pairs.py PAIRS.jsonl [--entailment off|builtin|FOLDER] > PREDICTIONS.jsonl

A row is {"id", "a", "b"}; what else it holds is not read.  Of bare texts neither speaker nor day nor article
is known: the gates that ask for them stay open, and the label is the likeliest of *corroborates*,
*contradicts* and *unrelated*, for all sets alike.  A prediction is {"id", "label", "p_contradicts"}, as the
bench's relations/score.py reads it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claimtrack.claims.bare import Said, claim_of_text
from claimtrack.language.model import Model, load
from claimtrack.records import Claim
from claimtrack.relations.calendar_days import in_order
from claimtrack.relations.entailment import OFF, Entailment, load_entailment
from claimtrack.relations.evidence import weigh
from claimtrack.relations.model import Chances, Setting, chances_of
from claimtrack.relations.reading import read
from claimtrack.relations.signals import values_of

BATCH = 500


def main() -> int:
    """Judge the rows of a file; predictions go to standard output."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--entailment", default=OFF, help="off, builtin, or the folder of a model")
    arguments = parser.parse_args()
    entailment, model = load_entailment(arguments.entailment), load()
    with arguments.pairs.open(encoding="utf-8") as file:
        rows = (json.loads(line) for line in file if line.strip())
        for batch in iter(lambda: list(islice(rows, BATCH)), []):
            for prediction in predict(batch, model, entailment):
                print(json.dumps(prediction))
    return 0


def predict(
    rows: Sequence[dict[str, Any]], model: Model, entailment: Entailment | None
) -> Iterator[dict[str, Any]]:
    """One prediction for each row, in order."""
    made: dict[str, Claim] = {}
    for text in dict.fromkeys(text for row in rows for text in (row["a"], row["b"])):
        made[text] = claim_of_text(model, Said(text), str(len(made)))
    judged = judge_given(((made[row["a"]], made[row["b"]]) for row in rows), entailment)
    for row, chances in zip(rows, judged, strict=True):
        nothing = 1 - chances.fact
        scores = {"corroborates": chances.support, "contradicts": chances.conflict, "unrelated": nothing}
        label = max(scores, key=scores.__getitem__)
        yield {"id": row["id"], "label": label, "p_contradicts": round(chances.conflict, 5)}


def judge_given(pairs: Iterable[tuple[Claim, Claim]], entailment: Entailment | None) -> list[Chances]:
    """The chances of pairs that somebody laid side by side."""
    ordered = [in_order(a, b) for a, b in pairs]
    values = [values_of(weigh(a, b)) for a, b in ordered]
    if entailment is not None:
        for mine, reading in zip(values, read(entailment, ordered), strict=True):
            mine.update(reading.values())
    return [chances_of(mine, Setting.GIVEN) for mine in values]


if __name__ == "__main__":
    sys.exit(main())
