"""Make the word tables of claimtrack/relations: antonyms.csv, synonyms.csv and rarity.csv.

    python training/relations_lexicon.py WORDNET_DIR RELATIONS_TRAIN.jsonl ATTRIBUTION_TRAIN.jsonl

WORDNET_DIR holds WordNet 3.0 as Debian's wordnet-base lays it down (/usr/share/wordnet).  Of the texts only
word counts go into the tables.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log10
from pathlib import Path

from claimtrack.relations.words import stem

TABLES = Path(__file__).resolve().parent.parent / "claimtrack" / "relations"
POS = ("noun", "verb", "adj", "adv")
SENSES = 2  # a word's third meaning is seldom the one that news means
SEEN = 4  # sentences that must hold a word for it to be listed
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
Sense = tuple[str, int]  # part of speech and place in the data file


def main() -> None:
    """Read the three sources and write the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("texts", nargs="+", type=Path)
    arguments = parser.parse_args()
    counts, sentences = count(arguments.texts)
    known = {word for word, n in counts.items() if n >= SEEN}
    senses = read_senses(arguments.wordnet)
    synsets, opposites = read_synsets(arguments.wordnet)
    write("rarity.csv", ("stem", "weight"), rarities(counts, sentences))
    write("antonyms.csv", ("one", "other"), sorted(antonyms(opposites, senses, known)))
    write("synonyms.csv", ("words",), sorted(synonyms(synsets, senses, known)))


def count(paths: Iterable[Path]) -> tuple[Counter[str], int]:
    """In how many different sentences each word stands, and how many there are."""
    seen: set[str] = set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            parts = (row["a"], row["b"]) if "a" in row else re.split(r"(?<=[.!?”\"])\s+|\n+", row["text"])
            seen.update(part.strip() for part in parts if part.strip())
    counts: Counter[str] = Counter()
    for sentence in seen:
        counts.update({w.casefold() for w in _WORD.findall(sentence)})
    return counts, len(seen)


def rarities(counts: Counter[str], sentences: int) -> Iterator[tuple[str, str]]:
    """Stems with 0 (in one of thirty sentences or more) to 1 (in one of thirty thousand or fewer)."""
    stems: Counter[str] = Counter()
    for word, n in counts.items():
        stems[stem(word)] += n
    for word, n in sorted(stems.items()):
        weight = min(1.0, max(0.0, (log10(sentences / n) - 1.5) / 3))
        if weight < 0.98 and n >= SEEN:
            yield word, f"{weight:.2f}"


def read_senses(folder: Path) -> dict[tuple[str, str], list[int]]:
    """The places of a word's meanings, commonest first, by word and part of speech."""
    found = {}
    for pos in POS:
        for line in (folder / f"index.{pos}").read_text(encoding="latin-1").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split()
            n, pointers = int(fields[2]), int(fields[3])
            found[fields[0], pos] = [int(f) for f in fields[6 + pointers : 6 + pointers + n]]
    return found


def read_synsets(folder: Path) -> tuple[dict[Sense, list[str]], list[tuple[Sense, str, str, Sense]]]:
    """The words of each meaning, and the pairs of words that are antonyms in a meaning each."""
    synsets: dict[Sense, list[str]] = {}
    pointers: list[tuple[Sense, int, Sense, int]] = []
    letter = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
    for pos in POS:
        for line in (folder / f"data.{pos}").read_text(encoding="latin-1").splitlines():
            if line.startswith(" "):
                continue
            fields = line.split(" | ")[0].split()
            here, n = (pos, int(fields[0])), int(fields[3], 16)
            synsets[here] = [re.sub(r"\(.*\)", "", w.lower()) for w in fields[4 : 4 + 2 * n : 2]]
            at = 5 + 2 * n
            for _ in range(int(fields[4 + 2 * n])):
                symbol, offset, kind, ends = fields[at : at + 4]
                at += 4
                if symbol == "!" and ends != "0000":
                    pointers.append((here, int(ends[:2], 16), (letter[kind], int(offset)), int(ends[2:], 16)))
    pairs = [(s, synsets[s][i - 1], synsets[t][j - 1], t) for s, i, t, j in pointers]
    return synsets, pairs


def antonyms(
    pairs: Iterable[tuple[Sense, str, str, Sense]], senses: dict[tuple[str, str], list[int]], known: set[str]
) -> set[tuple[str, str]]:
    """Pairs of known single words that are antonyms in a common meaning of both."""
    found = set()
    for sense, one, other, against in pairs:
        common = all(
            at in senses.get((w, pos), [])[:SENSES] for w, (pos, at) in ((one, sense), (other, against))
        )
        if common and one < other and {one, other} <= known and stem(one) != stem(other):
            found.add((one, other))
    return found


def synonyms(
    synsets: dict[Sense, list[str]], senses: dict[tuple[str, str], list[int]], known: set[str]
) -> set[tuple[str]]:
    """Known single words that share a common meaning of each."""
    found = set()
    for (pos, at), words in synsets.items():
        common = sorted({w for w in words if w in known and at in senses.get((w, pos), [])[:SENSES]})
        if len({stem(w) for w in common}) > 1:
            found.add((" ".join(common),))
    return found


def write(name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """One table."""
    with (TABLES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
