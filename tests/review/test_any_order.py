"""Ingesting, regrouping, deciding and undoing in any order: what must hold all the time, and at the end.

Besides the archive under test there is a twin that takes in the same articles and decides nothing: what is
left when all decisions are undone must be the twin.  And an archive that only ever heard the decisions in
force must look like one in which others were made and undone.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from claimtrack import review
from claimtrack.errors import NotFoundError, UsageError
from claimtrack.records import Speaker, SpeakerKind, digest
from claimtrack.store import Store, open_store
from claimtrack.store.views import DecisionKind
from tests.review.conftest import ADA, WHO, put_all
from tests.store.build import COUNCIL, MAYOR, RIVAL

FULL = (MAYOR, RIVAL, ADA, COUNCIL)
OUTLETS = ("Harbour Times", "Hill Gazette", "Night Post")
NAMES = ("Quill", "Ada Quill", "Mayor Quill", "The Clerk", "Bo")
places = st.integers(0, 30)


def somebody(number: int, article: int) -> Speaker:
    """One of the full names, or a bare one that its article alone knows."""
    if number < len(FULL):
        return FULL[number]
    name = ("Quill", "The Clerk")[number - len(FULL)]
    return Speaker("s" + digest(name, str(article))[:12], name, SpeakerKind.PERSON)


def ingest(store: Store, article: int, who: tuple[int, ...]) -> None:
    put_all(store, article + 1, *(somebody(n, article) for n in who), outlet=OUTLETS[article % len(OUTLETS)])


def lead(store: Store, article: int, number: int, leader: Speaker | None) -> None:
    """What linking may find: a persona is, or is no longer, safely one of the full names."""
    follower = somebody(number, article)
    with store.transaction():
        if {follower.key, leader.key if leader else follower.key} <= store.personas(
            [follower.key, leader.key if leader else follower.key]
        ).keys():
            leaders = {follower.key: (leader.key if leader else None, "")}
            store.refresh_speakers(store.set_leaders(leaders))


def contents(store: Store) -> tuple[object, ...]:
    """All that readers see of who is who."""
    return (
        [(c.id, c.speaker_id, c.speaker, c.outlet) for c in store.claims()],
        [(s.id, s.name, s.claims, s.outlets, sorted(s.aliases)) for s in store.speakers()],
        list(store.outlets()),
    )


class Deciding(RuleBasedStateMachine):
    """An archive, its twin without decisions, and what was done to both."""

    def __init__(self, store: Store, template: Path) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="claimtrack-any-order-")
        self.template = template
        self.store = store
        self.twin = self.fresh("twin.db")
        self.done: list[Callable[[Store], None]] = []

    def fresh(self, name: str) -> Store:
        return open_store(shutil.copy(self.template, Path(self.folder.name) / name))

    def both(self, act: Callable[[Store], None]) -> None:
        for store in (self.store, self.twin):
            act(store)
        self.done.append(act)

    def speaker(self, place: int) -> str:
        """One of those that are listed."""
        found = [view.id for view in self.store.speakers()]
        return found[place % len(found)]

    def two(self, a: int, b: int) -> tuple[str, str]:
        """Two of those that are listed, of one kind if there are two of it."""
        kinds = {view.id: view.kind for view in self.store.speakers()}
        one = self.speaker(a)
        others = [key for key in kinds if key != one]
        alike = [key for key in others if kinds[key] == kinds[one]] or others or [one]
        return one, alike[b % len(alike)]

    def decide(self, verb: Callable[..., Any], *arguments: Any, **more: Any) -> None:
        before = contents(self.store)
        try:
            verb(self.store, *arguments, WHO, **more)
        except (UsageError, NotFoundError):
            assert contents(self.store) == before

    @initialize()
    def begin(self) -> None:
        for article, who in enumerate(((0, 1, 2), (0, 4, 3), (1, 4, 5), (0, 5, 1))):
            self.both(partial(ingest, article=article, who=who))
        self.both(partial(lead, article=1, number=4, leader=MAYOR))
        self.both(partial(lead, article=2, number=4, leader=RIVAL))
        self.both(partial(lead, article=2, number=5, leader=MAYOR))

    @rule(article=st.integers(0, 4), who=st.lists(st.integers(0, 5), min_size=2, max_size=3).map(tuple))
    def ingest(self, article: int, who: tuple[int, ...]) -> None:
        self.both(partial(ingest, article=article, who=who))
        before = contents(self.store)
        ingest(self.store, article, who)
        assert contents(self.store) == before

    @rule(
        article=st.integers(0, 4),
        number=st.sampled_from([3, 4, 5]),  # the clerk's full name may turn out to be another's too
        leader=st.none() | st.sampled_from([MAYOR, RIVAL]),
    )
    def regroup(self, article: int, number: int, leader: Speaker | None) -> None:
        self.both(partial(lead, article=article, number=number, leader=leader))

    @rule(a=places, b=places, force=st.booleans())
    def merge(self, a: int, b: int, force: bool) -> None:
        self.decide(review.merge_speakers, *self.two(a, b), force=force)

    @rule(a=places, first=places, many=st.integers(1, 3), to=st.none() | places)
    def split(self, a: int, first: int, many: int, to: int | None) -> None:
        person, other = self.two(a, to or 0)
        theirs = [claim.id for claim in self.store.claims(speaker=person)]
        chosen = [theirs[(first + n) % len(theirs)] for n in range(many)]
        where = {"name": f"Split {first}"} if to is None else {"to": other}
        self.decide(review.split_speaker, person, chosen, **where)

    @rule(a=places, name=st.sampled_from(NAMES))
    def rename(self, a: int, name: str) -> None:
        self.decide(review.rename_speaker, self.speaker(a), f"{name} Esquire")

    @rule(a=places, name=st.sampled_from(NAMES))
    def give_name(self, a: int, name: str) -> None:
        self.decide(review.add_alias, self.speaker(a), name)

    @rule(a=places, b=places)
    def take_name(self, a: int, b: int) -> None:
        person = self.store.find_speaker(self.speaker(a))
        names = (*person.aliases, *NAMES)
        self.decide(review.remove_alias, person.id, names[b % len(names)])

    @rule(a=places, b=places)
    def distinct(self, a: int, b: int) -> None:
        self.decide(review.mark_distinct, *self.two(a, b))

    @rule(a=st.sampled_from(OUTLETS), b=st.sampled_from(OUTLETS))
    def outlets(self, a: str, b: str) -> None:
        self.decide(review.merge_outlets, a, b)

    @precondition(lambda self: any(self.store.decisions()))
    @rule(place=places, twice=st.booleans())
    def undo(self, place: int, twice: bool) -> None:
        chosen = [decision for decision in self.store.decisions() if decision.in_force]
        target = chosen[place % len(chosen)].id
        before = contents(self.store)
        made = review.undo(self.store, target, WHO).decision
        if twice:
            review.undo(self.store, made.id, WHO)
            assert contents(self.store) == before

    @invariant()
    def every_claim_has_one_speaker_and_the_counts_agree(self) -> None:
        claims = list(self.store.claims())
        speakers = {view.id: view for view in self.store.speakers()}
        assert {claim.speaker_id for claim in claims} == speakers.keys()
        assert sum(view.claims for view in speakers.values()) == len(claims)
        for key, view in speakers.items():
            mine = [claim for claim in claims if claim.speaker_id == key]
            assert len(mine) == view.claims
            assert {claim.speaker for claim in mine} == {view.name}
            assert self.store.find_speaker(key).id == key
        assert sum(view.claims for view in self.store.outlets()) == len(claims)
        assert sorted(claim.id for claim in self.twin.claims()) == sorted(claim.id for claim in claims)

    @invariant()
    def all_is_where_the_layers_put_it(self) -> None:
        assert list(self.store.verify()) == []

    def teardown(self) -> None:
        try:
            if self.done:
                self.replayed()
                self.undone()
        finally:
            self.store.close()
            self.twin.close()
            self.folder.cleanup()

    def replayed(self) -> None:
        """The decisions in force say all: one who never heard the others sees the same."""
        with self.fresh("replay.db") as replay:
            for act in self.done:
                act(replay)
            known = [key for key in self.store.tallies(self.made()) if key.startswith("s")]
            with replay.transaction():
                for persona in self.store.personas(known).values():
                    replay.put_speaker(persona, ())
                for decision in reversed(list(self.store.decisions())):
                    if decision.in_force and decision.kind is not DecisionKind.UNDO:
                        replay.put_decision(decision.kind, decision.payload, WHO)
            assert contents(replay) == contents(self.store)

    def made(self) -> list[str]:
        return [d.payload["to"] for d in self.store.decisions() if "to" in d.payload]

    def undone(self) -> None:
        """With all decisions undone, it is as if nobody had decided anything."""
        while any(d.in_force and d.kind is not DecisionKind.UNDO for d in self.store.decisions()):
            review.undo(self.store, None, WHO)
        assert contents(self.store) == contents(self.twin)
        assert list(self.store.verify()) == []


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty archive to copy: making one takes longer than filling it."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    open_store(path).close()
    return path


def run(make: Callable[[], Store], template: Path, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        lambda: Deciding(make(), template),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_any_order(template: Path, tmp_path: Path) -> None:
    run(lambda: copied(template, tmp_path), template, 8, 15)


@pytest.mark.slow
def test_any_order_at_length(template: Path, tmp_path: Path) -> None:
    run(lambda: copied(template, tmp_path), template, 60, 25)


@pytest.mark.slow
def test_any_order_on_postgresql(new_database: Callable[[str], str], template: Path) -> None:
    run(lambda: open_store(new_database("postgresql")), template, 4, 15)


def copied(template: Path, folder: Path) -> Store:
    path = Path(tempfile.mkdtemp(dir=folder)) / "archive.db"
    return open_store(shutil.copy(template, path))
