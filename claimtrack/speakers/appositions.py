"""The roles that stand beside a name: before it, before it with a comma, and after it with a comma."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimtrack.knowledge import Knowledge
from claimtrack.speakers.names import HONORIFICS, PARTICLES, fold, word_set
from claimtrack.speakers.roles import ROLE_NOUNS
from claimtrack.speakers.runs import MAX_TITLE, title_length
from claimtrack.speakers.words import Word

_TIME_NOUNS = word_set("""year years month week day today yesterday tomorrow morning evening night time""")


def roles_beside(words: list[Word], first: int, last: int, knowledge: Knowledge, body: str) -> Iterator[str]:
    """The roles beside a name: before it, before it with a comma, and after it with a comma."""
    before = _role_ending(words, first, knowledge, body)
    if before:
        yield before
    elif first > 1 and words[first - 1].text == ",":
        ahead = _role_ending(words, first - 1, knowledge, body, through_possessive=True)
        # "The mayor, Ann Lee, said": a definite or possessive role; a list ("a clerk, Bob") is not one.
        if ahead and last < len(words) and words[last].is_mark:
            yield ahead
    yield from _role_after(words, last, knowledge, body)


def _role_ending(
    words: list[Word], end: int, knowledge: Knowledge, body: str, through_possessive: bool = False
) -> str:
    """The role phrase whose last word is the one before `end`, or ""."""
    i = end
    while i and _in_role(words, i - 1, through_possessive or i < end):
        i -= 1
    while i < end and (words[i].lower in PARTICLES or words[i].pos in ("DET", "PRON", "ADV")):
        i += 1
    if i == end or words[end - 1].possessive or not _is_role_noun(words, i, end, knowledge):
        return ""
    text = re.sub(r"\s+", " ", body[words[i].start : words[end - 1].end])
    return "" if fold(text).rstrip(".") in HONORIFICS else text


def _in_role(words: list[Word], i: int, possessive: bool) -> bool:
    word = words[i]
    if word.is_mark or (word.possessive and not possessive) or fold(word.text).rstrip(".") in HONORIFICS:
        return False
    if word.lower == "and":  # "founder and director Ann Lee", but not "Bo Ray and director Ann Lee"
        return i > 0 and fold(words[i - 1].text) in ROLE_NOUNS
    if word.lower == "of":
        return True
    return word.pos in ("NOUN", "PROPN", "ADJ", "NUM", "X") or word.lower in (
        "co-founder",
        "vice",
        "then",
        "former",
    )


def _is_role_noun(words: list[Word], i: int, end: int, knowledge: Knowledge) -> bool:
    for k in range(max(i, end - MAX_TITLE), end):
        if title_length(words, k, knowledge) == end - k:
            return True
    word = words[end - 1]
    # "Globex treasurer Ann Lee": any common noun right before a name names what the person is.
    return word.pos == "NOUN" and word.text.islower() and word.lower not in _TIME_NOUNS


def _role_after(words: list[Word], last: int, knowledge: Knowledge, body: str) -> Iterator[str]:
    i = last
    if i < len(words) and words[i].text == "(":  # "(WHO)" or "(D-Vt.)" between name and comma
        i = next((k + 1 for k in range(i, min(i + 5, len(words))) if words[k].text == ")"), i)
    if i >= len(words) or words[i].text not in (",", "–", "—"):
        return
    i += 1
    if i + 1 < len(words) and words[i].text.isdigit() and words[i + 1].text == ",":  # an age
        i += 2
    end = i
    while end < len(words) and not (words[end].is_mark and words[end].text not in ("&", "-", "/", "’", "'")):
        if words[end].pos in ("VERB", "AUX", "PRON", "SCONJ") and end > i:
            break
        end += 1
    part = words[i:end]
    closed = end >= len(words) or words[end].is_mark
    if part and part[0].lower == "the" and not closed:
        return  # "…, the analyst said" begins a new clause
    if not 1 <= len(part) <= 24 or part[0].pos in ("VERB", "AUX", "ADP", "SCONJ", "PRON", "ADV", "CCONJ"):
        return
    head = next((k for k, w in enumerate(part) if w.pos == "ADP" and k), len(part))
    titled = any(
        title_length(words, i + k, knowledge) and (words[i + k].text.islower() or k + 1 >= head or k == 0)
        for k in range(min(head, 8))
    )
    described = part[0].pos == "DET" and part[head - 1].pos == "NOUN"  # "Al-Fajr, an independent daily,"
    if titled or described:
        start = 1 if part[0].pos == "DET" and len(part) > 1 else 0
        yield re.sub(r"\s+", " ", body[part[start].start : part[-1].end])
