"""Near-copies are found by index, and what is known of an article's origin comes back."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import event

from claimtrack.records import ArticleOrigin, TextOrigin
from claimtrack.store import Store, open_store
from tests.store.build import make_article, make_claim, put


def banded(store: Store, name: str, bands: set[int], day: int = 1) -> str:
    key = put(store, make_article(f"Text {name}", f"{name}.txt", day=day))
    with store.transaction():
        store.put_bands(key, bands)
    return key


def test_near_copies_are_those_that_share_most_bands(store: Store) -> None:
    keys = {
        name: banded(store, name, bands)
        for name, bands in (("a", {1, 2, 3}), ("b", {1, 2, 9}), ("c", {3, -4}), ("d", {7}), ("e", {1, 2, 3}))
    }
    assert store.near_copies(keys["a"]) == [keys["e"], keys["b"], keys["c"]]
    assert store.near_copies(keys["d"]) == []
    with store.transaction():
        store.put_bands(keys["e"], ())
    assert store.near_copies(keys["a"]) == [keys["b"], keys["c"]]


def test_bands_of_a_replaced_text_are_given_up(store: Store) -> None:
    old, other = banded(store, "a", {1, 2}), banded(store, "b", {1, 2})
    put(store, make_article("Text a, put right", "a.txt"))
    assert store.near_copies(other) == []
    assert store.near_copies(old) == []


def test_the_widest_numbers_fit(store: Store) -> None:
    low, high = -(2**63), 2**63 - 1
    one, other = banded(store, "a", {low, high}), banded(store, "b", {low, high})
    assert store.near_copies(one) == [other]


def test_an_origin_comes_back_with_the_article_and_its_claims(store: Store) -> None:
    article = make_article("The pier is open, Quill said.", "a.txt")
    claim = make_claim(article, "The pier is open")
    key = put(store, article, claim)
    original = put(store, make_article("Text b", "b.txt"))
    assert next(store.articles()).origin == TextOrigin()
    assert store.load_claims([claim.key])[claim.key].origin == ""
    origin = TextOrigin(ArticleOrigin.WIRE, original, "Lusa", 0.97, "97% of its wording stands in b")
    with store.transaction():
        store.put_origin(key, origin)
    assert {view.id: view.origin for view in store.articles()}[key] == origin
    assert next(store.claims()).origin == origin
    found = store.load_claims([claim.key])[claim.key]
    assert (found.origin, found.wire) == (original, "Lusa")
    assert store.copies_of([original]) == [key]
    assert store.placed([key])[key].origin_of == original


def test_an_article_put_again_keeps_its_origin(store: Store) -> None:
    article = make_article("The pier is open.", "a.txt", day=None)
    key = put(store, article)
    origin = TextOrigin(ArticleOrigin.REPRINT, key, "", 0.9, "x")
    with store.transaction():
        store.put_origin(key, origin)
    assert put(store, make_article("The pier is open.", "a.txt", day=3)) == key
    assert next(store.articles()).origin == origin


def test_the_wire_an_article_names_comes_back(store: Store) -> None:
    key = put(store, make_article("Text a", "a.txt", wire="Lusa"))
    assert store.article(key).wire == "Lusa"


def test_articles_without_bands_are_told(store: Store) -> None:
    banded(store, "a", {1})
    bare = put(store, make_article("Text b", "b.txt"))
    assert store.unindexed() == [bare]


def test_near_copies_and_followers_are_looked_up_by_index(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.db") as store:
        assert_no_scan(store)


def assert_no_scan(store: Store) -> None:
    key = banded(store, "a", {1, 2})
    banded(store, "b", {1})
    plans: list[str] = []

    def explain(connection: object, cursor: object, statement: str, values: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[attr-defined]
            plans.extend(row[-1] for row in cursor.fetchall())  # type: ignore[attr-defined]

    event.listen(store._engine, "before_cursor_execute", explain)
    store.near_copies(key)
    store.copies_of([key])
    event.remove(store._engine, "before_cursor_execute", explain)
    steps = [plan for plan in plans if plan.startswith(("SEARCH", "SCAN"))]
    assert len(steps) >= 3
    assert all(step.startswith("SEARCH") for step in steps), steps
