"""Personas: what one article, or one exact full name, shows of a speaker, and the keys it is looked up by.

A persona's key is "s" and twelve hex digits of a digest of its kind and name.  What a name alone does not
tell apart has more in its key: the article for bare last names, nameless offices, groups and unnamed sources;
the sense (`senses`) for full names that many people bear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from claimtrack.records import Article, Resolution, Speaker, SpeakerKind, Tenure, digest
from claimtrack.speakers.names import (
    HONORIFICS,
    acronym_of,
    family_names,
    fold,
    generation,
    given_names_of,
    honorific,
    is_acronym,
    name_words,
    organisation_words,
    spelled_words,
    strip_possessive,
)
from claimtrack.speakers.nations import country_of
from claimtrack.speakers.roles import gender_of_role, is_office
from claimtrack.speakers.scripts import plain_script
from claimtrack.speakers.senses import sense_of
from claimtrack.speakers.spellings import given_forms, spell

_VOWELS = re.compile(r"[aeiouyh]")
_ALIKE = str.maketrans("wcqz", "vkks")  # consonants that stand for one another in other languages' spelling
LOCAL = (SpeakerKind.GROUP, SpeakerKind.UNNAMED)  # known only inside their own article
BODIES = (SpeakerKind.ORGANISATION, SpeakerKind.GOVERNMENT)


def identify(resolution: Resolution, article: Article, home: str = "") -> Speaker:
    """The persona that a resolution of an article shows.

    `home` is the key under which the article is stored, by default the article's own.  Pure: the same
    mention of the same article is the same persona.
    """
    name, kind = resolution.name, resolution.kind
    if kind is SpeakerKind.PERSON:
        name = strip_possessive(name)
    roles = tuple(sorted({role for role in resolution.roles if role}))
    aliases = tuple(sorted({a for a in resolution.aliases if a and a != name}))
    sense = _sense(resolution) if kind is SpeakerKind.PERSON else ""
    parts = ["body" if kind in BODIES else kind.value, _normal(name, kind)]
    if kind in LOCAL or (kind is SpeakerKind.PERSON and (is_partial(name) or is_office(name))):
        parts.append(home or article.key)
    if sense:
        parts.append(sense)
    day = article.published
    return Speaker(
        "s" + digest(*parts)[:12],
        name,
        kind,
        aliases,
        roles,
        sense,
        day,
        day,
        tuple(Tenure(role, day, day) for role in roles if day),
    )


def combine(known: Speaker, fresh: Speaker) -> Speaker:
    """One persona as two articles show it; which of them came first makes no difference."""
    name, other = sorted((known.name, fresh.name), key=_print_order)
    aliases = {*known.aliases, *fresh.aliases, other} - {name}
    days = [d for d in (known.since, fresh.since, known.until, fresh.until) if d]
    return replace(
        known,
        name=name,
        kind=min(known.kind, fresh.kind),
        aliases=tuple(sorted(aliases)),
        roles=tuple(sorted({*known.roles, *fresh.roles})),
        since=min(days, default=None),
        until=max(days, default=None),
        tenures=_joined_tenures((*known.tenures, *fresh.tenures)),
    )


def is_partial(name: str) -> bool:
    """Whether a person's name is a last name alone, or with nothing but an initial before it."""
    given = given_names_of(name)
    return not given or (len(given) == 1 and len(given[0]) == 1)


def is_full_name(persona: Speaker) -> bool:
    """Whether a persona is a person known by a full name."""
    return (
        persona.kind is SpeakerKind.PERSON
        and bool(name_words(persona.name))
        and not is_partial(persona.name)
        and not is_office(persona.name)
    )


def is_anchor(persona: Speaker) -> bool:
    """Whether a persona is known by its own name: full names of persons, and bodies."""
    if persona.kind in BODIES:
        return bool(organisation_words(persona.name))
    return is_full_name(persona)


def gender_sign(persona: Speaker) -> str:
    """The gender that the form of address or a role of a bare last name shows, or ""."""
    return persona.sense if is_partial(persona.name) else ""


def offices_of(persona: Speaker) -> list[Tenure]:
    """The dated highest offices of countries that a persona holds."""
    return [tenure for tenure in persona.tenures if is_office(tenure.text)]


def acronyms_of(persona: Speaker) -> frozenset[str]:
    """The acronyms by which an organisation goes."""
    return frozenset(bare_acronym(n) for n in (persona.name, *persona.aliases) if is_acronym(n))


def bare_acronym(name: str) -> str:
    """An acronym without full stops and case."""
    return fold(name).replace(".", "")


@lru_cache(maxsize=8192)
def body_words(name: str) -> tuple[str, ...]:
    """An organisation's words with each country's adjective turned into the country."""
    return tuple(country_of(w) or w for w in organisation_words(name))


def lookup_keys(persona: Speaker) -> list[str]:
    """The keys under which a persona is stored, and under which those that may be the same one are found.

    | key | of | leads to |
    | --- | --- | --- |
    | o:, a: | organisations: words of the name; acronym | organisations |
    | n:, g: | full names of persons: all letters in order; given and last name | full names |
    | l:, b: | last name of a full name; of a bare one | bare ones look under l:, full ones under b: |
    | h:, r: | country of an office-holder's office; of a nameless office | the one looks under the other |
    | p:, s:, i: | consonants of a full name; first words and initials of a body's | only to propose |
    """
    if persona.kind in LOCAL:
        return []
    if persona.kind in BODIES:
        # Short forms ("the Journal") fit many, and so may what an article calls a body besides its name.
        words = body_words(persona.name)
        known = {"o:" + " ".join(words), *(f"a:{acronym}" for acronym in acronyms_of(persona))}
        if len(words) > 1:
            known.add("s:" + " ".join(words[:2]))
        if initials := acronym_of(persona.name):
            known.add(f"i:{initials}")
        return sorted(known)
    if not name_words(persona.name):
        return []
    if is_office(persona.name):
        return [f"r:{country_of(persona.name)}"]
    if is_partial(persona.name):
        return [f"b:{spelled_words(persona.name)[-1]}"]
    name = persona.name
    return sorted({*full_name_keys(name), *holder_keys(persona), *family_keys(name), sound_key(name)})


def family_keys(name: str) -> list[str]:
    """The keys under which bare last names find a full name."""
    return [f"l:{family}" for family in spell(family_names(plain_script(name)))]


def holder_keys(persona: Speaker) -> list[str]:
    """The keys under which nameless offices find those who hold them."""
    return sorted({f"h:{country_of(tenure.text)}" for tenure in offices_of(persona)})


@lru_cache(maxsize=8192)
def full_name_keys(name: str) -> tuple[str, ...]:
    """The keys that any two spellings of one full name share at least one of."""
    name = plain_script(name)
    words = spelled_words(name)
    # Letters in order: "Jong-un" and "Jongun", "Orban Viktor" and "Viktor Orban" meet under one key.
    keys = {"n:" + "".join(sorted("".join(words)))}
    given = given_names_of(name)
    if given:
        keys |= {f"g:{form}.{words[-1]}" for form in given_forms(given[0])}
    return tuple(sorted(keys))


@lru_cache(maxsize=8192)
def sound_key(name: str) -> str:
    """The consonants of first and last name, under which misspelt names meet ("p:vldmr.zlnsk")."""
    words = spelled_words(plain_script(name))
    sounds = sorted(map(_sound, (words[0], words[-1])))
    return "p:" + ".".join(sounds)


def _sound(word: str) -> str:
    consonants = _VOWELS.sub("", word.translate(_ALIKE)) or word
    return re.sub(r"(.)\1+", r"\1", consonants)


def _normal(name: str, kind: SpeakerKind) -> str:
    words = body_words(name) if kind in BODIES else name_words(name)
    sign = generation(name) if kind is SpeakerKind.PERSON else ""
    return " ".join((*words, sign) if sign else words) or fold(name)


def _sense(resolution: Resolution) -> str:
    if is_office(resolution.name):
        return ""
    if is_partial(resolution.name):
        stated = HONORIFICS.get(honorific(resolution.mention))
        return stated or next((g for r in sorted(resolution.roles) if (g := gender_of_role(r))), "")
    return sense_of(resolution.name, resolution.roles)


def _print_order(name: str) -> tuple[bool, bool, bool, str]:
    """Which of several prints of one name is shown: not in capitals, as little folded as may be."""
    return (name.isupper(), name == name.lower(), fold(name) == name.casefold(), name)


def _joined_tenures(tenures: Iterable[Tenure]) -> tuple[Tenure, ...]:
    days: dict[str, list[date]] = {}
    for tenure in tenures:
        days.setdefault(tenure.text, []).extend(d for d in (tenure.since, tenure.until) if d)
    joined = [Tenure(text, min(found), max(found)) for text, found in days.items() if found]
    return tuple(sorted(joined, key=lambda tenure: (tenure.since, tenure.until, tenure.text)))
