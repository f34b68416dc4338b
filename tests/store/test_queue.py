"""What there is to review: the order, the pages, and what is in none of them."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import text

from claimtrack import review
from claimtrack.records import Decision, QueueOrder, RelationKind
from claimtrack.store import Store
from claimtrack.store.queue import QueueFilter
from tests.store.build import MAYOR
from tests.store.queued import CONTRADICTS, CORROBORATES, UPDATES, put_queue, say

CONFIRMED, REJECTED, UNSURE, _ = Decision
WHO = "Ada"


def walk(store: Store, wanted: QueueFilter, page: int = 3) -> list[str]:
    """All keys of a queue, a page at a time."""
    keys: list[str] = []
    place = None
    while found := store.queue(wanted, place, page):
        assert len(found) <= page
        keys += [key for key, _ in found]
        place = found[-1][1]
    assert store.count_queue(wanted, 1_000) == len(keys)
    return keys


@pytest.fixture
def scored(store: Store) -> dict[str, float]:
    scores = [0.5, 0.95, 0.7, 0.7, 0.7, 0.6, 0.91, 0.55, 0.7, 0.8]
    relations, _ = put_queue(store, scores, (CONTRADICTS, UPDATES, CORROBORATES))
    return dict(zip(relations, scores, strict=True))


@pytest.mark.parametrize("page", [1, 2, 3, 7, 100])
def test_pages_give_each_once_and_the_likeliest_first(
    store: Store, scored: dict[str, float], page: int
) -> None:
    keys = walk(store, QueueFilter(WHO), page)
    assert keys == sorted(scored, key=lambda key: (-scored[key], key))
    by_speaker = walk(store, QueueFilter(WHO, order=QueueOrder.SPEAKER), page)
    assert sorted(by_speaker) == sorted(scored)
    names = [relation.a.speaker for key in by_speaker for relation in [store.get(key)]]  # type: ignore[union-attr]
    assert names == sorted(names)


def test_filters(store: Store, scored: dict[str, float]) -> None:
    kinds = {relation.id: relation.kind for relation in store.relations()}
    only = walk(store, QueueFilter(WHO, kinds=(UPDATES,)))
    assert sorted(only) == sorted(key for key, kind in kinds.items() if kind is UPDATES)
    theirs = walk(store, QueueFilter(WHO, speaker=MAYOR.key))
    assert sorted(theirs) == sorted(r.id for r in store.relations(speaker=MAYOR.key))
    assert 0 < len(theirs) < len(scored)


def test_what_is_decided_is_not_open_and_what_is_taken_back_is(
    store: Store, scored: dict[str, float]
) -> None:
    first, second, third, *_ = walk(store, QueueFilter(WHO))
    say(store, first, CONFIRMED, WHO)
    say(store, second, UNSURE, "Bea")
    say(store, store.get(third).a.id, REJECTED, "Bea")  # type: ignore[union-attr]
    rest = walk(store, QueueFilter(WHO))
    assert {first, second, third}.isdisjoint(rest)
    review.undo_verdict(store, first, WHO)
    assert walk(store, QueueFilter(WHO))[0] == first


def test_a_queue_goes_on_where_it_was_while_others_decide(store: Store, scored: dict[str, float]) -> None:
    whole = walk(store, QueueFilter(WHO))
    page = store.queue(QueueFilter(WHO), None, 4)
    for key in (whole[0], whole[3], whole[5]):
        say(store, key, CONFIRMED, "Bea")
    rest = [key for key, _ in store.queue(QueueFilter(WHO), page[-1][1], 100)]
    assert rest == [key for key in whole[4:] if key != whole[5]]


def test_second_reviewers_get_what_others_decided_and_they_did_not(
    store: Store, scored: dict[str, float]
) -> None:
    one, two, three, four, *_ = walk(store, QueueFilter(WHO))
    say(store, one, CONFIRMED, "Bea")
    say(store, two, CONFIRMED, WHO)
    say(store, three, CONFIRMED, "Bea")
    say(store, three, REJECTED, WHO)
    say(store, four, REJECTED, "Bea")
    review.undo_verdict(store, four, "Bea")
    second = QueueFilter(WHO, second=True)
    assert walk(store, second) == [one]
    review.undo_verdict(store, three, WHO)
    assert walk(store, second) == [one, three]
    assert walk(store, QueueFilter("Cy", second=True)) == [one, two, three]
    assert walk(store, QueueFilter("Bea", second=True, order=QueueOrder.SPEAKER)) == [two]


def test_disagreement_comes_first_then_close_calls(store: Store, scored: dict[str, float]) -> None:
    order = QueueFilter(WHO, order=QueueOrder.DISAGREEMENT)
    whole = walk(store, order)
    assert [scored[key] for key in whole] == sorted(scored.values())
    by_score = walk(store, QueueFilter(WHO))
    sure, differ, agreed, low = by_score[0], by_score[4], by_score[5], whole[0]
    say(store, sure, REJECTED, "Bea")  # the program was sure of it
    say(store, low, REJECTED, "Bea")  # and of this it was not
    for who, decision in (("Cy", CONFIRMED), ("Bea", REJECTED)):
        say(store, differ, decision, who)
        say(store, agreed, CONFIRMED, who)
    found = walk(store, order)
    assert found[:2] == [sure, differ]
    assert {low, agreed}.isdisjoint(found)
    say(store, differ, UNSURE, WHO)  # who had the last word is not asked again
    assert walk(store, order)[:1] == [sure]
    assert differ not in walk(store, order)
    assert differ in walk(store, QueueFilter("Bea", order=QueueOrder.DISAGREEMENT))


def test_claims_least_certain_first(store: Store) -> None:
    _, claims = put_queue(store, [0.9] * 7)
    assert walk(store, QueueFilter(WHO, claims=True)) == claims
    assert walk(store, QueueFilter(WHO, claims=True, max_confidence=0.4)) == claims[:3]
    say(store, claims[1], REJECTED, "Bea")
    assert walk(store, QueueFilter(WHO, claims=True))[:2] == [claims[0], claims[2]]
    assert walk(store, QueueFilter(WHO, claims=True, second=True)) == [claims[1]]
    by_speaker = walk(store, QueueFilter(WHO, claims=True, order=QueueOrder.SPEAKER))
    assert sorted(by_speaker) == sorted(set(claims) - {claims[1]})
    say(store, claims[1], CONFIRMED, "Cy")
    assert walk(store, QueueFilter(WHO, claims=True, order=QueueOrder.DISAGREEMENT))[0] == claims[1]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("order", QueueOrder)
def test_any_pages_of_any_verdicts_are_the_whole(
    store: Store, scored: dict[str, float], seed: int, order: QueueOrder
) -> None:
    chance = random.Random(seed)
    for _ in range(20):
        say(
            store,
            chance.choice(list(scored)),
            chance.choice((CONFIRMED, REJECTED, UNSURE)),
            chance.choice("AB"),
        )
    for second in (False, True):
        wanted = QueueFilter("A", order=order, second=second)
        whole = [key for key, _ in store.queue(wanted, None, 1_000)]
        assert len(set(whole)) == len(whole)
        assert walk(store, wanted, chance.randint(1, 4)) == whole


def test_counting_stops(store: Store, scored: dict[str, float]) -> None:
    assert store.count_queue(QueueFilter(WHO), 4) == 4


def test_an_index_gives_the_likeliest(new_database: object, scored: dict[str, float], store: Store) -> None:
    """However many relations there are, a page costs a page."""
    if store._engine.dialect.name != "sqlite":
        pytest.skip("EXPLAIN QUERY PLAN is SQLite's")
    from claimtrack.store.queue import _parts

    ((lane, *_),) = _parts(QueueFilter(WHO, kinds=(RelationKind.CONTRADICTS,)))
    order = [column.desc() if down else column.asc() for column, down in lane.keys]
    query = lane.query.order_by(*order).limit(10)
    plan = query.compile(store._engine, compile_kwargs={"literal_binds": True})
    with store._engine.connect() as connection:
        steps = [row[-1] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {plan}"))]
    assert any("ix_relation_kind_score_id" in step for step in steps), steps
    assert not any(step.startswith("SCAN relation") for step in steps), steps
    assert "USE TEMP B-TREE FOR ORDER BY" not in steps
