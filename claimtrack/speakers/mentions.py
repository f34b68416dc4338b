"""Find the names in an article, each cleaned of titles, with the roles that stand beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claimtrack.knowledge import Knowledge
from claimtrack.language.parsed import ParsedText, Sentence
from claimtrack.records import Article, MarkKind, Span, SpeakerKind
from claimtrack.speakers.cast import NameMention
from claimtrack.speakers.given_names import gender_of_name
from claimtrack.speakers.metonyms import canonical
from claimtrack.speakers.names import HONORIFICS, PARTICLES, fold, is_acronym, name_words, word_set
from claimtrack.speakers.nations import is_nation_word
from claimtrack.speakers.roles import ROLE_NOUNS, gender_of_role, head_of
from claimtrack.speakers.words import Word, words_of

_LINKS = {"of", "for", "and", "the", "in", "on", "&", "to"}
# Nouns that head the name of a body ("Ministry of Works", "River Bank"): such a run is no person.
BODY_NOUNS = word_set(
    """academy administration agency airlines alliance army assembly association authority bank board
    brigade bureau cabinet campaign center centre centers chamber church club coalition college
    commission committee communications company conference confederation congress consortium
    consulate corps council court department directorate division embassy enterprises federation
    firm force forces forum foundation front fund government group guard holdings hospital house
    industries initiative institute institution institutes international journal laboratory
    laboratories league legion mission ministry motors movement museum network news observatory
    office organisation organization parliament partners partnership party police post press
    programme program project republic research school secretariat senate service services society
    state states studio studios summit systems technologies times treasury tribunal trust union
    university watch workers"""
)
# Common nouns that, beside a name, say that it is a body's: "the newspaper Al-Fajr", "Globex news agency".
_BODY_KINDS = word_set(
    """newspaper daily magazine tabloid outlet agency broadcaster channel network website company firm
    startup studio ministry party university organization organisation union think-tank"""
)
_MAKERS = {
    "maker",
    "creator",
    "owner",
    "operator",
    "developer",
    "star",
    "champion",
}  # companies are these too
_COMPANY_END = re.compile(r"\b(?:Inc|Corp|Corporation|Co|Ltd|LLC|PLC|plc|AG|AB|SA|GmbH|LLP)\.?$")
_PARTY = word_set("""democrat republican democratic labour labor conservative tory liberal green socialist""")
# Names by custom that are also offices: after another name they end it ("Stephen King said").
_ALSO_NAMES = word_set("""king prince judge major bishop dean marshal pope earl duke baron page justice""")
_TIME_NOUNS = word_set("""year years month week day today yesterday tomorrow morning evening night time""")
_NAME_LABELS = {
    "PERSON": SpeakerKind.PERSON,
    "ORG": SpeakerKind.ORGANISATION,
    "GPE": SpeakerKind.GOVERNMENT,
    "LOC": SpeakerKind.GOVERNMENT,
    "NORP": SpeakerKind.ORGANISATION,
    "FAC": SpeakerKind.ORGANISATION,
    "PRODUCT": SpeakerKind.ORGANISATION,
    "WORK_OF_ART": SpeakerKind.ORGANISATION,
}
# A hyphened word that ends in one of these is an adjective, whatever its first letter.
_ADJECTIVE_ENDS = (
    "-based", "-led", "-backed", "-born", "-era", "-run", "-owned", "-style", "-controlled", "-held",
    "-linked", "-wide", "-bound", "-trained", "-educated", "-sponsored", "-area", "-only", "-made", "-funded",
    "-affiliated", "-listed", "-dominated", "-elect",
)  # fmt: skip
_SUBJECTS = {"nsubj", "nsubjpass"}
_QUOTE = re.compile(r"[“”\"]")
_MAX_TITLE = 5


@dataclass(frozen=True, slots=True)
class _Run:
    first: int  # indices into the sentence's words, end exclusive
    last: int
    nickname: str = ""


def find_mentions(article: Article, parsed: ParsedText, knowledge: Knowledge) -> list[NameMention]:
    """All names in the parsed text, in order."""
    titles = sorted((m.span for m in article.marks if m.kind is MarkKind.TITLE), key=lambda s: s.start)
    out: list[NameMention] = []
    for sentence in parsed.sentences:
        words = words_of(parsed, sentence)
        heading = _is_heading(words) or any(t.overlaps(sentence.span) for t in titles)
        quotes = _quotes(parsed, sentence)
        for run in name_runs(words, knowledge):
            mention = _mention(parsed, sentence, words, run, knowledge)
            if mention is not None:
                quoted = bisect_right(quotes, mention.span.start) % 2 == 1
                out.append(replace(mention, quoted=quoted, title=heading))
    return _agree_on_kinds(out)


def title_length(words: list[Word], i: int, knowledge: Knowledge) -> int:
    """How many words from `i` on make up a known title or role; 0 for none."""
    parts: list[str] = []
    for word in words[i : i + _MAX_TITLE]:
        if word.is_mark:
            break
        parts.append(fold(word.text).rstrip("."))
        if word.possessive:
            break
    for n in range(len(parts), 0, -1):
        phrase = " ".join(parts[:n])
        if phrase in knowledge.titles or phrase in HONORIFICS or phrase.replace("-", " ") in knowledge.titles:
            return n
    return int(bool(parts) and parts[0].removeprefix("ex-") in ROLE_NOUNS)


def name_runs(words: list[Word], knowledge: Knowledge) -> Iterator[_Run]:
    """Stretches of words that make up one name each, titles left out."""
    i = 0
    while i < len(words):
        n = title_length(words, i, knowledge)
        if n and not _title_is_name(words, i, n, knowledge):
            i += n
            continue
        if not _names(words[i]):
            i += 1
            continue
        run = _extend(words, i, knowledge)
        yield run
        i = max(run.last, i + 1)


def _names(word: Word) -> bool:
    return word.is_name and not word.lower.endswith(_ADJECTIVE_ENDS)


def _title_is_name(words: list[Word], i: int, n: int, knowledge: Knowledge) -> bool:
    """Whether what looks like a title is a part of a name: "Justice Department", "Prince" the singer."""
    if not words[i].text[:1].isupper():
        return False
    after = words[i + n] if i + n < len(words) else None
    if after is not None and after.is_name and not words[i + n - 1].possessive:
        if after.lower in BODY_NOUNS:
            return True
        return bool(words[i].entity == "ORG" and after.entity == "ORG" and not after.entity_start and n == 1)
    before = words[i - 1] if i else None
    inside = (
        before is not None and before.is_name and not before.possessive and not is_nation_word(before.text)
    )
    if words[i].lower in _ALSO_NAMES:
        return bool(inside and words[i].entity in ("PERSON", ""))
    return bool(inside and n == 1 and words[i].entity == "ORG" and not words[i].entity_start
                and not title_length(words, i - 1, knowledge))  # fmt: skip


def _extend(words: list[Word], first: int, knowledge: Knowledge) -> _Run:
    nickname = ""
    i = first + 1
    while i < len(words):
        before, word = words[i - 1], words[i]
        if before.possessive and (word.lower not in BODY_NOUNS or is_nation_word(before.text)):
            break  # "Workers' Party" is one name, "Chile's Ministry" and "Globex's Lee" are two
        after = words[i + 1] if i + 1 < len(words) else None
        if _names(word):
            n = title_length(words, i, knowledge)
            if n and not _title_is_name(words, i, n, knowledge):
                break
            # Two names side by side ("Globex Ann …") part with the labels, unless a body has both.
            parted = word.entity_start and word.entity != before.entity
            parted = parted and word.entity == "PERSON" and before.entity in ("GPE", "ORG")
            if parted and word.lower not in BODY_NOUNS:
                break
            i += 1
        elif word.lower in PARTICLES and word.lower != "of" and after is not None and after.is_name:
            i += 2
        elif word.lower in _LINKS and after is not None and _links(words, first, i):
            i += 1 if after.is_name else 2
        elif word.is_mark and word.text in "\"“'‘(" and i + 3 < len(words) and _is_nickname(words, i):
            nickname = words[i + 1].text
            i += 3
        else:
            break
    while i > first + 1 and not words[i - 1].is_name:
        i -= 1
    return _Run(first, i, nickname)


def _links(words: list[Word], first: int, i: int) -> bool:
    """Whether "of", "for", "and" … at `i` goes on with the name of a body."""
    word, after = words[i], words[i + 1]
    far = after if after.is_name else (words[i + 2] if i + 2 < len(words) else after)
    if not far.is_name or (not after.is_name and after.lower != "the"):
        return False
    if word.entity == "ORG" and not word.entity_start and far.entity == "ORG" and not far.entity_start:
        return True
    heads = {w.lower for w in words[first:i]}
    return word.lower in ("of", "for") and not BODY_NOUNS.isdisjoint(heads)


def _is_nickname(words: list[Word], i: int) -> bool:
    name, close, after = words[i + 1], words[i + 2], words[i + 3]
    return bool(
        name.text[:1].isupper() and close.is_mark and close.text in "\"”'’)" and after.text[:1].isupper()
        and not after.is_mark and words[i - 1].entity in ("PERSON", "") and after.pos == "PROPN"
    )  # fmt: skip


def _mention(
    parsed: ParsedText, sentence: Sentence, words: list[Word], run: _Run, knowledge: Knowledge
) -> NameMention | None:
    first, last = run.first, run.last
    labels = Counter(w.entity for w in words[first:last] if w.entity in _NAME_LABELS)
    personal = _honorific_before(words, first, knowledge)
    people = labels.keys() == {"NORP"} and last - first == 1
    if people and not personal and knowledge.metonym(words[first].text) is None:
        return None  # "Republicans", "Kurds": a group, told by its description
    roles = tuple(_roles(parsed, words, first, last, knowledge))
    name = _printed(words[first:last], parsed.body)
    kind, certain = _kind(name, labels, personal, roles, _noun_after(words, last), knowledge)
    if kind is SpeakerKind.PERSON:
        while first < last - 1 and not words[first].possessive and (
            words[first].lower in _PARTY or is_nation_word(words[first].text)
        ):  # fmt: skip
            first += 1
        name = _printed(words[first:last], parsed.body)
    if not name_words(name) or (is_nation_word(name) and knowledge.metonym(name) is None):
        return None  # "Norwegian" names nobody
    if kind is not SpeakerKind.PERSON and first and _is_whose(words, first, name, knowledge):
        name = f"{words[first - 1].text}'s {name}"
    head = words[last - 1].last
    title = words[first - 1] if first else None
    gender = None
    if kind is SpeakerKind.PERSON:
        gender = HONORIFICS.get(fold(title.text).rstrip(".")) if title is not None else None
        gender = gender or next((g for r in roles if (g := gender_of_role(r))), None) or gender_of_name(name)
    aliases = tuple(a for a in (run.nickname, _acronym_after(words, last)) if a)
    top = _top(parsed, words, first, last)
    return NameMention(
        span=Span(words[first].start, words[last - 1].end),
        name=name,
        kind=kind,
        certain=certain,
        sentence=sentence.i,
        paragraph=sentence.paragraph,
        subject=parsed.tokens[top].dep in _SUBJECTS,
        quoted=False,
        title=False,
        possessor=words[last - 1].possessive and parsed.tokens[head].dep == "poss",
        roles=tuple(r for r in roles if kind is SpeakerKind.PERSON or _describes_body(r, kind)),
        gender=gender,
        aliases=aliases,
    )


def _is_whose(words: list[Word], first: int, name: str, knowledge: Knowledge) -> bool:
    """Whether a country must be added to a name that many bodies have: "Chile's Ministry"."""
    owner = words[first - 1]
    generic = not BODY_NOUNS.isdisjoint(name_words(name)) and knowledge.outlet_of_name(name) is None
    return owner.possessive and is_nation_word(owner.text) and generic


def _printed(words: list[Word], body: str) -> str:
    """The name as printed, without quotation marks, brackets and the nickname between them."""
    text = re.sub(r"\s+", " ", body[words[0].start : words[-1].end])
    return (
        re.sub(r"\s*[\"“(‘][^\"”)’]*[\"”)’]\s*", " ", text).strip(" .,")
        if len(words) > 1
        else text.strip(",")
    )


def _top(parsed: ParsedText, words: list[Word], first: int, last: int) -> int:
    """The token of the name whose head stands outside it."""
    low, high = words[first].first, words[last - 1].last
    for i in range(low, high + 1):
        if not low <= parsed.tokens[i].head <= high:
            return i
    return high


def _honorific_before(words: list[Word], first: int, knowledge: Knowledge) -> bool:
    return any(title_length(words, first - n, knowledge) == n for n in range(1, min(_MAX_TITLE, first) + 1))


def _kind(
    name: str,
    labels: Counter[str],
    personal: bool,
    roles: tuple[str, ...],
    noun_after: str,
    knowledge: Knowledge,
) -> tuple[SpeakerKind, bool]:
    if personal and words_are_personal(name):
        return SpeakerKind.PERSON, True
    if knowledge.outlet_of_name(name) is not None:
        return SpeakerKind.ORGANISATION, True
    metonym = knowledge.metonym(name)
    if metonym is not None:
        return canonical(name, SpeakerKind.GOVERNMENT, knowledge)[1], not metonym.ambiguous
    if is_nation_word(name):
        return SpeakerKind.GOVERNMENT, True
    words = name_words(name)
    if not BODY_NOUNS.isdisjoint(words) or _COMPANY_END.search(name) or is_acronym(name):
        return SpeakerKind.ORGANISATION, len(words) > 1 or is_acronym(name)
    # A known given name and one more word: whatever the model says, that is a person.
    organised = labels.get("ORG", 0) + labels.get("GPE", 0) >= len(words)
    if gender_of_name(name) and len(words) > 1 and (len(words) == 2 or not organised):
        return SpeakerKind.PERSON, True
    if words_are_personal(name) and any(head_of(role) in ROLE_NOUNS - _MAKERS for role in roles):
        return SpeakerKind.PERSON, True
    described = {noun_after} | {
        w for role in roles for w in name_words(re.split(r" (?:of|in|for|behind) ", role)[0])
    }
    if not described.isdisjoint(_BODY_KINDS) and described.isdisjoint(ROLE_NOUNS):
        return SpeakerKind.ORGANISATION, True
    if not labels:
        return (SpeakerKind.PERSON if roles or len(words) > 1 else SpeakerKind.ORGANISATION), False
    return _NAME_LABELS[labels.most_common(1)[0][0]], False


def _noun_after(words: list[Word], last: int) -> str:
    """The noun right after a name, "news" and "online" skipped."""
    if last and words[last - 1].possessive:
        return ""
    rest = [w for w in words[last : last + 2] if w.lower not in ("news", "online")]
    return rest[0].lower if rest and rest[0].pos == "NOUN" else ""


def words_are_personal(name: str) -> bool:
    """Whether no word of the name is one that heads the name of a body."""
    return BODY_NOUNS.isdisjoint(name_words(name)) and not is_nation_word(name)


def _acronym_after(words: list[Word], last: int) -> str:
    if last + 2 < len(words) and words[last].text == "(" and words[last + 2].text == ")":
        inside = words[last + 1].text
        if is_acronym(inside) or (inside.isupper() and 2 <= len(inside) <= 8 and inside.isalpha()):
            return inside
    return ""


def _describes_body(role: str, kind: SpeakerKind) -> bool:
    return kind is SpeakerKind.ORGANISATION and ROLE_NOUNS.isdisjoint(name_words(role))


def _roles(
    parsed: ParsedText, words: list[Word], first: int, last: int, knowledge: Knowledge
) -> Iterator[str]:
    """The roles beside a name: before it, before it with a comma, and after it with a comma."""
    before = _role_ending(words, first, knowledge, parsed.body)
    if before:
        yield before
    elif first > 1 and words[first - 1].text == ",":
        ahead = _role_ending(words, first - 1, knowledge, parsed.body, through_possessive=True)
        # "The mayor, Ann Lee, said": a definite or possessive role; a list ("a clerk, Bob") is not one.
        if ahead and last < len(words) and words[last].is_mark:
            yield ahead
    yield from _role_after(words, last, knowledge, parsed.body)


def _role_ending(
    words: list[Word], end: int, knowledge: Knowledge, body: str, through_possessive: bool = False
) -> str:
    """The role phrase whose last word is the one before `end`, or ""."""
    i = end
    while i and _in_role(words, i - 1, through_possessive or i < end):
        i -= 1
    while i < end and (words[i].lower in PARTICLES or words[i].pos in ("DET", "PRON", "ADV")):
        i += 1
    if i == end or words[end - 1].possessive or not _is_role_noun(words, i, end, knowledge):
        return ""
    text = re.sub(r"\s+", " ", body[words[i].start : words[end - 1].end])
    return "" if fold(text).rstrip(".") in HONORIFICS else text


def _in_role(words: list[Word], i: int, possessive: bool) -> bool:
    word = words[i]
    if word.is_mark or (word.possessive and not possessive) or fold(word.text).rstrip(".") in HONORIFICS:
        return False
    if word.lower == "and":  # "founder and director Ann Lee", but not "Bo Ray and director Ann Lee"
        return i > 0 and fold(words[i - 1].text) in ROLE_NOUNS
    if word.lower == "of":
        return True
    return word.pos in ("NOUN", "PROPN", "ADJ", "NUM", "X") or word.lower in (
        "co-founder",
        "vice",
        "then",
        "former",
    )


def _is_role_noun(words: list[Word], i: int, end: int, knowledge: Knowledge) -> bool:
    for k in range(max(i, end - _MAX_TITLE), end):
        if title_length(words, k, knowledge) == end - k:
            return True
    word = words[end - 1]
    # "Globex treasurer Ann Lee": any common noun right before a name names what the person is.
    return word.pos == "NOUN" and word.text.islower() and word.lower not in _TIME_NOUNS


def _role_after(words: list[Word], last: int, knowledge: Knowledge, body: str) -> Iterator[str]:
    i = last
    if i < len(words) and words[i].text == "(":  # "(WHO)" or "(D-Vt.)" between name and comma
        i = next((k + 1 for k in range(i, min(i + 5, len(words))) if words[k].text == ")"), i)
    if i >= len(words) or words[i].text not in (",", "–", "—"):
        return
    i += 1
    if i + 1 < len(words) and words[i].text.isdigit() and words[i + 1].text == ",":  # an age
        i += 2
    end = i
    while end < len(words) and not (words[end].is_mark and words[end].text not in ("&", "-", "/", "’", "'")):
        if words[end].pos in ("VERB", "AUX", "PRON", "SCONJ") and end > i:
            break
        end += 1
    part = words[i:end]
    closed = end >= len(words) or words[end].is_mark
    if part and part[0].lower == "the" and not closed:
        return  # "…, the analyst said" begins a new clause
    if not 1 <= len(part) <= 24 or part[0].pos in ("VERB", "AUX", "ADP", "SCONJ", "PRON", "ADV", "CCONJ"):
        return
    head = next((k for k, w in enumerate(part) if w.pos == "ADP" and k), len(part))
    titled = any(
        title_length(words, i + k, knowledge) and (words[i + k].text.islower() or k + 1 >= head or k == 0)
        for k in range(min(head, 8))
    )
    described = part[0].pos == "DET" and part[head - 1].pos == "NOUN"  # "Al-Fajr, an independent daily,"
    if titled or described:
        start = 1 if part[0].pos == "DET" and len(part) > 1 else 0
        yield re.sub(r"\s+", " ", body[part[start].start : part[-1].end])


def _is_heading(words: list[Word]) -> bool:
    """Whether nearly all longer words of the line have a capital: a headline's capitals prove no name."""
    if not words or words[-1].text in (".", "!", "”", '"'):
        return False
    long = [w for w in words if not w.is_mark and len(w.text) > 3 and w.text[0].isalpha()]
    return len(long) >= 4 and sum(w.text[0].isupper() for w in long) >= 0.8 * len(long)


def _quotes(parsed: ParsedText, sentence: Sentence) -> list[int]:
    """Offsets of the double quotation marks in the sentence's paragraph, so that odd counts are inside."""
    paragraph = parsed.paragraphs[sentence.paragraph]
    return [paragraph.start + m.start() for m in _QUOTE.finditer(paragraph.of(parsed.body))]


def _agree_on_kinds(mentions: list[NameMention]) -> list[NameMention]:
    """One kind for one name: what a title or the starting knowledge shows outweighs the model's labels."""
    votes: dict[tuple[str, ...], Counter[SpeakerKind]] = {}
    for m in mentions:
        words = name_words(m.name)
        votes.setdefault(words, Counter())[m.kind] += 5 if m.certain else 1
    persons = {words for words, kinds in votes.items() if kinds.most_common(1)[0][0] is SpeakerKind.PERSON}
    surnames = {words[-1] for words in persons if len(words) > 1} | {
        words[0] for words in persons if len(words) > 1
    }
    out = []
    for m in mentions:
        words = name_words(m.name)
        kind = votes[words].most_common(1)[0][0]
        if len(words) == 1 and words[0] in surnames and not (m.certain and m.kind is not SpeakerKind.PERSON):
            kind = SpeakerKind.PERSON
        out.append(m if kind is m.kind else replace(m, kind=kind))
    return out
