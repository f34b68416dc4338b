"""Score the extractor on a corpus of annotated articles, one JSON object a line.

    python benchmarks/attribution.py [CORPUS.jsonl] [--mode rules|model|hybrid] [--output PREDICTIONS.jsonl]

CORPUS has {"id", "text", "attributions": [{"source", "cue", "content"}]} with lists of [start, end); by
default the gold passages of tests/gold.  PREDICTIONS is what ../shared/bench/attribution/score.py reads.
The last lines show how far the confidences can be trusted: of those said to be right with a probability
in a band, how many are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.scoring import count, figures, match, same_source  # noqa: E402
from claimtrack.attribution.modes import Mode  # noqa: E402
from claimtrack.extraction import attributions_of  # noqa: E402
from claimtrack.records import Article, Attribution, Span  # noqa: E402
from claimtrack.settings import read_settings  # noqa: E402
from tests.gold.load import load_attribution  # noqa: E402


def main() -> int:
    """Print the figures, and write the predictions where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--mode", type=Mode, choices=list(Mode), default=Mode.HYBRID)
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    tally: Counter[tuple[str, str]] = Counter()
    lines = []
    bands: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for row, predicted in predict(rows_of(arguments.corpus), arguments.mode):
        tally += count(row["text"], row["attributions"], predicted)
        for sure, right in judged(row["text"], row["attributions"], predicted):
            bands[min(int(sure * 10), 9)].append((sure, right))
        lines.append(json.dumps({"id": row["id"], "attributions": predicted}, ensure_ascii=False))
    if arguments.output:
        arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for part, values in figures(tally).items():
        print(f"{part:<9}" + "  ".join(f"{name} {value:.3f}" for name, value in values.items()))
    print("said     right    of")
    for _, band in sorted(bands.items()):
        said, right = (sum(values) / len(band) for values in zip(*band, strict=True))
        print(f"{said:.3f}    {right:.3f}{len(band):>6}")
    return 0


def judged(text: str, gold: list[Any], predicted: list[dict[str, Any]]) -> Iterator[tuple[float, bool]]:
    """The confidence of each prediction, and whether it is right."""
    pairs = {p: g for g, p in match(text, gold, predicted).items()}
    for p, attribution in enumerate(predicted):
        yield attribution["confidence"], p in pairs and same_source(text, gold[pairs[p]], attribution)


def rows_of(corpus: Path | None) -> Iterator[dict[str, Any]]:
    """The corpus's articles, or the gold passages."""
    if corpus is None:
        yield from (passage.row() for passage in load_attribution())
        return
    with corpus.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def predict(
    rows: Iterable[dict[str, Any]], mode: Mode
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each row with what the extractor finds in its text."""
    settings = read_settings(attribution=mode)
    for row in rows:
        yield row, [as_row(a) for a in attributions_of(Article(row["text"], row["id"]), settings)]


def as_row(attribution: Attribution) -> dict[str, Any]:
    """An attribution in the bench's form."""

    def offsets(spans: Iterable[Span]) -> list[list[int]]:
        return [[s.start, s.end] for s in spans]

    a = attribution
    spans = {"source": offsets(a.source), "cue": offsets(a.cue), "content": offsets(a.content)}
    return spans | {"confidence": a.confidence, "rule": a.rule}


if __name__ == "__main__":
    sys.exit(main())
