"""Relations over the archive: judged anew without losing a verdict, all at once or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claimtrack import relating
from claimtrack.records import Claim, Decision, Facets, Speaker, Verdict
from claimtrack.relating import Matcher, rejudge, relate
from claimtrack.relations import keys_of
from claimtrack.settings import Settings
from claimtrack.store import Store, open_store
from tests.store.build import COUNCIL, MAYOR, RIVAL, make_article, make_claim, make_relation, put

OFF = Settings(entailment="off")
SAID = "the harbour bridge to Quillhaven reopens after repairs of the northern pylon"


def said(store: Store, number: int, speaker: Speaker, content: str = SAID) -> Claim:
    """A claim of an article of its own, on the harbour bridge."""
    article = make_article(f"{speaker.name} said {content} {number}.", f"{number}.txt", f"Outlet {number}")
    terms = tuple(word for word in content.split() if len(word) > 3)
    claim = make_claim(article, content, speaker)
    claim = replace(
        claim, normalised=content.casefold(), facets=Facets(terms=terms, entities=("quillhaven",))
    )
    put(store, article, claim)
    with store.transaction():
        store.put_keys({claim.key: keys_of(claim)})
    return claim


def shown(store: Store) -> list[tuple[str, str, str]]:
    return sorted((view.id, view.kind, view.matcher) for view in store.relations())


def confirm(store: Store, subject: str) -> Verdict:
    verdict = Verdict(subject, Decision.CONFIRMED, "mia", datetime(2024, 5, 1, tzinfo=UTC), "seen")
    with store.transaction():
        store.decide(verdict)
    return verdict


def test_all_is_judged_anew_and_told(store: Store) -> None:
    one, two = said(store, 1, MAYOR), said(store, 2, COUNCIL)
    other = said(store, 3, RIVAL, "prices of summer vegetables doubled")
    stale = make_relation(one, other)
    with store.transaction():
        store.put_relations([stale], "judge-0")
    steps: list[tuple[int, int]] = []
    done = relate(store, OFF, lambda *step: steps.append(step))
    (view,) = store.relations()
    assert {view.a.id, view.b.id} == {one.key, two.key}
    assert (done.claims, done.before, sum(done.relations.values())) == (3, 1, 1)
    assert steps[-1] == (3, 3)
    assert store.get(stale.key).retired
    event = next(iter(store.events()))
    assert (event.kind, event.payload["claims"], event.payload["before"]) == ("related", 3, 1)
    assert event.payload["matcher"] == view.matcher
    assert relate(store, OFF).relations == done.relations


def test_verdicts_outlive_their_relations(store: Store) -> None:
    one, other = said(store, 1, MAYOR), said(store, 2, RIVAL, "prices of summer vegetables doubled")
    wrong = make_relation(one, other)
    with store.transaction():
        store.put_relations([wrong], "judge-0")
    verdict = confirm(store, wrong.key)
    relate(store, OFF)
    assert list(store.relations()) == []
    view = store.get(wrong.key)
    assert view.retired
    assert view.verdict == replace(verdict, kind="contradicts")


def test_a_pair_with_a_verdict_is_judged_though_the_index_does_not_propose_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = said(store, 1, MAYOR), said(store, 2, COUNCIL)
    relate(store, OFF)
    (view,) = store.relations()
    confirm(store, view.id)
    # As if a newer version found no common key any more.
    monkeypatch.setattr(relating, "keys_of", lambda claim: [(f"w:{claim.key}", 1.0)])
    relate(store, OFF)
    assert [found.id for found in store.relations()] == [view.id]
    assert {one.key, two.key} == {view.a.id, view.b.id}


def test_readers_see_the_old_relations_until_all_is_done_and_a_failure_changes_nothing(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(database) as store, open_store(database) as reader:
        for number in range(30):
            said(store, number, MAYOR if number % 2 else COUNCIL)
        relate(store, OFF)
        before, events = shown(reader), list(reader.events())
        assert before
        monkeypatch.setattr(relating, "BATCH", 5)

        def stop(done: int, _total: int) -> None:
            assert shown(reader) == before
            if done >= 15:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            relate(store, OFF, stop)
        assert shown(reader) == before
        assert list(reader.events()) == events
        relate(store, OFF)
        assert shown(reader) == before


def test_batches_and_memory_do_not_change_what_is_found(
    new_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(new_database("sqlite")) as store:
        for number in range(12):
            said(store, number, (MAYOR, COUNCIL, RIVAL)[number % 3])
        relate(store, OFF)
        before = list(store.relations())
        monkeypatch.setattr(relating, "BATCH", 2)
        monkeypatch.setattr(relating, "KEPT", 3)
        relate(store, OFF)
        assert list(store.relations()) == before


def test_claims_that_changed_are_judged_anew_with_all_they_stood_related_to(store: Store) -> None:
    one, two = said(store, 1, MAYOR), said(store, 2, COUNCIL)
    apart = said(store, 3, RIVAL, "prices of summer vegetables doubled")
    relate(store, OFF)
    before = {view.id for view in store.relations()}
    mine, others = make_relation(two, apart), make_relation(one, apart)
    with store.transaction():
        store.put_relations([mine, others], "judge-0")
        found = rejudge(store, [two.key], Matcher())
    assert store.get(mine.key).retired
    # What is not of a changed claim stays as it was.
    assert {view.id for view in store.relations()} == before | {others.key}
    assert found == sum(two.key in (view.a.id, view.b.id) for view in store.relations()) == 1
