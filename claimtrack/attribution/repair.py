"""Mend what the small parser gets wrong often enough to lose attributions."""

from __future__ import annotations

from dataclasses import replace

from claimtrack.attribution import cues
from claimtrack.language.parsed import ParsedText, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_CLAUSES = frozenset({"conj", "advcl", "xcomp", "relcl"})
_AUX = frozenset({"aux", "auxpass"})
_REPORTING = cues.CLAUSAL | cues.OBJECT


def reattach(parsed: ParsedText) -> ParsedText:
    """The parse with reporting verbs hung back on the verb they go with.

    In "X demanded that Y be removed, and criticized Z", the parser takes *criticized* for a part of
    the reported clause.  A finite verb after a conjunction, in the tense of the reporting verb and not
    in that of the clause, and without a subject, goes with the reporting verb; so does a participle
    after a comma: "X said that Y must go, calling it a scandal".
    """
    changed = {
        token.i: replace(token, head=clause.head)
        for token in parsed.tokens
        if token.lemma in _REPORTING
        for clause in [_reported(parsed, token)]
        if clause.dep == "ccomp"
        and (
            _goes_with(parsed, token, clause, parsed.tokens[clause.head])
            or _trails(parsed, token, clause, parsed.tokens[clause.head])
        )
    }
    if not changed:
        return parsed
    tokens = tuple(changed.get(t.i, t) for t in parsed.tokens)
    return replace(parsed, tokens=tokens)


def _reported(parsed: ParsedText, token: Token) -> Token:
    """The verb of the reported clause that `token` hangs in: its head; for a participle, one further up."""
    head = parsed.tokens[token.head]
    while token.tag == "VBG" and token.dep == "advcl" and head.dep in _CLAUSES and head.head != head.i:
        head = parsed.tokens[head.head]
    return head


def _goes_with(parsed: ParsedText, verb: Token, clause: Token, reporting: Token) -> bool:
    if verb.dep != "conj" or verb.tag not in _FINITE or reporting.tag != verb.tag:
        return False
    if _tense(parsed, clause) == verb.tag:
        return False
    if any(parsed.tokens[i].dep in {"nsubj", "nsubjpass"} for i in parsed.children[verb.i]):
        return False
    return any(parsed.tokens[i].dep == "cc" for i in parsed.children[clause.i] if clause.i < i < verb.i)


def _tense(parsed: ParsedText, verb: Token) -> str:
    """The tag of the clause's finite word: its first auxiliary, or the verb itself."""
    first = next((parsed.tokens[i] for i in parsed.children[verb.i] if parsed.tokens[i].dep in _AUX), verb)
    return first.tag


def _trails(parsed: ParsedText, verb: Token, clause: Token, reporting: Token) -> bool:
    """Whether ", saying …" behind a reported clause goes on with the report."""
    if verb.tag != "VBG" or verb.dep != "advcl" or verb.i < clause.i or reporting.i > clause.i:
        return False
    first = min(parsed.subtree(verb.i))
    return reporting.lemma in cues.CLAUSAL and first > 0 and parsed.tokens[first - 1].text == ","
