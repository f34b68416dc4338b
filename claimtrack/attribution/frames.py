"""A frame: one cue with the words of its source and content, as token numbers; and their spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from claimtrack.attribution import cues
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Attribution, Span, Stance

_LONG_CUE = 10  # words from "released" to "saying"
_EDGE = frozenset(",.;:—–-…*|•)(")
_MARKS = frozenset({"“", "”", '"', "„", "«", "»", "''", "``"})


@dataclass
class Frame:
    """What one rule found around one cue; token numbers into `ParsedText.tokens`."""

    cue: list[int]
    source: list[int]
    content: list[int]
    rule: str
    stance: Stance = Stance.ASSERTS
    confidence: float = 0.5
    head: int = -1  # the cue's head word
    extra: list[Span] = field(default_factory=list)  # content given as characters: quotations
    relays: list[list[int]] = field(
        default_factory=list
    )  # token numbers of each relay, nearest the speaker last


def runs(tokens: Iterable[int]) -> Iterator[list[int]]:
    """Consecutive stretches of token numbers."""
    out: list[int] = []
    for i in sorted(set(tokens)):
        if out and i != out[-1] + 1:
            yield out
            out = []
        out.append(i)
    if out:
        yield out


def spans_of(parsed: ParsedText, tokens: Iterable[int]) -> list[Span]:
    """Spans of the stretches, without punctuation at their edges; stretches of marks alone are left out."""
    out: list[Span] = []
    for run in runs(tokens):
        words = [parsed.tokens[i] for i in run]
        while words and _is_edge(words[0], words, left=True):
            words.pop(0)
        while words and _is_edge(words[-1], words, left=False):
            words.pop()
        if words and any(any(c.isalnum() for c in w.text) for w in words):
            out.append(Span(words[0].start, _whole_word(parsed, words[-1])))
    return bridge(parsed.body, out)


def _whole_word(parsed: ParsedText, last: Token) -> int:
    """The end of the hyphenated word or name that `last` is part of ("Jae-in" is three tokens)."""
    tokens = parsed.tokens
    i = last.i
    while i + 2 < len(tokens) and tokens[i + 1].text == "-" and tokens[i].end == tokens[i + 1].start:
        if tokens[i + 1].end != tokens[i + 2].start:
            break
        i += 2
    return tokens[i].end


def _is_edge(token: Token, words: list[Token], left: bool) -> bool:
    if token.text in {"(", "["}:
        return not left or not any(w.text in {")", "]"} for w in words)
    if token.text in {")", "]"}:
        return left or not any(w.text in {"(", "["} for w in words)
    if all(c in _EDGE for c in token.text):
        return True
    if token.text in _MARKS:  # a mark whose partner lies outside
        return sum(w.text in _MARKS for w in words) % 2 == 1
    return False


def bridge(body: str, spans: Iterable[Span]) -> list[Span]:
    """Spans in order as one span wherever they touch or only punctuation parts them."""
    out: list[Span] = []
    for span in spans:
        if out and not any(c.isalnum() for c in body[out[-1].end : span.start]):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def letters_of(body: str, spans: Iterable[Span]) -> frozenset[int]:
    """The offsets of the letters and digits in the spans: what two contents share is counted in these."""
    return frozenset(i for s in spans for i in range(s.start, s.end) if body[i].isalnum())


def child(parsed: ParsedText, i: int, *deps: str) -> Token | None:
    """The first child of token `i` under one of the labels."""
    return next((parsed.tokens[j] for j in parsed.children[i] if parsed.tokens[j].dep in deps), None)


def children(parsed: ParsedText, i: int, *deps: str) -> list[Token]:
    """The children of token `i` under the labels, in order."""
    return [parsed.tokens[j] for j in parsed.children[i] if parsed.tokens[j].dep in deps]


def is_first_person(parsed: ParsedText, source: list[int]) -> bool:
    """The writer's own "I", "we" and "you" outside quotations name no source."""
    return len(source) == 1 and parsed.tokens[source[0]].lower in {"i", "you"}


def noun_phrase(parsed: ParsedText, head: int, without: Iterable[int] = ()) -> list[int]:
    """The tokens of the noun phrase headed by `head`, those of `without`'s subtrees left out."""
    gone = {j for i in without for j in parsed.subtree(i)}
    return [i for i in parsed.subtree(head) if i not in gone]


def verb_group(parsed: ParsedText, verb: Token) -> list[int]:
    """The cue verb with its auxiliaries, negation and particle, as far as they stand together."""
    near = {verb.i}
    for i in parsed.children[verb.i]:
        word = parsed.tokens[i]
        if word.dep in {"aux", "auxpass", "neg", "prt"} or (word.dep == "advmod" and abs(i - verb.i) == 1):
            near.add(i)
    first = verb.i
    while first - 1 in near:
        first -= 1
    last = verb.i
    while last + 1 in near:
        last += 1
    return list(range(first, last + 1))


def subject_of(parsed: ParsedText, verb: Token, depth: int = 0) -> list[int]:
    """The tokens that name who does `verb`, followed through coordination, control and relative clauses."""
    if depth > 4:
        return []
    for i in parsed.children[verb.i]:
        word = parsed.tokens[i]
        if word.dep == "nsubj":
            if word.tag in {"WP", "WDT"} and verb.dep == "relcl":
                return noun_phrase(parsed, verb.head, without=[verb.i])
            phrase = noun_phrase(parsed, i, without=_late_modifiers(parsed, i, verb))
            return _up_to(parsed, phrase, verb)
    head = parsed.tokens[verb.head]
    if head.i == verb.i:
        return []
    if verb.dep in {"conj", "xcomp", "advcl", "pcomp", "prep", "dep"}:
        if head.pos in {"VERB", "AUX"}:
            passive = [i for i in parsed.children[head.i] if parsed.tokens[i].dep == "nsubjpass"]
            if passive and verb.dep != "conj":
                return noun_phrase(parsed, passive[0])
            return subject_of(parsed, head, depth + 1)
        if verb.dep == "pcomp" and head.pos in {"ADP", "SCONJ"} and head.head != head.i:
            above = parsed.tokens[head.head]
            if above.lower == "short" and above.dep == "advmod":  # "fell short of saying"
                above = parsed.tokens[above.head]
            blamed = [i for i in parsed.children[above.i] if parsed.tokens[i].dep == "dobj" and i < head.i]
            if head.lower == "for" and blamed:  # "criticized X for calling …": X calls
                return noun_phrase(parsed, blamed[0])
            return subject_of(parsed, above, depth + 1) if above.pos in {"VERB", "AUX"} else []
    sent = sender_of(parsed, verb)
    if sent is not None:
        return subject_of(parsed, sent, depth + 1)
    if verb.dep == "acl" and verb.tag == "VBG" and head.pos in {"NOUN", "PROPN", "PRON"}:
        return noun_phrase(parsed, head.i, without=[verb.i])
    return []


def sender_of(parsed: ParsedText, verb: Token) -> Token | None:
    """The verb that sends what "saying" hangs on: *released* in "released a statement saying"."""
    if verb.tag != "VBG" or verb.dep not in {"acl", "advcl"}:
        return None
    head = parsed.tokens[verb.head]
    while head.dep in {"pobj", "prep", "dative"} and head.head != head.i:
        head = parsed.tokens[head.head]
    if head.lemma.lower() not in cues.MESSAGES or head.dep != "dobj":
        return None
    sent = parsed.tokens[head.head]
    return sent if sent.pos == "VERB" and verb.i - sent.i <= _LONG_CUE else None


def agent_of(parsed: ParsedText, verb: Token) -> tuple[list[int], list[int]]:
    """Who does a passive verb, behind "by", and what the parser wrongly hung on that name.

    In "was accused by residents of dumping waste" the gerund belongs to the verb.
    """
    agent = child(parsed, verb.i, "agent")
    named = child(parsed, agent.i, "pobj") if agent else None
    if named is None:
        return [], []
    late = [
        p.i
        for p in children(parsed, named.i, "prep")
        if child(parsed, p.i, "pcomp") is not None or p.lower in {"as", "that"}
    ]
    return noun_phrase(parsed, named.i, without=late), [j for i in late for j in parsed.subtree(i)]


def _late_modifiers(parsed: ParsedText, noun: int, verb: Token) -> list[int]:
    """Children of an inverted subject that belong to the clause: "said Lee, adding …"."""
    if noun < verb.i:
        return []
    return [i for i in parsed.children[noun] if parsed.tokens[i].dep in {"advcl"}]


def beside(parsed: ParsedText, verb: int) -> list[int]:
    """The name next to a cue that the parse gave no subject: "“…” said Lee" or "Lee said"."""
    for step in (1, -1):
        i = verb + step
        out: list[int] = []
        while 0 <= i < len(parsed.tokens) and parsed.tokens[i].pos in {"PROPN", "PRON", "DET", "NOUN", "ADJ"}:
            out.append(i)
            i += step
        if any(parsed.tokens[j].pos in {"PROPN", "PRON", "NOUN"} for j in out):
            return sorted(out)
    return []


def _up_to(parsed: ParsedText, phrase: list[int], verb: Token) -> list[int]:
    """The phrase with the rest of the name before the verb, where the parser cut it at a hyphen."""
    rest = range(phrase[-1] + 1, verb.i)
    if (
        phrase[-1] < verb.i
        and rest
        and all(
            parsed.tokens[i].pos == "PROPN"
            or parsed.tokens[i].text == "-"
            or parsed.tokens[i - 1].text == "-"
            for i in rest
        )
    ):
        return [*phrase, *rest]
    return phrase


def reach_of(a: Attribution) -> Span:
    """From the first to the last character of a content."""
    return Span(a.content[0].start, a.content[-1].end)


def overlapping(
    attributions: Iterable[Attribution], part: Callable[[Attribution], Span] = lambda a: a.sentence
) -> Iterator[list[Attribution]]:
    """Groups of attributions whose sentences (or another part) overlap: compare pairs within one only."""
    group: list[Attribution] = []
    end = 0
    for a in sorted(attributions, key=lambda a: (part(a).start, a.content, a.cue)):
        if group and part(a).start >= end:
            yield group
            group = []
        group.append(a)
        end = max(end, part(a).end)
    if group:
        yield group
