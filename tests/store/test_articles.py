from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from claimtrack.errors import NotFoundError
from claimtrack.records import Article
from claimtrack.store import Store
from claimtrack.store.standing import Status
from tests.store.build import MAYOR, make_article, make_claim, put

TEXT = "The mayor, Quill, said the bridge is open."


def test_the_same_article_twice_is_known(store: Store) -> None:
    article = make_article(TEXT)
    assert store.standing(article).status is Status.NEW
    key = put(store, article)
    assert key == article.key
    assert store.standing(article).status is Status.KNOWN
    assert len(list(store.articles())) == 1


def test_a_copy_at_another_path_is_known_and_keeps_the_first_path(store: Store) -> None:
    put(store, make_article(TEXT, "first.txt"))
    found = store.standing(make_article(TEXT, "copy/second.txt"))
    assert (found.status, found.article.path) == (Status.KNOWN, "first.txt")


def test_the_same_text_of_two_outlets_is_two_articles(store: Store) -> None:
    put(store, make_article(TEXT, "a.txt", "Harbour Times"))
    assert store.standing(make_article(TEXT, "b.txt", "Hill Gazette")).status is Status.NEW


def test_a_changed_file_revises_the_older_article_and_retires_its_claims(store: Store) -> None:
    old, new = make_article(TEXT), make_article(TEXT.replace("open", "shut"))
    claim, later = make_claim(old, "the bridge is open"), make_claim(new, "the bridge is shut")
    first = put(store, old, claim)
    assert store.standing(new).status is Status.CHANGED
    second = put(store, new, later)

    views = {view.id: view for view in store.articles()}
    assert (views[first].status, views[first].claims) == ("superseded", 0)
    assert (views[second].status, views[second].claims, views[second].revises) == ("current", 1, first)
    assert [view.id for view in store.claims()] == [later.key]
    assert store.get(claim.key).retired  # kept, and still to be found by its key
    assert store.body(first) == TEXT


def test_a_file_that_is_changed_back_has_its_old_claims_again(store: Store) -> None:
    old, new = make_article(TEXT), make_article(TEXT.replace("open", "shut"))
    claim, later = make_claim(old, "the bridge is open"), make_claim(new, "the bridge is shut")
    first, second = put(store, old, claim), put(store, new, later)
    assert put(store, old, claim) == first
    views = {view.id: view for view in store.articles()}
    assert (views[first].status, views[second].status) == ("current", "superseded")
    assert [view.id for view in store.claims()] == [claim.key]
    assert store.standing(old).status is Status.KNOWN


def test_facts_are_put_right_in_place(store: Store) -> None:
    bare = make_article(TEXT, outlet=None, day=None)
    key = put(store, bare, make_claim(bare, "the bridge is open"))
    better = make_article(TEXT, outlet="Harbour Times", day=4)
    found = store.standing(better)
    assert (found.status, found.id, found.renewed, found.former) == (Status.CHANGED, key, True, None)
    put(store, better, make_claim(better, "the bridge is open"))

    (view,) = store.articles()
    assert (view.id, view.outlet, view.published, view.unknown) == (
        key,
        "Harbour Times",
        date(2021, 3, 4),
        (),
    )
    assert len(list(store.claims())) == 1
    assert store.standing(better).status is Status.KNOWN
    assert store.standing(bare).status is Status.KNOWN  # what is unknown now does not erase what is known


def test_what_a_person_gave_is_not_overwritten_by_what_the_text_says(store: Store) -> None:
    given = replace(make_article(TEXT, day=4), detected=(("published", "command line"),))
    put(store, given)
    read = replace(make_article(TEXT, day=9), detected=(("published", "dateline"),))
    assert store.standing(read).status is Status.KNOWN
    again = replace(make_article(TEXT, day=9), detected=(("published", "manifest"),))
    assert store.standing(again).article.published == date(2021, 3, 9)


def _told(path: str, day: int | None, how: str = "manifest") -> Article:
    found = (("published", how),) if day else ()
    return replace(make_article(TEXT, path, day=day), detected=found)


@pytest.mark.parametrize("order", list(permutations([("a.txt", 9), ("b.txt", 4), ("c.txt", 4)])))
def test_of_two_files_that_do_not_agree_the_first_by_name_holds(
    store: Store, order: list[tuple[str, int]]
) -> None:
    for path, day in order:
        put(store, _told(path, day))
    for path, day in order:
        found = store.standing(_told(path, day))
        assert (found.status, found.article.path) == (Status.KNOWN, "a.txt")
        assert found.article.published == date(2021, 3, 9)
    put(store, _told("a.txt", 10))  # put right where it is
    for path, day in (("a.txt", 10), ("b.txt", 4)):
        assert store.standing(_told(path, day)).status is Status.KNOWN


def test_another_file_tells_what_is_not_known_or_only_detected(store: Store) -> None:
    put(store, _told("a.txt", None))
    put(store, _told("b.txt", 4, "dateline"))
    assert store.standing(_told("c.txt", 5, "dateline")).status is Status.KNOWN
    found = store.standing(_told("c.txt", 5))
    assert (found.status, found.article.published) == (Status.CHANGED, date(2021, 3, 5))
    put(store, _told("c.txt", 5))
    for path, day, how in (("a.txt", None, ""), ("b.txt", 4, "dateline"), ("c.txt", 5, "manifest")):
        assert store.standing(_told(path, day, how)).status is Status.KNOWN


def test_the_command_line_is_believed_about_any_file(store: Store) -> None:
    put(store, _told("a.txt", 4))
    found = store.standing(_told("b.txt", 5, "command line"))
    assert (found.article.published, found.article.path) == (date(2021, 3, 5), "a.txt")


def test_texts_from_standard_input_do_not_revise_each_other(store: Store) -> None:
    put(store, make_article(TEXT, "-"))
    assert store.standing(make_article("Another text.", "-")).status is Status.NEW


def test_articles_are_listed_by_day_and_the_undated_last(store: Store) -> None:
    for name, day in (("c", 3), ("none", None), ("a", 1), ("b", 2)):
        put(store, make_article(f"Text {name}.", f"{name}.txt", day=day))
    assert [view.path for view in store.articles()] == ["a.txt", "b.txt", "c.txt", "none.txt"]
    assert [view.path for view in store.articles(limit=2)] == ["a.txt", "b.txt"]


def test_outlets_count_what_is_current(store: Store) -> None:
    article = make_article(TEXT)
    put(store, article, make_claim(article, "the bridge is open"), make_claim(article, "the bridge"))
    put(store, make_article("Elsewhere.", "b.txt", "Hill Gazette"))
    put(store, make_article("Elsewhere again.", "b.txt", "Hill Gazette"))
    counts = [(o.name, o.articles, o.claims, o.speakers) for o in store.outlets()]
    assert counts == [("Harbour Times", 1, 2, 1), ("Hill Gazette", 1, 0, 0)]


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    article = make_article(TEXT)
    with pytest.raises(ZeroDivisionError):
        _put_and_fail(store, article)
    assert list(store.articles()) == []
    assert list(store.events()) == []
    assert store.speakers_under(["quill"]) == {}


def test_no_such_article(store: Store) -> None:
    with pytest.raises(NotFoundError, match="claimtrack articles"):
        store.body("a000000000000")


def _put_and_fail(store: Store, article: Article) -> None:
    with store.transaction():
        store.put_article(store.standing(article))
        store.put_speaker(MAYOR, ["quill"])
        store.append_event("article added", article.key, {})
        raise ZeroDivisionError


REPORT = "Mayor Ada Quill said on Tuesday that the harbour bridge will reopen before winter."
OTHER = "Police closed two lanes of the northern tunnel after a lorry had lost its load at dawn."


@pytest.mark.parametrize(
    ("text", "outlet", "status"),
    [
        (REPORT.replace("winter", "spring"), "Harbour Times", Status.CHANGED),
        (REPORT.replace("winter", "spring"), None, Status.CHANGED),
        (REPORT.replace("winter", "spring"), "Hill Gazette", Status.NEW),
        (OTHER, "Harbour Times", Status.NEW),
        (OTHER, None, Status.NEW),
    ],
)
def test_another_text_of_the_same_name_takes_nobodys_place(
    store: Store, text: str, outlet: str | None, status: Status
) -> None:
    first = make_article(REPORT, "1.txt", "Harbour Times")
    put(store, first)
    second = make_article(text, "1.txt", outlet)
    assert store.standing(second).status is status
    put(store, second)
    current = {view.id for view in store.articles() if view.status == "current"}
    assert current == ({second.key} if status is Status.CHANGED else {first.key, second.key})
    assert store.standing(first).status is (Status.CHANGED if status is Status.CHANGED else Status.KNOWN)


def test_what_a_url_gives_is_its_pages(store: Store) -> None:
    first = make_article(REPORT, "https://x.org/1", "Harbour Times")
    put(store, first)
    assert store.standing(make_article(OTHER, "https://x.org/1", "Harbour Times")).former == first.key
