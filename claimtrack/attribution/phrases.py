"""Cues that are no verbs: "according to", nouns with a that-clause, adverbs and transcript lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimtrack.attribution import cues
from claimtrack.attribution.frames import Frame, noun_phrase, subject_of
from claimtrack.language.parsed import ParsedText, Sentence, Token
from claimtrack.records import Span, Stance

# A speaker label at the head of a line: "COOPER:", "Mr. Cooper:", "Q:", of up to five words.
_LABEL = re.compile(r"(?P<who>(?:[A-Z][\w.’'-]*|Q|A)(?: (?:[A-Z][\w.’'-]*|van|de|al|bin)){0,4}) ?:\s+(?=\S)")
# Words that open a line of the page's furniture or a headline's rubric, not a speaker's label.
_RUBRIC = re.compile(
    r"(?:read|see|related|watch|more|photo|image|video|updated?|also|note|correction|by|source|tags|breaking|"
    r"exclusive|opinion|analysis|live|listen|share|follow|topics|filed|here|why|what|how|poll|fact|review)\b",
    re.IGNORECASE,
)


def find_phrase_frames(parsed: ParsedText, skip: frozenset[int]) -> Iterator[Frame]:
    """Frames of the cues that are no verbs, outside the tokens of `skip` (words inside quotations)."""
    for token in parsed.tokens:
        if token.i in skip:
            continue
        lower = token.lower
        if lower == "according":
            frame = _according_to(parsed, token)
        elif token.pos == "NOUN" and token.lemma.lower() in cues.NOUNS:
            frame = _noun(parsed, token)
        elif lower in cues.ADVERBS or (token.dep == "amod" and lower in cues.ADJECTIVES):
            frame = _unsourced(parsed, token)
        else:
            continue
        if frame is not None:
            yield frame
    yield from _labels(parsed)


def _according_to(parsed: ParsedText, token: Token) -> Frame | None:
    """ "according to X": rules lead a learned tagger here by 40 points, since the form is fixed."""
    after = token.i + 1
    if after + 1 >= len(parsed.tokens) or parsed.tokens[after].lower != "to":
        return None
    sentence = parsed.sentence_of(token.i)
    named = next(
        (parsed.tokens[i] for i in parsed.children[after] if parsed.tokens[i].dep in {"pobj", "pcomp"}), None
    )
    closing = _closing_mark(parsed, after + 1, sentence)
    if closing:
        source = list(range(after + 1, closing + 1))
    elif named is not None and named.i > after:
        source = _until_comma(parsed, noun_phrase(parsed, named.i), sentence, after + 1)
    else:
        source = _until_comma(parsed, list(range(after + 1, sentence.last)), sentence, after + 1)
    if not source:
        return None
    phrase = set(range(token.i, source[-1] + 1))
    content = _around(parsed, token, sentence, phrase)
    return (
        Frame([token.i, after], source, content, "according to", Stance.ASSERTS, 0.85, token.i)
        if content
        else None
    )


def _closing_mark(parsed: ParsedText, first: int, sentence: Sentence) -> int:
    """Where the quotation ends that is the whole source: according to "a person close to the talks"."""
    if first >= sentence.last or parsed.tokens[first].text not in {'"', "“"}:
        return 0
    return next((i for i in range(first + 1, sentence.last) if parsed.tokens[i].text in {'"', "”"}), 0)


def _until_comma(parsed: ParsedText, phrase: list[int], sentence: Sentence, first: int) -> list[int]:
    """The name and its apposition: a clause that the parser hung on the name ends it."""
    out: list[int] = []
    for i in phrase:
        if i < first or i >= sentence.last or (out and i != out[-1] + 1):
            continue
        token = parsed.tokens[i]
        if token.text in {";", "—", "–"} or (token.text == "." and i == sentence.last - 1):
            break
        if token.text == "," and i + 1 < sentence.last and not _apposition_follows(parsed, i, phrase):
            break
        out.append(i)
    while (
        out and parsed.tokens[out[-1]].pos == "PUNCT" and parsed.tokens[out[-1]].text not in {")", "”", '"'}
    ):
        out.pop()
    return out


def _apposition_follows(parsed: ParsedText, comma: int, phrase: list[int]) -> bool:
    inside = set(phrase)
    later = [parsed.tokens[i] for i in phrase if i > comma]
    if not later or comma + 1 not in inside:
        return False
    return not any(
        t.dep in {"nsubj", "nsubjpass", "expl"}
        and t.tag not in {"WP", "WDT"}
        and parsed.tokens[t.head].dep not in {"relcl", "acl"}
        for t in later
    )


def _around(parsed: ParsedText, token: Token, sentence: Sentence, phrase: set[int]) -> list[int]:
    """What the phrase vouches for: its sentence, or the clause of the report that it stands in."""
    for above in parsed.ancestors(token.i):
        if above.dep in {"ccomp", "parataxis"} and parsed.tokens[above.head].lemma in cues.CLAUSAL:
            inside = [i for i in parsed.subtree(above.i) if i not in phrase]
            if inside and min(inside) >= sentence.first:
                marker = [i for i in parsed.children[above.i] if parsed.tokens[i].dep == "mark"]
                return [i for i in inside if i not in marker]
    return [i for i in range(sentence.first, sentence.last) if i not in phrase]


def _noun(parsed: ParsedText, token: Token) -> Frame | None:
    """ "the claim that …", "X's allegation that …", "made by X that"."""
    clause = next(
        (
            parsed.tokens[i]
            for i in parsed.children[token.i]
            if parsed.tokens[i].dep in {"acl", "ccomp", "relcl"}
            and i > token.i
            and _that(parsed, i) is not None
        ),
        None,
    )
    if clause is None:
        return None
    that = _that(parsed, clause.i)
    content = [i for i in parsed.subtree(clause.i) if that is not None and i > that]
    source: list[int] = []
    for i in parsed.children[token.i]:
        child = parsed.tokens[i]
        if child.dep == "poss":
            source = [j for j in parsed.subtree(i) if parsed.tokens[j].dep != "case"]
        elif child.dep == "prep" and child.lower in {"by", "from", "of"} and i < clause.i:
            source = [j for j in parsed.subtree(i) if j != i]
    head = parsed.tokens[token.head]
    if not source and token.dep == "dobj" and head.pos == "VERB":
        source = subject_of(parsed, head)
    return Frame([token.i], source, content, "noun cue", cues.noun_stance(token.lemma.lower()), 0.55, token.i)


def _that(parsed: ParsedText, clause: int) -> int | None:
    """The "that" which opens a noun's clause as a complement, not as a relative pronoun."""
    for i in parsed.children[clause]:
        token = parsed.tokens[i]
        if token.lower == "that" and token.dep == "mark" and i < clause:
            return i
    return None


def _unsourced(parsed: ParsedText, token: Token) -> Frame | None:
    """ "reportedly …", "a reported $3 million": a report whose source the text keeps to itself."""
    sentence = parsed.sentence_of(token.i)
    verb = next((t for t in parsed.ancestors(token.i) if t.pos in {"VERB", "AUX"}), None)
    if verb is None:
        return None
    content = [i for i in parsed.subtree(verb.i) if i != token.i and sentence.first <= i < sentence.last]
    stance = cues.ADVERBS.get(token.lower, Stance.ASSERTS)
    return Frame([token.i], [], content, "adverb", stance, 0.4, token.i)


def _labels(parsed: ParsedText) -> Iterator[Frame]:
    """Transcript lines and headlines: "COOPER: Good evening.", "Senator Lee: No deal yet"."""
    for paragraph in parsed.paragraphs:
        text = paragraph.of(parsed.body)
        match = _LABEL.match(text)
        if match is None or _RUBRIC.match(text):
            continue
        who = Span(paragraph.start + match.start("who"), paragraph.start + match.end("who"))
        source = [t.i for t in parsed.within(who)]
        content = [t.i for t in parsed.within(Span(paragraph.start + match.end(), paragraph.end))]
        if len(content) < 3 or not source:
            continue
        named = any(parsed.tokens[i].pos == "PROPN" or parsed.tokens[i].text.isupper() for i in source)
        if named and len(source) <= 6:
            yield Frame(
                [source[-1] + 1], source, content, "speaker label", Stance.ASSERTS, 0.5, source[-1] + 1
            )
