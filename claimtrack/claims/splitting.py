"""Split attributions into claims: one statement each, so that a pair of claims can be judged.

A source may be quoted for a paragraph; what corroborates or contradicts is a sentence of it.  The
content is cut at sentence ends and at coordinated clauses that have a subject of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claimtrack.attribution.frames import bridge
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Attribution, Kind, Span, Stance

_LEAST = 3  # words: a shorter piece stays with its neighbour
_HOLE = 4  # words and marks between parts of one content
_EDGE = " \t\r\n,;–—-"


def split_statements(parsed: ParsedText, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Each attribution as one or more, whose contents are single statements; order is kept."""
    return [piece for a in attributions for piece in _split(parsed, a)]


def _split(parsed: ParsedText, attribution: Attribution) -> Iterator[Attribution]:
    attribution = _with_refusal(parsed.body, _without_holes(parsed, attribution))
    attribution = _without_background(parsed, attribution)
    groups = _by_sentence(parsed, attribution.content)
    if not _vouches_for_sentence(parsed.body, attribution):
        groups = [g for s in groups for g in _by_clause(parsed, s)]
    if len(groups) < 2:
        yield attribution
        return
    for group in groups:
        yield replace(attribution, content=tuple(group), kind=_kind(parsed.body, attribution, group))


def _vouches_for_sentence(body: str, attribution: Attribution) -> bool:
    """ "A, but B, according to X": the reporting phrase stands outside and reports the whole sentence."""
    a = attribution
    if not a.cue:
        return False
    return a.cue[0].start >= a.content[-1].end or a.cue[0].of(body).casefold().startswith("according")


def _without_background(parsed: ParsedText, attribution: Attribution) -> Attribution:
    """Leave out the writer's own explanation behind a name where it outweighs what the source said.

    In "X said the fever had reached Borl, a town of 9,000 that has been cut off since the flood" the
    source spoke of the fever; the apposition at the end is the newspaper's.  Only where the explanation
    has a clause of its own: a person's title stays.
    """
    a = attribution
    last = a.content[-1]
    if a.kind is not Kind.INDIRECT or len(a.content) > 1:
        return a
    inside = {t.i for t in parsed.within(last)}
    for token in parsed.within(last):
        if token.dep not in {"appos", "relcl"} or token.head not in inside:
            continue
        phrase = parsed.subtree(token.i)
        if not any(parsed.tokens[i].dep == "relcl" for i in phrase):
            continue
        before = parsed.tokens[phrase[0] - 1]
        if before.text != "," or parsed.tokens[token.head].pos != "PROPN":
            continue
        kept = _words(parsed.within(Span(last.start, before.start)))
        if phrase[-1] >= max(inside) - 1 and _LEAST < kept < _words(
            parsed.within(Span(before.end, last.end))
        ):
            return replace(a, content=(Span(last.start, before.start),))
    return a


def _without_holes(parsed: ParsedText, attribution: Attribution) -> Attribution:
    """Content as one span where only a few words part it that are not its own source or cue."""
    own = (*attribution.source, *attribution.cue)
    out: list[Span] = []
    for span in attribution.content:
        if out:
            hole = Span(out[-1].end, max(out[-1].end, span.start))
            one = len(parsed.sentences_in(Span(out[-1].end - 1, span.start + 1))) < 2
            if one and len(parsed.within(hole)) <= _HOLE and not any(s.overlaps(hole) for s in own):
                out[-1] = Span(out[-1].start, span.end)
                continue
        out.append(span)
    return replace(attribution, content=tuple(out))


def _with_refusal(body: str, attribution: Attribution) -> Attribution:
    """ "Microsoft declined to comment": where nothing is asserted, the refusal itself is the statement."""
    a = attribution
    if a.stance is not Stance.DECLINES or a.rule != "infinitive" or not a.source or not a.cue:
        return a
    start, end = a.source[0].start, a.content[-1].end
    if not start < a.cue[0].start < a.content[0].start or "\n" in body[start:end]:
        return a
    return replace(a, content=(Span(start, end),))


def _by_sentence(parsed: ParsedText, content: tuple[Span, ...]) -> list[list[Span]]:
    groups: list[list[Span]] = []
    last = -1
    for span in content:
        for tokens in _sentence_runs(parsed, span):
            piece = Span(max(span.start, tokens[0].start), min(span.end, _end(parsed, tokens, span)))
            sentence = parsed.sentence_of(tokens[0].i).i
            if groups and (sentence == last or _words(tokens) < _LEAST):
                groups[-1].append(piece)
            else:
                groups.append([piece])
            last = sentence
    return [bridge(parsed.body, g) for g in groups] or [list(content)]


def _sentence_runs(parsed: ParsedText, span: Span) -> Iterator[list[Token]]:
    run: list[Token] = []
    for token in parsed.within(span):
        if run and parsed.sentence_of(token.i).i != parsed.sentence_of(run[-1].i).i:
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _end(parsed: ParsedText, tokens: list[Token], span: Span) -> int:
    following = tokens[-1].i + 1
    # A closing mark that the parser gave to the next sentence stays with the words it closes.
    if following < len(parsed.tokens):
        token = parsed.tokens[following]
        if token.text in {"”", '"', "’"} and token.start == tokens[-1].end and token.end <= span.end:
            return token.end
    return tokens[-1].end


def _words(tokens: Sequence[Token]) -> int:
    return sum(any(c.isalnum() for c in t.text) for t in tokens)


def _by_clause(parsed: ParsedText, spans: list[Span]) -> list[list[Span]]:
    """Cut at a conjunction whose clause has its own subject: "that A, and that B", "A, but B"."""
    tokens = [t for s in spans for t in parsed.within(s)]
    inside = {t.i for t in tokens}
    cuts: list[int] = []
    for token in tokens:
        if token.dep != "conj" or token.pos not in {"VERB", "AUX"} or token.head not in inside:
            continue
        if not _is_top(parsed, parsed.tokens[token.head], inside):
            continue
        own = [i for i in parsed.children[token.i] if parsed.tokens[i].dep in {"nsubj", "nsubjpass", "expl"}]
        first = min(parsed.subtree(token.i))
        if own and own[0] < token.i and first in inside and parsed.tokens[own[0]].tag not in {"WP", "WDT"}:
            cuts.append(first)
    groups: list[list[Span]] = [list(spans)]
    for cut in sorted(cuts):
        left, right = _cut(parsed, groups[-1], parsed.tokens[cut].start)
        if _count(parsed, left) >= _LEAST and _count(parsed, right) >= _LEAST:
            groups[-1:] = [left, right]
    return groups


def _is_top(parsed: ParsedText, token: Token, inside: set[int]) -> bool:
    """Whether no clause inside the content governs this verb."""
    while token.head != token.i and token.head in inside:
        if token.dep != "conj":
            return False
        token = parsed.tokens[token.head]
    return True


def _cut(parsed: ParsedText, spans: list[Span], at: int) -> tuple[list[Span], list[Span]]:
    body = parsed.body
    left = [Span(s.start, min(s.end, at)) for s in spans if s.start < at]
    right = [Span(max(s.start, at), s.end) for s in spans if s.end > at]
    if left:
        last = left[-1]
        text = last.of(body).rstrip(_EDGE)
        for word in (" and", " but", " or", " yet", " while"):
            text = text.removesuffix(word).rstrip(_EDGE)
        left[-1] = Span(last.start, last.start + len(text))
    if right:
        first = right[0]
        text = first.of(body)
        kept = text.lstrip(_EDGE)
        for word in ("and ", "but ", "that "):
            kept = kept.removeprefix(word)
        right[0] = Span(first.end - len(kept), first.end)
    return [s for s in left if s.start < s.end], right


def _count(parsed: ParsedText, spans: list[Span]) -> int:
    return _words([t for s in spans for t in parsed.within(s)])


def _kind(body: str, attribution: Attribution, spans: list[Span]) -> Kind:
    """A piece of direct or indirect content is of that kind; of mixed content, by its own marks."""
    if attribution.kind is not Kind.MIXED:
        return attribution.kind
    marks = '“”"„«»'
    texts = [s.of(body) for s in spans]
    if all(t[:1] in marks and t[-1:] in marks for t in texts if t):
        return Kind.DIRECT
    return Kind.MIXED if any(c in t for t in texts for c in marks) else Kind.INDIRECT
