"""Join quotations to the frames that introduce them, and give those without a cue of their own a speaker.

The order of the rules is that of the text: words of the same sentence first, then the cue whose colon
opens the quotation, then the attributed quotation before it in the paragraph, then the one in the
paragraph before (a speaker goes on until someone else is named).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from claimtrack.attribution import cues
from claimtrack.attribution.frames import Frame, beside, bridge, spans_of, subject_of, verb_group
from claimtrack.attribution.quotations import Quotation, quotations_in
from claimtrack.language.parsed import ParsedText, Sentence, Token
from claimtrack.records import Span, Stance

_DASHES = frozenset("―—–-")
_TAG = 12  # words of a reporting clause behind a quotation
_SIGNATURE = 12  # words of a name with its description behind the dash
_NEAR = 160  # characters between a cue and the quotation it reports
_SPEECH = cues.SAY | cues.ASK | cues.DENY | cues.CONFIRM | {"continue", "go"}
_INTRODUCING = cues.SAY | cues.ASK | cues.NOUNS | {"continue", "read"}
_SHORT = 3  # words: a quotation of fewer, without a cue, is a name, a title or a scare quote


def join_quotations(parsed: ParsedText, frames: list[Frame], quotations: Sequence[Quotation]) -> list[Frame]:
    """The frames with their quotations added, and new frames for quotations that no cue claims."""
    joiner = _Joiner(parsed, frames)
    claimed: dict[int, Frame] = {}
    for n, quotation in enumerate(quotations):
        frame = joiner.claim(quotation)
        if frame is not None:
            claimed[n] = frame
            frame.extra.extend(quotation.spans)
            joiner.without_lead(frame, quotation)
    before: tuple[Quotation, Frame] | None = None
    for n, quotation in enumerate(quotations):
        if n not in claimed and before is not None:
            frame = joiner.carry_on(quotation, *before)
            if frame is not None:
                claimed[n] = frame
                frame.extra.extend(quotation.spans)
        if n in claimed:
            before = quotation, claimed[n]
    return joiner.frames


class _Joiner:
    """The frames of one article, found by sentence and by head, so that the work grows with the text."""

    def __init__(self, parsed: ParsedText, frames: Sequence[Frame]) -> None:
        self.parsed = parsed
        self.frames: list[Frame] = []
        self._in_sentence: defaultdict[int, list[Frame]] = defaultdict(list)  # by their contents
        self._by_head: dict[int, Frame] = {}
        for frame in frames:
            self._add(frame)

    def _add(self, frame: Frame) -> Frame:
        self.frames.append(frame)
        for sentence in sorted({self.parsed.sentence_of(i).i for i in frame.content}):
            self._in_sentence[sentence].append(frame)
        self._by_head[frame.head] = frame
        return frame

    def claim(self, quotation: Quotation) -> Frame | None:
        """The frame whose words introduce the quotation, made here where the parse gave none."""
        return (
            self._signed(quotation)
            or self._overlapping(quotation)
            or self._beside_cue(quotation)
            or self._after_colon(quotation)
        )

    def carry_on(self, quotation: Quotation, last: Quotation, frame: Frame) -> Frame | None:
        """The speaker of the quotation before goes on, in the same paragraph or the next."""
        gap = self.parsed.body[last.end : quotation.start]
        between = last.end <= self.parsed.tokens[frame.head].start < quotation.start
        if between and gap.rstrip().endswith(",") and "\n" not in gap:
            return frame  # "“…,” she said, “…”"
        if not self._is_speech(quotation) or not all(
            self._mostly(s, quotation) for s in self._sentences(quotation)
        ):
            return None
        here, there = self.parsed.paragraph_at(quotation.start), self.parsed.paragraph_at(last.start)
        if here == there:
            return frame
        if here == self.parsed.paragraph_at(last.end - 1) + 1 and "“" not in gap:
            new = Frame([], frame.source, [], "continued quotation", Stance.ASSERTS, 0.6, frame.head)
            self.frames.append(new)
            return new
        return None

    def _sentences(self, quotation: Quotation) -> list[Sentence]:
        return [s for span in quotation.spans for s in self.parsed.sentences_in(span)]

    def _reads(self, token: Token) -> bool:
        """ "A sign at the gate read “…”"."""
        return token.lemma == "read" and cues.is_document(self.parsed, subject_of(self.parsed, token))

    def without_lead(self, frame: Frame, quotation: Quotation) -> None:
        """Take from a content what leads up to its quotation: "He was blunt: “…,” he said"."""
        ahead = self.parsed.body[max(0, quotation.start - 2) : quotation.start].rstrip()
        if ahead.endswith(":") and self.parsed.tokens[frame.head].start >= quotation.end:
            frame.content = [i for i in frame.content if self.parsed.tokens[i].start >= quotation.start]

    def _around(self, quotation: Quotation) -> list[Token]:
        """The words of the quotation's sentences, and of a reporting clause that the parser cut off.

        After "?”" and "!”" it takes "Brook said." for a sentence of its own.
        """
        sentences = self._sentences(quotation)
        words = [t for s in sentences for t in self.parsed.words(s)]
        following = sentences[-1].i + 1 if sentences else len(self.parsed.sentences)
        if following < len(self.parsed.sentences):
            after = self.parsed.sentences[following]
            gap = self.parsed.body[quotation.end : after.span.start]
            if after.span.start >= quotation.end and not gap.strip() and "\n" not in gap:
                words.extend(self.parsed.words(after)[:_TAG])
        return words

    def _is_speech(self, quotation: Quotation) -> bool:
        words = (t for s in quotation.spans for t in self.parsed.within(s))
        return sum(any(c.isalnum() for c in t.text) for t in words) > _SHORT

    def _mostly(self, sentence: Sentence, quotation: Quotation) -> bool:
        words = [t for t in self.parsed.words(sentence) if any(c.isalnum() for c in t.text)]
        inside = sum(quotation.holds(t.span) for t in words)
        return bool(words) and inside >= 0.9 * len(words)

    def _overlapping(self, quotation: Quotation) -> Frame | None:
        """The frame whose content shares words with the quotation, the closest cue first."""
        near = [f for s in self._sentences(quotation) for f in self._in_sentence[s.i]]
        sharing = [f for f in near if any(quotation.holds(self.parsed.tokens[i].span) for i in f.content)]
        return min(sharing, key=lambda f: _away(self.parsed.tokens[f.head], quotation), default=None)

    def _signed(self, quotation: Quotation) -> Frame | None:
        """ "“…” — Ada Brook": a quotation with its speaker behind a dash, to the end of the paragraph."""
        paragraph = self.parsed.paragraphs[self.parsed.paragraph_at(quotation.end - 1)]
        at = self.parsed.index_at(quotation.end)
        after = [t for t in self.parsed.tokens[at : at + _SIGNATURE + 1] if t.end <= paragraph.end]
        if not 2 <= len(after) <= _SIGNATURE or not all(c in _DASHES for c in after[0].text):
            return None
        name = after[1:]
        if name[0].pos != "PROPN" or any(t.pos in {"VERB", "AUX"} for t in name):
            return None
        dash = after[0].i
        return self._add(Frame([dash], [t.i for t in name], [], "signature", Stance.ASSERTS, 0.7, dash))

    def _beside_cue(self, quotation: Quotation) -> Frame | None:
        """A reporting verb beside the quotation that the parse gave no clause: make its frame here."""
        near = _NEAR if self._is_speech(quotation) else 3
        verbs = [
            token
            for token in self._around(quotation)
            if token.i not in self._by_head
            and token.pos in {"VERB", "AUX"}
            and (token.lemma.lower() in _SPEECH or self._reads(token))
            and not quotation.holds(token.span)
            and _away(token, quotation) < near
            and not any(c in _gap(self.parsed.body, token, quotation) for c in ".;")
        ]
        if not verbs:
            return None
        verb = min(verbs, key=lambda t: _away(t, quotation))
        named = subject_of(self.parsed, verb) or beside(self.parsed, verb.i)
        source = [i for i in named if not quotation.holds(self.parsed.tokens[i].span)]
        stance = cues.stance_of(self.parsed, verb)
        frame = Frame(verb_group(self.parsed, verb), source, [], "quotation with cue", stance, 0.8, verb.i)
        return self._add(frame)

    def _after_colon(self, quotation: Quotation) -> Frame | None:
        """A quotation behind a colon: the last cue of the sentence before speaks it."""
        ahead = self.parsed.body[max(0, quotation.start - _NEAR) : quotation.start].rstrip()
        if not ahead.endswith(":"):
            return None
        end = quotation.start - _NEAR + len(ahead) if quotation.start > _NEAR else len(ahead)
        before = self.parsed.sentences_in(Span(end - 1, end))
        words = [t for s in before for t in self.parsed.words(s) if t.end <= quotation.start]
        for token in reversed(words):
            held = self._by_head.get(token.i)
            if held is not None and held.rule == "quotation with cue":
                return held
            puts = token.lemma == "put" and self.parsed.tokens[token.i + 1].lower == "it"
            if token.pos in {"VERB", "NOUN"} and (puts or token.lemma.lower() in _INTRODUCING):
                is_verb = token.pos == "VERB"
                source = (subject_of(self.parsed, token) if is_verb else []) or _main_subject(
                    self.parsed, words
                )
                cue = verb_group(self.parsed, token) if is_verb else [token.i]
                stance = cues.stance_of(self.parsed, token)
                return self._add(Frame(cue, source, [], "colon", stance, 0.75, token.i))
        return None


def _away(token: Token, quotation: Quotation) -> int:
    return min(abs(token.start - quotation.end), abs(quotation.start - token.end))


def _gap(body: str, token: Token, quotation: Quotation) -> str:
    if token.start >= quotation.end:
        return body[quotation.end : token.start]
    return body[token.end : quotation.start]


def _main_subject(parsed: ParsedText, words: Sequence[Token]) -> list[int]:
    return next((parsed.subtree(token.i) for token in words if token.dep == "nsubj"), [])


def find_blocks(parsed: ParsedText, frames: Sequence[Frame], quotations: Sequence[Quotation]) -> list[Frame]:
    """Block quotations: a paragraph without marks that a cue and a colon at the end of the last one open."""
    heads = {frame.head for frame in frames if frame.content or frame.extra}
    found: list[Frame] = []
    for before, block in pairwise(parsed.paragraphs):
        if not before.of(parsed.body).endswith(":"):
            continue
        if any(s.overlaps(block) for q in quotations_in(quotations, block) for s in q.spans):
            continue
        inside = parsed.sentences_in(before)
        sentence = next((s for s in reversed(inside) if before.covers(s.span)), None)
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
    own = {*frame.cue, *frame.source}
    spans = spans_of(parsed, [i for i in frame.content if i not in own])
    return bridge(parsed.body, sorted([*spans, *frame.extra]))
