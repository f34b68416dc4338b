"""Attribution F1 in the sense of PolNeAR's comparisons: our own small scorer, so that CI needs no corpus.

A predicted attribution is right when its content's letters overlap a gold one's with an IoU of at least
0.5 (one to one, best first) and its source overlaps the gold source, or both name none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

Attribution = Mapping[str, Sequence[Sequence[int]]]
QUOTES = frozenset('"“”«»„')
SLICES = ("all", "quoted", "indirect")


def letters(text: str, spans: Iterable[Sequence[int]]) -> frozenset[int]:
    """The offsets of the letters and digits inside the spans."""
    return frozenset(i for start, end in spans for i in range(start, end) if text[i].isalnum())


def match(text: str, gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> dict[int, int]:
    """Gold number to predicted number, one to one, best overlap first."""
    ours = [letters(text, p["content"]) for p in predicted]
    candidates = []
    for g, attribution in enumerate(gold):
        theirs = letters(text, attribution["content"])
        for p, mine in enumerate(ours):
            both = len(theirs & mine)
            if both and both / (len(theirs) + len(mine) - both) >= 0.5:
                candidates.append((-both / (len(theirs) + len(mine) - both), g, p))
    pairs: dict[int, int] = {}
    for _, g, p in sorted(candidates):
        if g not in pairs and p not in pairs.values():
            pairs[g] = p
    return pairs


def same_source(text: str, gold: Attribution, predicted: Attribution) -> bool:
    """Whether the two sources share a letter, or neither names one."""
    one, other = letters(text, gold.get("source", ())), letters(text, predicted.get("source", ()))
    return bool(one & other) or (not one and not other)


def kind(text: str, attribution: Attribution) -> str:
    """Quoted where a quotation mark stands in or beside the content, else indirect."""
    around = (text[max(0, s - 1) : e + 1] for s, e in attribution["content"])
    return "quoted" if any(c in QUOTES for part in around for c in part) else "indirect"


def count(
    text: str, gold: Sequence[Attribution], predicted: Sequence[Attribution]
) -> Counter[tuple[str, str]]:
    """Tallies (slice, what) of one article: gold, predicted, matched, right."""
    tally: Counter[tuple[str, str]] = Counter()
    pairs = match(text, gold, predicted)
    of_predicted = {p: g for g, p in pairs.items()}
    for g, attribution in enumerate(gold):
        for part in ("all", kind(text, attribution)):
            tally[part, "gold"] += 1
            if g in pairs:
                tally[part, "matched"] += 1
                tally[part, "right"] += same_source(text, attribution, predicted[pairs[g]])
    for p, attribution in enumerate(predicted):
        slice_ = kind(text, gold[of_predicted[p]] if p in of_predicted else attribution)
        tally["all", "predicted"] += 1
        tally[slice_, "predicted"] += 1
    return tally


def figures(tally: Counter[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and source accuracy by slice."""
    out = {}
    for part in SLICES:
        right, said, wanted = (tally[part, what] for what in ("right", "predicted", "gold"))
        precision, recall = right / said if said else 0.0, right / wanted if wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        source = right / tally[part, "matched"] if tally[part, "matched"] else 0.0
        out[part] = {"precision": precision, "recall": recall, "f1": f1, "source": source}
    return out
