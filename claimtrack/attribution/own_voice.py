"""The outlet's own voice: lead sentences that state a checkable fact and name no source for it.

A news story's first sentence often reports a fact on the outlet's own authority ("The harbour board
will buy two cranes for $4 million").  Kept as an attribution without source and cue, it can support,
update or contradict what others say.  Strict by design: one or two sentences of an article at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.attribution import cues
from claimtrack.attribution.frames import child, children
from claimtrack.attribution.quotations import find_quotations
from claimtrack.language.parsed import ParsedText, Sentence, Token
from claimtrack.records import Article, Attribution, Kind, MarkKind, Span, Stance

RULE = "own voice"
_CONFIDENCE = 0.5
_LEAD = 2  # sentences of running text that are looked at
_LEAST, _MOST = 6, 60  # words
_SHORT_WORD = 3  # letters of words that titles leave in lower case
_TITLE_CASE = 0.8
_NAME = 5  # words of a name in quotation marks
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"})
_NUMBERS = frozenset({"CARDINAL", "MONEY", "PERCENT", "QUANTITY", "ORDINAL"})
_PERSONAL = frozenset({"i", "we", "you", "me", "us", "my", "our", "your", "let", "here"})
# Words by which the writer judges or guesses instead of reporting.
_OPINION = cues.words_of(
    """good bad best worst great terrible awful amazing beautiful ugly stunning shocking surprising
    interesting important remarkable ridiculous absurd brilliant stupid strange weird sad happy exciting
    disappointing impressive fantastic wonderful horrible should ought must maybe perhaps probably
    apparently seemingly arguably unfortunately sadly hopefully clearly obviously frankly seem appear
    love hate deserve"""
)


def find_own_voice(
    article: Article, parsed: ParsedText, attributions: Sequence[Attribution]
) -> list[Attribution]:
    """Facts that the article's lead states without a source, as attributions of kind *own voice*.

    `attributions` are those found in the article; a sentence that shares a character with one of them
    is left out, and so is one inside a mark (title, caption, ...) or with a quotation that is no name.
    """
    taken = [s for a in attributions for s in (*a.content, *a.source, *a.cue)]
    quotations = find_quotations(article.body, parsed.paragraphs)
    quoted = [s for q in quotations for s in q.spans if not _is_name(parsed, s)]
    shut = [*taken, *quoted, *(m.span for m in article.marks if m.kind is not MarkKind.DATELINE)]
    found = []
    for sentence in _lead(article, parsed):
        span = _trimmed(parsed, sentence)
        if not any(span.overlaps(s) for s in shut) and _is_fact(parsed, sentence):
            found.append(_attribution(span))
    return found


def _is_name(parsed: ParsedText, quotation: Span) -> bool:
    """Whether a quotation is the name of a ship or a book: a few words, the outer ones capitalised."""
    words = [t for t in parsed.within(quotation) if any(c.isalnum() for c in t.text)]
    return 0 < len(words) <= _NAME and not any(t.text[0].islower() for t in (words[0], words[-1]))


def _lead(article: Article, parsed: ParsedText) -> Iterator[Sentence]:
    """The first sentences of running text: ended by a full stop, and not the title printed again."""
    title = (article.title or "").strip().casefold()
    seen = 0
    for sentence in parsed.sentences:
        text = sentence.span.of(article.body).strip()
        if not text.endswith((".", ".”", '."')) or text.rstrip(".").casefold() == title:
            continue
        yield sentence
        seen += 1
        if seen == _LEAD:
            return


def _trimmed(parsed: ParsedText, sentence: Sentence) -> Span:
    """The sentence without white space and punctuation at its edges."""
    words = [t for t in parsed.words(sentence) if any(c.isalnum() for c in t.text)]
    if not words:
        return sentence.span
    first, last = words[0], words[-1]
    before = parsed.tokens[first.i - 1] if first.i > sentence.first else None
    start = before.start if before is not None and before.tag == "$" else first.start
    return Span(start, last.end)


def _is_fact(parsed: ParsedText, sentence: Sentence) -> bool:
    words = [t for t in parsed.words(sentence) if any(c.isalnum() for c in t.text)]
    if not _LEAST <= len(words) <= _MOST:
        return False
    if any(t.lower in _PERSONAL or t.lemma.lower() in _OPINION or t.lower in _OPINION for t in words):
        return False
    root = next((t for t in parsed.words(sentence) if t.head == t.i and t.pos in {"VERB", "AUX"}), None)
    if root is None or not _is_finite(parsed, root) or root.lemma in cues.CLAUSAL | cues.SHOW:
        return False
    subject = child(parsed, root.i, "nsubj", "nsubjpass")
    if subject is None or subject.tag in {"WP", "WDT", "EX"} or subject.pos == "PRON":
        return False
    if _is_headline(words):
        return False
    named = any(parsed.tokens[i].entity in _NAMES for i in parsed.subtree(subject.i) if i < root.i)
    counted = any(t.entity in _NUMBERS and any(c.isdigit() for c in t.text) for t in words)
    # "X is a Y" without a figure is a description, and often a judgement.
    return counted or (named and root.lemma not in {"be", "need"})


def _is_headline(words: Sequence[Token]) -> bool:
    """Whether most words are capitalised: a title that no mark covers."""
    long = [t for t in words if len(t.text) > _SHORT_WORD]
    return sum(t.text[0].isupper() for t in long) > _TITLE_CASE * len(long)


def _is_finite(parsed: ParsedText, verb: Token) -> bool:
    group = [verb, *children(parsed, verb.i, "aux", "auxpass")]
    # "could", "may" and "might" guess.
    if any(t.lower in {"could", "may", "might", "would"} for t in group):
        return False
    return any(t.tag in _FINITE for t in group)


def _attribution(span: Span) -> Attribution:
    return Attribution(
        content=(span,),
        source=(),
        cue=(),
        sentence=span,
        kind=Kind.OWN_VOICE,
        stance=Stance.ASSERTS,
        rule=RULE,
        confidence=_CONFIDENCE,
    )
