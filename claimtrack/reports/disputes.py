"""Disputes: the competing versions of one fact, who says each, since when, and which is the latest.

They are made on reading, from the relations as they stand with people's verdicts on them; nothing of them
is stored.  A dispute is named after the first of its relations: ``x`` in place of ``r``.  The name of
any other of them leads to it too, so a name once printed leads somewhere as long as its relation holds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from claimtrack.errors import NotFoundError
from claimtrack.records import Decision, RelationKind, Stance
from claimtrack.reports.cells import many
from claimtrack.reports.clusters import OPPOSED, SURE, Cluster, Link, find_clusters
from claimtrack.reports.independence import Independence, count_independence, count_outlets, count_speakers
from claimtrack.reports.labels import commonest, differing_values, label_of, name_topic, printed, shared_words

if TYPE_CHECKING:
    from claimtrack.records import Signal
    from claimtrack.store.reader import Reader
    from claimtrack.store.views import ClaimView, LinkView, Voice

PREFIX = "x"
ONE_CYCLE = timedelta(days=3)  # the same words after more days than these are said again, not printed again


class Standing(StrEnum):
    """How a version stands among the others."""

    CONTRADICTED = "contradicted"  # by another one that no later statement has replaced either
    REPLACED = "replaced"  # a later statement says otherwise
    STANDING = "standing"


@dataclass(frozen=True)
class Outline:
    """A dispute before its words are looked up: its key, and who speaks in which article and when."""

    cluster: Cluster
    voices: Mapping[str, Voice]

    @cached_property
    def id(self) -> str:
        """The key of its first relation, as a dispute."""
        first = min(
            self.cluster.opposed, key=lambda k: (*sorted((self._day(k.a), self._day(k.b)))[::-1], k.id)
        )
        return PREFIX + first.id[1:]

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The known days of its claims, in order."""
        return tuple(sorted(voice.day for voice in self._all if voice.day))

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The keys of all who speak in it."""
        return frozenset(voice.speaker for voice in self._all)

    @cached_property
    def articles(self) -> frozenset[str]:
        """The keys of the articles it is fought in."""
        return frozenset(voice.article for voice in self._all)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How each version stands."""
        return _standings(self.cluster, lambda key: self.voices[key].day or date.min)

    @property
    def is_open(self) -> bool:
        """Whether versions contradict each other that no later statement has replaced."""
        return Standing.CONTRADICTED in self.standings

    @property
    def _all(self) -> Iterator[Voice]:
        return (self.voices[key] for version in self.cluster.versions for key in version)

    def _day(self, claim: str) -> date:
        return self.voices[claim].day or date.max


@dataclass(frozen=True)
class Version:
    """One of the competing versions: all claims that say so, the earliest first."""

    label: str  # the words that set it apart, as they are printed in one of its claims
    stance: Stance  # of the claim that the label is printed in
    statements: tuple[tuple[ClaimView, ...], ...]  # by day; copies of one statement stand together
    independent: Independence  # speakers who assert it by themselves, outlets that heard it themselves
    standing: Standing
    latest: bool  # no other version was stated later

    @property
    def heading(self) -> str:
        """The label, with the stance in front where it is more than an assertion: "[denies] it is open"."""
        return self.label if self.stance is Stance.ASSERTS else f"[{self.stance}] {self.label}"

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """All its claims, statement by statement."""
        return tuple(claim for copies in self.statements for claim in copies)

    @property
    def first(self) -> date | None:
        """The day it was first stated."""
        return min((c.day for c in self.claims if c.day), default=None)

    @property
    def last(self) -> date | None:
        """The day it was last stated."""
        return max((c.day for c in self.claims if c.day), default=None)

    @property
    def speakers(self) -> tuple[str, ...]:
        """The names of those who say so, in the order in which they did."""
        return tuple({c.speaker_id: c.speaker for c in self.claims}.values())

    @property
    def outlets(self) -> int:
        """How many outlets print it; unknown ones count by article."""
        return count_outlets(self.claims)

    @property
    def origins(self) -> int:
        """How many independent origins it has: speakers who do not repeat each other."""
        return self.independent.speakers

    def __str__(self) -> str:
        """ "2 speakers, 1 origin, 3 outlets, heard by 1", the last where outlets have it from others."""
        counts = {"speaker": len(self.speakers), "origin": self.origins, "outlet": self.outlets}
        heard = self.independent.outlets
        parts = [many(count, noun) for noun, count in counts.items()]
        return ", ".join(parts + ([f"heard by {heard}"] if heard < self.outlets else []))


@dataclass(frozen=True)
class Dispute:
    """Competing versions of one fact, by the day each was first stated."""

    id: str
    topic: str
    is_open: bool
    versions: tuple[Version, ...]
    opposed: tuple[Link, ...]  # what sets the versions against each other, the surest first
    decisions: Mapping[str, Decision]  # people's verdicts on these and on the agreements, by relation

    @property
    def status(self) -> str:
        """ "open" while versions stand against each other, "updated" where the latest replaced the others."""
        return "open" if self.is_open else "updated"

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """All claims, version by version."""
        return tuple(claim for version in self.versions for claim in version.claims)

    @property
    def speakers(self) -> int:
        """How many speak in it."""
        return count_speakers(self.claims)

    @property
    def outlets(self) -> int:
        """How many outlets print it; unknown ones count by article."""
        return count_outlets(self.claims)

    @property
    def origins(self) -> int:
        """How many independent origins its versions have."""
        return sum(version.origins for version in self.versions)

    @property
    def confirmed(self) -> int:
        """How many of the relations between its versions a person confirmed."""
        return sum(self.decisions.get(link.id) is Decision.CONFIRMED for link in self.opposed)

    def __str__(self) -> str:
        """ "3 versions, 5 speakers, 4 origins, 3 outlets"."""
        counts = {"version": len(self.versions), "speaker": self.speakers, "origin": self.origins}
        parts = [many(count, noun) for noun, count in (counts | {"outlet": self.outlets}).items()]
        return ", ".join(parts + ([f"{self.confirmed} confirmed"] if self.confirmed else []))


def outline_disputes(links: Iterable[LinkView], min_score: float = 0.0) -> list[Outline]:
    """The disputes among these relations, those with most speakers first, then by size and key.

    `min_score` leaves out contradictions and updates below it.
    """
    voices: dict[str, Voice] = {}

    def slim() -> Iterator[Link]:
        for view in links:
            voices[view.a.claim], voices[view.b.claim] = view.a, view.b
            values = differing_values(view.signals)
            link = Link(view.id, view.a.claim, view.b.claim, view.kind, view.score, view.decision, values)
            if link.kind not in OPPOSED or link.strength >= min_score:
                yield link

    kept = list(slim())
    breaths = {key: f"{voice.article} {voice.speaker}" for key, voice in voices.items()}
    found = [Outline(cluster, voices) for cluster in find_clusters(kept, breaths)]
    return sorted(found, key=lambda o: (-len(o.speakers), -sum(map(len, o.cluster.versions)), o.id))


def names_dispute(key: str) -> bool:
    """Whether a key is that of a dispute, or the beginning of one."""
    return re.fullmatch(PREFIX + r"[0-9a-f]{3,12}", key) is not None


def find_dispute(store: Reader, key: str) -> Dispute:
    """The dispute of a key, or of the beginning of one; NotFoundError where there is none."""
    try:
        relation = store.get("r" + key[1:])
    except NotFoundError as error:
        hint = "Give all of it; `claimtrack disputes` shows them"
        raise NotFoundError(f"No dispute has the identifier {key!r}", hint) from error
    for outline in outline_disputes(store.links_around(relation.id)):
        if any(link.id == relation.id for link in outline.cluster.opposed):
            return load_dispute(store, outline)
    raise NotFoundError(
        f"There is no dispute {key!r} any more: its relation no longer holds, or was rejected",
        "See `claimtrack disputes`",
    )


def load_dispute(store: Reader, outline: Outline) -> Dispute:
    """An outline with its words."""
    claims = store.claims_by_id(key for version in outline.cluster.versions for key in version)
    return tell(outline, claims, store.signals_of(link.id for link in outline.cluster.opposed))


def tell(
    outline: Outline, claims: Mapping[str, ClaimView], signals: Mapping[str, Iterable[Signal]]
) -> Dispute:
    """An outline in the words of its claims and of the signals of its relations, all of which are given."""
    cluster = outline.cluster
    shared = commonest(shared_words(signals[link.id]) for link in cluster.opposed)
    values, weight = _weigh(cluster, claims)
    repeats = [(k.a, k.b) for k in cluster.agreed if k.kind is RelationKind.REPEATS]
    copies = [(k.a, k.b) for k in cluster.agreed if k.kind is RelationKind.REPEATS and k.strength >= SURE]
    last_day = max(outline.days, default=None)
    found = []
    for keys, standing in zip(cluster.versions, outline.standings, strict=True):
        ordered = tuple(sorted((claims[key] for key in keys), key=when))
        label, claim = label_of(ordered, values, weight)
        found.append(
            Version(
                label=label,
                stance=claim.stance,
                statements=gather_copies(ordered, copies),
                independent=count_independence(ordered, repeats),
                standing=standing,
                latest=last_day is not None and any(c.day == last_day for c in ordered),
            )
        )
    found.sort(key=lambda version: when(version.claims[0]))
    return Dispute(
        id=outline.id,
        topic=name_topic(shared, [claim.text for version in found for claim in version.claims]),
        is_open=outline.is_open,
        versions=tuple(found),
        opposed=tuple(sorted(cluster.opposed, key=lambda k: (-k.strength, k.id))),
        decisions={k.id: k.decision for k in (*cluster.opposed, *cluster.agreed) if k.decision},
    )


def when(claim: ClaimView) -> tuple[date, str, int, str]:
    """The order of claims: by day, those without a day last, then by article and place in it."""
    return claim.day or date.max, claim.article_id, claim.content[0].start, claim.id


def gather_copies(
    claims: Iterable[ClaimView], copies: Iterable[tuple[str, str]]
) -> tuple[tuple[ClaimView, ...], ...]:
    """Claims by day, each followed by its copies: those paired with it, of the same news cycle."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in copies:
        near[one].append(other)
        near[other].append(one)
    statements: list[list[ClaimView]] = []
    place: dict[str, int] = {}
    for claim in sorted(claims, key=when):
        known = sorted(place[key] for key in near[claim.id] if key in place)
        day = claim.day or date.max
        fits = (n for n in known if day - (statements[n][0].day or date.max) <= ONE_CYCLE)
        number = next(fits, len(statements))
        place[claim.id] = number
        if number == len(statements):
            statements.append([])
        statements[number].append(claim)
    return tuple(map(tuple, statements))


def _weigh(cluster: Cluster, claims: Mapping[str, ClaimView]) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """For each claim the differing words that it is set apart by, and how many links stand against it."""
    values: defaultdict[str, Counter[str]] = defaultdict(Counter)
    weight: Counter[str] = Counter()
    for link in cluster.opposed:
        for key, value in ((link.a, link.values[0]), (link.b, link.values[1])):
            weight[key] += 1
            if words := printed(value, claims[key].text):
                values[key][words] += 1
    return values, weight


def _standings(cluster: Cluster, day: Callable[[str], date]) -> tuple[Standing, ...]:
    place = {key: n for n, version in enumerate(cluster.versions) for key in version}
    last = [max(map(day, version)) for version in cluster.versions]
    pairs = [(place[k.a], place[k.b], k.kind) for k in cluster.opposed]
    replaced = {
        early for early, late, kind in pairs if kind is RelationKind.UPDATES and last[early] < last[late]
    }
    against = {
        n
        for one, other, kind in pairs
        if kind is RelationKind.CONTRADICTS
        if not {one, other} & replaced
        for n in (one, other)
    }
    return tuple(
        Standing.REPLACED if n in replaced else Standing.CONTRADICTED if n in against else Standing.STANDING
        for n in range(len(last))
    )
