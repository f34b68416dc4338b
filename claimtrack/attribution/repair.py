"""Mend what the small parser gets wrong often enough to lose attributions."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from claimtrack.attribution import cues
from claimtrack.language.parsed import ParsedText, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def reattach(parsed: ParsedText) -> ParsedText:
    """The parse with reporting verbs hung back on the verb they are coordinated with.

    In "X demanded that Y be removed, and criticized Z", the parser takes *criticized* for a part of
    the reported clause.  A finite verb after a comma and a conjunction, in the tense of the reporting
    verb and not in that of the clause, and without a subject, goes with the reporting verb.
    """
    changed = {
        token.i: replace(token, head=clause.head)
        for token in parsed.tokens
        if token.dep == "conj" and token.tag in _FINITE and token.lemma in cues.CLAUSAL | cues.OBJECT
        for clause in [parsed.tokens[token.head]]
        if clause.dep == "ccomp" and _goes_with(parsed, token, clause, parsed.tokens[clause.head])
    }
    if not changed:
        return parsed
    tokens = tuple(changed.get(t.i, t) for t in parsed.tokens)
    return ParsedText(parsed.body, tokens, parsed.sentences, parsed.paragraphs)


def _goes_with(parsed: ParsedText, verb: Token, clause: Token, reporting: Token) -> bool:
    if reporting.tag != verb.tag or clause.tag == verb.tag:
        return False
    if any(parsed.tokens[i].dep in {"nsubj", "nsubjpass"} for i in parsed.children[verb.i]):
        return False
    between = [parsed.tokens[i] for i in range(clause.i + 1, verb.i)]
    return any(a.text == "," and b.dep == "cc" for a, b in pairwise(between))
