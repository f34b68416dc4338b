"""Who supports whom: corroborating claims in groups, counted by origin.

Claims joined by *repeats* are one origin: forty papers that print one agency story support a
statement once.  A group is one origin and all that corroborate it.  Groups are not chained (A supports
B, B supports C does not make A support C); each corroboration stands in one group.  In a group, what one
speaker says in one article is one origin too: to say it three times in one breath is to say it once.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from claimtrack.records import RelationKind
from claimtrack.reports.formats import Report, Row
from claimtrack.reports.rows import RELATION_BRIEF, RELATION_COLUMNS, relation_row

if TYPE_CHECKING:
    from claimtrack.store.views import ClaimView, RelationView


@dataclass(frozen=True)
class Origin:
    """One statement: the claims that print it, earliest first."""

    claims: tuple[ClaimView, ...]


@dataclass(frozen=True)
class Support:
    """One origin, the origins that corroborate it, and the relations among all their claims."""

    origins: tuple[Origin, ...]  # the one the others were compared with first, then by day
    relations: tuple[RelationView, ...]

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """All claims, origin by origin."""
        return tuple(claim for origin in self.origins for claim in origin.claims)

    @property
    def speakers(self) -> int:
        """How many different speakers."""
        return len({claim.speaker_id for claim in self.claims})

    @property
    def outlets(self) -> int:
        """How many different outlets; unknown ones count by article."""
        return len({claim.outlet or claim.article_id for claim in self.claims})


def group_support(relations: Iterable[RelationView]) -> list[Support]:
    """Corroborations and repeats in groups, most origins first, then by day and id."""
    kept = [r for r in relations if r.kind in (RelationKind.CORROBORATES, RelationKind.REPEATS)]
    claims = {claim.id: claim for r in kept for claim in (r.a, r.b)}
    origin_of = _origins(kept, claims)
    members: defaultdict[str, list[ClaimView]] = defaultdict(list)
    for claim in sorted(claims.values(), key=_when):
        members[origin_of[claim.id]].append(claim)
    between: defaultdict[frozenset[str], list[RelationView]] = defaultdict(list)
    for relation in kept:
        between[frozenset((origin_of[relation.a.id], origin_of[relation.b.id]))].append(relation)
    groups = []
    for keys in _stars(between, members):
        inside = [r for i, x in enumerate(keys) for y in keys[i:] for r in between.pop(frozenset((x, y)), ())]
        groups.append(Support(_merged(members[key] for key in keys), tuple(inside)))
    return sorted(groups, key=lambda g: (-len(g.origins), _when(g.claims[0])))


def support_report(groups: Iterable[Support]) -> Report:
    """One pair a row, with its group's number and how many origins, speakers and outlets that has."""
    extra = ("group", "origins", "speakers", "outlets")

    def rows() -> Iterator[Row]:
        for number, group in enumerate(groups, 1):
            counts: Row = {
                "group": number,
                "origins": len(group.origins),
                "speakers": group.speakers,
                "outlets": group.outlets,
            }
            for relation in group.relations:
                yield relation_row(relation) | counts

    return Report(RELATION_COLUMNS + extra, rows(), ("group", "origins", *RELATION_BRIEF))


def _when(claim: ClaimView) -> tuple[date, str]:
    return claim.day or date.max, claim.id


def _origins(relations: list[RelationView], claims: dict[str, ClaimView]) -> dict[str, str]:
    """For each claim the id of the claim that stands for its origin (union-find over *repeats*)."""
    parent = {key: key for key in claims}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for relation in relations:
        if relation.kind is RelationKind.REPEATS:
            low, high = sorted((root(relation.a.id), root(relation.b.id)))
            parent[high] = low
    return {key: root(key) for key in claims}


def _merged(statements: Iterable[list[ClaimView]]) -> tuple[Origin, ...]:
    """Statements as origins, those with a speaker in one article in common as one."""
    origins: list[list[ClaimView]] = []
    for claims in statements:
        whose = {(claim.article_id, claim.speaker_id) for claim in claims}
        same = [o for o in origins if any((c.article_id, c.speaker_id) in whose for c in o)]
        if same:
            same[0].extend(claims)
            for other in same[1:]:
                same[0].extend(other)
                origins.remove(other)
        else:
            origins.append(list(claims))
    return tuple(Origin(tuple(claims)) for claims in origins)


def _stars(
    between: dict[frozenset[str], list[RelationView]], members: dict[str, list[ClaimView]]
) -> Iterator[list[str]]:
    """Groups of origins that cover every pair once at least: the best connected origin goes first."""
    open_: dict[str, set[str]] = {key: set() for key in members}
    for pair in between:
        if len(pair) == 2:
            x, y = pair
            open_[x].add(y)
            open_[y].add(x)
    queue = [(-len(near), _when(members[key][0]), key) for key, near in open_.items()]
    heapq.heapify(queue)
    seen: set[str] = set()
    while queue:
        count, when, key = heapq.heappop(queue)
        if -count != len(open_[key]):  # others took some of its pairs since: ask again later
            heapq.heappush(queue, (-len(open_[key]), when, key))
            continue
        if not open_[key]:
            if key not in seen:  # printed by several, supported by none
                yield [key]
            continue
        group = [key, *sorted(open_[key], key=lambda k: _when(members[k][0]))]
        seen.update(group)
        inside = set(group)
        for one in group:
            open_[one] -= inside
        yield group
