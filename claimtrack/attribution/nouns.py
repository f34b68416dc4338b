"""Noun cues: "the claim that …", "her promise to …", "the minister's criticism of …"."""

from __future__ import annotations

from claimtrack.attribution import cues
from claimtrack.attribution.frames import Frame, child, subject_of
from claimtrack.language.parsed import ParsedText, Token

NOUN_CUES = cues.NOUNS | cues.NOUNS_TO | cues.NOUNS_OF.keys()
_JUDGING = cues.DENY | cues.DOUBT | cues.CONFIRM


def noun_cue(parsed: ParsedText, token: Token) -> Frame | None:
    """The frame of a noun that reports, with a that-clause, an infinitive or a preposition."""
    return _clausal(parsed, token) or _infinitive(parsed, token) or _of(parsed, token)


def that_clause(parsed: ParsedText, noun: Token) -> list[int]:
    """The words of the clause that a reporting noun has, behind its "that"; [] without one."""
    if noun.lemma.lower() not in cues.NOUNS:
        return []
    for i in parsed.children[noun.i]:
        clause = parsed.tokens[i]
        if clause.dep in {"acl", "ccomp", "relcl"} and i > noun.i:
            that = _that(parsed, i)
            if that is not None:
                return [j for j in parsed.subtree(i) if j > that]
    return []


def _that(parsed: ParsedText, clause: int) -> int | None:
    """The "that" which opens a noun's clause as a complement, not as a relative pronoun."""
    mark = child(parsed, clause, "mark")
    return mark.i if mark is not None and mark.lower == "that" and mark.i < clause else None


def _clausal(parsed: ParsedText, token: Token) -> Frame | None:
    content = that_clause(parsed, token)
    if not content:
        return None
    source = _owner(parsed, token, content[0])
    head = parsed.tokens[token.head]
    if token.dep == "dobj" and head.pos == "VERB" and head.i < token.i:
        if not source and head.lemma in _JUDGING:
            return None  # "disputed the rumours that": the verb's report
        if not source or all(parsed.tokens[i].pos == "PRON" for i in source):
            source = subject_of(parsed, head) or source
    return Frame([token.i], source, content, "noun cue", cues.noun_stance(token.lemma.lower()), 0.55, token.i)


def _owner(parsed: ParsedText, noun: Token, before: int) -> list[int]:
    """Whose claim it is: the possessive, or the phrase behind "by", "from" or "of"."""
    for i in parsed.children[noun.i]:
        word = parsed.tokens[i]
        if word.dep == "poss":
            return [j for j in parsed.subtree(i) if parsed.tokens[j].dep != "case"]
        if word.dep == "prep" and word.lower in {"by", "from", "of"} and i < before:
            return [j for j in parsed.subtree(i) if i < j < before]
    return []


def _infinitive(parsed: ParsedText, token: Token) -> Frame | None:
    """ "her promise to close the mine": only with an owner, for "a call to" may be on the telephone."""
    to = child(parsed, token.i, "acl")
    owner = child(parsed, token.i, "poss")
    if token.lemma.lower() not in cues.NOUNS_TO or to is None or owner is None:
        return None
    marker = child(parsed, to.i, "aux")
    if marker is None or marker.lower != "to":
        return None
    source = _owner(parsed, token, to.i)
    stance = cues.noun_stance(token.lemma.lower())
    return Frame([token.i], source, parsed.subtree(to.i), "noun cue", stance, 0.5, token.i)


def _of(parsed: ParsedText, token: Token) -> Frame | None:
    """ "the minister's criticism of the plan", "allegations by residents of fraud"."""
    allowed = cues.NOUNS_OF.get(token.lemma.lower(), "").split()
    for i in parsed.children[token.i]:
        link = parsed.tokens[i]
        if link.dep != "prep" or link.lower not in allowed:
            continue
        others = [j for j in parsed.children[token.i] if j != i]
        source: list[int] = []
        for j in others:
            word = parsed.tokens[j]
            if word.dep == "poss":
                source = [k for k in parsed.subtree(j) if parsed.tokens[k].dep != "case"]
            elif word.dep == "prep" and word.lower in {"by", "from"}:
                source = [k for k in parsed.subtree(j) if k != j]
        content = [j for j in parsed.subtree(i) if j != i]
        if source and content:
            stance = cues.noun_stance(token.lemma.lower())
            return Frame([token.i, i], source, content, "noun cue, of", stance, 0.5, token.i)
    return None
