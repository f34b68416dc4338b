"""Whatever the order in which texts come in, the same archive gives the same origins."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date
from difflib import SequenceMatcher

import pytest

from claimtrack.pipeline import ingest_article
from claimtrack.provenance import place, place_all
from claimtrack.records import Article, ArticleOrigin, RelationKind, TextOrigin
from claimtrack.reports.support import group_support
from claimtrack.store import Store, open_store
from tests.articles.test_copies import FLOOD, SAME_STORY

BRIEF = "\n\n".join(FLOOD.split("\n\n")[:2])


def respelt(seed: int) -> str:
    chance = random.Random(seed)
    return re.sub(r"\b[a-z]+\b", lambda m: "other" if chance.random() < 0.1 else m[0], FLOOD)


def article(name: str, body: str, outlet: str, day: int | None, wire: str | None = None) -> Article:
    published = date(2021, 5, day) if day else None
    return Article(body, f"{name}.txt", outlet, published=published, wire=wire)


ARTICLES = {
    "agency": article("agency", FLOOD, "Lusa", 6),
    "paper": article("paper", FLOOD, "The Harbour Post", 6),
    "echo": article("echo", FLOOD.replace("metres", "meters"), "The Echo", 7, wire="Lusa"),
    "brief": article("brief", BRIEF, "The Harbour Sun", 8),
    "undated": article("undated", respelt(1), "The Ferry", None),
    "late": article("late", respelt(2) + "\n\n" + SAME_STORY, "The Quay", 9),
    "other": article("other", SAME_STORY, "The Gull", 6),
}


def ingest(store: Store, found: Article) -> str:
    """Put and place an article, as the pipeline does."""
    with store.transaction():
        standing = store.standing(found)
        store.put_article(standing, found.outlet == "Lusa")
        place(store, standing.id, standing.article, standing.former)
    return standing.id


def origins(store: Store) -> dict[str, TextOrigin]:
    return {
        view.path.removesuffix(".txt"): view.origin for view in store.articles() if view.status == "current"
    }


EXPECTED = {
    "paper": (ArticleOrigin.WIRE, "agency"),
    "echo": (ArticleOrigin.WIRE, "agency"),
    "brief": (ArticleOrigin.WIRE, "agency"),
    "undated": (ArticleOrigin.REWRITE, "agency"),
    "late": (ArticleOrigin.REWRITE, "agency"),
}
ORDERS = [
    list(ARTICLES),
    list(reversed(ARTICLES)),
    *(random.Random(n).sample(list(ARTICLES), 7) for n in (1, 2)),
]


@pytest.mark.parametrize("order", ORDERS, ids=["told", "reversed", "shuffled", "shuffled again"])
def test_every_copy_goes_back_to_the_first_whatever_came_first(order: list[str], store: Store) -> None:
    names = {ingest(store, ARTICLES[name]): name for name in order}
    found = origins(store)
    copies = {name: (origin.kind, names[origin.of]) for name, origin in found.items() if origin.of}
    assert copies == EXPECTED
    assert {origin.agency for origin in found.values() if origin.of} == {"Lusa"}
    assert found["agency"] == found["other"] == TextOrigin()


def test_an_original_that_comes_late_says_who_is_placed_anew(store: Store) -> None:
    paper, brief = ingest(store, ARTICLES["paper"]), ingest(store, ARTICLES["brief"])
    assert origins(store)["brief"].of == paper
    with store.transaction():
        standing = store.standing(ARTICLES["agency"])
        store.put_article(standing, True)
        origin, anew = place(store, standing.id, standing.article)
    assert (origin, anew) == (TextOrigin(), sorted((paper, brief)))
    assert {origin.of for origin in origins(store).values()} == {"", standing.id}


def test_copies_of_a_replaced_text_look_for_another_original(store: Store) -> None:
    agency, paper = ingest(store, ARTICLES["agency"]), ingest(store, ARTICLES["paper"])
    ingest(store, ARTICLES["brief"])
    assert origins(store)["paper"].of == agency
    short = " ".join(ARTICLES["agency"].body.split()[:12])
    ingest(store, article("agency", f"{short}. The agency took the rest of its report back.", "Lusa", 6))
    found = origins(store)
    assert (found["paper"].kind, found["brief"].of) == (ArticleOrigin.OWN, paper)


def test_a_date_put_right_turns_copy_and_original_round(store: Store) -> None:
    early = ingest(store, article("early", FLOOD, "The Echo", None))
    paper = ingest(store, ARTICLES["paper"])
    assert {name: origin.of for name, origin in origins(store).items()} == {"early": paper, "paper": ""}
    ingest(store, article("early", FLOOD, "The Echo", 1))
    assert {name: origin.of for name, origin in origins(store).items()} == {"early": "", "paper": early}


def test_the_same_article_again_changes_nothing(store: Store) -> None:
    for found in (*ARTICLES.values(), *ARTICLES.values()):
        ingest(store, found)
    again = origins(store)
    for found in ARTICLES.values():
        ingest(store, found)
    assert origins(store) == again


def test_articles_of_an_older_version_are_placed_together(
    store: Store, new_database: Callable[[str], str], backend: str
) -> None:
    with store.transaction():
        for found in ARTICLES.values():
            store.put_article(store.standing(found), found.outlet == "Lusa")
    assert set(origins(store).values()) == {TextOrigin()}
    with store.transaction():
        place_all(store)
    with open_store(new_database(backend)) as fresh:
        for found in ARTICLES.values():
            ingest(fresh, found)
        assert origins(store) == origins(fresh)


def test_many_reprints_go_back_to_the_first_of_them(store: Store) -> None:
    for n in range(40):
        ingest(store, article(f"p{n}", FLOOD + f"\n\nPage {n}", f"Paper {n}", 6 + n % 20))
    first = min(store.articles(), key=lambda view: (view.published, view.id))
    assert {view.origin.of for view in store.articles() if view.id != first.id} == {first.id}


def test_one_text_in_three_papers_is_one_statement_of_each_speaker(store: Store) -> None:
    for name in ("paper", "echo", "agency", "other"):
        assert ingest_article(store, ARTICLES[name]).error is None
    relations = list(store.relations())
    copies = {view.id for view in store.articles() if view.path != "other.txt"}
    between = [r for r in relations if {r.a.article_id, r.b.article_id} <= copies]
    assert between
    assert {r.kind for r in between} == {RelationKind.REPEATS}
    texts = [sorted((r.a.text.casefold(), r.b.text.casefold()), key=len) for r in between]
    assert [t for t in texts if t[0] not in t[1] and SequenceMatcher(None, *t).ratio() <= 0.75] == []
    groups = group_support(relations)
    mayor = next(g for g in groups if "never seen the water" in g.claims[0].text)
    assert (len(mayor.origins), mayor.outlets) == (1, 4)
    assert mayor.heard_by == 2  # the agency, and the paper that was there itself
