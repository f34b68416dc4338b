"""How words are compared: stems, concepts, how common a word is, pairs that exclude each other.

Three small tables beside this file carry the knowledge.  `common.csv` holds the lemmas that stand in
at least one of fifty news articles, with a weight from 0 (in every article) to 1 (in one of fifty):
ln(1/share) / ln(50), counted over 600 articles of the training half of PolNeAR (Newell et al., LREC
2018) without names; words of office and compass points, and of that campaign, have weights by hand.  A
lemma not listed is rare and weighs 1.
`concepts.csv` groups words that news uses for one thing; `exclusive.csv` pairs words that cannot both
be true of one thing.  The last two are hand-made and may be extended.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

# Longest first; a suffix goes only where at least four letters stay.
_SUFFIXES = (
    "ization", "isation", "ations", "ation", "ments", "ment", "ition", "ness", "ings", "ance", "ence",
    "ions", "ion", "ize", "ise", "ate", "ing", "ers", "ors", "ive", "ity", "ies", "ied", "er", "or",
    "al", "ly", "ed", "es", "s", "e",
)  # fmt: skip
# What turns a country into its people or language: Brazil and Brazilian, Malta and Maltese.
_DEMONYMS = ("ians", "ian", "ans", "ese", "ish", "ain", "an", "is", "ia", "a", "i", "y", "n", "s")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table that lies beside this module."""
    text = files("claimtrack.relations").joinpath(name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def listed(text: str) -> frozenset[str]:
    """A word list written as running text."""
    return frozenset(text.split())


@lru_cache(maxsize=1)
def _common() -> dict[str, float]:
    return {row["lemma"]: float(row["weight"]) for row in rows("common.csv")}


@lru_cache(maxsize=1)
def _concepts() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("concepts.csv"):
        for word in row["words"].split():
            found.setdefault(stem(word), set()).add(row["concept"])
    return {word: frozenset(concepts) for word, concepts in found.items()}


@lru_cache(maxsize=1)
def _exclusive() -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for row in rows("exclusive.csv"):
        for one in concepts_of(row["one"]):
            pairs.update((one, other) for other in concepts_of(row["other"]))
    return frozenset(pairs | {(b, a) for a, b in pairs})


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A lemma without the ending that makes a noun of a verb: "negotiation", "negotiate" → "negoti"."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4 and not word.endswith("ss"):
            return word[: -len(suffix)].rstrip("e")
    return word


@lru_cache(maxsize=65_536)
def name_token(word: str) -> str:
    """One word of a name in a form that country and people share: "Canada", "Canadians" → "canad"."""
    word = word.strip("'’.\"“”").removesuffix("'s").removesuffix("’s")
    while True:
        for suffix in _DEMONYMS:
            if word.endswith(suffix) and len(word) - len(suffix) >= 4:
                word = word[: -len(suffix)]
                break
        else:
            return word


@lru_cache(maxsize=65_536)
def weight(lemma: str) -> float:
    """How much it means that two claims share this word, 0 to 1: 1 for a rare one."""
    return _common().get(lemma, 1.0)


@lru_cache(maxsize=65_536)
def concepts_of(lemma: str) -> frozenset[str]:
    """The concepts a word belongs to, else its stem alone: never empty."""
    root = stem(lemma)
    return _concepts().get(root) or frozenset({root})


@lru_cache(maxsize=1)
def excluding() -> frozenset[str]:
    """All concepts that exclude some other."""
    return frozenset(c for pair in _exclusive() for c in pair)


def exclude(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two words, given by their concepts, cannot both be true of one thing."""
    return not one & other and any((a, b) in _exclusive() for a in one for b in other)
