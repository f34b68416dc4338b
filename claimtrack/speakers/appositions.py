"""The roles that stand beside a name: before it, before it with a comma, and after it with a comma."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimtrack.knowledge import Knowledge
from claimtrack.speakers.names import HONORIFICS, PARTICLES, fold, word_set
from claimtrack.speakers.roles import ROLE_NOUNS
from claimtrack.speakers.runs import MAX_TITLE, PLURAL_TITLES, is_post_nominal, title_length
from claimtrack.speakers.states import seat_of
from claimtrack.speakers.words import Word

_TIME_NOUNS = word_set(
    """year years month week day today yesterday tomorrow morning evening night time elder younger"""
)
# "who leads the union": the role that a relative clause tells, by its verb
_DEEDS = {
    "leads": "leader", "led": "leader", "heads": "head", "headed": "head", "runs": "head", "ran": "head",
    "chairs": "chairman", "chaired": "chairman", "directs": "director", "directed": "director",
    "founded": "founder", "owns": "owner", "owned": "owner", "edits": "editor", "edited": "editor",
    "manages": "manager", "managed": "manager", "coaches": "coach", "coached": "coach",
    "represents": "representative", "represented": "representative", "teaches": "teacher",
    "studies": "researcher", "studied": "researcher", "governs": "governor", "advises": "adviser",
    "advised": "adviser",
}  # fmt: skip
_LONGEST = 24  # words of an apposition


def roles_beside(words: list[Word], first: int, last: int, knowledge: Knowledge, body: str) -> Iterator[str]:
    """The roles beside a name: before it, before it with a comma, and after it with a comma."""
    before = _role_ending(words, first, knowledge, body)
    if before:
        yield before
        place = place_after(words, last, body)
        if place:
            yield f"{before} of {place}"
    elif first > 1 and words[first - 1].text == ",":
        ahead = _role_ending(words, first - 1, knowledge, body, through_possessive=True)
        ahead = ahead or _role_phrase(words, first - 1, body)
        # "The mayor, Ann Lee, said": a definite or possessive role; a list ("a clerk, Bob") is not one.
        if ahead and last < len(words) and words[last].is_mark:
            yield ahead
    yield from _role_after(words, last, knowledge, body)


def place_after(words: list[Word], last: int, body: str) -> str:
    """The place of "Senator Ann Lee of Vermont", or ""."""
    end = last + 1
    if end >= len(words) or words[last].lower not in ("of", "from"):
        return ""
    while end < len(words) and words[end].is_name:
        end += 1
    return _text(words[last + 1 : end], body)


def _text(words: list[Word], body: str) -> str:
    return re.sub(r"\s+", " ", body[words[0].start : words[-1].end]) if words else ""


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
    text = _text(words[i:end], body)
    if words[end - 1].lower in PLURAL_TITLES:
        return PLURAL_TITLES[words[end - 1].lower]
    return "" if fold(text).rstrip(".") in HONORIFICS else text


def _role_phrase(words: list[Word], end: int, body: str) -> str:
    """ "The Russian ambassador in Copenhagen, Ann Lee,": a role with a phrase behind it, or ""."""
    start = end
    while start and not words[start - 1].is_mark and end - start < _LONGEST // 2:
        start -= 1
        if words[start].pos in ("VERB", "AUX", "PRON", "SCONJ"):
            return ""
        if words[start].lower in ("the", "a", "an"):
            part = words[start + 1 : end]
            head = next((k for k, w in enumerate(part) if w.pos == "ADP"), 0)
            return _text(part, body) if head and fold(part[head - 1].text) in ROLE_NOUNS else ""
    return ""


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
    if word.lower in PLURAL_TITLES:
        return True
    # "Globex treasurer Ann Lee": any common noun right before a name names what the person is.
    return word.pos == "NOUN" and word.text.islower() and word.lower not in _TIME_NOUNS


def _role_after(words: list[Word], last: int, knowledge: Knowledge, body: str) -> Iterator[str]:
    i = last
    while i < len(words) and is_post_nominal(words, i):
        if fold(words[i].text) in ROLE_NOUNS:
            yield words[i].text
        i += 1
    if i < len(words) and words[i].text == "(":  # "(WHO)" or "(D-Vt.)" between name and comma
        close = next((k for k in range(i, min(i + 5, len(words))) if words[k].text == ")"), i - 1)
        seat = seat_of(_text(words[i + 1 : close], body)) if close > i + 1 else ""
        if seat:
            yield seat
        i = close + 1
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
    if part and (seat := seat_of(_text(part, body))):
        yield seat
        return
    if i < len(words) and words[i].lower == "who":
        yield from _role_by_deed(words, i + 1, body)
        return
    if part and part[0].lower == "the" and not closed:
        return  # "…, the analyst said" begins a new clause
    if not 1 <= len(part) <= _LONGEST:
        return
    if part[0].pos in ("VERB", "AUX", "ADP", "SCONJ", "PRON", "ADV", "CCONJ") or part[0].lower == "whose":
        return
    head = next((k for k, w in enumerate(part) if w.pos == "ADP" and k), len(part))
    titled = any(
        title_length(words, i + k, knowledge)
        and not (k and is_post_nominal(words, i + k))
        and (words[i + k].text.islower() or k + 1 >= head or k == 0)
        for k in range(min(head, 8))
    )
    described = part[0].pos == "DET" and part[head - 1].pos == "NOUN"  # "Al-Fajr, an independent daily,"
    if titled or described:
        start = 1 if part[0].pos == "DET" and len(part) > 1 else 0
        yield _text(part[start:], body)


def _role_by_deed(words: list[Word], i: int, body: str) -> Iterator[str]:
    """ "who leads the union", "who was mayor of Orlo": what a relative clause says the person is."""
    end = i
    while end < len(words) and not words[end].is_mark and end - i < _LONGEST // 2:
        if end > i + 1 and words[end].pos in ("VERB", "AUX", "SCONJ", "PRON"):
            break
        end += 1
    if end - i < 2:
        return
    rest = _text(words[i + 1 : end], body)
    noun = _DEEDS.get(words[i].lower)
    if noun:
        yield f"{noun} of {rest}"
    elif words[i].lower in ("is", "was"):
        known = next((w for w in words[i + 1 : end] if w.pos in ("NOUN", "PROPN", "ADP")), None)
        plain = re.sub(r"^(?:the|a|an)\s+", "", rest)
        if known is not None and fold(plain.split(" of ")[0].split()[-1]) in ROLE_NOUNS:
            yield plain if words[i].lower == "is" else f"former {plain}"
