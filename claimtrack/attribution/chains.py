"""Relay chains: who passed a statement on, told from who said it.

"X said …, the Y reported" nests one attribution in another; only the inner source is the speaker, the
outer ones are relays.  A news outlet that a statement was made to ("told the Y", "in an interview with
the Y") relays it too, and so does the source that "said, citing Z".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimtrack.attribution import cues
from claimtrack.attribution.frames import letters_of, noun_phrase, overlapping, spans_of, subject_of
from claimtrack.attribution.media import Media
from claimtrack.knowledge import Knowledge
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Article, Attribution, Relay, Span, Stance

_TALKS = frozenset({"tell", "speak", "say", "talk", "write", "give", "confirm", "email", "comment"})
_NEWS = frozenset(
    {"news", "remark", "remarks", "comment", "comments", "statement", "statements", "announcement"}
    | {"interview", "quote", "quotes"}
)
_DEFINITE = frozenset({"the", "his", "her", "their", "these", "those"})
_LINKS = frozenset(
    {"clause", "fronted clause", "as clause", "according to", "quotation with cue", "cited as", "tagger"}
)


def chain_relays(
    article: Article, parsed: ParsedText, attributions: Sequence[Attribution], knowledge: Knowledge
) -> list[Attribution]:
    """The attributions with their relays, outer links of a chain folded into the innermost one.

    `attributions` are those of `article`, in order, as `find_attributions` gives them.
    """
    media = Media(article, parsed, knowledge)
    chained = [_cited(parsed, a) for a in attributions if not _is_citing(parsed, a, attributions)]
    chained = [a for group in overlapping(chained) for a in _fold(parsed.body, group)]
    chained.sort(key=lambda a: (a.content, a.cue))
    chained = [_named(media, _heard(parsed, a, media)) for a in chained]
    return _carried_on(parsed, _reported_news(parsed, chained, media))


def _named(media: Media, attribution: Attribution) -> Attribution:
    """Relays under the names that the starting knowledge or the entity gives."""
    relays = tuple(Relay(media.name_of(r.span) or r.name, r.span) for r in attribution.relays)
    return replace(attribution, relays=relays)


def _cue_tokens(parsed: ParsedText, attribution: Attribution) -> list[Token]:
    return [t for s in attribution.cue for t in parsed.within(s)]


def _relay(body: str, spans: Sequence[Span]) -> Relay:
    whole = Span(spans[0].start, spans[-1].end)
    return Relay(whole.of(body), whole)


def _cited(parsed: ParsedText, attribution: Attribution) -> Attribution:
    """ "X said, citing Z": Z speaks, X relays, where Z can speak at all (no figures, no laws)."""
    if not attribution.source:
        return attribution
    for verb in _cue_tokens(parsed, attribution):
        sentence = parsed.sentence_of(verb.i)
        for token in parsed.tokens[verb.i + 1 : sentence.last]:
            if token.lower not in {"citing", "quoting"}:
                continue
            named = next((i for i in parsed.children[token.i] if parsed.tokens[i].dep == "dobj"), None)
            if named is None or not _can_speak(parsed.tokens[named]):
                continue
            spans = spans_of(parsed, noun_phrase(parsed, named))
            content = attribution.content
            if not spans or any(s.overlaps(c) for s in spans for c in content):
                content = _up_to(parsed.body, content, token.start)
            if spans and content:
                relay = _relay(parsed.body, attribution.source)
                return replace(
                    attribution,
                    content=content,
                    source=tuple(spans),
                    relays=(*attribution.relays, relay),
                    cue=(*attribution.cue, token.span),
                    rule=attribution.rule + ", citing",
                )
    return attribution


def _is_citing(parsed: ParsedText, attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """ "citing Z" inside a report: no statement of its own, but the report's source."""
    if not any(t.lower in {"citing", "quoting"} for t in _cue_tokens(parsed, attribution)):
        return False
    return any(o is not attribution and o.source == attribution.source for o in others)


def _up_to(body: str, content: tuple[Span, ...], at: int) -> tuple[Span, ...]:
    """The content up to `at`, where the citing phrase begins."""
    cut = [Span(s.start, min(s.end, at)) for s in content if s.start < at]
    trimmed = [Span(s.start, s.start + len(s.of(body).rstrip(" ,;"))) for s in cut]
    return tuple(s for s in trimmed if s.start < s.end)


def _can_speak(noun: Token) -> bool:
    return noun.entity in {"PERSON", "ORG", "NORP", "GPE"} or noun.lemma.lower() in cues.SOURCE_NOUNS


def _fold(body: str, attributions: list[Attribution]) -> list[Attribution]:
    """Fold each attribution whose content is just others (cue, source and content) into those."""
    letters = [letters_of(body, a.content) for a in attributions]
    frames = [letters_of(body, [*a.content, *a.source, *a.cue]) for a in attributions]
    reach = [letters_of(body, [Span(a.content[0].start, a.content[-1].end)]) for a in attributions]
    result = list(attributions)
    gone: set[int] = set()
    for outer in sorted(range(len(attributions)), key=lambda n: -len(letters[n])):
        link = attributions[outer]
        speaks = link.stance in {Stance.ASSERTS, Stance.CONFIRMS}
        if not link.source or not speaks or link.rule.split(",")[0] not in _LINKS:
            continue
        inside = [
            n
            for n in range(len(attributions))
            if n != outer and _is_inner(attributions[n], link, frames[n], reach[outer])
        ]
        covered = frozenset[int]().union(*(frames[n] for n in inside))
        if len(covered & letters[outer]) < 0.6 * len(letters[outer]):
            continue
        for n in inside:
            if not any(m != n and _within(frames[n], letters[m]) for m in inside):
                result[n] = replace(result[n], relays=(_relay(body, link.source), *result[n].relays))
        gone.add(outer)
    return [a for n, a in enumerate(result) if n not in gone]


def _is_inner(inner: Attribution, outer: Attribution, frame: frozenset[int], reach: frozenset[int]) -> bool:
    """Whether `inner`, its source and cue included, is told within the reach of `outer`'s content."""
    if any(a.overlaps(b) for a in inner.cue for b in outer.cue):
        return False
    return bool(inner.source) and _within(frame, reach) and len(frame) <= len(reach)


def _within(frame: frozenset[int], letters: frozenset[int]) -> bool:
    return len(frame & letters) >= 0.9 * len(frame)


def _heard(parsed: ParsedText, attribution: Attribution, media: Media) -> Attribution:
    """ "told the Y", "in an interview with Y", "declined to comment to Y": the outlet that heard it."""
    verbs = _cue_tokens(parsed, attribution)
    if attribution.stance is Stance.DECLINES:
        verbs = [*verbs, *(t for s in attribution.content for t in parsed.within(s))]
    for verb in verbs:
        if verb.lemma not in _TALKS:
            continue
        for tokens in (_recipient(parsed, verb), _interviewer(parsed, verb)):
            spans = spans_of(parsed, tokens)
            if not spans or not media.is_media(tokens):
                continue
            said = attribution.stance is not Stance.DECLINES and any(
                s.overlaps(c) for s in spans for c in attribution.content
            )
            if not said:
                return replace(attribution, relays=(*attribution.relays, _relay(parsed.body, spans)))
    return attribution


def _recipient(parsed: ParsedText, verb: Token) -> list[int]:
    for i in parsed.children[verb.i]:
        child = parsed.tokens[i]
        if i > verb.i and child.dep in {"dobj", "dative"} and child.pos in {"PROPN", "NOUN"}:
            return noun_phrase(parsed, i)
        if i > verb.i and child.dep in {"prep", "dative"} and child.lower == "to":
            return [j for j in parsed.subtree(i) if j != i]
    return []


def _interviewer(parsed: ParsedText, verb: Token) -> list[int]:
    """The outlet of "in an interview with …", "in comments carried by …"."""
    sentence = parsed.sentence_of(verb.i)
    for token in parsed.tokens[verb.i + 1 : min(sentence.last, verb.i + 12)]:
        if token.lemma.lower() not in {"interview", "comment", "remark", "statement"}:
            continue
        for j in parsed.subtree(token.i):
            link = parsed.tokens[j]
            if link.lower in {"with", "to", "by"} and link.dep in {"prep", "agent"}:
                return [k for k in parsed.subtree(j) if k != j]
    return []


def _reported_news(parsed: ParsedText, attributions: list[Attribution], media: Media) -> list[Attribution]:
    """ "The agency Y reported the remarks": Y relays the statements of the paragraph before."""
    out = list(attributions)
    for verb in parsed.tokens:
        if verb.lemma not in {"report", "carry", "publish"} or verb.pos != "VERB":
            continue
        thing = next(
            (parsed.tokens[i] for i in parsed.children[verb.i] if parsed.tokens[i].dep == "dobj"), None
        )
        if thing is None or thing.lower not in _NEWS:
            continue
        definite = any(parsed.tokens[i].lower in _DEFINITE for i in parsed.children[thing.i])
        spans = spans_of(parsed, subject_of(parsed, verb))
        if not definite or not spans or not media.is_media(subject_of(parsed, verb)):
            continue
        relay = _relay(parsed.body, spans)
        relay = replace(relay, name=media.name_of(relay.span) or relay.name)
        before = parsed.sentence_of(verb.i).paragraph - 1
        for n, a in enumerate(out):
            if not a.relays and _paragraph(parsed, a) == before:
                out[n] = replace(a, relays=(relay,))
    return out


def _carried_on(parsed: ParsedText, attributions: list[Attribution]) -> list[Attribution]:
    """ "was quoted as telling" without a "by": the relay named for the same report just before."""
    out: list[Attribution] = []
    for a in attributions:
        before = out[-1] if out else None
        if (
            a.rule == "cited as"
            and not a.relays
            and before is not None
            and before.relays
            and _paragraph(parsed, a) - _paragraph(parsed, before) <= 1
        ):
            a = replace(a, relays=before.relays)  # noqa: PLW2901
        out.append(a)
    return out


def _paragraph(parsed: ParsedText, attribution: Attribution) -> int:
    first = parsed.within(attribution.content[0])
    return parsed.sentence_of(first[0].i).paragraph if first else -1
