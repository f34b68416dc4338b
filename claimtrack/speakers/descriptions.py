"""A source phrase that is no name, taken apart: "the mayor", "a spokesman for the bank", "officials"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimtrack.language.parsed import Token
from claimtrack.records import Span
from claimtrack.speakers.names import fold, word_set
from claimtrack.speakers.roles import singular
from claimtrack.speakers.scene import Scene

DEFINITE = word_set("the this that his her its their whose said")
INDEFINITE = word_set("a an one another some")
QUANTIFIERS = word_set(
    """some many most few several both all others other two three four five six seven eight nine
    ten dozens hundreds thousands half none those these majority each either"""
)
_PLURAL_TAGS = {"NNS", "NNPS"}
_ENDS = (",", "(")


@dataclass(frozen=True, slots=True)
class Description:
    """A source phrase that is no name: its text, head noun and determiner."""

    span: Span
    text: str
    head: Token | None
    determiner: str
    plural: bool

    @property
    def noun(self) -> str:
        """The head noun, folded and in the singular."""
        return singular(fold(self.head.text)) if self.head is not None else ""


def describe(scene: Scene, span: Span) -> Description:
    """Take a source phrase apart."""
    tokens = scene.parsed.within(span)
    text = span.of(scene.article.body)
    head = _head_noun(scene, span)
    first = fold(tokens[0].text) if tokens else ""
    plural = bool(
        head and (head.tag in _PLURAL_TAGS or fold(head.text) in QUANTIFIERS or head.lower == "people")
    )
    if tokens and ((tokens[0].pos == "NUM" and first != "one") or first in QUANTIFIERS):
        plural = True
    return Description(span, text, head, first, plural)


def _head_noun(scene: Scene, span: Span) -> Token | None:
    """The head noun: the last noun before the first preposition, comma or clause (after any possessive)."""
    last: Token | None = None
    for token in scene.parsed.within(span):
        if token.pos in ("NOUN", "PROPN") or (token.pos == "ADJ" and last is None):
            last = token
        elif last is not None and last.pos in ("NOUN", "PROPN") and (
            token.pos in ("ADP", "VERB", "AUX", "SCONJ", "PRON") or token.text in _ENDS
        ) and token.tag not in ("POS", "VBN", "VBG"):  # fmt: skip
            break
    return last or scene.head_of(span)


def plain(text: str) -> str:
    """The description as a name: without article, closing comma or quotation marks, on one line."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:.\"“”'‘’()[]")
    return re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE) or text
