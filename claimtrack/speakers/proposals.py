"""Pairs of personas that are likely one speaker, but not so surely that they are joined without being asked.

Each proposal says why.  The scores put the likeliest first; they are no probabilities.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from claimtrack.records import Speaker, SpeakerKind
from claimtrack.speakers.grouping import CROWD, agree, clash, may_be_one
from claimtrack.speakers.names import (
    Fit,
    acronym_of,
    compare,
    double_family,
    family_names,
    generation,
    given_names_of,
    is_acronym,
    spelled_words,
    word_set,
)
from claimtrack.speakers.personas import (
    BODIES,
    acronyms_of,
    body_words,
    is_full_name,
    is_partial,
    lookup_keys,
)
from claimtrack.speakers.roles import conflict
from claimtrack.speakers.scripts import mixed, plain_script

PAIRING = "abgilps"  # the first letters of the look-up keys under which pairs are looked for
MEETING = {"l": "b", "i": "a"}  # full names meet bare ones, initials acronyms, where there are such
LIKE = 80.0  # rapidfuzz ratio from which two names of one sound may be spellings of one name
# Words that say what kind of body it is, and are often left out.
_KINDS = word_set(
    """group organization organisation center centre institute party agency association foundation company
    committee council network campaign university college bank"""
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two personas, in the order of their keys, that may be one; the score is between 0 and 1."""

    a: str
    b: str
    reason: str
    score: float


def propose(personas: Iterable[Speaker]) -> list[Proposal]:
    """The likely pairs among these, the likeliest first, each once; only those who share a key are compared.

    Pairs that `may_be_one` finds safe are left out, and so are keys that a crowd shares.
    """
    under: dict[str, dict[str, Speaker]] = defaultdict(dict)
    for persona in personas:
        for key in pairing_keys(persona):
            under[key][persona.key] = persona
    found: dict[tuple[str, str], Proposal] = {}
    for key, bucket in under.items():
        if len(bucket) > CROWD:
            continue
        named = any(is_full_name(p) for p in bucket.values())
        for one, other in combinations(sorted(bucket.values(), key=lambda p: p.key), 2):
            if named and _are_bare(one, other):
                continue  # whose last name it is decides about both
            if key[0] == "b" and is_full_name(one) and is_full_name(other):
                continue  # a last name alone makes nobody alike
            reason, score = likeness(one, other)
            known = found.get((one.key, other.key))
            if score > (known.score if known else 0.0):
                found[one.key, other.key] = Proposal(one.key, other.key, reason, score)
    return sorted(found.values(), key=lambda p: (-p.score, p.a, p.b))


def pairing_keys(persona: Speaker) -> list[str]:
    """The keys under which pairs are looked for: those of look-up, a bare last name with the full ones."""
    wanted = [key for key in lookup_keys(persona) if key[0] in PAIRING]
    return sorted({MEETING.get(key[0], key[0]) + key[1:] for key in wanted})


def likeness(a: Speaker, b: Speaker) -> tuple[str, float]:
    """Why two personas may be one, and how likely that is; 0.0 where nothing says so, or it is safe."""
    return max(_likenesses(a, b), key=lambda found: found[1], default=("", 0.0))


def _likenesses(a: Speaker, b: Speaker) -> Iterator[tuple[str, float]]:
    if a.kind in BODIES and b.kind in BODIES:
        yield from _bodies(a, b)
    elif a.kind is b.kind is SpeakerKind.PERSON:
        if is_full_name(a) and is_full_name(b):
            if not may_be_one(a, b):
                yield from _full_names(a, b)
        else:
            yield from _bare_names(a, b)


def _bodies(a: Speaker, b: Speaker) -> Iterator[tuple[str, float]]:
    for one, other in ((a, b), (b, a)):
        if is_acronym(one.name) and acronym_of(other.name) in acronyms_of(one):
            yield "its initials", 0.7
        short, long = body_words(one.name), body_words(other.name)
        rest = long[len(short) :]
        if len(short) > 1 and rest and long[: len(short)] == short and _KINDS.issuperset(rest):
            yield "a shorter form of the name", 0.5
    if acronyms_of(a) & acronyms_of(b) and body_words(a.name) != body_words(b.name):
        yield "they go by one acronym", 0.4


def _full_names(a: Speaker, b: Speaker) -> Iterator[tuple[str, float]]:
    sure = 0.2 * agree(a.roles, b.roles) - 0.2 * conflict(a.roles, b.roles)
    fit = compare(a.name, b.name)
    if mixed(a.name) or mixed(b.name):
        if compare(plain_script(a.name), plain_script(b.name)) in (Fit.SAME, Fit.VARIANT):
            yield "letters of another script that look alike", 0.9
    elif fit is not Fit.DIFFERENT and clash(a, b):
        yield "the same name, but roles or genders that do not go together", 0.3
    elif fit is Fit.SAME:
        yield "the same words in another order", 0.6 + sure
    elif fit is Fit.VARIANT:
        yield "a short or fuller form of a name that many bear", 0.6 + sure
    elif generation(a.name) != generation(b.name):
        if not (generation(a.name) and generation(b.name)) and _but_generation(a, b):
            yield "the same name with and without Jr., Sr. or a number", 0.4 + sure
    elif double_family(a.name) != double_family(b.name):
        if _given_fit(a, b):
            yield "a double last name, and one of its parts", 0.4 + sure
    elif fuzz.ratio(*(" ".join(spelled_words(p.name)) for p in (a, b))) >= LIKE and not _other_given(a, b):
        yield "like spellings of names that sound alike", 0.5 + sure


def _bare_names(a: Speaker, b: Speaker) -> Iterator[tuple[str, float]]:
    if compare(a.name, b.name) is Fit.DIFFERENT or conflict(a.roles, b.roles):
        return
    bare = _are_bare(a, b)
    if bare and a.sense and b.sense and a.sense != b.sense:
        return
    if agree(a.roles, b.roles):
        yield "the last name, and a role that agrees", 0.7
    elif bare:
        yield "the same name alone in two articles", 0.2


def _are_bare(a: Speaker, b: Speaker) -> bool:
    return all(p.kind is SpeakerKind.PERSON and is_partial(p.name) for p in (a, b))


def _but_generation(a: Speaker, b: Speaker) -> bool:
    return spelled_words(a.name)[-1] == spelled_words(b.name)[-1] and _given_fit(a, b)


def _given_fit(a: Speaker, b: Speaker) -> bool:
    """Whether the first names fit, the last names left aside."""
    one, other = given_names_of(a.name)[0], given_names_of(b.name)[0]
    return compare(f"{one} x", f"{other} x") in (Fit.SAME, Fit.VARIANT)


def _other_given(a: Speaker, b: Speaker) -> bool:
    """Whether only the first names differ and are too short to be misspelt, or only the middle ones do."""
    if family_names(a.name) != family_names(b.name):
        return False
    return _given_fit(a, b) or min(len(given_names_of(p.name)[0]) for p in (a, b)) < 5
