"""Countries and their adjectives: enough to see that "Norwegian" and "Norway" are one place."""

from __future__ import annotations

import re
from functools import lru_cache

from claimtrack.knowledge import MetonymKind, load_knowledge, name_key

_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Each country's name and adjectives, folded, with the country: from the starting knowledge."""
    out: dict[str, str] = {}
    for entry in load_knowledge().metonyms:
        if entry.kind is MetonymKind.COUNTRY and not entry.metonym.startswith("The "):
            for word in (entry.metonym, entry.country, *entry.adjectives):
                if word:
                    out.setdefault(name_key(word), name_key(entry.country or entry.metonym))
    return out


@lru_cache(maxsize=4096)
def country_of(text: str) -> str:
    """The country that the first country name or adjective in the text stands for, or ""."""
    printed = _WORD.findall(_DOTTED.sub(lambda m: m.group().replace(".", ""), text))
    words = [name_key(w) for w in printed]
    table = _countries()
    for i, word in enumerate(words):
        for n in (3, 2):
            if len(words) >= i + n and (found := table.get(" ".join(words[i : i + n]))):
                return found
        if (found := table.get(word)) and (len(word) > 2 or printed[i].isupper()):
            return found
    return ""


@lru_cache(maxsize=4096)
def is_nation_word(text: str) -> bool:
    """Whether the text is nothing but a country's name or adjective, as "Norwegians" is."""
    key = name_key(text)
    if len(key) <= 2 and not text.isupper() and "." not in text:
        return False
    return key in _countries() or key.removesuffix("s") in _countries()
