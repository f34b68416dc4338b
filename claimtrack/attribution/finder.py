"""Find the attributions of an article: rules on the parse and on quotation marks, joined and cleaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from claimtrack.attribution import cues
from claimtrack.attribution.clauses import find_verb_frames
from claimtrack.attribution.confidence import probability
from claimtrack.attribution.frames import Frame, letters_of, overlapping, reach_of, spans_of
from claimtrack.attribution.joining import content_of, find_blocks, join_quotations
from claimtrack.attribution.phrases import find_phrase_frames
from claimtrack.attribution.quotations import Quotation, find_quotations, quotations_in
from claimtrack.attribution.repair import reattach
from claimtrack.language.parsed import ParsedText
from claimtrack.records import Article, Attribution, Kind, Relay, Span, Stance, joined

EXTRACTOR = "rules-3"
_LEAST = 4  # letters of a content
_FLOOD = 40  # cues of one sentence; they are compared in pairs


def find_attributions(article: Article, parsed: ParsedText) -> list[Attribution]:
    """Every attribution of an article, nested ones included, ordered by where the content starts.

    `parsed` is the parse of `article`.  Content, source and cue spans are offsets into its body.
    """
    parsed = reattach(parsed)
    quotations = find_quotations(article.body, parsed.paragraphs)
    quoted = frozenset(t.i for q in quotations for s in q.spans for t in parsed.within(s))
    frames = [*find_verb_frames(parsed, quoted), *find_phrase_frames(parsed, quoted)]
    frames = join_quotations(parsed, frames, quotations)
    frames += find_blocks(parsed, frames, quotations)
    frames = _without_floods(parsed, frames)
    found = [a for frame in frames if (a := _attribution(parsed, frame, quotations)) is not None]
    found = _outermost(_distinct(found, article.body), parsed)
    found = [replace(a, confidence=probability(article.body, a)) for a in found]
    return sorted(found, key=lambda a: (a.content, a.cue))


def _without_floods(parsed: ParsedText, frames: list[Frame]) -> list[Frame]:
    """The frames without those of sentences that have more of them than any sentence that means something."""
    counts = Counter(parsed.sentence_of(frame.head).i for frame in frames)
    return [f for f in frames if counts[parsed.sentence_of(f.head).i] <= _FLOOD]


def _attribution(parsed: ParsedText, frame: Frame, quotations: Sequence[Quotation]) -> Attribution | None:
    found = assemble(
        parsed,
        content_of(parsed, frame),
        spans_of(parsed, frame.source),
        spans_of(parsed, frame.cue),
        quotations,
    )
    if found is None:
        return None
    relays = tuple(
        Relay(joined(parsed.body, spans, " "), spans[0])
        for spans in (spans_of(parsed, tokens) for tokens in frame.relays)
        if spans
    )
    return replace(found, stance=frame.stance, relays=relays, rule=frame.rule, confidence=frame.confidence)


def assemble(
    parsed: ParsedText,
    content: Sequence[Span],
    source: Sequence[Span],
    cue: Sequence[Span],
    quotations: Sequence[Quotation],
) -> Attribution | None:
    """An attribution of these spans with its kind and its sentences, or None where next to nothing is said.

    Source spans that overlap the content are left out.
    """
    if sum(c.isalnum() for s in content for c in s.of(parsed.body)) < _LEAST:
        return None
    source = [s for s in source if not any(s.overlaps(c) for c in content)]
    touched = [*content, *source, *cue]
    first, last = min(s.start for s in touched), max(s.end for s in touched)
    inside = [s.span for s in parsed.sentences_in(Span(first, last))]
    return Attribution(
        content=tuple(content),
        source=tuple(source),
        cue=tuple(cue),
        sentence=Span(min([first, *(s.start for s in inside)]), max([last, *(s.end for s in inside)])),
        kind=kind_of(parsed.body, content, quotations),
    )


def kind_of(body: str, content: Sequence[Span], quotations: Sequence[Quotation]) -> Kind:
    """Direct where every letter of the content is quoted, indirect where none is, else mixed."""
    letters = letters_of(body, content)
    reach = Span(content[0].start, content[-1].end)
    spans = [s for q in quotations_in(quotations, reach) for s in q.spans if s.overlaps(reach)]
    inside = {i for s in spans for i in range(max(s.start, reach.start), min(s.end, reach.end))}
    quoted = len(letters & inside)
    if quoted == 0:
        return Kind.INDIRECT
    return Kind.DIRECT if quoted == len(letters) else Kind.MIXED


def _distinct(found: list[Attribution], body: str) -> list[Attribution]:
    """One attribution a content: of several with the same letters the surest one is kept.

    "X denied claims by Y that …" keeps both: one content, opposite stances.
    """
    best: dict[tuple[frozenset[int], bool], Attribution] = {}
    for a in found:
        key = letters_of(body, a.content), a.stance in {Stance.DENIES, Stance.DOUBTS}
        held = best.get(key)
        if held is None or (bool(a.source), a.confidence) > (bool(held.source), held.confidence):
            best[key] = a
    return list(best.values())


def _outermost(found: list[Attribution], parsed: ParsedText) -> list[Attribution]:
    """Drop what the source of an outer attribution merely thinks, wants or does inside its own words.

    PolNeAR's contents never nest.  Kept inside are links of a relay chain: a reporting clause with a
    source of its own.
    """
    return [
        a
        for group in overlapping(found, reach_of)
        for a in group
        if is_link(a, parsed) or not any(o is not a and _holds(o, a) for o in group)
    ]


def _holds(outer: Attribution, inner: Attribution) -> bool:
    told = [*inner.content, *inner.cue, *(inner.source if inner.source != outer.source else ())]
    return all(any(o.covers(s) for o in outer.content) for s in told)


def is_link(a: Attribution, parsed: ParsedText) -> bool:
    """Whether an attribution can be a link of a relay chain: a report with a named source of its own."""
    words = [t for s in a.source for t in parsed.within(s)]
    cue = [t for s in a.cue for t in parsed.within(s)]
    return (
        a.rule in {"clause", "fronted clause", "according to", "cited as", "quotation with cue"}
        and any(t.pos in {"PROPN", "NOUN"} for t in words)
        and not any(t.lemma in cues.EXPECT - {"suspect"} for t in cue)
    )
