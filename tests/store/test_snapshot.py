"""What is read inside a snapshot is of one moment."""

from __future__ import annotations

from claimtrack.store import Store, open_store
from tests.store.build import make_article, make_claim, put


def test_what_others_write_meanwhile_is_not_seen(store: Store, database: str) -> None:
    article = make_article("Quill said the bridge is open.")
    put(store, article, make_claim(article, "the bridge is open"))
    with store.snapshot():
        (claim,) = store.claims()
        with open_store(database) as other:
            put(other, make_article("Quill said it again.", "b.txt"))
            with other.transaction():
                other.append_event("related", "", {})
            assert other.totals().articles == 2
        assert next(store.articles(limit=5)).id == claim.article_id
        assert (store.totals().articles, store.totals().events) == (1, 0)
    assert (store.totals().articles, store.totals().claims, store.totals().events) == (2, 1, 1)


def test_what_is_streamed_lets_other_questions_in(store: Store) -> None:
    for n in range(3):
        article = make_article(f"Quill said bridge {n} is open.", f"{n}.txt")
        put(store, article, make_claim(article, f"bridge {n} is open"))
    with store.snapshot():
        texts = [store.bodies([claim.article_id])[claim.article_id] for claim in store.claims()]
    assert sorted(texts) == [f"Quill said bridge {n} is open." for n in range(3)]
