"""One speaker: roles over time, words day by day, positions that changed, who agrees and who does not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from claimtrack.records import Decision, RelationKind, Stance
from claimtrack.reports.cells import many
from claimtrack.reports.clusters import SURE
from claimtrack.reports.disputes import Dispute, gather_copies, outline_disputes, tell
from claimtrack.reports.formats import Report, Row
from claimtrack.reports.independence import count_outlets
from claimtrack.reports.rows import CLAIM_BRIEF, CLAIM_COLUMNS, across, claim_row
from claimtrack.store.views import LinkView, Voice

if TYPE_CHECKING:
    from claimtrack.store.views import ClaimView, RelationView, SpeakerView


@dataclass(frozen=True)
class Counterpart:
    """Another speaker, and for each claim of theirs the surest relation with the one whose dossier it is."""

    id: str
    name: str
    relations: tuple[RelationView, ...]  # the surest first
    total: int  # of relations, with copies and other wordings


@dataclass(frozen=True)
class Dossier:
    """What the archive holds on one speaker, or that part of it which was asked for."""

    speaker: SpeakerView
    statements: tuple[tuple[ClaimView, ...], ...]  # by day; copies of one statement stand together
    relations: Mapping[str, Sequence[RelationView]]  # of each claim, rejected ones left out
    changes: tuple[Dispute, ...]  # the speaker against their own earlier words, the latest change first
    contradicted_by: tuple[Counterpart, ...]
    contradicts: tuple[Counterpart, ...]
    corroborated_by: tuple[Counterpart, ...]

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """All claims, statement by statement."""
        return tuple(claim for copies in self.statements for claim in copies)

    @property
    def relations_of_statements(self) -> tuple[tuple[tuple[RelationView, ClaimView], ...], ...]:
        """For each statement its relations with other statements, each with the claim it is a relation of."""
        return tuple(
            tuple(
                {
                    relation.id: (relation, claim)
                    for claim in copies
                    for relation in self.relations.get(claim.id, ())
                    if across(relation, claim.id).id not in {copy.id for copy in copies}
                }.values()
            )
            for copies in self.statements
        )

    @property
    def articles(self) -> int:
        """How many articles these claims stand in."""
        return len({claim.article_id for claim in self.claims})

    @property
    def outlets(self) -> int:
        """How many outlets printed them; unknown ones count by article."""
        return count_outlets(self.claims)

    def __str__(self) -> str:
        """ "12 claims in 4 articles of 3 outlets", and of how many claims where there are more."""
        shown, all_of_them = len(self.claims), self.speaker.claims
        claims = many(shown, "claim") if shown == all_of_them else f"{shown} of {many(all_of_them, 'claim')}"
        return f"{claims} in {many(self.articles, 'article')} of {many(self.outlets, 'outlet')}"


def make_dossier(
    speaker: SpeakerView, claims: Sequence[ClaimView], found: Mapping[str, Iterable[RelationView]]
) -> Dossier:
    """The dossier of a speaker over these claims of theirs and the relations found for each."""
    relations = {key: [r for r in near if not is_rejected(r)] for key, near in found.items()}
    all_of_them = {r.id: r for near in relations.values() for r in near}.values()
    copies = [(r.a.id, r.b.id) for r in all_of_them if r.kind is RelationKind.REPEATS and r.score >= SURE]
    against: dict[bool, list[RelationView]] = {True: [], False: []}
    for relation in all_of_them:
        if relation.kind is RelationKind.CONTRADICTS and not _is_own(relation):
            against[_speaks_against(relation, speaker.id)].append(relation)
    return Dossier(
        speaker=speaker,
        statements=gather_copies(claims, copies),
        relations=relations,
        changes=find_changes(all_of_them),
        contradicted_by=_counterparts(against[False], speaker.id),
        contradicts=_counterparts(against[True], speaker.id),
        corroborated_by=_counterparts(
            (r for r in all_of_them if r.kind is RelationKind.CORROBORATES and not _is_own(r)), speaker.id
        ),
    )


def is_rejected(relation: RelationView) -> bool:
    """Whether a person's newest verdict says that it does not hold."""
    return relation.verdict is not None and relation.verdict.decision is Decision.REJECTED


def verb(relation: RelationView, claim_id: str) -> str:
    """How a claim stands to the one across, in words that take the other's speaker as their object."""
    if relation.kind is RelationKind.UPDATES:
        return "updated by" if relation.a.id == claim_id else "updates"
    return "same origin as" if relation.kind is RelationKind.REPEATS else str(relation.kind)


def find_changes(relations: Iterable[RelationView]) -> tuple[Dispute, ...]:
    """One speaker's earlier words against their later ones, as disputes with themselves."""
    own = {r.id: r for r in relations if _is_own(r) and not is_rejected(r)}
    claims = {claim.id: claim for r in own.values() for claim in (r.a, r.b)}
    signals = {r.id: r.signals for r in own.values()}
    links = (
        LinkView(
            r.id,
            r.kind,
            r.score,
            _voice(r.a),
            _voice(r.b),
            r.verdict.decision if r.verdict else None,
            r.signals,
        )
        for r in own.values()
    )
    found = (tell(outline, claims, signals) for outline in outline_disputes(links))
    return tuple(sorted(found, key=lambda d: (_latest(d), d.id), reverse=True))


def _latest(change: Dispute) -> date:
    return max((claim.day for claim in change.claims if claim.day), default=date.min)


def _voice(claim: ClaimView) -> Voice:
    return Voice(claim.id, claim.article_id, claim.speaker_id, claim.day)


def _is_own(relation: RelationView) -> bool:
    return relation.a.speaker_id == relation.b.speaker_id


def _speaks_against(relation: RelationView, speaker_id: str) -> bool:
    """Whether it is this speaker who contradicts: the later one does, or on one day the one who denies."""
    mine = relation.a if relation.a.speaker_id == speaker_id else relation.b
    other = across(relation, mine.id)
    if mine.day and other.day and mine.day != other.day:
        return mine.day > other.day
    return mine.stance is Stance.DENIES


def _counterparts(relations: Iterable[RelationView], speaker_id: str) -> tuple[Counterpart, ...]:
    """The speakers at the other ends, those with most claims there first."""
    found: defaultdict[str, dict[str, RelationView]] = defaultdict(dict)
    names: dict[str, str] = {}
    totals: Counter[str] = Counter()
    for relation in sorted(relations, key=lambda r: (-r.score, r.id)):
        other = relation.b if relation.a.speaker_id == speaker_id else relation.a
        found[other.speaker_id].setdefault(other.id, relation)
        names[other.speaker_id] = other.speaker
        totals[other.speaker_id] += 1
    parts = (Counterpart(key, names[key], tuple(near.values()), totals[key]) for key, near in found.items())
    return tuple(sorted(parts, key=lambda c: (-len(c.relations), c.name, c.id)))


def dossier_report(dossier: Dossier) -> Report:
    """The claims of a dossier, each with the ids of its relations, their kinds and the claims across."""

    def rows() -> Iterator[Row]:
        for claim in dossier.claims:
            related = dossier.relations.get(claim.id, ())
            yield claim_row(claim) | {
                "relation_ids": [r.id for r in related],
                "relation_kinds": [str(r.kind) for r in related],
                "relation_claims": [across(r, claim.id).id for r in related],
            }

    extra = ("relation_ids", "relation_kinds", "relation_claims")
    return Report(CLAIM_COLUMNS + extra, rows(), (*CLAIM_BRIEF, "relation_kinds"))
