from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from claimtrack.errors import NotFoundError
from claimtrack.records import Claim, Decision, RelationKind, Signal
from claimtrack.reports.disputes import find_dispute, load_dispute, outline_disputes
from claimtrack.store import Store, disputes
from tests.store.build import (
    COUNCIL,
    MAYOR,
    RIVAL,
    make_article,
    make_claim,
    make_relation,
    put,
    put_relations,
)
from tests.store.queued import say

TEXT = "Quill of the Council said the bridge is open."


@pytest.fixture
def claims(store: Store) -> list[Claim]:
    """Five claims of five articles, the last without a day."""
    made = []
    for number, speaker in enumerate((MAYOR, COUNCIL, RIVAL, MAYOR, COUNCIL), 1):
        article = make_article(TEXT, f"{number}.txt", f"Paper {number}", day=number if number < 5 else None)
        claim = make_claim(article, "the bridge is open", speaker)
        put(store, article, claim)
        made.append(claim)
    return made


def test_links_say_who_speaks_where_and_when(store: Store, claims: list[Claim]) -> None:
    one, two, *_, last = claims
    conflict, agreement = make_relation(one, two), make_relation(two, last, RelationKind.CORROBORATES)
    put_relations(store, conflict, agreement)
    links = {link.id: link for link in store.links()}
    assert set(links) == {conflict.key, agreement.key}
    link = links[conflict.key]
    assert (link.a.claim, link.a.article, link.a.speaker) == (one.key, one.article, MAYOR.key)
    assert (link.a.day, links[agreement.key].b.day) == (date(2021, 3, 1), None)
    assert link.decision is None
    assert store.signals_of([conflict.key, "r0"]) == {conflict.key: conflict.signals}


def test_links_hold_the_words_that_differ(store: Store, claims: list[Claim]) -> None:
    differing = (Signal("same fact", 0.9, "shared: bridge"), Signal("number", -1.0, "9 against 20"))
    conflict = replace(make_relation(*claims[:2]), signals=differing)
    agreement = replace(make_relation(*claims[1:3], RelationKind.CORROBORATES), signals=differing)  # type: ignore[misc]
    put_relations(store, conflict, agreement)
    assert {link.id: link.signals for link in store.links()} == {
        conflict.key: differing[1:],
        agreement.key: (),
    }


def test_the_newest_verdict_counts_and_a_rejected_claim_takes_its_relations_along(
    store: Store, claims: list[Claim]
) -> None:
    one, two, three, *_ = claims
    first, second = make_relation(one, two), make_relation(two, three)
    put_relations(store, first, second)
    say(store, first.key, Decision.REJECTED, "Ada")
    say(store, first.key, Decision.CONFIRMED, "Ada")
    assert {link.id: link.decision for link in store.links()} == {
        first.key: Decision.CONFIRMED,
        second.key: None,
    }
    say(store, two.key, Decision.REJECTED, "Ada")
    assert {link.decision for link in store.links()} == {Decision.REJECTED}


def test_around_a_relation_is_all_that_hangs_together(store: Store, claims: list[Claim]) -> None:
    one, two, three, four, five = claims
    chain = [make_relation(one, two), make_relation(two, three, RelationKind.CORROBORATES)]
    apart = make_relation(four, five)
    put_relations(store, *chain, apart)
    assert {link.id for link in store.links_around(chain[1].key)} == {relation.key for relation in chain}
    assert {link.id for link in store.links_around(apart.key)} == {apart.key}
    assert store.links_around("r000000000000") == []


def test_a_dispute_is_found_by_any_of_its_relations(store: Store, claims: list[Claim]) -> None:
    one, two, three, four, _ = claims
    relations = [make_relation(one, two), make_relation(two, three), make_relation(one, three)]
    agreement = make_relation(three, four, RelationKind.CORROBORATES)
    put_relations(store, *relations, agreement)
    found = {o.id: load_dispute(store, o) for o in outline_disputes(store.links())}
    name = "x" + relations[0].key[1:]
    assert len(found[name].versions) == 3
    for relation in relations:
        assert find_dispute(store, "x" + relation.key[1:8]) == found[name]
    with pytest.raises(NotFoundError, match="No dispute has the identifier 'x0000'"):
        find_dispute(store, "x0000")
    say(store, relations[0].key, Decision.REJECTED, "Ada")
    with pytest.raises(NotFoundError, match=r"no dispute .* any more"):
        find_dispute(store, name)
    with pytest.raises(NotFoundError, match=r"no dispute .* any more"):
        find_dispute(store, "x" + agreement.key[1:])


@pytest.mark.parametrize("many", [1, 3, 1000])
def test_what_disputes_are_made_of_is_found_without_reading_all_relations(
    store: Store, claims: list[Claim], monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """A and B exclude each other, C agrees with B, D with C; E agrees with D and is too far away."""
    monkeypatch.setattr(disputes, "MANY", many)
    a, b, c, d, e = claims
    agree = RelationKind.CORROBORATES
    opposed = make_relation(a, b)
    near, beside, far = (make_relation(*pair, agree) for pair in ((b, c), (c, d), (d, e)))
    put_relations(store, opposed, near, beside, far)
    found = {link.id for link in store.links()}
    all_ = {opposed.key, near.key, beside.key, far.key}
    assert found == (all_ - {far.key} if many == 1000 else all_)
    [outline] = outline_disputes(store.links())
    assert {key for version in outline.cluster.versions for key in version} >= {a.key, b.key}


def test_without_contradictions_no_relation_is_read(store: Store, claims: list[Claim]) -> None:
    put_relations(store, make_relation(*claims[:2], RelationKind.CORROBORATES))  # type: ignore[misc]
    assert list(store.links()) == []
