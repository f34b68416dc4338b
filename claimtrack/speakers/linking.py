"""Across articles: whether a resolved speaker is one that is already known.

Only safe merges happen here.  Two different given names are never one person; a bare last name joins a
fuller one only where exactly one known person fits it and no role speaks against it; groups and unnamed
sources stay with their article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimtrack.records import Article, Resolution, Speaker, SpeakerKind, digest
from claimtrack.speakers.given_names import gender_of_name
from claimtrack.speakers.names import (
    HONORIFICS,
    Fit,
    Gender,
    acronym_of,
    canonical_given,
    compare,
    family_names,
    fold,
    honorific,
    is_acronym,
    name_words,
    organisation_words,
)
from claimtrack.speakers.nations import country_of
from claimtrack.speakers.roles import conflict, gender_of_role, is_office, same_office

_LOCAL = (SpeakerKind.GROUP, SpeakerKind.UNNAMED)  # known only inside their own article
_BODIES = (SpeakerKind.ORGANISATION, SpeakerKind.GOVERNMENT)


def lookup_keys(name: str, kind: SpeakerKind) -> tuple[str, ...]:
    """The keys under which a speaker is stored and looked up; none for groups and unnamed sources.

    Store the keys of a speaker's name and of each alias; look up those of a resolution's name and
    aliases.  Whatever `link` may merge shares at least one key.
    """
    if kind in _LOCAL:
        return ()
    if kind in _BODIES:
        keys = ["o:" + " ".join(body_words(name))]
        if is_acronym(name):
            keys.append("a:" + fold(name).replace(".", ""))
        return tuple(keys)
    words = name_words(name)
    if not words:
        return ()
    if is_office(name):
        return ("r:" + country_of(name),)
    # Letters in order: "Jong-un" and "Jongun", "Orban Viktor" and "Viktor Orban" meet under one key.
    keys = [f"l:{family}" for family in family_names(name)]
    if len(words) > 1:
        keys.append("n:" + "".join(sorted("".join(words))))
        keys.append(f"g:{canonical_given(words[0])[0]}.{words[-1]}")
    return tuple(dict.fromkeys(keys))


def link(resolution: Resolution, candidates: Sequence[Speaker], article: Article) -> Speaker:
    """The one candidate that the resolution safely is, told of its new names and roles, or a new speaker.

    `candidates` are the known speakers that share a look-up key; their order does not matter.  The key of
    a new speaker depends on its name alone, or, for groups, unnamed sources and names that already stand
    for somebody else, on the name and the article.
    """
    aliases = _all_aliases(resolution)
    fresh = Speaker(
        _key(resolution, article),
        resolution.name,
        resolution.kind,
        aliases,
        tuple(dict.fromkeys(resolution.roles)),
    )
    if resolution.kind in _LOCAL:
        return fresh
    known = next((c for c in sorted(candidates, key=lambda c: c.key) if _is(c, resolution, candidates)), None)
    if known is not None:
        return _merged(known, fresh)
    if any(c.key == fresh.key for c in candidates):
        key = "s" + digest(resolution.kind, _normal(resolution), article.key)[:12]
        again = next((c for c in candidates if c.key == key), None)
        return _merged(again, fresh) if again is not None else replace(fresh, key=key)
    return fresh


def body_words(name: str) -> tuple[str, ...]:
    """An organisation's words with each country's adjective turned into the country."""
    return tuple(country_of(w) or w for w in organisation_words(name))


def _key(resolution: Resolution, article: Article) -> str:
    parts = [_kind_for_key(resolution.kind), _normal(resolution)]
    if resolution.kind in _LOCAL:
        parts.append(article.key)
    return "s" + digest(*parts)[:12]


def _kind_for_key(kind: SpeakerKind) -> str:
    return "body" if kind in _BODIES else kind.value


def _normal(resolution: Resolution) -> str:
    words = body_words(resolution.name) if resolution.kind in _BODIES else name_words(resolution.name)
    return " ".join(words) or fold(resolution.name)


def _all_aliases(resolution: Resolution) -> tuple[str, ...]:
    """The other names, and the offices ("Norwegian Prime Minister") by which the person may be named."""
    aliases = [a for a in resolution.aliases if a and a != resolution.name]
    if resolution.kind is SpeakerKind.PERSON:
        aliases += [role for role in resolution.roles if is_office(role) and role != resolution.name]
    return tuple(dict.fromkeys(aliases))


def _is(candidate: Speaker, resolution: Resolution, candidates: Sequence[Speaker]) -> bool:
    if resolution.kind in _BODIES:
        return candidate.kind in _BODIES and _same_body(candidate, resolution, candidates)
    if candidate.kind is not SpeakerKind.PERSON:
        return False
    persons = [c for c in candidates if c.kind is SpeakerKind.PERSON]
    if is_office(resolution.name):
        holders = [c for c in persons if _holds(c, resolution.name)]
        return holders == [candidate]
    if is_office(candidate.name):
        return False  # a name never joins a nameless office-holder: offices change hands
    fits = {c.key: _fit(c, resolution.name) for c in persons}
    fit = fits[candidate.key]
    if fit is Fit.SAME and len(name_words(resolution.name)) > 1:
        same = [c for c in persons if fits[c.key] is Fit.SAME and not _clash(c, resolution)]
        return bool(same) and min(same, key=lambda c: c.key) is candidate
    if fit is Fit.DIFFERENT or any(fits[c.key] is Fit.SAME and len(name_words(c.name)) > 1 for c in persons):
        return False
    rivals = [c for c in persons if fits[c.key] is not Fit.DIFFERENT]
    if len(name_words(resolution.name)) > 1:
        # A full name joins a bare last name only if nobody else of that family name is known.
        families = set(family_names(resolution.name))
        rivals = [c for c in persons if families & set(family_names(c.name))]
    return (
        rivals == [candidate]
        and not conflict(candidate.roles, resolution.roles)
        and not _clash(candidate, resolution)
    )


def _holds(candidate: Speaker, office: str) -> bool:
    held = [f for f in (candidate.name, *candidate.aliases, *candidate.roles) if is_office(f)]
    return any(same_office(f, office) for f in held)


def _fit(candidate: Speaker, name: str) -> Fit:
    """How the candidate's own name fits; an alias counts only where it is a full name too."""
    fit = compare(candidate.name, name)
    if fit is Fit.DIFFERENT:
        full = [a for a in candidate.aliases if len(name_words(a)) > 1 and not is_office(a)]
        if any(compare(a, name) is Fit.SAME for a in full):
            return Fit.SAME
    return fit


def _clash(candidate: Speaker, resolution: Resolution) -> bool:
    """Whether two bearers of a fitting name are of two genders, or hold roles of two countries."""
    one = HONORIFICS.get(honorific(resolution.mention)) or _gender(resolution.name, resolution.roles)
    other = _gender(candidate.name, candidate.roles)
    if one and other and one is not other:
        return True
    here = {c for r in resolution.roles if (c := country_of(r))}
    there = {c for r in candidate.roles if (c := country_of(r))}
    return bool(here and there and not here & there)


def _gender(name: str, roles: Sequence[str]) -> Gender | None:
    return next((g for r in roles if (g := gender_of_role(r))), None) or gender_of_name(name)


def _same_body(candidate: Speaker, resolution: Resolution, candidates: Sequence[Speaker]) -> bool:
    mine = {body_words(n) for n in resolution.aliases if _is_full(n)} | {body_words(resolution.name)}
    theirs = {body_words(n) for n in candidate.aliases if _is_full(n)} | {body_words(candidate.name)}
    if body_words(resolution.name) in theirs or body_words(candidate.name) in mine:
        return True
    # An acronym alone joins the only body that is known to go by it.
    acronym = resolution.name if is_acronym(resolution.name) else ""
    if acronym:
        bearers = [c for c in candidates if c.kind in _BODIES and _goes_by(c, acronym)]
        return bearers == [candidate]
    if is_acronym(candidate.name):
        return _goes_by_names((resolution.name, *resolution.aliases), candidate.name)
    return False


def _goes_by(candidate: Speaker, acronym: str) -> bool:
    return _goes_by_names((candidate.name, *candidate.aliases), acronym)


def _goes_by_names(names: Sequence[str], acronym: str) -> bool:
    short = fold(acronym).replace(".", "")
    return any((is_acronym(n) and fold(n).replace(".", "") == short) or acronym_of(n) == short for n in names)


def _is_full(name: str) -> bool:
    """Whether the form is a name by itself, not a short form ("the Journal") that fits many bodies."""
    return len(organisation_words(name)) > 1 or is_acronym(name)


def _merged(known: Speaker, fresh: Speaker) -> Speaker:
    """The known speaker with the new one's names and roles; a fuller name takes the place of a bare one."""
    name, aliases = known.name, [*known.aliases, fresh.name, *fresh.aliases]
    person = known.kind is SpeakerKind.PERSON
    if (
        person
        and len(name_words(known.name)) == 1 < len(name_words(fresh.name))
        and not is_office(fresh.name)
    ):
        name = fresh.name
        aliases.insert(0, known.name)
    return replace(
        known,
        name=name,
        aliases=tuple(dict.fromkeys(a for a in aliases if a != name)),
        roles=tuple(dict.fromkeys((*known.roles, *fresh.roles))),
    )
