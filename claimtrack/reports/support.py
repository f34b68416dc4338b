"""Who supports whom: corroborating claims in groups, counted by origin.

Claims that surely repeat each other are one origin: forty papers that print one agency story support a
statement once.  A group is one origin and all that corroborate it or may repeat it.  Groups are not
chained (A supports B, B supports C does not make A support C); each relation stands in one group.  Inside a
group whatever one speaker says, and whatever is linked by *repeats*, is one origin too (`independence`).
Relations that a person rejected do not count.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from claimtrack.records import Decision, RelationKind
from claimtrack.reports.clusters import SURE
from claimtrack.reports.dossier import is_rejected
from claimtrack.reports.formats import Report, Row
from claimtrack.reports.independence import Joined, count_outlets, count_speakers, hearers, parted_by_origin
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
        """How many different speakers, also those that only repeat another."""
        return count_speakers(self.claims)

    @property
    def outlets(self) -> int:
        """How many different outlets print it; unknown ones count by article."""
        return count_outlets(self.claims)

    @property
    def heard_by(self) -> int:
        """How many outlets heard it independently: relays, wires and reprints left out."""
        return len(hearers(self.claims))


def group_support(relations: Iterable[RelationView]) -> list[Support]:
    """Corroborations and repeats in groups, most origins first, then by day and id."""
    kinds = (RelationKind.CORROBORATES, RelationKind.REPEATS)
    kept = [r for r in relations if r.kind in kinds and not is_rejected(r)]
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
        claims_inside = [claim for key in keys for claim in members[key]]
        repeats = [(r.a.id, r.b.id) for r in inside if r.kind is RelationKind.REPEATS]
        parts = parted_by_origin(claims_inside, repeats)
        groups.append(Support(tuple(Origin(tuple(part)) for part in parts), tuple(inside)))
    return sorted(groups, key=lambda g: (-len(g.origins), _when(g.claims[0])))


def support_report(groups: Iterable[Support]) -> Report:
    """One pair a row, with its group's number and how many origins, speakers and outlets that has."""
    extra = ("group", "origins", "speakers", "outlets", "heard_by")

    def rows() -> Iterator[Row]:
        for number, group in enumerate(groups, 1):
            counts: Row = {
                "group": number,
                "origins": len(group.origins),
                "speakers": group.speakers,
                "outlets": group.outlets,
                "heard_by": group.heard_by,
            }
            for relation in group.relations:
                yield relation_row(relation) | counts

    return Report(RELATION_COLUMNS + extra, rows(), ("group", "origins", "heard_by", *RELATION_BRIEF))


def _when(claim: ClaimView) -> tuple[date, str]:
    return claim.day or date.max, claim.id


def _is_sure(relation: RelationView) -> bool:
    """Whether two claims are one statement beyond doubt: reason enough to take them for one everywhere."""
    if relation.kind is not RelationKind.REPEATS:
        return False
    confirmed = relation.verdict is not None and relation.verdict.decision is Decision.CONFIRMED
    return confirmed or relation.score >= SURE


def _origins(relations: list[RelationView], claims: dict[str, ClaimView]) -> dict[str, str]:
    """For each claim the least id of those that it surely repeats, itself among them."""
    same = Joined()
    for relation in relations:
        if _is_sure(relation):
            same.join(relation.a.id, relation.b.id)
    least: dict[Hashable, str] = {}
    for key in sorted(claims):
        least.setdefault(same.root(key), key)
    return {key: least[same.root(key)] for key in claims}


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
