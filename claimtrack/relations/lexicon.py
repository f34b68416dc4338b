"""What a dictionary and a large count of sentences know of words: rarity, synonyms, antonyms.

`rarity.csv` says how rare a stem is in English sentences, 0 (in one of thirty or more) to 1 (in one of thirty
thousand or fewer; so is a stem that is not listed).  `synonyms.csv` and `antonyms.csv` come from WordNet 3.0
(Princeton University; its licence is in docs/dependencies.md): single words in their two commonest meanings.
`training/relations_lexicon.py` makes all three.
"""

from __future__ import annotations

from functools import lru_cache

from claimtrack.relations.words import concepts_of, rows, stem


@lru_cache(maxsize=1)
def _rarities() -> dict[str, float]:
    return {row["stem"]: float(row["weight"]) for row in rows("rarity.csv")}


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number, row in enumerate(rows("synonyms.csv")):
        for word in row["words"].split():
            found.setdefault(stem(word), set()).add(f"={number}")
    return {word: frozenset(meanings) for word, meanings in found.items()}


@lru_cache(maxsize=1)
def _antonyms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("antonyms.csv"):
        one, other = stem(row["one"]), stem(row["other"])
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def rarity(root: str) -> float:
    """How much it means that two texts share this stem, 0 to 1."""
    return _rarities().get(root, 1.0)


def meanings_of(root: str) -> frozenset[str]:
    """The concepts and the dictionary's meanings of a stem: words that share one may stand for each other."""
    return _synonyms().get(root, frozenset()) | concepts_of(root)


def antonyms_of(root: str) -> frozenset[str]:
    """The stems that the dictionary sets against this one."""
    return _antonyms().get(root, frozenset())
