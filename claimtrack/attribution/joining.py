"""Join quotations to the frames that introduce them, and give those without a cue of their own a speaker.

The order of the rules is that of the text: words of the same sentence first, then the cue whose colon
opens the quotation, then the attributed quotation before it in the paragraph, then the one in the
paragraph before (a speaker goes on until someone else is named).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from claimtrack.attribution import cues
from claimtrack.attribution.frames import Frame, beside, spans_of, subject_of, verb_group
from claimtrack.attribution.quotations import Quotation
from claimtrack.language.parsed import ParsedText, Sentence, Token
from claimtrack.records import Span, Stance

_SHORT = 3  # words: a quotation of fewer, without a cue, is a name, a title or a scare quote


def join_quotations(parsed: ParsedText, frames: list[Frame], quotations: Sequence[Quotation]) -> list[Frame]:
    """The frames with their quotations added, and new frames for quotations that no cue claims."""
    claimed: dict[int, Frame] = {}
    for n, quotation in enumerate(quotations):
        frame = _overlapping(parsed, frames, quotation) or _bare_cue(parsed, frames, quotation)
        if frame is not None:
            claimed[n] = frame
            frame.extra.extend(quotation.spans)
    before: tuple[Quotation, Frame] | None = None
    for n, quotation in enumerate(quotations):
        if n not in claimed:
            frame = _continued(parsed, quotation, before)
            if frame is not None:
                frames = frames if frame in frames else [*frames, frame]
                claimed[n] = frame
        if n in claimed and _is_speech(parsed, quotation):
            before = quotation, claimed[n]
    return frames


def _words(parsed: ParsedText, quotation: Quotation) -> int:
    return sum(any(c.isalnum() for c in t.text) for s in quotation.spans for t in parsed.within(s))


def _is_speech(parsed: ParsedText, quotation: Quotation) -> bool:
    return _words(parsed, quotation) > _SHORT


def _sentences(parsed: ParsedText, quotation: Quotation) -> list[Sentence]:
    return [s for s in parsed.sentences if any(s.span.overlaps(q) for q in quotation.spans)]


def _overlapping(parsed: ParsedText, frames: list[Frame], quotation: Quotation) -> Frame | None:
    """The frame whose content shares words with the quotation, the closest cue first."""
    best: tuple[int, Frame] | None = None
    for frame in frames:
        if any(quotation.holds(parsed.tokens[i].span) for i in frame.content):
            away = _distance(parsed, frame, quotation)
            if best is None or away < best[0]:
                best = away, frame
    return best[1] if best else None


def _distance(parsed: ParsedText, frame: Frame, quotation: Quotation) -> int:
    cue = parsed.tokens[frame.head]
    return min(abs(cue.start - quotation.end), abs(quotation.start - cue.end))


def _bare_cue(parsed: ParsedText, frames: list[Frame], quotation: Quotation) -> Frame | None:
    """A reporting verb beside the quotation that the parse gave no clause: make its frame here."""
    taken = {frame.head for frame in frames}
    best: tuple[int, int] | None = None
    for sentence in _sentences(parsed, quotation):
        for token in parsed.words(sentence):
            if token.i in taken or token.pos not in {"VERB", "AUX", "NOUN"} or quotation.holds(token.span):
                continue
            if token.lemma.lower() not in cues.SAY | cues.ASK | cues.DENY | cues.CONFIRM | {"continue", "go"}:
                continue
            gap = _gap(parsed, token.start, token.end, quotation)
            away = min(abs(token.start - quotation.end), abs(quotation.start - token.end))
            near = 160 if _is_speech(parsed, quotation) else 3
            if away < near and not any(c in gap for c in ".;") and (best is None or away < best[0]):
                best = away, token.i
    if best is None:
        return _introduced(parsed, frames, quotation)
    verb = parsed.tokens[best[1]]
    source = [i for i in subject_of(parsed, verb) if not quotation.holds(parsed.tokens[i].span)]
    source = source or [i for i in beside(parsed, verb.i) if not quotation.holds(parsed.tokens[i].span)]
    stance = cues.stance_of(parsed, verb)
    frame = Frame(verb_group(parsed, verb), source, [], "quotation with cue", stance, 0.8, verb.i)
    frames.append(frame)
    return frame


def _gap(parsed: ParsedText, start: int, end: int, quotation: Quotation) -> str:
    if start >= quotation.end:
        return parsed.body[quotation.end : start]
    if end <= quotation.start:
        return parsed.body[end : quotation.start]
    return ""


def _introduced(parsed: ParsedText, frames: list[Frame], quotation: Quotation) -> Frame | None:
    """A quotation behind a colon: the last cue of the sentence before speaks it."""
    ahead = parsed.body[: quotation.start].rstrip()
    if not ahead.endswith(":"):
        return None
    before = [s for s in parsed.sentences if s.span.end <= quotation.start and s.span.end >= len(ahead) - 1]
    if not before:
        before = [s for s in parsed.sentences if s.span.start < quotation.start <= s.span.end]
    if not before:
        return None
    words = [t for t in parsed.words(before[-1]) if t.end <= quotation.start]
    for frame in frames:
        if any(t.i == frame.head for t in words) and frame.rule in {"quotation with cue"}:
            return frame
    for token in reversed(words):
        if token.pos in {"VERB", "NOUN"} and token.lemma.lower() in cues.SAY | cues.ASK | cues.NOUNS | {
            "continue",
            "read",
        }:
            source = subject_of(parsed, token) if token.pos == "VERB" else _main_subject(parsed, words)
            source = source or _main_subject(parsed, words)
            cue = verb_group(parsed, token) if token.pos == "VERB" else [token.i]
            frame = Frame(cue, source, [], "colon", cues.stance_of(parsed, token), 0.75, token.i)
            frames.append(frame)
            return frame
    return None


def _main_subject(parsed: ParsedText, words: Sequence[Token]) -> list[int]:
    return next((parsed.subtree(token.i) for token in words if token.dep == "nsubj"), [])


def _continued(
    parsed: ParsedText, quotation: Quotation, before: tuple[Quotation, Frame] | None
) -> Frame | None:
    """The speaker of the quotation before goes on, in the same paragraph or the next."""
    if before is None or not _is_speech(parsed, quotation):
        return None
    last, frame = before
    gap = parsed.body[last.end : quotation.start]
    here, there = _paragraph(parsed, quotation.start), _paragraph(parsed, last.start)
    alone = all(
        quotation.holds(s.span) or _mostly(parsed, s, quotation) for s in _sentences(parsed, quotation)
    )
    if not alone:
        return None
    if here == there:
        frame.extra.extend(quotation.spans)
        return frame
    if here == _paragraph(parsed, last.end - 1) + 1 and "“" not in gap and alone:
        new = Frame([], frame.source, [], "continued quotation", Stance.ASSERTS, 0.6, frame.head)
        new.extra.extend(quotation.spans)
        return new
    return None


def _mostly(parsed: ParsedText, sentence: Sentence, quotation: Quotation) -> bool:
    words = [t for t in parsed.words(sentence) if any(c.isalnum() for c in t.text)]
    inside = sum(quotation.holds(t.span) for t in words)
    return bool(words) and inside >= 0.9 * len(words)


def _paragraph(parsed: ParsedText, at: int) -> int:
    for n, paragraph in enumerate(parsed.paragraphs):
        if at < paragraph.end:
            return n
    return len(parsed.paragraphs)


def find_blocks(parsed: ParsedText, frames: Sequence[Frame], quotations: Sequence[Quotation]) -> list[Frame]:
    """Block quotations: a paragraph without marks that a cue and a colon at the end of the last one open."""
    heads = {frame.head for frame in frames if frame.content or frame.extra}
    found: list[Frame] = []
    for before, block in pairwise(parsed.paragraphs):
        if not before.of(parsed.body).endswith(":"):
            continue
        if any(s.overlaps(block) for q in quotations for s in q.spans):
            continue
        sentence = next((s for s in reversed(parsed.sentences) if before.covers(s.span)), None)
        words = parsed.words(sentence) if sentence else ()
        cue = next(
            (t for t in reversed(words) if t.pos == "VERB" and t.lemma in cues.SAY and t.i not in heads), None
        )
        if cue is None:
            continue
        content = [t.i for t in parsed.within(block)]
        source = subject_of(parsed, cue) or _main_subject(parsed, words)
        found.append(Frame(verb_group(parsed, cue), source, content, "block", Stance.ASSERTS, 0.6, cue.i))
    return found


def content_of(parsed: ParsedText, frame: Frame) -> list[Span]:
    """The frame's content as spans: its words and its quotations, merged, without its own cue and source."""
    spans = spans_of(parsed, [i for i in frame.content if i not in set(frame.cue) | set(frame.source)])
    out: list[Span] = []
    for span in sorted([*spans, *frame.extra]):
        if out and (
            span.start <= out[-1].end or not any(c.isalnum() for c in parsed.body[out[-1].end : span.start])
        ):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
