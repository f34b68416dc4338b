"""Combine what the rules and the learned tagger find into one list.

The tagger leads on quotations, noun cues and descriptions; the rules lead where the form is fixed
("according to", cite-as, signatures) and know relay chains, which the tagger's training corpus does not
mark.  Two attributions compete when their contents share half of the letters of the shorter one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from claimtrack.attribution import cues
from claimtrack.attribution.borders import snap, trim, whole_words
from claimtrack.attribution.finder import assemble, is_link
from claimtrack.attribution.frames import agent_of, child, letters_of, overlapping, spans_of
from claimtrack.attribution.quotations import Quotation
from claimtrack.attribution.tagger import RawAttribution
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Attribution, Relay, Span, Stance

MODEL_RULE = "tagger"
# Forms whose borders and speaker rules read without doubt: they go before the tagger's.
_EXACT = frozenset({"cited as", "signature", "block", "hearsay", "no answer"})
# Forms that are never wrong enough to leave out where the tagger has nothing.
_SAFE = _EXACT | {"according to", "adverb", "noun cue"}


def as_attributions(
    parsed: ParsedText, found: Iterable[RawAttribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """The tagger's ranges as attributions: trimmed, snapped to quotation marks, with kind and stance."""
    out = []
    for raw in found:
        content = snap(parsed.body, [trim(parsed.body, Span(*r)) for r in raw.content], quotations)
        source = [s for s in (whole_words(parsed.body, Span(*r)) for r in raw.source) if s.start < s.end]
        cue = [Span(*r) for r in raw.cue]
        verb = _cue_verb(parsed, cue)
        if verb is not None and cues.is_unreal(parsed, verb):
            continue
        if verb is not None and _is_addressed(parsed, verb, source):
            source = spans_of(parsed, agent_of(parsed, verb)[0])
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
    exact = _EXACT | {"speaker label"} if _is_transcript(parsed.body, rules) else _EXACT
    for group in overlapping([*rules, *learned]):
        by_rule = [a for a in group if a.rule != MODEL_RULE]
        by_model = [a for a in group if a.rule == MODEL_RULE]
        if links:
            by_model = [a for a in by_model if not any(_misreads(a, r) for r in by_rule)]
        kept = _combine(parsed.body, by_rule, by_model, exact)
        if links:
            kept += [r for r in by_rule if _goes_between(r, kept, parsed.body)]
            kept = [next((c for r in by_rule if (c := _as_link(r, k, parsed.body))), k) for k in kept]
            kept += _inner_links(parsed, by_rule, kept)
        out += kept
    return sorted(out, key=lambda a: (a.content, a.cue))


def _is_transcript(body: str, rules: Sequence[Attribution]) -> bool:
    """Whether speakers take turns: one label comes again, and there is another.  Rubrics do not."""
    labels = [a.source[-1].of(body).split()[-1].casefold() for a in rules if a.rule == "speaker label"]
    return 1 < len(set(labels)) < len(labels)


def _combine(
    body: str, rules: list[Attribution], learned: list[Attribution], forms: frozenset[str]
) -> list[Attribution]:
    exact = [a for a in rules if _is_exact(a, forms)]
    kept = [a for a in learned if not any(_gives_way(body, a, e) for e in exact)]
    for safe in (a for a in rules if a in exact or a.rule in _SAFE):
        if not any(_compete(body, safe, k) and not _nests(k, safe) for k in kept):
            kept.append(safe)
    for rule in rules:
        for n, held in enumerate(kept):
            if held is not rule and _same(body, held, rule) and not _nests(held, rule):
                kept[n] = _enrich(held, rule)
    return kept


def _gives_way(body: str, learned: Attribution, exact: Attribution) -> bool:
    """Whether a fixed form reads what the tagger read; a refusal's few words are told by its cue."""
    refused = exact.rule == "no answer" and any(a.overlaps(b) for a in learned.cue for b in exact.cue)
    return (refused or _same(body, learned, exact)) and not _nests(learned, exact)


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


def _is_exact(a: Attribution, forms: frozenset[str]) -> bool:
    return a.rule in forms or (a.rule == "infinitive" and a.stance is Stance.DECLINES)


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
    stance = other.stance if kept.stance is Stance.ASSERTS and _one_voice(kept, other) else kept.stance
    return replace(kept, source=source, cue=cue, relays=kept.relays or other.relays, stance=stance)


def _one_voice(kept: Attribution, other: Attribution) -> bool:
    """Whether both report the same act: "X denied claims by Y that …" has two, of opposite stances."""
    if not (kept.source and other.source):
        return True
    pairs = [(kept.source, other.source), (kept.cue, other.cue)]
    return any(a.overlaps(b) for ours, theirs in pairs for a in ours for b in theirs)


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


def _cue_verb(parsed: ParsedText, cue: Iterable[Span]) -> Token | None:
    """The cue's last verb that can report, auxiliaries last of all."""
    words = [t for s in cue for t in parsed.within(s)]
    for pos in ("VERB", "AUX"):
        for token in reversed(words):
            if token.pos == pos and token.lemma.lower() in cues.CLAUSAL | cues.INFINITIVE | cues.OBJECT:
                return token
    return None


def _is_addressed(parsed: ParsedText, verb: Token, source: Sequence[Span]) -> bool:
    """Whether the source is who was told: "the minister was warned that …"."""
    subject = child(parsed, verb.i, "nsubjpass")
    if verb.lemma.lower() not in cues.ADDRESSING or subject is None:
        return False
    if child(parsed, verb.i, "auxpass") is None:
        return False
    return any(s.covers(subject.span) for s in source)


def _stance(parsed: ParsedText, cue: Iterable[Span]) -> Stance:
    """The stance of the cue's reporting verb, else of its noun."""
    cue = list(cue)
    verb = _cue_verb(parsed, cue)
    if verb is not None:
        return cues.stance_of(parsed, verb)
    for token in (t for s in cue for t in parsed.within(s)):
        if token.pos == "NOUN":
            return cues.noun_stance(token.lemma.lower())
    return Stance.ASSERTS
