"""Combine what the rules and the learned tagger find into one list.

The tagger leads on quotations, noun cues and descriptions; the rules lead where the form is fixed
("according to", cite-as, signatures) and know relay chains, which the tagger's training corpus does not
mark.  Two attributions compete when their contents share half of the letters of the shorter one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claimtrack.attribution import cues
from claimtrack.attribution.finder import assemble, is_link
from claimtrack.attribution.frames import letters_of, overlapping
from claimtrack.attribution.quotations import Quotation, quotations_in
from claimtrack.attribution.tagger import RawAttribution
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Attribution, Relay, Span, Stance

MODEL_RULE = "tagger"
# Forms whose borders and speaker rules read without doubt: they go before the tagger's.
_EXACT = frozenset({"cited as", "signature", "block", "hearsay"})
# Forms that are never wrong enough to leave out where the tagger has nothing.
_SAFE = _EXACT | {"according to", "adverb", "noun cue"}
_MARK = 3  # characters of a quotation's mark and the punctuation inside it
_THAT = re.compile(r"that[:,]?\s+", re.IGNORECASE)
_TRIM = " \t\r\n,;:–—-"


def as_attributions(
    parsed: ParsedText, found: Iterable[RawAttribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """The tagger's ranges as attributions: trimmed, snapped to quotation marks, with kind and stance."""
    out = []
    for raw in found:
        content = _snap(parsed.body, [_trim(parsed.body, Span(*r)) for r in raw.content], quotations)
        source = [s for s in (_whole_words(parsed.body, Span(*r)) for r in raw.source) if s.start < s.end]
        cue = [Span(*r) for r in raw.cue]
        made = assemble(parsed, content, source, cue, quotations)
        if made is not None:
            stance = _stance(parsed, cue)
            out.append(replace(made, stance=stance, rule=MODEL_RULE, confidence=raw.confidence))
    return out


def combine(
    parsed: ParsedText, rules: Sequence[Attribution], learned: Sequence[Attribution], *, links: bool = False
) -> list[Attribution]:
    """One list of both, ordered by content.

    The tagger's stand, but for contents that a fixed form gives exactly.  Rules add what the tagger has
    nothing for, where their form is fixed, and with `links` the inner links of relay chains: the tagger's
    corpus marks the outer report only, and its contents never nest.
    """
    out: list[Attribution] = []
    for group in overlapping([*rules, *learned]):
        by_rule = [a for a in group if a.rule != MODEL_RULE]
        by_model = [a for a in group if a.rule == MODEL_RULE]
        if links:
            by_model = [a for a in by_model if not any(_misreads(a, r) for r in by_rule)]
        kept = _combine(parsed.body, by_rule, by_model)
        if links:
            kept += [r for r in by_rule if _goes_between(r, kept, parsed.body)]
            kept = [next((c for r in by_rule if (c := _as_link(r, k, parsed.body))), k) for k in kept]
            kept += _inner_links(parsed, by_rule, kept)
        out += kept
    return sorted(out, key=lambda a: (a.content, a.cue))


def _combine(body: str, rules: list[Attribution], learned: list[Attribution]) -> list[Attribution]:
    exact = [a for a in rules if _is_exact(a)]
    kept = [a for a in learned if not any(_same(body, a, e) and not _nests(a, e) for e in exact)]
    for safe in (a for a in rules if _is_exact(a) or a.rule in _SAFE):
        if not any(_compete(body, safe, k) and not _nests(k, safe) for k in kept):
            kept.append(safe)
    for rule in rules:
        for n, held in enumerate(kept):
            if held is not rule and _same(body, held, rule) and not _nests(held, rule):
                kept[n] = _enrich(held, rule)
    return kept


def _misreads(learned: Attribution, rule: Attribution) -> bool:
    """Whether the tagger gives the outlet of "was quoted by the Y as saying" for the speaker."""
    cited = rule.rule == "cited as" and bool(rule.source)
    return cited and any(a.overlaps(b) for a in learned.cue for b in rule.cue)


def _goes_between(rule: Attribution, kept: Sequence[Attribution], body: str) -> bool:
    """An "according to" between a statement and the report that hangs on it, which is kept without it."""
    if rule.rule != "according to" or any(k is rule for k in kept):
        return False
    frame = [*rule.source, *rule.cue]
    apart = all(not a.overlaps(b) for k in kept for a in frame for b in (*k.source, *k.cue, *k.content))
    beyond = any(min(s.start for s in frame) < min(s.start for s in (*k.source, *k.cue)) for k in kept)
    return apart and beyond and any(_same(body, rule, k) and k.source for k in kept)


def _inner_links(parsed: ParsedText, rules: list[Attribution], kept: list[Attribution]) -> list[Attribution]:
    """Reports by rule, with a source of their own, inside the content of one that is kept."""
    return [
        link
        for link in rules
        if is_link(link, parsed)
        and any(_nests(k, link) for k in kept)
        and not any(_same(parsed.body, k, link) and not _nests(k, link) for k in kept)
    ]


def _as_link(rule: Attribution, kept: Attribution, body: str) -> Attribution | None:
    """The speaker of a clause inside a report hung on its end, with that report's source as relay.

    "X said …, the Y reported" is one content for the tagger, of the Y; X says it, and the Y relays it.
    """
    if rule.rule != "clause" or not (rule.source and rule.cue and kept.source and kept.cue):
        return None
    ahead = rule.cue[0].end <= rule.content[0].start and kept.cue[0].start >= kept.content[-1].end
    if (
        not ahead
        or any(a.overlaps(b) for a in rule.source for b in kept.source)
        or not _same(body, rule, kept)
    ):
        return None
    named = Span(kept.source[0].start, kept.source[-1].end)
    return replace(rule, relays=(Relay(named.of(body), named), *rule.relays))


def _is_exact(a: Attribution) -> bool:
    return a.rule in _EXACT or (a.rule == "infinitive" and a.stance is Stance.DECLINES)


def _nests(outer: Attribution, inner: Attribution) -> bool:
    """Whether `inner` is told inside `outer`'s content, its source and cue included."""
    parts = [*inner.source, *inner.cue]
    if any(a.overlaps(b) for a in outer.cue for b in inner.cue):
        return False
    reach = Span(outer.content[0].start, outer.content[-1].end)
    return bool(parts) and all(reach.covers(s) for s in parts)


def _enrich(kept: Attribution, other: Attribution) -> Attribution:
    """The kept one with the source, relays and stance that only the other one has."""
    source = kept.source or tuple(s for s in other.source if not any(s.overlaps(c) for c in kept.content))
    cue = kept.cue or other.cue
    stance = other.stance if kept.stance is Stance.ASSERTS else kept.stance
    return replace(kept, source=source, cue=cue, relays=kept.relays or other.relays, stance=stance)


def _compete(body: str, one: Attribution, other: Attribution) -> bool:
    """Whether the contents share half of the shorter one's letters."""
    if one.content[-1].end <= other.content[0].start or other.content[-1].end <= one.content[0].start:
        return False
    a, b = letters_of(body, one.content), letters_of(body, other.content)
    return 2 * len(a & b) >= min(len(a), len(b))


def _same(body: str, one: Attribution, other: Attribution) -> bool:
    """Whether the contents are the same by the measure of the benchmark: IoU of the letters >= 0.5."""
    if one.content[-1].end <= other.content[0].start or other.content[-1].end <= one.content[0].start:
        return False
    a, b = letters_of(body, one.content), letters_of(body, other.content)
    return 2 * len(a & b) >= len(a | b)


def _stripped(body: str, span: Span) -> Span:
    """The span without white space and commas at its ends."""
    text = span.of(body)
    start = span.start + len(text) - len(text.lstrip(_TRIM))
    return Span(start, max(start, span.start + len(text.rstrip(_TRIM))))


def _whole_words(body: str, span: Span) -> Span:
    """The span stripped, and begun with a whole word where the tagger lost a piece of it."""
    span = _stripped(body, span)
    start = span.start
    while 0 < start < span.end and body[start].isalnum() and body[start - 1].isalnum():
        start -= 1
    return Span(start, span.end)


def _trim(body: str, span: Span) -> Span:
    """Content without the "that" before it and the full stop behind it."""
    span = _stripped(body, span)
    start, kept = span.start, span.of(body)
    that = _THAT.match(kept)
    if that is not None:
        start, kept = start + that.end(), kept[that.end() :]
    if kept.endswith(".") and not any(c in kept for c in '“"«'):
        kept = kept[:-1]
    return Span(start, start + len(kept))


def _snap(body: str, spans: Sequence[Span], quotations: Sequence[Quotation]) -> list[Span]:
    """Spans with the marks of the quotations whose letters they hold to the border; where a span begins
    or ends inside a quotation it is left as it is: the tagger's borders are the better ones there."""
    out: list[Span] = []
    for span in spans:
        start, end = span.start, span.end
        near = quotations_in(quotations, Span(max(0, start - _MARK - 1), end + _MARK + 1))
        for quoted in (s for q in near for s in q.spans):
            if 0 < start - quoted.start <= _MARK and not _has_letter(body[quoted.start : start]):
                start = quoted.start
            if 0 < quoted.end - end <= _MARK and not _has_letter(body[end : quoted.end]):
                end = quoted.end
        if out and start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, end))
        elif start < end:
            out.append(Span(start, end))
    return out


def _has_letter(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _stance(parsed: ParsedText, cue: Iterable[Span]) -> Stance:
    """The stance of the cue's reporting verb, else of its noun."""
    words: list[Token] = [t for s in cue for t in parsed.within(s)]
    for pos in ("VERB", "AUX"):
        for token in reversed(words):
            if token.pos == pos and token.lemma.lower() in cues.CLAUSAL | cues.INFINITIVE | cues.OBJECT:
                return cues.stance_of(parsed, token)
    for token in words:
        if token.pos == "NOUN":
            return cues.noun_stance(token.lemma.lower())
    return Stance.ASSERTS
