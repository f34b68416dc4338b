"""Relay chains: who passed a statement on, told from who said it.

"X said …, the Y reported" nests one attribution in another; only the inner source is the speaker, the
outer ones are relays.  A news outlet that a statement was made to ("told the Y", "in an interview with
the Y") relays it too, and so does the source that "said, citing Z".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claimtrack.attribution import cues
from claimtrack.attribution.carriers import heard_by, told_by_source
from claimtrack.attribution.frames import letters_of, noun_phrase, overlapping, spans_of, subject_of
from claimtrack.attribution.media import Media
from claimtrack.attribution.unwinding import unwind
from claimtrack.knowledge import Knowledge
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Article, Attribution, Relay, Span, Stance

_NEWS = frozenset(
    {"news", "remark", "remarks", "comment", "comments", "statement", "statements", "announcement"}
    | {"interview", "quote", "quotes"}
)
_CITING = frozenset({"citing", "quoting"})
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
    found = unwind(parsed, attributions)
    chained = [
        _cited(parsed, a, group)
        for group in overlapping(found)
        for a in group
        if not _is_citing(parsed, a, group)
    ]
    chained = [a for group in overlapping(chained) for a in _fold(parsed, group, media)]
    chained.sort(key=lambda a: (a.content, a.cue))
    touching = _by_sentence(parsed, chained)
    chained = [_named(media, _heard(parsed, a, touching, media)) for a in chained]
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


def _cited(parsed: ParsedText, attribution: Attribution, others: Sequence[Attribution]) -> Attribution:
    """ "X said, citing Z": Z speaks, X relays, where Z can speak at all (no figures, no laws)."""
    if not attribution.source or not attribution.cue:
        return attribution
    body = parsed.body
    for token in _citings(parsed, attribution, others):
        named = next((i for i in parsed.children[token.i] if parsed.tokens[i].dep == "dobj"), None)
        if named is None or not _can_speak(parsed.tokens[named]):
            continue
        spans = spans_of(parsed, noun_phrase(parsed, named))
        if not spans:
            continue
        content = attribution.content
        phrase = Span(token.start, spans[-1].end)
        if any(phrase.overlaps(c) for c in content):
            content = _without(body, content, phrase)
        outlet = tuple(
            Span(s.start, min(s.end, token.start)) for s in attribution.source if s.start < token.start
        )
        outlet = _stripped(body, outlet or attribution.source)
        if content and outlet:
            return replace(
                attribution,
                content=content,
                source=tuple(spans),
                relays=(*attribution.relays, _relay(body, outlet)),
                cue=(*attribution.cue, token.span),
                rule=attribution.rule + ", citing",
            )
    return attribution


def _citings(parsed: ParsedText, attribution: Attribution, others: Sequence[Attribution]) -> list[Token]:
    """The "citing" of a report: after its cue, between its source and its cue, or before both."""
    verb = _cue_tokens(parsed, attribution)[:1]
    if not verb or verb[0].lower in _CITING:
        return []
    sentence = parsed.sentence_of(verb[0].i)
    inside = [s for s in attribution.content if s.end < sentence.span.end or len(attribution.content) == 1]
    ahead = min(s.start for s in (*attribution.source, *attribution.cue))
    out = []
    for token in parsed.words(sentence):
        if token.lower not in _CITING:
            continue
        said = any(s.covers(token.span) for s in inside)
        fronted = token.i == sentence.first and token.start < ahead
        between = attribution.source[0].start < token.start < verb[0].start
        after = token.i > verb[0].i and not any(
            verb[0].end <= s.start and s.end <= token.start
            for o in others
            if o is not attribution and o.source != attribution.source
            for s in o.cue
        )
        if after or ((fronted or between) and not said):
            out.append(token)
    return out


def _without(body: str, content: tuple[Span, ...], phrase: Span) -> tuple[Span, ...]:
    """The content without the citing phrase; what comes before and after it stays."""
    parts = [
        part
        for s in content
        for part in (
            (s.start, min(s.end, phrase.start)),
            (max(s.start, phrase.end), s.end),
        )
    ]
    return _stripped(body, tuple(Span(a, b) for a, b in parts if a < b))


def _stripped(body: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans without white space and commas at their ends; those without a letter are left out."""
    out = []
    for span in spans:
        text = span.of(body)
        start = span.start + len(text) - len(text.lstrip(" ,;\n"))
        end = span.start + len(text.rstrip(" ,;\n"))
        if start < end and any(c.isalnum() for c in body[start:end]):
            out.append(Span(start, end))
    return tuple(out)


def _is_citing(parsed: ParsedText, attribution: Attribution, others: Sequence[Attribution]) -> bool:
    """ "citing Z" inside a report: no statement of its own, but the report's source."""
    cue = _cue_tokens(parsed, attribution)
    if not any(t.lower in _CITING for t in cue):
        return False
    here = parsed.sentence_of(cue[0].i)
    return any(
        o is not attribution and any(parsed.sentence_of(t.i) == here for t in _cue_tokens(parsed, o)[:1])
        for o in others
    )


def _can_speak(noun: Token) -> bool:
    return noun.entity in {"PERSON", "ORG", "NORP", "GPE"} or noun.lemma.lower() in cues.SOURCE_NOUNS


def _fold(parsed: ParsedText, attributions: list[Attribution], media: Media) -> list[Attribution]:
    """Fold each attribution whose content is just others (cue, source and content) into those."""
    body = parsed.body
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
        relays = (*result[outer].relays, *_links_of(parsed, link, media))
        for n in inside:
            if not any(m != n and _within(frames[n], letters[m]) for m in inside):
                result[n] = replace(result[n], relays=(*relays, *result[n].relays))
        gone.add(outer)
    return [a for n, a in enumerate(result) if n not in gone]


def _links_of(parsed: ParsedText, link: Attribution, media: Media) -> tuple[Relay, ...]:
    """The source of an outer report as relay; "a source who spoke to CNN" is two, the outlet first."""
    told = told_by_source(parsed, link.source, media)
    if told is None:
        heard = spans_of(parsed, heard_by(parsed, link, (), media) or ())
        passed = (_relay(parsed.body, heard),) if heard else ()
        return (*passed, _relay(parsed.body, link.source))
    who, outlet = told
    start = link.source[0].start
    end = start + len(parsed.body[start : parsed.tokens[who].start].rstrip(" ,"))
    return _relay(parsed.body, spans_of(parsed, outlet)), Relay(parsed.body[start:end], Span(start, end))


def _is_inner(inner: Attribution, outer: Attribution, frame: frozenset[int], reach: frozenset[int]) -> bool:
    """Whether `inner`, its source and cue included, is told within the reach of `outer`'s content."""
    if any(a.overlaps(b) for a in inner.cue for b in outer.cue):
        return False
    return bool(inner.source) and _within(frame, reach) and len(frame) <= len(reach)


def _within(frame: frozenset[int], letters: frozenset[int]) -> bool:
    return len(frame & letters) >= 0.9 * len(frame)


def _by_sentence(
    parsed: ParsedText, attributions: Sequence[Attribution]
) -> defaultdict[int, list[Attribution]]:
    """For each sentence's number the attributions with a cue or a content in it."""
    found: defaultdict[int, list[Attribution]] = defaultdict(list)
    for a in attributions:
        for i in {sentence.i for s in (*a.content, *a.cue) for sentence in parsed.sentences_in(s)}:
            found[i].append(a)
    return found


def _heard(
    parsed: ParsedText,
    attribution: Attribution,
    touching: Mapping[int, Sequence[Attribution]],
    media: Media,
) -> Attribution:
    """The attribution with the outlet that heard it as a relay, the one farthest from the speaker."""
    told = told_by_source(parsed, attribution.source, media)
    cue = _cue_tokens(parsed, attribution)[:1]
    others = touching[parsed.sentence_of(cue[0].i).i] if cue else ()
    tokens = told[1] if told is not None else heard_by(parsed, attribution, others, media)
    spans = spans_of(parsed, tokens or ())
    if not spans or any(r.span.overlaps(s) for r in attribution.relays for s in spans):
        return attribution
    return replace(attribution, relays=(*attribution.relays, _relay(parsed.body, spans)))


def _reported_news(parsed: ParsedText, attributions: list[Attribution], media: Media) -> list[Attribution]:
    """ "The agency Y reported the remarks": Y relays the statements of the paragraph before."""
    out = list(attributions)
    places: defaultdict[int, list[int]] = defaultdict(list)
    for n, a in enumerate(attributions):
        places[_paragraph(parsed, a)].append(n)
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
        for n in places[before]:
            if not out[n].relays:
                out[n] = replace(out[n], relays=(relay,))
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
