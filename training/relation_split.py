"""The one split of the development pairs that everything trained on them keeps: FIT and HELD.

`python training/relation_split.py DEV.jsonl` prints how many pairs of each set fall where.

Groups of pairs, never single pairs, fall on a side, so that no text is seen on both:
- two texts that stand in one pair belong together (in FNC an *unrelated* pair joins a headline with a lead
  of any other story, and so binds nothing);
- Emergent and FNC tell the same few hundred stories in other words: their texts belong together when their
  TF-IDF cosine is at least `SAME_STORY`.
A group's side follows from a hash of its texts, so it stays when rows are added elsewhere.  A pair whose two
texts fell on different sides is BETWEEN: trained on by nobody, counted in no figure unless it is said.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

FIT, HELD, BETWEEN = "fit", "held", "between"
FIT_SHARE = 0.6
SAME_STORY = 0.4  # by eye: below it, other stories about the same person join
SALT = "claimtrack-1"  # the first one tried
STORIES = frozenset({"emergent", "fnc-lead"})

Row = Mapping[str, str]


def plain(text: str) -> str:
    """The words of a text, lower-case: what makes two texts the same."""
    return " ".join(re.findall(r"\w+", text.lower()))


class Groups:
    """Texts that belong together (union-find)."""

    def __init__(self) -> None:
        self.parents: dict[str, str] = {}

    def find(self, text: str) -> str:
        """The text that stands for the group."""
        self.parents.setdefault(text, text)
        while self.parents[text] != text:
            self.parents[text] = self.parents[self.parents[text]]
            text = self.parents[text]
        return text

    def join(self, a: str, b: str) -> None:
        """Make one group of two."""
        self.parents[self.find(a)] = self.find(b)


def same_stories(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of texts (plain) that share so many rare words that they tell one story."""
    counts = Counter(word for text in texts for word in set(text.split()))
    vectors: list[dict[str, float]] = []
    holders: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        weights = {w: math.log(len(texts) / counts[w]) for w in sorted(set(text.split())) if counts[w] > 1}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({word: weight / length for word, weight in weights.items()})
        for word in vectors[-1]:
            holders.setdefault(word, []).append(number)
    out = []
    for number, vector in enumerate(vectors):
        dots: dict[int, float] = {}
        for word, weight in vector.items():
            for other in holders[word]:
                if other < number:
                    dots[other] = dots.get(other, 0.0) + weight * vectors[other][word]
        out += [(texts[number], texts[other]) for other, dot in dots.items() if dot >= SAME_STORY]
    return out


def sides(rows: Sequence[Row]) -> dict[str, str]:
    """Row id → FIT, HELD or BETWEEN, for the rows of `relations/dev.jsonl` (id, dataset, a, b, label)."""
    groups = Groups()
    for row in rows:
        if row["dataset"] != "fnc-lead" or row["label"] != "unrelated":
            groups.join(plain(row["a"]), plain(row["b"]))
    news = {plain(row[side]) for row in rows if row["dataset"] in STORIES for side in "ab"}
    for a, b in same_stories(sorted(news)):
        groups.join(a, b)
    names: dict[str, str] = {}  # a group is named by its first text in alphabetical order
    for row in rows:
        for text in (plain(row["a"]), plain(row["b"])):
            group = groups.find(text)
            names[group] = min(names.get(group, text), text)
    out = {}
    for row in rows:
        of_both = {side_of(names[groups.find(plain(row[side]))]) for side in "ab"}
        out[row["id"]] = of_both.pop() if len(of_both) == 1 else BETWEEN
    return out


def side_of(name: str) -> str:
    """FIT or HELD for a group's name."""
    value = int.from_bytes(hashlib.sha256(f"{SALT}|{name}".encode()).digest()[:4], "big") / 2**32
    return FIT if value < FIT_SHARE else HELD


def main() -> None:
    """Count pairs and contradictions of each set on each side."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    where = sides(rows)
    counts = Counter(
        (row["dataset"], where[row["id"]], label) for row in rows for label in ("all", row["label"])
    )
    print(f"{'set':14} {'fit':>12} {'held':>12} {'between':>8}   (of them contradictions)")
    for name in sorted({row["dataset"] for row in rows}):
        cells = [f"{counts[name, s, 'all']} ({counts[name, s, 'contradicts']})" for s in (FIT, HELD)]
        print(f"{name:14} {cells[0]:>12} {cells[1]:>12} {counts[name, BETWEEN, 'all']:>8}")


if __name__ == "__main__":
    main()
