"""The day on which something was said: day words in the reporting clause, against the publication date."""

from __future__ import annotations

from datetime import date, timedelta

from claimtrack.claims.periods import find_with_places
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Article, Attribution, Period, Span
from claimtrack.speakers.given_names import is_common_given

_NEAR = 5  # tokens between cue and day word: "told reporters in the capital on Tuesday"
_WEEK = timedelta(days=7)
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "WORK_OF_ART"})
_AHEAD = frozenset({"will", "'ll", "’ll", "shall"})


def stated_on(article: Article, parsed: ParsedText, attribution: Attribution) -> date | None:
    """The day of the statement; without day words in its reporting clause, the day of publication.

    A weekday is the latest one not after publication.  Where only a longer period is named ("last week",
    "in June"), it is that period's last day not after publication: the statement is no younger, and
    claims stay in order.  What somebody "will tell parliament on Thursday" is known on the day of
    publication, and is stated then.  None where neither the clause nor the article gives a day.
    """
    published = article.published
    if published is not None and _looks_ahead(parsed, attribution):
        return published
    for period in _clause_periods(parsed, attribution, published):
        if published is None or period.start <= published:
            return min(period.end, published) if published is not None else period.end
    return published


def _clause_periods(parsed: ParsedText, attribution: Attribution, published: date | None) -> list[Period]:
    """The periods named in the reporting clause, nearest the cue first."""
    cues = [t for span in attribution.cue for t in parsed.within(span)] or [
        t for span in attribution.source for t in parsed.within(span)
    ]
    if not cues:
        return []
    ranked: list[tuple[int, Period]] = []
    for number in dict.fromkeys(parsed.sentence_of(t.i).i for t in cues):
        sentence = parsed.sentences[number].span
        text = _blanked(parsed.body, sentence, attribution.content)
        for start, end, period in find_with_places(text, published):
            place = Span(sentence.start + start, sentence.start + end)
            words = parsed.within(place)
            if any(_names_source(parsed, w, attribution) for w in words):
                continue
            if words and _belongs(parsed, words, cues) and not _tells_who(parsed, words, cues, period):
                distance = min(abs(w.i - c.i) for w in words for c in cues)
                ranked.append((distance, period))
    ranked.sort(key=lambda pair: pair[0])
    return [period for _, period in ranked]


def _looks_ahead(parsed: ParsedText, attribution: Attribution) -> bool:
    """Whether the reporting verb is in the future: "will tell", "is going to say"."""
    cues = [t for span in attribution.cue for t in parsed.within(span) if t.pos in ("VERB", "AUX")]
    for cue in cues:
        going = parsed.tokens[cue.head]
        if cue.dep == "xcomp" and going.lemma == "go" and going.tag == "VBG":
            return True
        around = [cue, *(parsed.tokens[i] for i in parsed.children[cue.i])]
        if any(t.dep == "aux" and t.lower in _AHEAD for t in around):
            return True
    return False


def _names_source(parsed: ParsedText, word: Token, attribution: Attribution) -> bool:
    """Whether a day word is part of the source's own name: "Carlos Sunday said", "the April Foundation"."""
    source = {t.i for span in attribution.source for t in parsed.within(span)}
    if word.i not in source:
        return False
    beside = [parsed.tokens[i] for i in (word.i - 1, word.i + 1) if i in source]
    if source == {word.i} or (word.entity in _NAMES and any(t.entity == word.entity for t in beside)):
        return True
    return any(t.i < word.i and t.text[:1].isupper() and is_common_given(t.lower) for t in beside)


def _blanked(body: str, sentence: Span, content: tuple[Span, ...]) -> str:
    """The sentence with its content overwritten, so that offsets stay."""
    text = list(sentence.of(body))
    for span in content:
        for i in range(max(span.start, sentence.start), min(span.end, sentence.end)):
            text[i - sentence.start] = "\x00"
    return "".join(text)


def _belongs(parsed: ParsedText, words: tuple[Token, ...], cues: list[Token]) -> bool:
    """Whether the day words depend on the cue, or stand so near that no other verb comes between."""
    cue_numbers = {c.i for c in cues}
    for word in words:
        for above in parsed.ancestors(word.i):
            if above.i in cue_numbers:
                return True
            if above.pos in ("VERB", "AUX"):
                # The small model often hangs a fronted day on the verb that the cue's own verb governs.
                if any(
                    parsed.tokens[c].head == above.i and parsed.tokens[c].dep == "aux" for c in cue_numbers
                ):
                    return True
                break
    nearest = min(cues, key=lambda c: abs(c.i - words[0].i))
    low, high = sorted((nearest.i, words[0].i))
    between = parsed.tokens[low + 1 : high]
    return len(between) <= _NEAR and not any(t.pos == "VERB" or t.text in ('"', "“", "”") for t in between)


def _tells_who(parsed: ParsedText, words: tuple[Token, ...], cues: list[Token], period: Period) -> bool:
    """Whether a month or year stands in a clause about a person ("who took office in 2015, said")."""
    if period.end - period.start < _WEEK:
        return False
    cue_numbers = {c.i for c in cues}
    for word in words:
        for above in parsed.ancestors(word.i):
            if above.i in cue_numbers:
                break
            if above.dep == "relcl":
                return True
    return False
