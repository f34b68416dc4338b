"""Which personas are safely one speaker.

`group` is a function of the set of personas alone, so the order in which articles came in makes no
difference.  It joins only what is safe: whatever fits two that do not fit each other joins neither, and what
is merely likely is left to `proposals`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from claimtrack.records import Speaker, SpeakerKind
from claimtrack.speakers.given_names import gender_of_name, is_common_given
from claimtrack.speakers.names import (
    Fit,
    compare,
    double_family,
    family_first,
    is_acronym,
    name_words,
    spelled_words,
)
from claimtrack.speakers.personas import (
    BODIES,
    acronyms_of,
    body_words,
    family_keys,
    gender_sign,
    is_anchor,
    is_partial,
    lookup_keys,
    offices_of,
)
from claimtrack.speakers.roles import agreement, conflict, gender_of_role, is_office, same_office
from claimtrack.speakers.senses import is_common_name, senses_clash

CROWD = 100  # a last name of more full names than this says of a bare one nothing at all
IN_OFFICE = 1  # months before and after those in which it is seen that an office is held for certain
REMEMBERED = 60  # months that a bare last name may stand for somebody before or after being named in full


@dataclass(frozen=True, slots=True)
class Leader:
    """The persona whose name the group is shown by, and why the one asked about belongs to it."""

    key: str
    reason: str = ""


@dataclass(frozen=True)
class Cluster:
    """Full names, or bodies, that are one."""

    members: tuple[Speaker, ...]
    leader: Speaker


def group(personas: Iterable[Speaker]) -> dict[str, Leader]:
    """The leader of each persona; one that is nobody else's leads itself, without a reason.

    Deterministic, and independent of order.  Taken of a part of the archive, the answer for a persona is
    that for the whole, if the part holds all who share keys with it, and all who share keys with those
    (`full_name_keys`, `family_keys` and so on: see `lookup_keys`).
    """
    known = sorted({p.key: p for p in personas}.values(), key=lambda p: p.key)
    out = {p.key: Leader(p.key) for p in known}
    anchors = [p for p in known if is_anchor(p)]
    clusters = _clusters(anchors)
    for cluster in clusters:
        for member in cluster.members:
            if member is not cluster.leader:
                out[member.key] = Leader(cluster.leader.key, _reason(member, cluster.leader))
    for found in (_attach_partials(known, clusters), _attach_offices(known, clusters)):
        out |= found
    return out


def may_be_one(a: Speaker, b: Speaker) -> bool:
    """Whether two personas that go by their own names are safely one, looked at by themselves."""
    if a.kind in BODIES or b.kind in BODIES:
        return a.kind in BODIES and b.kind in BODIES and _same_body(a, b)
    fit = compare(a.name, b.name)
    if fit not in (Fit.SAME, Fit.VARIANT) or clash(a, b):
        return False
    if fit is Fit.SAME:
        return not _swapped(a.name, b.name)
    # A nickname or an initial more may be somebody else's, where many bear the name.
    if is_common_name(a.name) or is_common_name(b.name):
        return agree(a.roles, b.roles)
    return True


def agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a role of the one fits a role of the other."""
    return any(max(agreement(x, y), agreement(y, x)) >= 0.5 for x in one for y in other)


def clash(a: Speaker, b: Speaker) -> bool:
    """Whether two full names are of two genders, or of two senses of one name."""
    one, other = _gender(a), _gender(b)
    return bool(one and other and one != other) or senses_clash(a.sense, b.sense)


def _clusters(anchors: Sequence[Speaker]) -> list[Cluster]:
    """Those that fit each other; one that fits two who do not fit each other stays by itself."""
    near = _neighbours(anchors)
    by_key = {p.key: p for p in anchors}
    torn = {
        key for key, found in near.items() if any(b not in near[a] for a in found for b in found if a < b)
    }
    done: set[str] = set()
    out = []
    for persona in anchors:
        if persona.key in done:
            continue
        keys = {persona.key} if persona.key in torn else {persona.key, *(near[persona.key] - torn)}
        done |= keys
        members = tuple(by_key[key] for key in sorted(keys))
        out.append(Cluster(members, min(members, key=_lead_order)))
    return out


def _neighbours(anchors: Sequence[Speaker]) -> dict[str, set[str]]:
    """For each the others that it may be one with; only those that share a key are compared."""
    under: dict[str, list[Speaker]] = defaultdict(list)
    for persona in anchors:
        for key in lookup_keys(persona):
            if key[0] in "onga":
                under[key].append(persona)
    near: dict[str, set[str]] = {p.key: set() for p in anchors}
    for found in under.values():
        for i, a in enumerate(found):
            for b in found[i + 1 :]:
                if b.key not in near[a.key] and may_be_one(a, b):
                    near[a.key].add(b.key)
                    near[b.key].add(a.key)
    return near


def _attach_partials(known: Sequence[Speaker], clusters: Sequence[Cluster]) -> dict[str, Leader]:
    """Bare last names, with those whom they safely stand for."""
    families: dict[str, list[Cluster]] = defaultdict(list)
    full: dict[str, set[str]] = defaultdict(set)
    for cluster in clusters:
        for member in cluster.members:
            if member.kind is SpeakerKind.PERSON:
                for key in family_keys(member.name):
                    full[key].add(member.key)
                    if cluster not in families[key][-1:]:
                        families[key].append(cluster)
    out = {}
    for persona in known:
        if persona.kind is SpeakerKind.PERSON and is_partial(persona.name) and name_words(persona.name):
            key = f"l:{spelled_words(persona.name)[-1]}"
            found = _bearer(persona, families[key]) if len(full[key]) <= CROWD else None
            if found is not None:
                out[persona.key] = found
    return out


def _bearer(partial: Speaker, clusters: Sequence[Cluster]) -> Leader | None:
    """The one of these that a bare last name safely stands for."""
    fitting, reason = (
        [c for c in clusters if _bears(partial, c)],
        "the only one of that last name whom it fits",
    )
    if len(fitting) > 1:  # then a role has to speak for one of them and for none of the others
        fitting = [c for c in fitting if agree(_roles(c), partial.roles)]
        reason = "the only one of that last name whose role agrees"
    if len(fitting) != 1 or conflict(_roles(fitting[0]), partial.roles):
        return None
    return Leader(fitting[0].leader.key, reason)


def _bears(partial: Speaker, cluster: Cluster) -> bool:
    """Whether a bare last name may stand for a cluster, as far as name, gender and time tell."""
    single = len(name_words(partial.name)) == 1
    if not any(
        compare(m.name, partial.name) in (Fit.BARE, Fit.VARIANT)
        and not (single and double_family(m.name))  # "Jones" is not Zeta-Jones
        for m in cluster.members
    ):
        return False
    stated = gender_sign(partial)
    genders = {g for m in cluster.members if (g := _gender(m))} if stated else set()
    if genders and stated not in genders:
        return False
    seen = _within(partial.since, *_seen(cluster), REMEMBERED)
    return seen is None or seen


def _attach_offices(known: Sequence[Speaker], clusters: Sequence[Cluster]) -> dict[str, Leader]:
    """Offices without a name, with those who alone are known to have held them around that day."""
    held = [
        (cluster, tenure)
        for cluster in clusters
        for member in cluster.members
        if member.kind is SpeakerKind.PERSON
        for tenure in offices_of(member)
    ]
    out = {}
    for persona in known:
        if persona.kind is not SpeakerKind.PERSON or not is_office(persona.name):
            continue
        holders = {
            cluster.leader.key
            for cluster, tenure in held
            if same_office(tenure.text, persona.name)
            and _within(persona.since, tenure.since, tenure.until, IN_OFFICE)
        }
        if len(holders) == 1:
            out[persona.key] = Leader(
                holders.pop(), "the only one known to hold that office around that time"
            )
    return out


def month(day: date | None) -> int | None:
    """The number of a day's month; groups are the same whichever day of a month it is."""
    return day.year * 12 + day.month if day else None


def _within(day: date | None, since: date | None, until: date | None, slack: int) -> bool | None:
    """Whether a day is in a time or no more than `slack` months off; None where a day is not known."""
    here, first, last = month(day), month(since), month(until)
    if here is None or first is None or last is None:
        return None
    return first - slack <= here <= last + slack


def _same_body(a: Speaker, b: Speaker) -> bool:
    if body_words(a.name) == body_words(b.name):
        return True
    # An acronym alone is whoever is printed with it; a letter more or less is another body.
    one, other = acronyms_of(a), acronyms_of(b)
    return (is_acronym(a.name) or is_acronym(b.name)) and bool(one & other)


def _gender(persona: Speaker) -> str:
    """The gender that a role states, else the given name; "" where neither does."""
    stated = {g for role in persona.roles if (g := gender_of_role(role))}
    if len(stated) == 1:
        return stated.pop()
    return gender_of_name(persona.name) or ""


def _swapped(a: str, b: str) -> bool:
    """Whether two names are one in two orders, and nothing says which order is the right one.

    "Bela Kovacs" is Kovács Béla; "James Thomas" need not be Thomas James.
    """
    x, y = spelled_words(a), spelled_words(b)
    return (
        "".join(x) != "".join(y)
        and not (family_first(a) or family_first(b))
        and sum(map(is_common_given, x)) != 1
    )


def _roles(cluster: Cluster) -> tuple[str, ...]:
    return tuple(sorted({role for member in cluster.members for role in member.roles}))


def _seen(cluster: Cluster) -> tuple[date | None, date | None]:
    firsts = [m.since for m in cluster.members if m.since]
    lasts = [m.until for m in cluster.members if m.until]
    return min(firsts, default=None), max(lasts, default=None)


def _lead_order(persona: Speaker) -> tuple[object, ...]:
    """Who of a group it is shown by: no acronym, most words, fewest initials, then the longest name."""
    words = spelled_words(persona.name)
    initials = sum(len(word) == 1 for word in words)
    acronym = persona.kind in BODIES and is_acronym(persona.name)
    length = -len(persona.name)
    return (acronym, initials - len(words), initials, length, bool(persona.sense), persona.name, persona.key)


def _reason(member: Speaker, leader: Speaker) -> str:
    if member.kind in BODIES:
        return "the same name" if body_words(member.name) == body_words(leader.name) else "its acronym"
    fit = compare(member.name, leader.name)
    return "the same name in another spelling or sense" if fit is Fit.SAME else str(fit)
