from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from claimtrack.errors import NotFoundError
from claimtrack.records import Claim, Decision, RelationKind, Verdict
from claimtrack.store import Store, open_store
from claimtrack.store.views import ReviewStatus
from tests.store.build import COUNCIL, MAYOR, make_article, make_claim, make_relation, put, put_relations
from tests.store.queued import CONTRADICTS, CORROBORATES, put_queue, say

TEXT = "Quill of the Council said the bridge is open."


@pytest.fixture
def claims(store: Store) -> tuple[Claim, Claim, Claim]:
    one = make_article(TEXT, "1.txt", "Harbour Times", day=1)
    two = make_article(TEXT, "2.txt", "Hill Gazette", day=2)
    three = make_article(TEXT, "3.txt", "Valley Post", day=3)
    found = (
        make_claim(one, "open"),
        make_claim(two, "the bridge is open", COUNCIL),
        make_claim(three, "is open"),
    )
    for article, claim in zip((one, two, three), found, strict=True):
        put(store, article, claim)
    return found


def test_relations_by_kind_score_speaker_and_outlet(store: Store, claims: tuple[Claim, Claim, Claim]) -> None:
    one, two, three = claims
    weak = make_relation(one, two, score=0.6)
    strong = make_relation(two, three, score=0.8)
    same = make_relation(one, three, RelationKind.REPEATS, 1.0)
    put_relations(store, weak, strong, same)

    def keys(*kinds: RelationKind, **wanted: object) -> list[str]:
        return [view.id for view in store.relations(kinds or tuple(RelationKind), **wanted)]  # type: ignore[arg-type]

    assert keys() == [same.key, strong.key, weak.key]
    assert keys(RelationKind.CONTRADICTS) == [strong.key, weak.key]
    assert keys(RelationKind.CONTRADICTS, min_score=0.7) == [strong.key]
    assert keys(speaker="Harbour Council") == [strong.key, weak.key]
    assert keys(outlet="Harbour Times") == [same.key, weak.key]
    assert keys(limit=1) == [same.key]
    assert {k: [v.id for v in views] for k, views in store.relations_of([one.key, "c0"]).items()} == {
        one.key: [same.key, weak.key],
        "c0": [],
    }
    view = store.get(weak.key)
    assert (view.a.id, view.b.id, view.kind, view.score) == (one.key, two.key, weak.kind, 0.6)
    assert (view.signals, view.explanation, view.matcher) == (weak.signals, weak.explanation, "test-1")


def test_a_pair_judged_again_is_one_relation_and_keeps_its_verdict(
    store: Store, claims: tuple[Claim, Claim, Claim]
) -> None:
    one, two, _ = claims
    put_relations(store, make_relation(one, two))
    subject = make_relation(one, two).key
    first, second = (
        Verdict(subject, decision, "mia", datetime(2024, 5, day, 12, 30, 0, 5, UTC), "seen")
        for day, decision in ((1, Decision.UNSURE), (2, Decision.CONFIRMED))
    )
    for verdict in (first, second):
        with store.transaction():
            store.decide(verdict)
    put_relations(store, make_relation(two, one, RelationKind.UPDATES))

    (view,) = store.relations()
    # What was judged is kept: the verdicts are on a contradiction, whatever the pair is called now.
    first, second = (replace(verdict, kind="contradicts") for verdict in (first, second))
    assert (view.kind, view.a.id, view.verdict) == (RelationKind.UPDATES, two.key, second)
    assert store.verdicts_of([subject, "r0"]) == {subject: (second, first)}


def test_relations_of_retired_claims_leave_the_lists_but_not_the_database(
    store: Store, claims: tuple[Claim, Claim, Claim]
) -> None:
    one, two, _ = claims
    put_relations(store, make_relation(one, two))
    first = store.article(one.article)
    put(store, replace(first, body=f"{first.body} And so it was."))
    assert list(store.relations()) == []
    assert store.relations_of([two.key]) == {two.key: []}
    kept = store.get(make_relation(one, two).key)
    assert kept.retired
    assert kept.a.retired


def test_get_takes_the_beginning_of_a_key(store: Store, claims: tuple[Claim, Claim, Claim]) -> None:
    claim = claims[0]
    assert store.get(claim.key[:8]).id == claim.key
    assert store.get(claim.article[:8]).id == claim.article
    assert store.get(MAYOR.key[:8]).name == "Ada Quill"
    for wrong in ("c", "cxyz", "'; DROP TABLE claim", "", "c000000000000"):
        with pytest.raises(NotFoundError):
            store.get(wrong)


def test_get_tells_keys_that_begin_alike(store: Store) -> None:
    for n in range(80):
        put(store, make_article(f"Text {n}.", f"{n}.txt"))
    ids = [view.id for view in store.articles()]
    alike = {key[:3] for key in ids if sum(other.startswith(key[:3]) for other in ids) > 1}
    assert alike  # 80 keys, 256 beginnings: some are shared
    with pytest.raises(NotFoundError, match="Nothing has the identifier"):
        store.get(min(alike))  # too short to be meant
    start = min(ids)[:4]
    found = [key for key in ids if key.startswith(start)]
    if len(found) == 1:
        assert store.get(start).id == found[0]


def test_near_is_relations_of_told_from_one_side(store: Store, claims: tuple[Claim, Claim, Claim]) -> None:
    one, two, three = claims
    put_relations(
        store, make_relation(one, two, score=0.4), make_relation(three, one, RelationKind.UPDATES, 0.7)
    )
    verdict = Verdict(make_relation(one, two).key, Decision.UNSURE, "mia", datetime(2024, 5, 1, tzinfo=UTC))
    with store.transaction():
        store.decide(verdict)
    ids = [claim.key for claim in claims]
    shown = {key: [(n.id, n.kind, n.claim, n.speaker, n.outlet, n.decision) for n in near]
             for key, near in store.near(ids).items()}  # fmt: skip
    assert [len(shown[key]) for key in ids] == [2, 1, 1]
    for key, found in store.relations_of(ids).items():
        sides = [(r, r.b if r.a.id == key else r.a) for r in found]
        assert shown[key] == [
            (r.id, r.kind, other.id, other.speaker, other.outlet, r.verdict and r.verdict.decision)
            for r, other in sides
        ]


def test_what_was_rejected_is_counted_and_listed_by_itself(store: Store) -> None:
    relations, claims = put_queue(store, [0.9, 0.8, 0.7, 0.6, 0.5], (CONTRADICTS, CORROBORATES))
    say(store, relations[0], Decision.REJECTED, "ann")
    say(store, relations[1], Decision.REJECTED, "ann")
    say(store, relations[2], Decision.CONFIRMED, "ann")
    say(store, claims[5], Decision.REJECTED, "ann")  # of the last relation

    def rejected(*kinds: RelationKind, **filters: Any) -> list[str]:
        found = [v.id for v in store.relations(kinds, statuses=[ReviewStatus.REJECTED], **filters)]
        assert store.count_relations_with([ReviewStatus.REJECTED], kinds, **filters) == len(found)
        return found

    assert rejected(*RelationKind) == [relations[0], relations[1], relations[4]]
    assert rejected(CONTRADICTS) == [relations[0], relations[4]]
    assert rejected(CORROBORATES) == [relations[1]]
    assert rejected(*RelationKind, min_score=0.8) == [relations[0], relations[1]]
    assert rejected(RelationKind.UPDATES) == []


def test_what_was_rejected_is_counted_without_going_through_all_of_a_kind(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db") as store:
        relations, _ = put_queue(store, [0.9, 0.8])
        say(store, relations[0], Decision.REJECTED, "ann")
        asked: list[tuple[str, Any]] = []

        def note(_c: object, _k: object, statement: str, values: Any, *_: object) -> None:
            asked.append((statement, values))

        event.listen(store._engine, "before_cursor_execute", note)
        assert store.count_relations_with([ReviewStatus.REJECTED]) == 1
        (counted,) = [one for one in asked if "count(relation.id)" in one[0]]
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {counted[0]}", counted[1])]
    assert not [line for line in plan if line.startswith("SCAN relation") or "kind" in line], plan
