"""A sentence as printed words: spaCy's tokens glued where no white space parts them.

spaCy cuts "Jong-un" and "co-founder" into three tokens; names and titles are easier to see in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from claimtrack.language.parsed import ParsedText, Sentence, Token

_HYPHENS = {"-", "‐", "‑"}
_NAMES = {"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"}
_PREFIXES = {"anti", "pro", "non", "pre", "post", "mid", "ex", "un", "neo", "ultra", "co"}
_PARTIES = {"R", "D", "I"}
_NOT_NAMES = {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"}


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word or mark; `first` and `last` are token indices, both inclusive."""

    text: str
    start: int
    end: int  # without a possessive 's
    first: int
    last: int
    pos: str  # of its last token
    entity: str
    entity_start: bool
    is_mark: bool  # punctuation
    is_name: bool  # looks like a part of a proper name
    possessive: bool = False

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()


def words_of(parsed: ParsedText, sentence: Sentence) -> list[Word]:
    """The printed words of one sentence, in order."""
    out: list[Word] = []
    group: list[Token] = []

    def flush(possessive: bool = False) -> None:
        if group:
            out.append(_word(parsed, sentence, group, possessive))
            group.clear()

    for token in parsed.words(sentence):
        if token.tag == "POS" or token.text in ("'s", "’s"):
            if token.pos in ("PART", "PUNCT") or token.tag == "POS":
                flush(possessive=bool(group))
            else:
                flush()
            continue
        mark = _is_mark(token.text)
        glued = bool(group) and group[-1].end == token.start
        if mark and not (glued and token.text in _HYPHENS):
            flush()
            group.append(token)
            flush()
            continue
        if group and not (glued and (token.text in _HYPHENS or group[-1].text in _HYPHENS)):
            flush()
        group.append(token)
    flush()
    return out


@lru_cache(maxsize=16384)
def _is_mark(text: str) -> bool:
    return not any(c.isalnum() or c in "$%€£" for c in text)


def _word(parsed: ParsedText, sentence: Sentence, group: list[Token], possessive: bool) -> Word:
    if len(group) == 1:
        (t,) = group
        mark = _is_mark(t.text)
        name = not mark and t.text[0].isupper() and _is_name(group, sentence)
        return Word(t.text, t.start, t.end, t.i, t.i, t.pos, t.entity, t.entity_start, mark, name, possessive)
    while len(group) > 1 and group[-1].text in _HYPHENS:
        group.pop()
    first, last = group[0], group[-1]
    text = parsed.body[first.start : last.end]
    is_mark = _is_mark(text)
    capital = next((t for t in group if t.entity and t.text[:1].isupper()), first)
    return Word(
        text=text,
        start=first.start,
        end=last.end,
        first=first.i,
        last=last.i,
        pos=last.pos,
        entity=capital.entity,
        entity_start=first.entity_start,
        is_mark=is_mark,
        is_name=not is_mark and _is_name(group, sentence),
        possessive=possessive,
    )


def _is_name(group: list[Token], sentence: Sentence) -> bool:
    first = group[0]
    if len(group) > 1 and (first.text in _PREFIXES or first.text in _PARTIES) and group[1].text in _HYPHENS:
        return False  # "anti-Lee", "R-Ariz."
    upper = [t for t in group if t.text[:1].isupper()]
    if not upper or first.text in ("I", "I.") or first.pos in ("PRON", "DET", "CCONJ", "SCONJ", "ADP", "AUX"):
        return False
    if any(t.entity in _NOT_NAMES for t in group) and not any(t.entity in _NAMES for t in group):
        return False
    if first.i == sentence.first and len(group) == 1 and first.tag == "NNS" and first.lemma != first.lower:
        return False  # "Commuters said": the first word's capital makes no name
    if any(t.entity in _NAMES or t.pos == "PROPN" for t in upper):
        return len(first.text) > 1 or first.text.isupper()
    # A capital inside a sentence is a name for the small model's blind spots, not at its start.
    return first.i > sentence.first + 1 and first.pos in ("NOUN", "ADJ", "X") and first.text[1:2].islower()
