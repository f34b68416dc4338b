"""The outlet that heard a statement or carried it: "told the Y", "in remarks broadcast by Y", "on Y".

Each finding is the tokens of a noun phrase that names news media; what the words mean for the statement, and
where they stand in its relay chain, is decided in `chains`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.attribution.media import Media
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Attribution, Span, Stance

_TALKS = frozenset({"tell", "speak", "say", "talk", "write", "give", "confirm", "email", "comment"})
_WORDS = frozenset({"interview", "comment", "remark", "statement", "conversation", "column", "article"})
_CARRIES = frozenset(
    {"carry", "broadcast", "publish", "air", "release", "print", "relay", "report", "quote", "cite", "post"}
    | {"run", "transmit", "stream", "show"}
)
_SPEAKING = frozenset({"speak", "talk", "write", "appear", "tell"})
_LINKS = frozenset({"with", "to", "by", "in", "on", "for"})
_NEAR = 12  # tokens from a verb to the interview that it was said in


def heard_by(
    parsed: ParsedText, attribution: Attribution, others: Sequence[Attribution], media: Media
) -> list[int] | None:
    """The tokens that name the outlet to which, or in which, the statement was made; None for no outlet.

    `others` are all attributions with a cue or a content in the sentence of this one's cue: what stands
    nearer to another one's cue is that one's.
    """
    cue = [t for s in attribution.cue for t in parsed.within(s)]
    declines = attribution.stance is Stance.DECLINES
    verbs = [*cue, *(t for s in attribution.content for t in parsed.within(s))] if declines else cue
    for verb in verbs:
        if verb.lemma in _TALKS:
            for tokens in (_recipient(parsed, verb), _interviewer(parsed, verb), _place(parsed, verb)):
                if _is_free(parsed, tokens, attribution) and media.is_media(tokens):
                    return tokens
    for tokens in _carriers(parsed, attribution, others, cue):
        if _is_free(parsed, tokens, attribution) and media.is_media(tokens):
            return tokens
    return None


def told_by_source(parsed: ParsedText, source: Sequence[Span], media: Media) -> tuple[int, list[int]] | None:
    """In "a source who spoke to CNN" the number of "who", and the tokens of "CNN".

    "An official quoted by CNN" is such a source too: the number is that of "quoted".
    """
    words = [t for s in source for t in parsed.within(s)]
    for verb in (t for t in words[1:] if t.tag == "VBN" and t.lemma in _CARRIES):
        for i in parsed.children[verb.i]:
            noun = next((k for k in parsed.children[i] if parsed.tokens[k].dep == "pobj"), None)
            if parsed.tokens[i].lower == "by" and noun is not None and media.is_media(_phrase(parsed, noun)):
                return verb.i, _phrase(parsed, noun)
    who = next((t for t in words if t.lower in ("who", "that", "which") and t.i > words[0].i), None)
    if who is None:
        return None
    for verb in (t for t in words if t.i > who.i and t.lemma in _TALKS):
        tokens = _recipient(parsed, verb)
        if tokens and tokens[-1] <= words[-1].i and media.is_media(tokens):
            return who.i, tokens
    return None


def _is_free(parsed: ParsedText, tokens: Sequence[int], attribution: Attribution) -> bool:
    """Whether the tokens are no part of what was said; of a refusal, what was refused may name the outlet."""
    if not tokens:
        return False
    place = Span(parsed.tokens[tokens[0]].start, parsed.tokens[tokens[-1]].end)
    said = attribution.stance is not Stance.DECLINES and any(place.overlaps(c) for c in attribution.content)
    return not said and not any(place.overlaps(s) for s in attribution.source)


def _phrase(parsed: ParsedText, noun: int) -> list[int]:
    """The noun with what stands before it: "the newspaper Izvestia", without "on Monday"."""
    name = next((i for i in parsed.children[noun] if parsed.tokens[i].dep == "appos" and i <= noun + 3), None)
    last = noun if name is None else name  # "the newspaper Izvestia"
    return [i for i in parsed.subtree(noun) if i <= last]


def _recipient(parsed: ParsedText, verb: Token) -> list[int]:
    for i in parsed.children[verb.i]:
        child = parsed.tokens[i]
        if i > verb.i and child.dep in {"dobj", "dative"} and child.pos in {"PROPN", "NOUN"}:
            return parsed.subtree(i)
        if i > verb.i and child.dep in {"prep", "dative"} and child.lower == "to":
            return [j for j in parsed.subtree(i) if j != i]
    return []


def _interviewer(parsed: ParsedText, verb: Token) -> list[int]:
    """The outlet of "in an interview with …", after the verb or before it."""
    sentence = parsed.sentence_of(verb.i)
    ahead = parsed.tokens[max(sentence.first, verb.i - 2 * _NEAR) : verb.i]
    fronted = [t for t in ahead if t.head != t.i and verb in parsed.ancestors(t.i)]
    for token in [*parsed.tokens[verb.i + 1 : min(sentence.last, verb.i + _NEAR)], *fronted]:
        if token.lemma.lower() not in _WORDS:
            continue
        for j in parsed.subtree(token.i):
            link = parsed.tokens[j]
            if link.lower in _LINKS - {"in", "on", "for"} and link.dep in {"prep", "agent"}:
                noun = next((k for k in parsed.children[j] if parsed.tokens[k].dep == "pobj"), None)
                if noun is not None:
                    return _phrase(parsed, noun)
    return []


def _place(parsed: ParsedText, verb: Token) -> list[int]:
    """ "said on CNN", "wrote in the Guardian"."""
    wanted = {"on"} | ({"in", "for"} if verb.lemma == "write" else set())
    for i in parsed.children[verb.i]:
        if i > verb.i and parsed.tokens[i].lower in wanted and parsed.tokens[i].dep == "prep":
            noun = next((k for k in parsed.children[i] if parsed.tokens[k].dep == "pobj"), None)
            if noun is not None and parsed.tokens[noun].entity in {"ORG", "PERSON", "WORK_OF_ART", ""}:
                return _phrase(parsed, noun)
    return []


def _carriers(
    parsed: ParsedText, attribution: Attribution, others: Sequence[Attribution], cue: Sequence[Token]
) -> Iterator[list[int]]:
    """The outlets of "remarks published by …", "as cited by …", "Speaking to …" in the cue's sentence."""
    if not cue:
        return
    sentence = parsed.sentence_of(cue[0].i)
    contents = [s for a in (attribution, *others) for s in a.content]
    cues = [s for a in others if a is not attribution for s in a.cue if sentence.span.covers(s)]
    for token in parsed.words(sentence):
        carried = token.tag == "VBN" and token.lemma in _CARRIES
        speaking = token.tag == "VBG" and token.lemma in _SPEAKING
        if not (carried or speaking) or any(c.covers(token.span) for c in contents):
            continue
        near = abs(token.i - cue[0].i)
        if any(abs(token.i - t.i) < near for s in cues for t in parsed.within(s)):
            continue
        for i in parsed.tokens[token.i + 1 : token.i + 5]:
            if (
                i.lower in ("by", "saying")
                or (speaking and i.lower in _LINKS)
                or (carried and i.lower in ("in", "on"))
            ):
                noun = next((k for k in parsed.children[i.i] if parsed.tokens[k].dep == "pobj"), None)
                if noun is not None:
                    yield _phrase(parsed, noun)
