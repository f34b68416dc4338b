"""Names as strings: cleaned, taken apart and compared, without any article.

Two names are compared by their words.  Titles, honorifics, possessives and suffixes ("Jr.") are no
part of a name; accents, case, full stops and hyphens make no difference ("Han Sung-min", "HAN SUNG MIN").
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from claimtrack.speakers.spellings import given_forms, spell


def word_set(words: str) -> frozenset[str]:
    """The words of a text, parted by white space, as a set."""
    return frozenset(words.split())


class Gender(StrEnum):
    """Which pronoun a person goes by, as far as the text shows."""

    MALE = "he"
    FEMALE = "she"


# Forms of address; the gender is the one the form itself states.
HONORIFICS: dict[str, Gender | None] = {
    "mr": Gender.MALE, "mister": Gender.MALE, "sir": Gender.MALE, "lord": Gender.MALE, "messrs": Gender.MALE,
    "mrs": Gender.FEMALE, "ms": Gender.FEMALE, "miss": Gender.FEMALE, "lady": Gender.FEMALE,
    "dame": Gender.FEMALE, "madam": Gender.FEMALE, "madame": Gender.FEMALE,
    "mx": None, "dr": None, "prof": None, "professor": None, "doctor": None,
}  # fmt: skip
_GENERATIONS = {"jr", "sr", "ii", "iii", "iv", "vii", "viii", "xii", "xiii", "xiv", "xvi"}
_SUFFIXES = {"phd", "md", "esq", "qc", "kc", "mp", "obe", *_GENERATIONS}
PARTICLES = {"al", "el", "bin", "ibn", "bint", "ben", "abu", "de", "del", "della", "der", "den", "di", "da",
             "dos", "du", "la", "le", "van", "von", "ter", "ten", "af", "of"}  # fmt: skip
_COMPANY = {"inc", "corp", "corporation", "co", "ltd", "llc", "plc", "ag", "ab", "sa", "nv", "gmbh", "llp",
            "incorporated", "limited", "spa", "oyj", "asa"}  # fmt: skip
# Family names that stand first in Korean, Chinese and Vietnamese names: with one of them in front, both
# ends of a name of two or three words may be the one that is repeated alone ("Han").
_FAMILY_FIRST = word_set(
    """an bae bai cai cao chang chen cheng cho choe choi chu chung deng ding do dong duan fan fang feng
    fu gao guo han hao he hong hu hua huang hwang hyon jang jeong ji jia jiang jin jo jong jung kang
    kim ko ku kwon lai lam lee lei li liang lim lin liu lu luo lyu ma mao min moon mun nam ngo
    nguyen ni noh oh pak pan park peng pham qi qian qin rhee ri ryu seo shen shi shin sim sin so son
    song su sun tan tang tao tian tran tsai wang wei wen won woo wu xi xia xiao xie xu yan yang ye
    yi yim yin yoo yoon you yu yuan yun zeng zhai zhang zhao zheng zhong zhou zhu zou"""
)
_POSSESSIVE = re.compile(r"(?<=[\w.])(?:['’‘]s|(?<=s)['’‘])$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SHORT_GIVEN = re.compile(r"(?:Al|Ben)\s+\w")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")


class Fit(StrEnum):
    """How two names of persons stand to each other."""

    SAME = "same name"
    VARIANT = "short, middle or spelling variant of the name"
    BARE = "one is the other's last name alone"
    DIFFERENT = "different names"


# Letters that Unicode does not take apart; the Latin letters by which they are commonly replaced.
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
                          "ı": "i", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th",
                          "ʼ": "'", "’": "'", "‘": "'", "‐": "-", "‑": "-"})  # fmt: skip
_BREVE = re.compile("[oOuU]\N{COMBINING BREVE}")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Case, accents, curly apostrophes, unseen characters and the full stops of "U.S." taken away."""
    if text.isascii():
        plain = _DOTTED.sub(lambda m: m.group().replace(".", ""), text) if "." in text else text
        return plain.casefold().strip()
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    if _BREVE.search(apart):  # McCune-Reischauer: "Chŏng" is Jong
        apart = re.sub(r"\b([Cc])h(?=[^'\W])", lambda m: "J" if m[1] == "C" else "j", apart)
    plain = "".join(c for c in apart if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")
    plain = _DOTTED.sub(lambda m: m.group().replace(".", ""), plain)
    return plain.casefold().strip()


def strip_possessive(text: str) -> str:
    """The text without a final "'s" (or "'" after an s)."""
    return _POSSESSIVE.sub("", text.strip())


@lru_cache(maxsize=8192)
def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, hyphens parted; honorifics, suffixes and "the" left out."""
    words = [w.strip("'") for w in _WORD.findall(fold(strip_possessive(name)))]
    words = [w[:-2] if w.endswith("'s") else w.replace("'", "") for w in words]
    while len(words) > 1 and (words[0] == "the" or words[0] in HONORIFICS):
        words = words[1:]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words = words[:-1]
    return tuple(w for w in words if w)


def honorific(text: str) -> str:
    """The form of address at the head of a mention ("mr"), or ""."""
    first = _WORD.match(fold(text))
    return first.group() if first and first.group() in HONORIFICS else ""


@lru_cache(maxsize=8192)
def generation(name: str) -> str:
    """What tells bearers of one name apart in a family or on a throne ("jr", "iii"), or ""."""
    words = _WORD.findall(fold(strip_possessive(name)))
    return words[-1] if len(words) > 1 and words[-1] in _GENERATIONS else ""


@lru_cache(maxsize=8192)
def spelled_words(name: str) -> tuple[str, ...]:
    """The words of a person's name in the spelling that stands for all ("Zelenskyy" → "zelenski")."""
    return spell(name_words(name))


def family_names(name: str) -> tuple[str, ...]:
    """The words by which the person may be named alone: the last one, and the first of "Han Sung-min"."""
    words = name_words(name)
    if not words:
        return ()
    if 2 <= len(words) <= 3 and family_first(name):
        return (words[0], words[-1])
    return (words[-1],)


def family_first(name: str) -> bool:
    """Whether the name begins with a word that is a family name in Korea, China or Vietnam."""
    words = name_words(name)
    return len(words) > 1 and len(words[0]) > 1 and words[0] in _FAMILY_FIRST


@lru_cache(maxsize=8192)
def double_family(name: str) -> tuple[str, ...]:
    """The words of a hyphenated last name ("Catherine Zeta-Jones" → "zeta", "jones"), else none."""
    last = name.split()[-1:]
    if not last or "-" not in last[0].translate(_LETTERS) or family_first(name):
        return ()
    words = spelled_words(last[0])
    return () if len(words) < 2 or words[0] in PARTICLES else words


@lru_cache(maxsize=8192)
def given_names_of(name: str) -> tuple[str, ...]:
    """The words before the last name, without particles: first and middle names and initials."""
    words = spelled_words(name)
    last = len(double_family(name)) or 1
    first = words[:1] if _SHORT_GIVEN.match(name) else ()  # "Al Gore" is not al-Gore
    return tuple(w for i, w in enumerate(words[:-last]) if w not in PARTICLES or (i == 0 and first))


def _given_fits(a: str, b: str) -> bool:
    if not given_forms(a).isdisjoint(given_forms(b)):
        return True
    return min(len(a), len(b)) == 1 and a[0] == b[0]


@lru_cache(maxsize=16384)
def compare(a: str, b: str) -> Fit:
    """How two person names stand to each other.  Different given names are always DIFFERENT.

    So are "Jr." and "Sr.", and a full name with and without one of them.
    """
    x, y = spelled_words(a), spelled_words(b)
    if not x or not y:
        return Fit.DIFFERENT
    same = "".join(x) == "".join(y) or (len(x) > 1 and sorted(x) == sorted(y))
    if not same and len(x) > 1 and len(y) > 1 and x[-1] != y[-1]:
        return Fit.DIFFERENT  # as most are; the rest is dearer to ask
    one, other = generation(a), generation(b)
    given_x, given_y = given_names_of(a), given_names_of(b)
    plain, marked = (given_y, given_x) if one else (given_x, given_y)
    if one != other and ((one and other) or plain or not marked):
        return Fit.DIFFERENT  # but a bare last name may be that of "Jr."
    if same:
        return Fit.SAME
    if len(x) == 1 or len(y) == 1:
        short, long = (x, b) if len(x) == 1 else (y, a)
        return Fit.BARE if short[0] in spell(family_names(long)) else Fit.DIFFERENT
    double_x, double_y = double_family(a), double_family(b)
    if double_x != double_y and not _spelled_apart(x, y, double_x or double_y):
        return Fit.DIFFERENT
    if not given_x or not given_y:  # "al-Rashid" beside "Omar al-Rashid"
        return Fit.BARE
    short_given, long_given = sorted((given_x, given_y), key=len)
    if not _given_fits(short_given[0], long_given[0]):
        return Fit.DIFFERENT
    rest = iter(long_given[1:])  # middle names: the shorter list must run through the longer in order
    return (
        Fit.VARIANT if all(any(_given_fits(m, w) for w in rest) for m in short_given[1:]) else Fit.DIFFERENT
    )


def _spelled_apart(x: tuple[str, ...], y: tuple[str, ...], double: tuple[str, ...]) -> bool:
    """Whether both names end in the same double name, once without its hyphen."""
    return x[-len(double) :] == y[-len(double) :] == double


@lru_cache(maxsize=8192)
def organisation_words(name: str) -> tuple[str, ...]:
    """The folded words of an organisation's name, the article and "Inc", "Corp" … left out."""
    words = tuple(w for w in name_words(re.sub(r"\([^)]*\)", " ", name)))
    while len(words) > 1 and words[-1] in _COMPANY:
        words = words[:-1]
    return words


@lru_cache(maxsize=8192)
def acronym_of(name: str) -> str:
    """The capital initials of a name of three words or more ("World Food Programme" → "wfp"), else ""."""
    initials = [w[0] for w in re.findall(r"[^\W\d_][\w’'.]*", name) if w[0].isupper() and w.lower() != "the"]
    return "".join(initials).casefold() if len(initials) >= 3 else ""


def is_acronym(name: str) -> bool:
    """Whether the name is written as an acronym: two to six capitals, with or without full stops."""
    return bool(re.fullmatch(r"(?:[A-Z]\.?){2,6}s?", name.strip()))
