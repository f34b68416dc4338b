"""Score the extractor on a corpus of annotated articles, one JSON object a line.

    python benchmarks/attribution.py [CORPUS.jsonl] [--output PREDICTIONS.jsonl]

CORPUS has {"id", "text", "attributions": [{"source", "cue", "content"}]} with lists of [start, end); by
default the gold passages of tests/gold.  PREDICTIONS is what ../shared/bench/attribution/score.py reads.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.scoring import count, figures  # noqa: E402
from claimtrack.attribution.finder import find_attributions  # noqa: E402
from claimtrack.language.model import load  # noqa: E402
from claimtrack.records import Article, Attribution, Span  # noqa: E402
from tests.gold.load import load_attribution  # noqa: E402


def main() -> int:
    """Print the figures, and write the predictions where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--output", type=Path)
    arguments = parser.parse_args()
    tally: Counter[tuple[str, str]] = Counter()
    lines = []
    for row, predicted in predict(rows_of(arguments.corpus)):
        tally += count(row["text"], row["attributions"], predicted)
        lines.append(json.dumps({"id": row["id"], "attributions": predicted}, ensure_ascii=False))
    if arguments.output:
        arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for part, values in figures(tally).items():
        print(f"{part:<9}" + "  ".join(f"{name} {value:.3f}" for name, value in values.items()))
    return 0


def rows_of(corpus: Path | None) -> Iterator[dict[str, Any]]:
    """The corpus's articles, or the gold passages."""
    if corpus is None:
        yield from (passage.row() for passage in load_attribution())
        return
    with corpus.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each row with what the extractor finds in its text."""
    model = load()
    for row in rows:
        article = Article(row["text"], row["id"])
        yield row, [as_row(a) for a in find_attributions(article, model.parse(article))]


def as_row(attribution: Attribution) -> dict[str, Any]:
    """An attribution in the bench's form."""

    def offsets(spans: Iterable[Span]) -> list[list[int]]:
        return [[s.start, s.end] for s in spans]

    a = attribution
    return {"source": offsets(a.source), "cue": offsets(a.cue), "content": offsets(a.content)}


if __name__ == "__main__":
    sys.exit(main())
