from __future__ import annotations

from secrets import token_urlsafe

import pytest

from claimtrack.errors import StoreError
from claimtrack.store import Store
from claimtrack.store.fetched import Fetched


def test_the_newest_answer_of_an_address_counts(store: Store) -> None:
    one = Fetched("https://example.org/a", "added", '"v1"', "Tue, 16 Oct 2018 10:00:00 GMT")
    two = Fetched("https://example.org/b", "refused: https://example.org/b answers 404")
    with store.transaction():
        store.put_fetched([one, two])
    assert store.fetched([one.url, two.url, "https://example.org/c"]) == {one.url: one, two.url: two}
    newer = Fetched(one.url, "changed", '"v2"')
    with store.transaction():
        store.put_fetched([one, newer])  # twice in one go, the last one counts
        assert store.fetched([one.url]) == {one.url: newer}
    assert store.fetched([one.url]) == {one.url: newer}
    with store.transaction():
        store.put_fetched([])
    assert store.fetched([]) == {}


def test_many_addresses_at_once(store: Store) -> None:
    answers = [Fetched(f"https://example.org/{number}?q='; DROP TABLE", "added") for number in range(450)]
    with store.transaction():
        store.put_fetched(answers)
    assert store.fetched(answer.url for answer in answers) == {answer.url: answer for answer in answers}


def test_addresses_longer_than_an_index_takes(store: Store) -> None:
    noise = token_urlsafe(30_000)  # which PostgreSQL cannot pack
    answers = [
        Fetched(f"https://example.org/{noise[:size]}{n}", "added") for size in (2700, 30_000) for n in "ab"
    ]
    with store.transaction():
        store.put_fetched(answers)
    assert store.fetched(answer.url for answer in answers) == {answer.url: answer for answer in answers}
    assert store.fetched([answers[0].url[:-1]]) == {}


def test_nothing_is_remembered_outside_a_transaction(store: Store) -> None:
    with pytest.raises(StoreError):
        store.put_fetched([Fetched("https://example.org/a", "added")])
