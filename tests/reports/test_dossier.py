from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from claimtrack.records import Decision, SpeakerKind, Stance, Verdict
from claimtrack.reports.dossier import Dossier, dossier_report, make_dossier, verb
from claimtrack.store.views import ClaimView, RelationView, SpeakerView

Make = Callable[..., ClaimView]
Relate = Callable[..., RelationView]

MAYOR = SpeakerView(
    "sm", "Ines Holt", SpeakerKind.PERSON, ("mayor",), ("Holt",), 4, 3, date(2021, 5, 1), date(2021, 6, 1)
)


@pytest.fixture
def own(claim: Make) -> Callable[..., ClaimView]:
    def make(key: str, month: int, day: int, **facts: Any) -> ClaimView:
        return claim(key, speaker_id="sm", speaker="Ines Holt", stated_on=date(2021, month, day), **facts)

    return make


def dossier_of(claims: list[ClaimView], relations: list[RelationView]) -> Dossier:
    near = {c.id: [r for r in relations if c.id in (r.a.id, r.b.id)] for c in claims}
    return make_dossier(MAYOR, claims, near)


def rejected(relation: RelationView) -> RelationView:
    verdict = Verdict(relation.id, Decision.REJECTED, "Ada", datetime(2021, 7, 1, tzinfo=UTC))
    return replace(relation, verdict=verdict)


def test_changed_positions_are_a_trail_by_day(own: Make, claim: Make, relation: Relate) -> None:
    june, later, last = own("a", 5, 1), own("b", 5, 20), own("c", 6, 1)
    union = claim("u")
    changes = [
        relation(june, later, "updates"),
        relation(later, last, "updates"),
        relation(june, last, "updates"),
    ]
    dossier = dossier_of([last, june, later], [*changes, relation(june, union, "updates")])
    [trail] = dossier.changes
    assert [[c.id for c in v.claims] for v in trail.versions] == [["a"], ["b"], ["c"]]
    assert [str(v.standing) for v in trail.versions] == ["replaced", "replaced", "standing"]
    assert dossier_of([june, later], [rejected(changes[0])]).changes == ()


def test_the_later_one_contradicts_and_on_one_day_the_one_who_denies(
    own: Make, claim: Make, relation: Relate
) -> None:
    said = own("a", 5, 10)
    before, after = claim("b", stated_on=date(2021, 5, 9)), claim("c", stated_on=date(2021, 5, 11))
    same_day = claim("d", stated_on=date(2021, 5, 10))
    relations = [relation(said, other, "contradicts") for other in (before, after, same_day)]
    dossier = dossier_of([said], relations)
    assert [other.id for other in dossier.contradicts] == ["sb"]
    assert [other.id for other in dossier.contradicted_by] == ["sc", "sd"]
    denied = replace(said, stance=Stance.DENIES)
    dossier = dossier_of([denied], [relation(denied, same_day, "contradicts")])
    assert [other.id for other in dossier.contradicts] == ["sd"]


def test_counterparts_have_each_of_their_claims_once(own: Make, claim: Make, relation: Relate) -> None:
    one, two = own("a", 5, 1), own("b", 5, 2)
    union = [claim(k, speaker_id="su", speaker="Union", stated_on=date(2021, 5, 5)) for k in "xy"]
    lone = claim("z", stated_on=date(2021, 5, 5))
    relations = [
        relation(one, union[0], "contradicts", score=0.7), relation(two, union[0], "contradicts", score=0.9),
        relation(one, union[1], "contradicts"), relation(one, lone, "contradicts", score=0.99),
        relation(two, lone, "corroborates"),
    ]  # fmt: skip
    dossier = dossier_of([one, two], relations)
    assert [(c.name, c.total, [r.id for r in c.relations]) for c in dossier.contradicted_by] == [
        ("Union", 3, ["rbx", "ray"]),
        ("Speaker z", 1, ["raz"]),
    ]
    assert [other.name for other in dossier.corroborated_by] == ["Speaker z"]


def test_copies_stand_with_the_first(own: Make, claim: Make, relation: Relate) -> None:
    first, copy, other = own("a", 5, 1), own("b", 5, 2), claim("x")
    relations = [
        relation(first, copy, "repeats", score=0.99),
        relation(first, other, "corroborates"),
        relation(copy, other, "corroborates"),
    ]
    dossier = dossier_of([copy, first], relations)
    assert [[c.id for c in copies] for copies in dossier.statements] == [["a", "b"]]
    [near] = dossier.relations_of_statements
    assert [(r.id, mine.id) for r, mine in near] == [("rax", "a"), ("rbx", "b")]
    assert str(dossier) == "2 of 4 claims in 2 articles of 2 outlets"


def test_rows_hold_every_claim_with_its_relations(own: Make, claim: Make, relation: Relate) -> None:
    said, other = own("a", 5, 1), claim("x")
    relations = [relation(said, other, "contradicts"), rejected(relation(said, claim("y"), "updates"))]
    [row] = dossier_report(dossier_of([said], relations)).rows
    assert (row["relation_ids"], row["relation_kinds"], row["relation_claims"]) == (
        ["rax"],
        ["contradicts"],
        ["x"],
    )


def test_verbs(own: Make, claim: Make, relation: Relate) -> None:
    early, late = own("a", 5, 1), claim("x")
    assert verb(relation(early, late, "updates"), "a") == "updated by"
    assert verb(relation(early, late, "updates"), "x") == "updates"
    assert verb(relation(early, late, "repeats"), "a") == "same origin as"
    assert verb(relation(early, late, "contradicts"), "a") == "contradicts"
