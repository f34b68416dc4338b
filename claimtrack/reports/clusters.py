"""Claims on one fact in groups: those that agree are a version, versions that exclude each other a dispute.

Pure: identifiers in, identifiers out; the order in which links are given does not matter.

Versions.  Claims become one version where they repeat each other for sure, or stand against the same claim
with the same figure, day or word, or in the same breath (one speaker, one article).  Then versions are
joined by average linkage (UPGMA: Sokal and Michener 1958): the two that agree best on average over all
pairs of their members, as long as that average is `AGREED` or more.  A missing link counts as 0, so a
chain of agreements (A with B, B with C, C with D) does not become one version; and two claims that
exclude each other never stand in one version.

Disputes.  The version with most opponents and all these are a dispute; a version that is linked to half of
those in it joins.  Every link of exclusion stands in exactly one dispute; a version may stand in several.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from claimtrack.records import Decision, RelationKind

AGREED = 0.35  # half of all pairs linked, by links of 0.7
SURE = 0.85  # from here on *repeats* is taken for the same words, whatever stands between

OPPOSED = frozenset({RelationKind.CONTRADICTS, RelationKind.UPDATES})


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of two claims: its key, theirs, and the differing words of each, where it turns on words."""

    id: str
    a: str
    b: str
    kind: RelationKind
    score: float
    decision: Decision | None = None
    values: tuple[str, str] = ("", "")

    @property
    def strength(self) -> float:
        """The score, or 1 where a person confirmed the relation."""
        return 1.0 if self.decision is Decision.CONFIRMED else self.score


@dataclass(frozen=True, slots=True)
class Cluster:
    """The versions of one dispute, the links that oppose them to each other, and those inside a version."""

    versions: tuple[tuple[str, ...], ...]  # keys of claims, each in order; versions by their first key
    opposed: tuple[Link, ...]
    agreed: tuple[Link, ...]


def find_clusters(links: Iterable[Link], breaths: Mapping[str, str]) -> list[Cluster]:
    """The disputes among linked claims, by the key of their first link.

    `breaths` gives for each claim one word for its speaker and article together.  Links that a person
    rejected do not count, nor do claims that neither stand against another nor agree with one that does.
    """
    kept = sorted(
        (k for k in links if k.decision is not Decision.REJECTED), key=lambda k: (-k.strength, k.id)
    )
    opposed = [link for link in kept if link.kind in OPPOSED]
    involved = {key for link in opposed for key in (link.a, link.b)}
    near = involved | {
        key
        for k in kept
        if k.kind not in OPPOSED and not involved.isdisjoint((k.a, k.b))
        for key in (k.a, k.b)
    }
    agreed = [k for k in kept if k.kind not in OPPOSED and k.a in near and k.b in near]
    groups = _Groups(opposed, agreed)
    for one, other in (*_sure(agreed), *_alike(opposed, breaths)):
        groups.join(one, other)
    # Links of two claims that nothing stands against are no reason for a version; their copies are.
    groups.join_on_average(k for k in agreed if k.a in involved or k.b in involved)
    inside: defaultdict[str, list[Link]] = defaultdict(list)
    for link in sorted(agreed, key=_key):
        if groups.of(link.a) == groups.of(link.b):
            inside[groups.of(link.a)].append(link)
    found = []
    for names, covered in _disputes(groups, opposed, agreed):
        versions = sorted(tuple(sorted(groups.members[name])) for name in names)
        within = (link for version in versions for link in inside[groups.of(version[0])])
        found.append(Cluster(tuple(versions), tuple(covered), tuple(within)))
    return sorted(found, key=lambda cluster: cluster.opposed[0].id)


def _key(link: Link) -> str:
    return link.id


def _sure(agreed: Iterable[Link]) -> Iterator[tuple[str, str]]:
    return ((k.a, k.b) for k in agreed if k.kind is RelationKind.REPEATS and k.strength >= SURE)


def _alike(opposed: Iterable[Link], breaths: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of claims that stand against the same claim with the same words, or in the same breath."""
    first: dict[tuple[str, str], str] = {}
    for link in sorted(opposed, key=lambda k: k.id):
        for mine, other, value in ((link.a, link.b, link.values[0]), (link.b, link.a, link.values[1])):
            how = f"={value.casefold()}" if value else breaths.get(mine, mine)
            known = first.setdefault((other, how), mine)
            if known != mine:
                yield known, mine


class _Groups:
    """Claims in groups that only grow; a group is named by its first claim."""

    def __init__(self, opposed: Iterable[Link], agreed: Iterable[Link]) -> None:
        self.foes: dict[str, set[str]] = {}
        self.members: dict[str, list[str]] = {}
        self._name: dict[str, str] = {}
        for link in (*opposed, *agreed):
            for key in (link.a, link.b):
                self._name.setdefault(key, key)
                self.members.setdefault(key, [key])
                self.foes.setdefault(key, set())
            if link.kind in OPPOSED:
                self.foes[link.a].add(link.b)
                self.foes[link.b].add(link.a)

    def of(self, claim: str) -> str:
        """The name of the group that a claim stands in."""
        return self._name[claim]

    def join(self, one: str, other: str) -> tuple[str, str] | None:
        """Make one group of two; returns the name that stays and the one that goes.

        None where they are one already or exclude each other.  The larger group gives its name, so that
        renaming costs n log n in all.
        """
        pair = self.of(one), self.of(other)
        keep, gone = sorted(pair, key=lambda name: (-len(self.members[name]), name))
        if keep == gone or gone in self.foes[keep]:
            return None
        for claim in self.members[gone]:
            self._name[claim] = keep
        self.members[keep] += self.members.pop(gone)
        for foe in self.foes.pop(gone):
            self.foes[foe].discard(gone)
            self.foes[foe].add(keep)
            self.foes[keep].add(foe)
        return keep, gone

    def join_on_average(self, agreed: Iterable[Link]) -> None:
        """Average linkage over the groups as they stand: each counts as one, however many claims it has."""
        size = dict.fromkeys(self.members, 1)  # in groups as they stood, not in claims
        ties: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for link in agreed:
            one, other = self.of(link.a), self.of(link.b)
            if one != other:
                ties[one][other] = ties[other][one] = max(ties[one].get(other, 0.0), link.strength)
        queue: list[tuple[float, str, str]] = []

        def offer(one: str, other: str) -> None:
            average = ties[one][other] / (size[one] * size[other])
            if average >= AGREED:
                heapq.heappush(queue, (-average, min(one, other), max(one, other)))

        for one, others in ties.items():
            for other in others:
                if one < other:
                    offer(one, other)
        while queue:
            average, one, other = heapq.heappop(queue)
            tie = ties[one].get(other)
            if tie is None or -average != tie / (size[one] * size[other]):  # of groups as they were before
                continue
            joined = self.join(one, other)
            if joined is None:
                continue
            keep, gone = joined
            size[keep] += size.pop(gone)
            for near, weight in ties.pop(gone).items():
                del ties[near][gone]
                if near != keep:
                    ties[keep][near] = ties[near][keep] = ties[keep].get(near, 0.0) + weight
            for near in ties[keep]:
                offer(keep, near)


def _disputes(
    groups: _Groups, opposed: Iterable[Link], agreed: Iterable[Link]
) -> Iterator[tuple[set[str], list[Link]]]:
    """Sets of groups with the links of exclusion that each covers, in the order of their keys."""
    between: defaultdict[frozenset[str], list[Link]] = defaultdict(list)
    for link in sorted(opposed, key=_key):
        between[frozenset((groups.of(link.a), groups.of(link.b)))].append(link)
    allies: defaultdict[str, set[str]] = defaultdict(set)
    for link in agreed:
        one, other = groups.of(link.a), groups.of(link.b)
        allies[one].add(other)
        allies[other].add(one)
    left = {name: set(foes) for name, foes in groups.foes.items() if foes}
    queue = [(-len(foes), name) for name, foes in left.items()]
    heapq.heapify(queue)
    while queue:
        count, hub = heapq.heappop(queue)
        if -count != len(left[hub]):  # a dispute found since has some of its opponents: ask again later
            heapq.heappush(queue, (-len(left[hub]), hub))
            continue
        if not left[hub]:
            continue
        names = _grown({hub, *left[hub]}, left, allies)
        covered = []
        for name in names:
            for foe in left[name] & names:
                if name < foe:
                    covered += between[frozenset((name, foe))]
        for name in names:
            left[name] -= names
        yield names, sorted(covered, key=_key)


def _grown(core: set[str], left: Mapping[str, set[str]], allies: Mapping[str, set[str]]) -> set[str]:
    """`core`, and every group with an opponent there that is linked to half of those in it, best first."""
    names: set[str] = set()
    links: defaultdict[str, int] = defaultdict(int)
    near: set[str] = set()

    def add(name: str) -> None:
        names.add(name)
        near.update(left[name])
        for other in left[name] | allies.get(name, set()):
            links[other] += 1

    for name in core:
        add(name)
    while outside := near - names:
        best = min(outside, key=lambda name: (-links[name], name))
        if 2 * links[best] < len(names):
            break
        add(best)
    return names
