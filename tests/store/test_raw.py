"""The bytes that articles were read from: kept once, given back as they were, and checked."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest

from claimtrack.errors import NotFoundError
from claimtrack.records import Article, Source
from claimtrack.store import Store, open_store
from claimtrack.store.views import ArticleView
from tests.store.build import alter, make_article

PAGE = Source("text/html", b"<p>It is safe.</p>\0\xff" * 100)


def put(store: Store, article: Article, source: Source | None = None) -> str:
    with store.transaction():
        found = store.standing(article)
        store.put_article(found)
        if source is not None:
            store.put_raw(found.id, article.sha256, source)
    return found.id


def view(store: Store, key: str) -> ArticleView:
    found = store.get(key)
    assert isinstance(found, ArticleView)
    return found


def test_bytes_are_given_back_as_they_were(store: Store) -> None:
    key = put(store, replace(make_article("It is safe."), language="en"), PAGE)
    assert store.raw(key) == PAGE.data
    seen = view(store, key)
    assert (seen.media_type, seen.raw_sha256, seen.language) == ("text/html", PAGE.sha256, "en")
    assert list(store.verify()) == []


def test_bytes_that_are_the_text_are_not_kept_twice(store: Store, database: str) -> None:
    article = make_article("Née in Brückstadt.")
    key = put(store, article, Source("text/plain", article.body.encode()))
    assert store.raw(key) == article.body.encode()
    assert (view(store, key).media_type, view(store, key).raw_sha256) == ("text/plain", article.sha256)
    alter(database, "DELETE FROM raw")
    assert list(store.verify()) == []


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    keys = [put(store, make_article(body), PAGE) for body in ("One.", "Two.")]
    assert [store.raw(key) for key in keys] == [PAGE.data] * 2


def test_what_came_in_as_text_has_none(store: Store) -> None:
    key = put(store, make_article("It is safe."))
    assert view(store, key).media_type is None
    with pytest.raises(NotFoundError, match="Nothing is kept"):
        store.raw(key)


@pytest.mark.parametrize(
    "packed", [b"", b"junk", zlib.compress(b"another text"), zlib.compress(bytes(10**7))]
)
def test_changed_bytes_are_named(store: Store, database: str, packed: bytes) -> None:
    put(store, make_article("It is safe."), PAGE)
    alter(database, "UPDATE raw SET packed = :packed", packed=packed)
    assert list(store.verify()) == [f"raw {PAGE.sha256}: the bytes are not those that were read"]


def test_missing_bytes_are_named(store: Store, database: str) -> None:
    key = put(store, make_article("It is safe."), PAGE)
    alter(database, "DELETE FROM raw")
    assert list(store.verify()) == [f"article {key}: the bytes that it was read from are missing"]
    with pytest.raises(NotFoundError, match="is missing"):
        store.raw(key)


def test_a_language_that_was_not_told_before_changes_nothing_if_it_is_english(database: str) -> None:
    with open_store(database) as store:
        put(store, make_article("It is safe."))
        assert store.standing(replace(make_article("It is safe."), language="en")).status == "known"
        assert store.standing(replace(make_article("It is safe."), language="fr")).status == "changed"


def test_another_text_under_the_same_number_is_no_newer_version(store: Store) -> None:
    first = replace(make_article("One."), path="dump.jsonl#1", lasting=False)
    put(store, first)
    other = store.standing(replace(make_article("Two."), path="dump.jsonl#1", lasting=False))
    assert (other.status, other.former) == ("new", None)
    lasting = store.standing(replace(make_article("Two."), path="dump.jsonl#1"))
    assert lasting.status == "changed"
