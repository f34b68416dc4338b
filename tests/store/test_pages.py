"""Lists a page at a time hold everything once, in order; their queries walk along indexes."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from claimtrack.records import Decision, RelationKind, SpeakerKind
from claimtrack.review import judge
from claimtrack.store import Store, pages
from claimtrack.store.pages import Page
from claimtrack.store.views import ReviewStatus
from tests.web.archive import ENGINEER, MAYOR, UNION, article, claim, put, relate

ALL = 40


def walk(ask: Callable[[Any], Page[Any]]) -> list[str]:
    """The keys of all pages, one after the other."""
    found: list[str] = []
    page = ask(None)
    while True:
        found += [item.id for item in page.items]
        if page.after is None:
            return found
        page = ask(page.after)


@pytest.fixture
def filled(store: Store) -> Store:
    """Forty articles on few days, some without one, with two claims each and relations of equal scores."""
    chance = random.Random(7)
    pairs, relations, kept = [], [], []
    for number in range(ALL):
        day = chance.choice([None, 1, 1, 2, 3])
        text = article(
            f"{number}.txt", f"Said in {number}: the pier opens, the pier shuts.", day, f"Outlet {number % 3}"
        )
        speakers = chance.sample([MAYOR, UNION, ENGINEER], 2)
        made = [claim(text, speakers[0], "the pier opens"), claim(text, speakers[1], "the pier shuts")]
        pairs.append((text, made))
        kept += made
    for one, other in zip(kept[::2], kept[3::2], strict=False):
        relations.append(
            relate(one, other, chance.choice(list(RelationKind)[:2]), chance.choice([0.5, 0.7, 1 / 3]))
        )
    put(store, *pairs, relations=relations)
    return store


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_pages_hold_every_article_once_the_newest_first(filled: Store, limit: int) -> None:
    views = list(filled.articles())
    wanted = sorted(views, key=lambda a: (a.published or date.min, a.id), reverse=True)
    assert walk(lambda after: filled.article_page(after, limit)) == [a.id for a in wanted]
    outlet = filled.find_outlet("Outlet 1")
    mine = [a.id for a in wanted if a.outlet == "Outlet 1"]
    assert walk(lambda after: filled.article_page(after, limit, outlet)) == mine


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_pages_hold_every_claim_once_the_newest_first(filled: Store, limit: int) -> None:
    views = list(filled.claims())
    wanted = sorted(
        views, key=lambda c: (c.day or date.min, c.article_id, c.content[0].start, c.id), reverse=True
    )
    assert walk(lambda after: filled.claim_page(after, limit)) == [c.id for c in wanted]
    mine = sorted(
        (c for c in views if c.speaker_id == MAYOR.key), key=lambda c: (c.day or date.min, c.id), reverse=True
    )
    assert walk(lambda after: filled.claims_of_speaker(MAYOR.key, after, limit)) == [c.id for c in mine]


def test_a_search_that_stops_early_goes_on_and_finds_everything(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [c.id for c in filled.claim_page(None, 100).items if "shuts" in c.text]
    monkeypatch.setattr(pages, "LOOKED_THROUGH", 4)
    cut = []

    def ask(after: Any) -> Page[Any]:
        page = filled.claim_page(after, 3, "SHUTS")
        cut.append(page.cut)
        return page

    assert walk(ask) == wanted
    assert True in cut
    assert filled.claim_page(None, 3, "100%").items == ()


@pytest.mark.parametrize("limit", [1, 7, 100])
def test_pages_hold_every_relation_once_the_strongest_first(filled: Store, limit: int) -> None:
    for kind in RelationKind:
        wanted = sorted(filled.relations([kind]), key=lambda r: (r.score, r.id), reverse=True)
        assert walk(lambda after, kind=kind: filled.relation_page(kind, after, limit)) == [
            r.id for r in wanted
        ]


def test_beside_goes_through_all_kinds_and_back(filled: Store) -> None:
    kinds = tuple(RelationKind)
    wanted = [r.id for kind in kinds for r in filled.relation_page(kind, None, 100).items]
    there, here = [], filled.relation_beside(kinds, None)
    while here is not None:
        there.append(here)
        here = filled.relation_beside(kinds, here)
    assert there == wanted
    back, here = [], there[-1]
    while here is not None:
        back.append(here)
        here = filled.relation_beside(kinds, here, backwards=True)
    assert back == wanted[::-1]


def test_decided_ones_are_passed_over_where_only_open_ones_are_asked_for(filled: Store) -> None:
    kinds = tuple(RelationKind)
    first = filled.relation_beside(kinds, None)
    assert first is not None
    judge(filled, first, Decision.UNSURE, "Ada")
    second = filled.relation_beside(kinds, None, statuses=[ReviewStatus.OPEN])
    assert second == filled.relation_beside(kinds, first)
    assert second is not None
    relation = filled.get(second)
    judge(filled, relation.a.id, Decision.REJECTED, "Ada")  # type: ignore[union-attr]
    third = filled.relation_beside(kinds, None, statuses=[ReviewStatus.OPEN])
    assert third not in (first, second)


def test_ties_count_every_relation_and_show_the_strongest(filled: Store) -> None:
    ids = [c.id for c in filled.claims()]
    every = filled.relations_of(ids)
    ties = filled.ties_of(ids, 1)
    for key in ids:
        assert sum(ties[key].counts.values()) == len(every[key])
        assert len(ties[key].strongest) == min(1, len(every[key]))


def test_speakers_by_name_and_by_a_part_of_it(filled: Store) -> None:
    assert walk(lambda after: filled.speaker_page(SpeakerKind.PERSON, after, 1)) == [MAYOR.key, ENGINEER.key]
    assert walk(lambda after: filled.speaker_page(SpeakerKind.GROUP, after, 1)) == []
    assert [s.id for s in filled.speakers_called("hol", 5)] == [MAYOR.key]
    assert [s.id for s in filled.speakers_called("INES holt", 5)] == [MAYOR.key]
    assert filled.speakers_called("x", 5) == []
    assert filled.speakers_called("nobody", 5) == []


def test_figures_are_those_of_the_lists(filled: Store) -> None:
    totals = filled.overview()
    claims = list(filled.claims())
    assert (totals.articles, totals.outlets, totals.claims) == (ALL, 3, len(claims))
    assert sum(totals.relations.values()) == len(list(filled.relations()))
    quoted = filled.quoted(2)
    assert [(q.id, q.claims) for q in quoted] == [(s.id, s.claims) for s in list(filled.speakers())[:2]]
    days = filled.days([quoted[0].id])
    assert sum(d.claims for d in days) == sum(c.day is not None for c in claims)
    mine = [d for d in days if d.speaker == quoted[0].id]
    assert sum(d.claims for d in mine) == sum(
        c.day is not None and c.speaker_id == quoted[0].id for c in claims
    )
