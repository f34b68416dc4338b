"""Parts of speech and lemmas, looked up once for each word and use instead of once for each token.

spaCy's attribute ruler decides by a token's tag and dependency, by the form of a few words ("but", "it"),
and in a few patterns ("there is", "let's") by the token beside it; its rule lemmatizer by form, part of
speech and morphology.  Their answers are asked of them once and kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

_KEPT = 50_000  # uses of words; more than that and the memory begins anew
_DECIDED_BY = {"TAG", "LOWER", "DEP", "IS_SPACE"}

Use = tuple[int, int, int]  # spaCy's hashes of a token's form, tag and dependency


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of a word in one use."""

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    opens: bool = False  # whether a pattern of two tokens may begin here


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the ruler makes of a token; `lemma` is "" where it leaves that to the lemmatizer."""

    pos: str
    morph: str
    lemma: str
    tag: str
    dep: str


class Morphology:
    """The memory of one language model's attribute ruler and lemmatizer; make one with `remember`."""

    def __init__(self, nlp: Any, patterns: Sequence[Sequence[dict[str, Any]]]) -> None:
        self._vocab = nlp.vocab
        self._ruler = nlp.get_pipe("attribute_ruler")
        self._lemmatizer = nlp.get_pipe("lemmatizer")
        self._odd = _odd_words(patterns)
        self._openers = Matcher(nlp.vocab)
        if first := [[pattern[0]] for pattern in patterns if len(pattern) == 2]:
            self._openers.add("opens", first)
        self._forms: dict[Use, Form] = {}
        self._pairs: dict[tuple[Use, Use], tuple[Form, Form]] = {}
        self._readings: dict[tuple[str, str, str], tuple[_Reading, bool]] = {}
        self._lemmas: dict[tuple[str, str, str], str] = {}

    def forms(self, uses: Sequence[Use]) -> list[Form]:
        """The form of each token of one text."""
        if len(self._forms) + len(self._pairs) + len(uses) > _KEPT:
            self._forms.clear()
            self._pairs.clear()
            self._lemmas.clear()
        known = self._forms
        out = [known.get(use) or self._learn(use) for use in uses]
        for n, form in enumerate(out[:-1]):
            if form.opens:
                first, second = self._pair(uses[n], uses[n + 1])
                if out[n] is form:  # and not what the pair before made of it
                    out[n] = first
                out[n + 1] = second
        return out

    def _learn(self, use: Use) -> Form:
        text, tag, dep = (self._vocab.strings[part] for part in use)
        lower = text.lower()
        # The ruler cannot tell words apart that no pattern names; white space it can.
        key = (lower if text.isspace() or self._odd(lower) else "", tag, dep)
        if key not in self._readings:
            doc = self._doc((text,), (tag,), (dep,))
            opens = bool(self._openers(doc, allow_missing=True))
            self._readings[key] = self._read(doc)[0], opens
        reading, opens = self._readings[key]
        self._forms[use] = form = self._form(text, reading, opens)
        return form

    def _pair(self, first: Use, second: Use) -> tuple[Form, Form]:
        pair = first, second
        if pair not in self._pairs:
            texts, tags, deps = ([self._vocab.strings[use[n]] for use in pair] for n in range(3))
            readings = self._read(self._doc(texts, tags, deps))
            a, b = (self._form(text, r, True) for text, r in zip(texts, readings, strict=True))
            self._pairs[pair] = a, replace(b, opens=self._forms[second].opens)
        return self._pairs[pair]

    def _doc(self, texts: Sequence[str], tags: Sequence[str], deps: Sequence[str]) -> Doc:
        # Without heads spaCy takes no dependencies; each token is its own.
        heads = list(range(len(texts)))
        return Doc(self._vocab, words=list(texts), tags=list(tags), deps=list(deps), heads=heads)

    def _read(self, doc: Doc) -> list[_Reading]:
        return [
            _Reading(t.pos_, str(t.morph), t.lemma_ if t.lemma else "", t.tag_, t.dep_)
            for t in self._ruler(doc)
        ]

    def _form(self, text: str, reading: _Reading, opens: bool) -> Form:
        lemma = reading.lemma or self._lemma(text, reading.pos, reading.morph)
        return Form(text, lemma, reading.pos, reading.tag, reading.dep, opens)

    def _lemma(self, text: str, pos: str, morph: str) -> str:
        key = (text, pos, morph)
        if key not in self._lemmas:
            doc = Doc(self._vocab, words=[text], pos=[pos], morphs=[morph])
            self._lemmas[key] = self._lemmatizer.lemmatize(doc[0])[0]
        return self._lemmas[key]


def remember(nlp: Any) -> Morphology | None:
    """A memory for the model's ruler and lemmatizer, or None where they decide by more than is asked here."""
    if not nlp.has_pipe("attribute_ruler") or not nlp.has_pipe("lemmatizer"):
        return None
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer):
        return None
    entries: Any = ruler.patterns
    patterns = [pattern for entry in entries for pattern in entry["patterns"]]
    plain = all(len(p) <= 2 and all(_DECIDED_BY.issuperset(token) for token in p) for p in patterns)
    return Morphology(nlp, patterns) if plain and lemmatizer.mode in {"rule", "lookup"} else None


def _odd_words(patterns: Sequence[Sequence[dict[str, Any]]]) -> Callable[[str], bool]:
    """A test for the words that some pattern names by their form."""
    named = [token["LOWER"] for pattern in patterns for token in pattern if "LOWER" in token]
    literal = {word for word in named if isinstance(word, str)}
    tests: list[re.Pattern[str]] = []
    for test in (word for word in named if not isinstance(word, str)):
        for operator, value in test.items():
            if operator == "REGEX":
                tests.append(re.compile(value))
            elif operator in {"IN", "NOT_IN"}:
                literal.update(value)
            else:  # a comparison that cannot be told from words alone: every word is odd
                tests.append(re.compile(""))
    return lambda lower: lower in literal or any(test.search(lower) for test in tests)
