"""Judging in parts: any number of parts comes to what judging all at once comes to, and loses no verdict."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from claimtrack.records import Claim, Verdict
from claimtrack.relating import relate
from claimtrack.relations import keys_of
from claimtrack.settings import Settings
from claimtrack.sharing import Pool, open_processes, relate_together
from claimtrack.store import Store, open_store
from claimtrack.store import tables as t
from claimtrack.store.parts import Part, parts
from tests.store.build import COUNCIL, MAYOR, RIVAL, make_relation
from tests.test_relating import confirm, said

OFF = Settings(entailment="off")
WORDS = (
    "harbour", "bridge", "repairs", "northern", "pylon", "budget", "vote",
    "inquiry", "ferry", "traffic", "tunnel", "delay", "cost",
)  # fmt: skip


def fill(store: Store, stories: int) -> list[Claim]:
    """Stories of three speakers, each sharing words with its neighbours."""
    made = []
    for number in range(stories):
        words = [WORDS[(number * 3 + k) % len(WORDS)] for k in range(6)]
        for who, speaker in enumerate((MAYOR, COUNCIL, RIVAL)):
            content = " ".join([f"story{number}", *words[who:], "will not end" if who == 2 else "will end"])
            made.append(said(store, 10 * number + who, speaker, content))
    return made


def rows(store: Store) -> list[tuple[object, ...]]:
    """All relations that hold, and how far the lists of claims reached."""
    with store._reading() as connection:
        relations = connection.execute(
            select(*t.Relation.__table__.columns).where(~t.Relation.retired).order_by(t.Relation.id)
        ).all()
        reach = connection.execute(
            select(t.Claim.id, t.Claim.reach, t.Claim.reach_id).order_by(t.Claim.id)
        ).all()
    return [*map(tuple, relations), *map(tuple, reach)]


@pytest.fixture
def threads() -> Executor:
    with ThreadPoolExecutor(3) as pool:
        yield pool


@pytest.mark.parametrize("claims", [0, 1, 7, 100])
@pytest.mark.parametrize("number", [1, 2, 3, 8, 150])
def test_parts_are_the_whole(claims: int, number: int) -> None:
    places = [place for part in parts(number) for place in part.of(claims)]
    assert places == list(range(claims))
    sizes = {len(part.of(claims)) for part in parts(number)}
    assert max(sizes) - min(sizes) <= 1


def test_portions_of_parts_are_those_of_the_whole(store: Store) -> None:
    fill(store, 5)
    whole = [key for ids in store.current_claims() for key in ids]
    assert len(whole) == store.count_claims() == 15
    for number in (2, 4, 20):
        found = [key for part in parts(number) for ids in store.current_claims(part) for key in ids]
        assert found == whole
    assert [key for ids in store.current_claims(Part(1, 3)) for key in ids] == whole[5:10]


@pytest.mark.parametrize("number", [1, 2, 5])
def test_any_number_of_parts_gives_the_same_relations(store: Store, threads: Executor, number: int) -> None:
    fill(store, 12)
    alone = relate(store, OFF)
    expected = rows(store)
    with store.transaction():
        store.retire_relations()
        store.put_reach({key: (0.5, "") for ids in store.current_claims() for key in ids})
    steps: list[tuple[int, int]] = []
    shared = relate_together(store, Pool(threads, number), OFF, lambda *step: steps.append(step))
    assert (shared.claims, shared.relations, shared.before) == (alone.claims, alone.relations, 0)
    assert sum(shared.relations.values()) > 20
    assert rows(store) == expected
    assert steps[-1] == (36, 36)
    assert len(steps) == number


def test_keys_are_made_anew_before_the_search(store: Store, threads: Executor) -> None:
    claims = fill(store, 2)
    relate(store, OFF)
    expected = rows(store)
    with store.transaction():
        store.put_keys({claim.key: [("x:nothing", 1.0)] for claim in claims})
    relate_together(store, Pool(threads, 2), OFF)
    assert rows(store) == expected
    assert store.changed_keys({claim.key: keys_of(claim) for claim in claims}) == {}


def test_verdicts_stay_and_their_pairs_are_judged(store: Store, threads: Executor) -> None:
    one, other, *_ = fill(store, 2)
    wrong = make_relation(one, replace(other))
    with store.transaction():
        store.put_relations([wrong], "judge-0")
    verdict: Verdict = confirm(store, wrong.key)
    relate_together(store, Pool(threads, 2), OFF)
    assert store.get(wrong.key).verdict == replace(verdict, kind="contradicts")


def test_what_a_part_raises_changes_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one, *_, other = fill(store, 2)
    with store.transaction():
        store.put_relations([make_relation(one, other)], "judge-0")
    before = rows(store)

    class Broken(ThreadPoolExecutor):
        def submit(self, fn: Callable, /, *args: object, **kwargs: object):
            if args[-1] == Part(1, 2) and fn.__name__ == "judge_part":
                return super().submit(lambda: 1 / 0)
            return super().submit(fn, *args, **kwargs)

    with Broken(2) as pool, pytest.raises(ZeroDivisionError):
        relate_together(store, Pool(pool, 2), OFF)
    assert rows(store) == before


def test_the_windows_of_parts_are_that_of_the_whole(store: Store, threads: Executor) -> None:
    settings = Settings(entailment="off", window=3)
    fill(store, 4)
    relate(store, settings)
    expected = rows(store)
    relate_together(store, Pool(threads, 3), settings)
    assert rows(store) == expected


@pytest.mark.slow
def test_other_processes_give_the_same(database: str) -> None:
    with open_store(database) as store:
        fill(store, 6)
        relate(store, OFF)
        expected = rows(store)
        with store.transaction():
            store.retire_relations()
        with open_processes(2) as processes:
            relate_together(store, processes, OFF)
        assert rows(store) == expected


def open_for_ever(path: str) -> None:
    with open(path, "w"):
        Event().wait()


@pytest.mark.slow
def test_an_interrupt_ends_those_at_work(tmp_path: Path) -> None:
    meeting = tmp_path / "meeting"
    os.mkfifo(meeting)

    def interrupt() -> None:
        with open_processes(1) as processes:
            processes.executor.submit(open_for_ever, str(meeting))
            with meeting.open():  # comes back when the other has opened it as well
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()
