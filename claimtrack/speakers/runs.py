"""Where a sentence names something: stretches of capitalised words, with titles cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from claimtrack.knowledge import Knowledge
from claimtrack.speakers.given_names import gender_of_given
from claimtrack.speakers.names import HONORIFICS, PARTICLES, fold, word_set
from claimtrack.speakers.nations import is_nation_word
from claimtrack.speakers.roles import ROLE_NOUNS
from claimtrack.speakers.words import Word

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
    university watch workers inspectorate airways railways railroad pharmaceuticals insurance petroleum
    diocese archdiocese constabulary"""
)
# Names by custom that are also offices: after another name they end it ("Stephen King said").
_ALSO_NAMES = word_set(
    """king prince judge major bishop dean marshal pope earl duke baron page justice shah"""
)
# What stands behind a person's name and is no part of it: honours, degrees, offices, regular orders.
_POST_NOMINALS = word_set("""qc kc mp msp mep mla mpp td md phd dphil esq obe mbe cbe kbe dbe frs""")
# A hyphened word that ends in one of these is an adjective, whatever its first letter.
_ADJECTIVE_ENDS = (
    "-based", "-led", "-backed", "-born", "-era", "-run", "-owned", "-style", "-controlled", "-held",
    "-linked", "-wide", "-bound", "-trained", "-educated", "-sponsored", "-area", "-only", "-made", "-funded",
    "-affiliated", "-listed", "-dominated", "-elect",
)  # fmt: skip
MAX_TITLE = 5
# Titles that two names share: "Senators Ann Lee and Bo Ray"; other plurals begin names ("Doctors at Sea").
PLURAL_TITLES = {
    "senators": "Senator", "sens": "Senator", "representatives": "Representative", "reps": "Representative",
    "presidents": "President", "ministers": "Minister", "governors": "Governor", "govs": "Governor",
    "judges": "Judge", "justices": "Justice", "professors": "Professor", "generals": "General",
    "ambassadors": "Ambassador", "detectives": "Detective", "mayors": "Mayor", "profs": "Professor",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """One name's place among the words of its sentence."""

    first: int  # indices into the sentence's words, end exclusive
    last: int
    nickname: str = ""


@lru_cache(maxsize=2)
def _title_heads(knowledge: Knowledge) -> frozenset[str]:
    """The words with which a title or a form of address begins: most words of a text are none of them."""
    return frozenset(title.split()[0] for title in (*knowledge.titles, *HONORIFICS) if title.strip())


@lru_cache(maxsize=16384)
def _may_begin(text: str, knowledge: Knowledge) -> bool:
    """Whether a title or role may begin with this word."""
    word = fold(text).rstrip(".")
    heads = _title_heads(knowledge)
    hyphened = word.split("-")[0] in heads or word.removeprefix("ex-") in ROLE_NOUNS
    return word in heads or hyphened or word in PLURAL_TITLES


def title_length(words: list[Word], i: int, knowledge: Knowledge) -> int:
    """How many words from `i` on make up a known title or role; 0 for none."""
    if i >= len(words) or words[i].is_mark:
        return 0
    if not _may_begin(words[i].text, knowledge):
        return 0
    parts: list[str] = []
    for word in words[i : i + MAX_TITLE]:
        if word.is_mark:
            break
        parts.append(fold(word.text).rstrip("."))
        if word.possessive:
            break
    for n in range(len(parts), 0, -1):
        phrase = " ".join(parts[:n])
        if phrase in knowledge.titles or phrase in HONORIFICS or phrase.replace("-", " ") in knowledge.titles:
            return n
    if parts[:1] and parts[0] in PLURAL_TITLES:
        after = words[i + 1] if i + 1 < len(words) else None
        return int(after is not None and after.is_name and after.lower not in BODY_NOUNS)
    return int(bool(parts) and parts[0].removeprefix("ex-") in ROLE_NOUNS)


def is_post_nominal(words: list[Word], i: int) -> bool:
    """Whether the word at `i` is the QC of "Ann Lee QC" or "Ann Lee, QC", and not of "Orlo MP Ann Lee"."""
    if not is_honour(words[i].text):
        return False
    after = words[i + 1] if i + 1 < len(words) else None
    if after is not None and after.is_name and not is_honour(after.text):
        return False
    last = i - 1
    while last > 0 and (words[last].text == "," or is_honour(words[last].text)):
        last -= 1
    if last < 1 or words[last].possessive or not (words[last].is_name and words[last - 1].is_name):
        return False
    labelled = words[last].entity == "PERSON" and words[last - 1].entity == "PERSON"
    return labelled or gender_of_given(words[last - 1].text) is not None


def is_honour(text: str) -> bool:
    """Whether a word stands behind names as an honour or degree does: "QC", "Ph.D.", not "Md"."""
    plain = text.replace(".", "")
    return plain.lower() in _POST_NOMINALS and (plain == "Esq" or sum(c.isupper() for c in plain) > 1)


def name_runs(words: list[Word], knowledge: Knowledge) -> Iterator[Run]:
    """Stretches of words that make up one name each, titles left out."""
    i = 0
    while i < len(words):
        n = title_length(words, i, knowledge)
        if n and not _title_is_name(words, i, n, knowledge):
            i += n
            continue
        if not words[i].is_name or not _names(words[i]) or is_post_nominal(words, i):
            i += 1
            continue
        run = _extend(words, i, knowledge)
        yield run
        i = max(run.last, i + 1)


def _names(word: Word) -> bool:
    if not word.is_name or word.lower.endswith(_ADJECTIVE_ENDS):
        return False
    # "GROWING PARTY": a body's noun in capitals that is no acronym cries out, it does not name
    return not (word.text.isupper() and len(word.text) > 4 and word.lower in BODY_NOUNS)


def _title_is_name(words: list[Word], i: int, n: int, knowledge: Knowledge) -> bool:
    """Whether what looks like a title is a part of a name: "Justice Department", "Prince" the singer."""
    if not words[i].text[:1].isupper():
        return False
    after = words[i + n] if i + n < len(words) else None
    if after is not None and is_honour(after.text):
        after = None
    if after is not None and after.is_name and not words[i + n - 1].possessive:
        if after.lower in BODY_NOUNS:
            return True
        if gender_of_given(after.text) is not None:
            return False  # "Sister Ann"
        return bool(words[i].entity == "ORG" and after.entity == "ORG" and not after.entity_start and n == 1)
    before = words[i - 1] if i else None
    inside = (
        before is not None and before.is_name and not before.possessive and not is_nation_word(before.text)
    )
    if words[i].lower in _ALSO_NAMES:
        return bool(inside and words[i].entity in ("PERSON", ""))
    return bool(inside and n == 1 and words[i].entity == "ORG" and not words[i].entity_start
                and not title_length(words, i - 1, knowledge))  # fmt: skip


def _extend(words: list[Word], first: int, knowledge: Knowledge) -> Run:
    nickname = ""
    i = first + 1
    while i < len(words):
        before, word = words[i - 1], words[i]
        if before.possessive and (word.lower not in BODY_NOUNS or is_nation_word(before.text)):
            break  # "Workers' Party" is one name, "Chile's Ministry" and "Globex's Lee" are two
        after = words[i + 1] if i + 1 < len(words) else None
        if is_post_nominal(words, i):
            break
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
    return Run(first, i, nickname)


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
