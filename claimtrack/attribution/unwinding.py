"""Reports hung on the end of a statement, put in order: "X said …, the Y reported".

The extractors read such a sentence in many ways: the hanging report as a part of what X said, the
statement as said by both, or X lost altogether.  After `unwind` the outer report's content covers the inner
one, source and cue included, as it does where the sentence begins with the outer report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimtrack.attribution import cues
from claimtrack.attribution.frames import letters_of, overlapping
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Attribution, Kind, Span, Stance

_PHRASE = frozenset({"NOUN", "PROPN", "DET", "ADJ", "PRON", "ADP", "PART", "NUM"})
_SAME = 0.8  # of the letters of two contents together


def unwind(parsed: ParsedText, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, each hanging report's content made to cover the statement that it hangs on."""
    return [a for group in overlapping(attributions) for a in _unwind(parsed, group)]


def _unwind(parsed: ParsedText, attributions: Sequence[Attribution]) -> list[Attribution]:
    whole = [a for a in attributions if not any(_is_rest(a, b) for b in attributions)]
    whole = [_trimmed(parsed.body, a, whole) for a in whole]
    out: list[Attribution] = []
    for a in whole:
        inner = next((b for b in whole if _hangs_on(parsed, a, b)), None)
        if inner is None:
            inner = _lost(parsed, a, whole)
            out += [inner] if inner is not None else []
        out.append(a if inner is None else _covering(a, inner))
    return out


def _frame(a: Attribution) -> Span:
    """From the first to the last letter of source and cue."""
    spans = [*a.source, *a.cue]
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def _is_rest(a: Attribution, other: Attribution) -> bool:
    """Whether the cue is only a part of another's: the "saying" of "was quoted by the Y as saying"."""
    if a is other or not a.cue or sum(s.end - s.start for s in a.cue) >= sum(
        s.end - s.start for s in other.cue
    ):  # fmt: skip
        return False
    return all(any(o.covers(s) for o in other.cue) for s in a.cue)


def _trimmed(body: str, a: Attribution, others: Sequence[Attribution]) -> Attribution:
    """The attribution without the report that hangs on its content's end."""
    if not a.source or a.kind is not Kind.INDIRECT:
        return a
    end = a.content[-1].end
    for other in others:
        if other is a or not other.source or not other.cue:
            continue
        frame = _frame(other)
        hangs = a.content[-1].covers(frame) and not any(c.isalnum() for c in body[frame.end : end])
        ahead = body[a.content[0].start : frame.start].rstrip()
        if not hangs or not ahead.endswith((",", ", as")) or frame.overlaps(_frame(a)):
            continue
        cut = a.content[0].start + len(ahead.removesuffix(" as").rstrip(", "))
        spans = tuple(Span(s.start, min(s.end, cut)) for s in a.content if s.start < cut)
        spans = tuple(Span(s.start, s.start + len(s.of(body).rstrip(" ,"))) for s in spans)
        kept = letters_of(body, spans)
        shared = kept & letters_of(body, other.content)
        if kept and 2 * len(shared) >= len(kept):
            return replace(a, content=tuple(s for s in spans if s.start < s.end))
    return a


def _hangs_on(parsed: ParsedText, outer: Attribution, inner: Attribution) -> bool:
    """Whether both report one content, `outer` from farther outside: later in the sentence."""
    if inner is outer or not (outer.source and outer.cue and inner.source and inner.cue):
        return False
    if outer.stance not in (Stance.ASSERTS, Stance.CONFIRMS) or outer.source == inner.source:
        return False
    here, there = _frame(outer), _frame(inner)
    if here.overlaps(there) or here.start < outer.content[-1].end or here.start < there.end:
        return False
    if any(here.overlaps(c) for c in inner.content) or any(there.overlaps(c) for c in outer.content):
        return False
    first, last = parsed.sentences_in(outer.cue[0]), parsed.sentences_in(inner.cue[0])
    if not first or first != last:
        return False
    mine, theirs = letters_of(parsed.body, outer.content), letters_of(parsed.body, inner.content)
    return len(mine & theirs) >= _SAME * len(mine | theirs)


def _covering(outer: Attribution, inner: Attribution) -> Attribution:
    """The outer report with a content that reaches over the inner one."""
    frame = _frame(inner)
    start = min(frame.start, *(s.start for s in (*outer.content, *inner.content)))
    end = max(frame.end, *(s.end for s in (*outer.content, *inner.content)))
    return replace(outer, content=(Span(start, end),))


def _lost(parsed: ParsedText, a: Attribution, others: Sequence[Attribution]) -> Attribution | None:
    """The inner report of "…, X said, the Y reported" where only that of the Y was found."""
    if not a.source or not a.cue or a.stance is not Stance.ASSERTS:
        return None
    gap = Span(min(a.content[-1].end, _frame(a).start), _frame(a).start)
    words = [t for t in parsed.within(gap) if any(c.isalnum() for c in t.text)]
    if len(words) < 2 or parsed.body[gap.start : words[0].start].strip(' ,”"') != "":
        return None
    if any(span.overlaps(gap) for b in others if b is not a for span in (*b.source, *b.cue)):
        return None
    verb = next((t for t in words if _reports(t)), None)
    if verb is None or verb is words[0] or parsed.body[words[-1].end : gap.end].strip() != ",":
        return None
    source = [t for t in words if t.i < verb.i]
    if any(t.pos not in _PHRASE for t in source) or any(t.pos == "VERB" for t in words if t.i > verb.i):
        return None
    named = Span(source[0].start, source[-1].end)
    return replace(a, source=(named,), cue=(verb.span,), relays=())


def _reports(token: Token) -> bool:
    return token.pos == "VERB" and token.tag in ("VBD", "VBZ") and token.lemma in cues.SAY
