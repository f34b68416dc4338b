"""What of one claim is compared: its names and its concepts, each with a weight, and its surroundings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from claimtrack.records import Claim, SpeakerKind
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.words import concepts_of, listed, name_token, weight

# A place is shared by many facts ("Russia" in a hundred stories), a person by fewer.
NAME_WEIGHT, PLACE_WEIGHT = 1.0, 0.6
TELLING = 0.5  # weight above which a word tells stories apart
# Counting words and hedges are compared as figures, ranks and modality, not as topics.
_NOT_TOPICS = listed(
    "hundred thousand million billion trillion percent per first second third fourth fifth one two three four"
    " five six seven eight nine ten possible possibly may might could yet also still already"
)
_PEOPLES = ("an", "ans", "ese", "ish", "ani", "eli", "aqi", "emi")
_NOT_NAMES = listed("the a an of and mr mrs ms dr de al el ’s 's s")


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a claim speaks of: a name (its words) or a word (its concepts)."""

    words: frozenset[str]
    weight: float
    text: str
    is_name: bool

    @property
    def initials(self) -> str:
        """ "World Health Organization" → "who"; "" for a single word."""
        return _initials(self.text)


@lru_cache(maxsize=65_536)
def _initials(text: str) -> str:
    words = text.split()
    return "".join(w[0] for w in words) if len(words) > 1 else ""


@dataclass(frozen=True)
class Profile:
    """A claim as units; `context` holds the concepts and name words around it, its speaker's included."""

    units: tuple[Unit, ...]
    context: frozenset[str]
    speaker: frozenset[str] = frozenset()

    @cached_property
    def total(self) -> float:
        """The weight of all units."""
        return sum(u.weight for u in self.units)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every concept and name word of the content."""
        return frozenset().union(*(u.words for u in self.units))

    @cached_property
    def plain_words(self) -> frozenset[str]:
        """Every concept of the content that is no name's."""
        return frozenset().union(*(u.words for u in self.units if not u.is_name))

    @cached_property
    def names(self) -> tuple[Unit, ...]:
        """The units that are names."""
        return tuple(u for u in self.units if u.is_name)

    @cached_property
    def _name_words(self) -> frozenset[str]:
        return frozenset().union(*(u.words for u in self.names))

    @cached_property
    def _name_texts(self) -> frozenset[str]:
        return frozenset(u.text for u in self.names)

    @cached_property
    def _name_initials(self) -> frozenset[str]:
        return frozenset(u.initials for u in self.names)

    def names_thing(self, name: Unit) -> bool:
        """Whether one of the names is of the same thing as this name, by `same`."""
        if name.initials in self._name_texts or name.text in self._name_initials:
            return True
        return not name.words.isdisjoint(self._name_words) and any(same(name, mine) for mine in self.names)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words of content and surroundings that tell stories apart."""
        return frozenset(word for word in self.context | self.words if weight(word) > TELLING)


@once_a_claim
def profile_of(claim: Claim) -> Profile:
    """The comparable view of a claim, made once a claim."""
    facets = claim.facets
    places = {_name_words(p) for p in facets.places}
    names: dict[frozenset[str], Unit] = {}
    for entity in facets.entities:
        words = _name_words(entity)
        if words:
            worth = PLACE_WEIGHT if words in places else NAME_WEIGHT
            names.setdefault(words, Unit(words, worth, entity, is_name=True))
    in_names = frozenset().union(*names) if names else frozenset()
    terms: dict[frozenset[str], Unit] = {}
    for term in facets.terms:
        if name_token(term) in in_names or term in _NOT_TOPICS or not any(c.isalpha() for c in term):
            continue
        if _is_demonym(term, claim.text):  # "Maltese" tells where, not what
            words = _name_words(term)
            names.setdefault(words, Unit(words, PLACE_WEIGHT, term, is_name=True))
            continue
        concepts = concepts_of(term)
        terms.setdefault(concepts, Unit(concepts, weight(term), term, is_name=False))
    speaker = _speaker(claim)
    return Profile((*names.values(), *terms.values()), _context(claim) | speaker, speaker)


def _is_demonym(term: str, text: str) -> bool:
    return term.endswith(_PEOPLES) and bool(re.search(rf"\b{re.escape(term.capitalize())}\b", text))


def _name_words(name: str) -> frozenset[str]:
    words = (name_token(w) for w in name.casefold().replace("-", " ").split())
    return frozenset(w for w in words if w and w not in _NOT_NAMES)


def _context(claim: Claim) -> frozenset[str]:
    found: set[str] = set()
    for lemma in claim.facets.context:
        if weight(lemma) > 0.3:
            found.add(name_token(lemma))
            found.update(concepts_of(lemma))
    return frozenset(found)


def _speaker(claim: Claim) -> frozenset[str]:
    """The words of the speaker's name: "we", "it" and "my government" speak of the speaker."""
    if claim.speaker.kind is SpeakerKind.UNNAMED:
        return frozenset()
    return _name_words(claim.speaker.name)


def same(one: Unit, other: Unit) -> bool:
    """Whether two units name one thing: "Vidal" and "Ana Vidal", "UN" and its full name, one concept."""
    if one.is_name and other.is_name:
        if one.words <= other.words or other.words <= one.words:
            return True
        return one.initials == other.text or other.initials == one.text
    return not one.words.isdisjoint(other.words)


def holds(profile: Profile, unit: Unit) -> bool:
    """Whether a unit of one claim is one thing with some unit of the other."""
    if not unit.is_name:
        return not unit.words.isdisjoint(profile.words)
    return not unit.words.isdisjoint(profile.plain_words) or profile.names_thing(unit)


def around(unit: Unit, context: frozenset[str]) -> bool:
    """Whether a unit of one claim stands in the surroundings of the other."""
    return not unit.words.isdisjoint(context)
