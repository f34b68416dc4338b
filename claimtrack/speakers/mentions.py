"""Find the names in an article, each cleaned of titles, with the roles that stand beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from claimtrack.knowledge import Knowledge
from claimtrack.language.parsed import ParsedText, Sentence, Token
from claimtrack.records import Article, MarkKind, Span, SpeakerKind
from claimtrack.speakers.appositions import place_after, roles_beside
from claimtrack.speakers.cast import NameMention
from claimtrack.speakers.given_names import gender_of_name
from claimtrack.speakers.metonyms import canonical
from claimtrack.speakers.names import HONORIFICS, fold, is_acronym, name_words, word_set
from claimtrack.speakers.nations import is_nation_word
from claimtrack.speakers.roles import ROLE_NOUNS, gender_of_role, head_of
from claimtrack.speakers.runs import BODY_NOUNS, MAX_TITLE, PLURAL_TITLES, Run, name_runs, title_length
from claimtrack.speakers.words import Word, words_of

# Common nouns that, beside a name, say that it is a body's: "the newspaper Al-Fajr", "Globex news agency".
_BODY_KINDS = word_set(
    """newspaper daily magazine tabloid outlet agency broadcaster channel network website company firm
    startup studio ministry party university organization organisation union think-tank insurer lender
    retailer automaker carmaker drugmaker brewer shipbuilder airline carrier charity nonprofit watchdog
    regulator foundation publisher supplier contractor brokerage consultancy utility conglomerate"""
)
# Where the head of something stands before its name, the name is a body's: "founder of Quist Grain".
_HEADS = re.compile(
    r"\b(?:founder|owner|chief executive|ceo|chairman|chairwoman|president|director|head|spokesman|"
    r"spokeswoman|spokesperson|employees?|shares|shareholders) (?:of|at|for|in)$",
    re.I,
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
_OF_COMPANIES = word_set("founder co-founder cofounder shares stock shareholders investors stores products")
_COMPANY_END = re.compile(r"\b(?:Inc|Corp|Corporation|Co|Ltd|LLC|PLC|plc|AG|AB|SA|GmbH|LLP)\.?$")
_PARTY = word_set("""democrat republican democratic labour labor conservative tory liberal green socialist""")
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
_SUBJECTS = {"nsubj", "nsubjpass"}
_FURTHER = re.compile(r" (?:of|in|for|behind|with|at|from|to|by|on|who|that) ")
_QUOTE = re.compile(r"[“”\"]")


def find_mentions(article: Article, parsed: ParsedText, knowledge: Knowledge) -> list[NameMention]:
    """All names in the parsed text, in order."""
    titles = sorted((m.span for m in article.marks if m.kind is MarkKind.TITLE), key=lambda s: s.start)
    marks = [_quotes(parsed, paragraph) for paragraph in parsed.paragraphs]
    out: list[NameMention] = []
    for sentence in parsed.sentences:
        if not any(_may_name(t, sentence) for t in parsed.words(sentence)):
            continue
        words = words_of(parsed, sentence)
        heading = _is_heading(words) or any(t.overlaps(sentence.span) for t in titles)
        quotes = marks[sentence.paragraph]
        plural = ""  # "Senators Ann Lee of Vermont and Bo Ray of Texas": the title is Ray's too
        for run in name_runs(words, knowledge):
            mention = _mention(parsed, sentence, words, run, knowledge)
            before = words[run.first - 1].lower if run.first else ""
            plural = PLURAL_TITLES.get(before, plural)
            if mention is not None and plural and before == "and" and not mention.roles:
                place = place_after(words, run.last, parsed.body)
                mention = replace(mention, roles=(plural, *([f"{plural} of {place}"] if place else [])))
            if mention is not None:
                quoted = bisect_right(quotes, mention.span.start) % 2 == 1
                plain = not quoted and not heading
                out.append(mention if plain else replace(mention, quoted=quoted, title=heading))
    return _agree_on_kinds(out)


def _may_name(token: Token, sentence: Sentence) -> bool:
    """Whether a word can be a part of a name: most sentences of quotations have none."""
    capital = token.text[:1].isupper()
    return capital and bool(token.entity or token.pos == "PROPN" or token.i > sentence.first + 1)


def _mention(
    parsed: ParsedText, sentence: Sentence, words: list[Word], run: Run, knowledge: Knowledge
) -> NameMention | None:
    first, last = run.first, run.last
    labels = Counter(w.entity for w in words[first:last] if w.entity in _NAME_LABELS)
    personal = _honorific_before(words, first, knowledge)
    people = labels.keys() == {"NORP"} and last - first == 1
    if people and not personal and knowledge.metonym(words[first].text) is None:
        return None  # "Republicans", "Kurds": a group, told by its description
    roles = tuple(roles_beside(words, first, last, knowledge, parsed.body))
    name = _printed(words[first:last], parsed.body)
    noun_after = _noun_after(words, last)
    kind, certain = _kind(name, labels, personal, roles, noun_after, knowledge)
    if kind is SpeakerKind.PERSON and not certain and (
        (noun_after in _OF_COMPANIES and last - first == 1)
        or _HEADS.search(_before(words, first, parsed.body))
    ):  # fmt: skip
        kind = SpeakerKind.ORGANISATION
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


def _before(words: list[Word], first: int, body: str) -> str:
    """The three words before a name."""
    return body[words[max(0, first - 3)].start : words[first].start].rstrip() if first else ""


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
    return any(title_length(words, first - n, knowledge) == n for n in range(1, min(MAX_TITLE, first) + 1))


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
    described = {noun_after} | {w for role in roles for w in name_words(_FURTHER.split(role)[0])}
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


def _is_heading(words: list[Word]) -> bool:
    """Whether nearly all longer words of the line have a capital: a headline's capitals prove no name."""
    if not words or words[-1].text in (".", "!", "”", '"'):
        return False
    long = [w for w in words if not w.is_mark and len(w.text) > 3 and w.text[0].isalpha()]
    return len(long) >= 4 and sum(w.text[0].isupper() for w in long) >= 0.8 * len(long)


def _quotes(parsed: ParsedText, paragraph: Span) -> list[int]:
    """Offsets of the double quotation marks in a paragraph, so that odd counts are inside."""
    return [paragraph.start + m.start() for m in _QUOTE.finditer(paragraph.of(parsed.body))]


def _is_bearer(mention: NameMention) -> bool:
    """Whether the mention is certainly a person's full name."""
    full = len(name_words(mention.name)) > 1 and not mention.title
    return full and mention.kind is SpeakerKind.PERSON and (mention.certain or mention.gender is not None)


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
    # "Bloomberg" is the man, not the agency, where the text names Michael Bloomberg.
    bearers = {name_words(m.name)[-1] for m in mentions if _is_bearer(m)}
    out = []
    for m in mentions:
        words = name_words(m.name)
        kind = votes[words].most_common(1)[0][0]
        known = m.certain and m.kind is not SpeakerKind.PERSON
        if len(words) == 1 and words[0] in surnames and (not known or words[0] in bearers):
            kind = SpeakerKind.PERSON
        out.append(m if kind is m.kind else replace(m, kind=kind))
    return out
