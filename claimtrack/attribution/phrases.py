"""Cues that are no verbs: "according to", nouns with a that-clause, adverbs and transcript lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimtrack.attribution import cues
from claimtrack.attribution.frames import Frame, noun_phrase
from claimtrack.attribution.nouns import NOUN_CUES, noun_cue
from claimtrack.language.parsed import ParsedText, Sentence, Token
from claimtrack.records import Span, Stance

# A speaker label at the head of a line: "COOPER:", "Mr. Cooper:", "Q:", of up to five words.
_LABEL = re.compile(r"(?P<who>(?:[A-Z][\w.’'-]*|Q|A)(?: (?:[A-Z][\w.’'-]*|van|de|al|bin)){0,4}) ?:\s+(?=\S)")
_DOCUMENTS = {
    "in": frozenset({"poll", "survey", "tweet", "affidavit"}),
    "under": frozenset({"statute", "law", "act", "treaty", "constitution"}),
}
_LEAST = 4  # words of a sentence that a preposition vouches for
# A headline with its source behind a dash: "Fire spread within minutes – survivors".
_TAIL = re.compile(r"(?P<what>[A-Z“‘'][^.!?\n]{20,120}) [–—-] (?P<who>[a-z]+(?: [a-z]+){0,2})")
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
        elif token.pos == "NOUN" and token.lemma.lower() in NOUN_CUES:
            frame = noun_cue(parsed, token)
        elif lower in {"in", "per", "under"} and token.dep == "prep":
            frame = _preposition(parsed, token)
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


def _preposition(parsed: ParsedText, token: Token) -> Frame | None:
    """ "in the mayor's view", "in the words of the judge", "per the ministry": who vouches for it."""
    named = next((parsed.tokens[i] for i in parsed.children[token.i] if parsed.tokens[i].dep == "pobj"), None)
    if named is None or named.i < token.i:
        return None
    cue = [token.i]
    lower = token.lower
    if lower == "per":
        if named.entity not in {"ORG", "PERSON"} and named.lemma.lower() not in cues.SOURCE_NOUNS:
            return None
        source = noun_phrase(parsed, named.i)
    elif token.i == parsed.sentence_of(token.i).first and named.lemma.lower() in _DOCUMENTS[lower]:
        source = noun_phrase(parsed, named.i)  # "In the same poll, …", "Under the statute, …"
    else:
        source = _holder(parsed, named)
        cue += [named.i]
    if not source:
        return None
    phrase = set(parsed.subtree(token.i))
    first, last = min(phrase), max(phrase)
    sentence = parsed.sentence_of(token.i)
    if first > sentence.first and parsed.tokens[first - 1].text != ",":
        return None  # "summed up in the words of …"
    if last + 1 < sentence.last and parsed.tokens[last + 1].pos != "PUNCT":
        return None
    content = _around(parsed, token, sentence, phrase)
    if len(content) < _LEAST:
        return None
    return Frame(cue, source, content, "preposition", Stance.ASSERTS, 0.5, token.i)


def _holder(parsed: ParsedText, noun: Token) -> list[int]:
    """Whose view or words they are: the possessive, or the phrase behind "of"."""
    if noun.lower not in {"view", "opinion", "eyes", "words", "telling", "estimation", "reckoning"}:
        return []
    for i in parsed.children[noun.i]:
        word = parsed.tokens[i]
        if word.dep == "poss":
            return [j for j in parsed.subtree(i) if parsed.tokens[j].dep != "case"]
        if word.dep == "prep" and word.lower == "of":
            return [j for j in parsed.subtree(i) if j != i]
    return []


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
    names = {t.text for t in parsed.tokens if t.entity == "PERSON"}
    for paragraph in parsed.paragraphs:
        text = paragraph.of(parsed.body)
        tail = _TAIL.fullmatch(text)
        if tail is not None:
            who = Span(paragraph.start + tail.start("who"), paragraph.start + tail.end("who"))
            what = Span(paragraph.start, paragraph.start + tail.end("what"))
            speaker = parsed.within(who)
            if speaker and speaker[-1].tag in {"NN", "NNS"}:
                dash = speaker[0].i - 1
                content = [t.i for t in parsed.within(what)]
                source = [t.i for t in speaker]
                yield Frame([dash], source, content, "headline", Stance.ASSERTS, 0.5, dash)
        match = _LABEL.match(text)
        if match is None or _RUBRIC.match(text):
            continue
        who = Span(paragraph.start + match.start("who"), paragraph.start + match.end("who"))
        source = [t.i for t in parsed.within(who)]
        content = [t.i for t in parsed.within(Span(paragraph.start + match.end(), paragraph.end))]
        if len(content) < 3 or not source:
            continue
        words = [parsed.tokens[i] for i in source]
        named = any(
            t.pos == "PROPN" or t.text.isupper() or t.lemma.lower() in cues.SOURCE_NOUNS or t.text in names
            for t in words
        )
        if named and len(source) <= 6:
            yield Frame(
                [source[-1] + 1], source, content, "speaker label", Stance.ASSERTS, 0.5, source[-1] + 1
            )
