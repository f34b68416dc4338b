"""Where a text comes from: its own marks, then the earliest text of which it is a copy."""

from __future__ import annotations

from datetime import date
from itertools import permutations

from claimtrack.articles.agencies import ANOTHERS_DATELINE
from claimtrack.articles.origins import Text, find_origin
from claimtrack.records import Article, ArticleOrigin, TextOrigin
from tests.articles.test_copies import FLOOD, SAME_STORY

EARLY, LATE = date(2021, 5, 6), date(2021, 5, 7)
BRIEF = "\n\n".join(FLOOD.split("\n\n")[:2])


def text(key, body=FLOOD, outlet="The Harbour Post", day=EARLY, wire=None, how="dateline", agencies=()):
    article = Article(
        body, f"{key}.txt", outlet, published=day, wire=wire, agencies=agencies,
        detected=(("wire", how),) if wire else (),
    )  # fmt: skip
    return Text(key, article, outlet == "Lusa")


def test_a_text_like_no_other_is_own_reporting():
    assert find_origin(text("a1"), [text("a2", SAME_STORY)]) == TextOrigin()


def test_own_reporting_says_whose_material_it_uses():
    origin = find_origin(text("a1", agencies=("Lusa", "Reuters")), [])
    assert (origin.kind, origin.agency) == (ArticleOrigin.OWN, "")
    assert origin.reason == "with material of Lusa and Reuters"


def test_a_later_copy_is_a_reprint_and_the_earlier_text_is_not():
    early, late = text("a2"), text("a1", outlet="The Echo", day=LATE)
    assert find_origin(early, [late]).kind is ArticleOrigin.OWN
    origin = find_origin(late, [early])
    assert (origin.kind, origin.of, origin.share) == (ArticleOrigin.REPRINT, "a2", 1.0)
    assert origin.reason == "100% of its wording stands in a2"


def test_a_part_is_a_rewrite():
    late = text("a1", BRIEF + "\n\n" + SAME_STORY, "The Echo", LATE)
    origin = find_origin(late, [text("a2")])
    assert (origin.kind, origin.of) == (ArticleOrigin.REWRITE, "a2")


def test_a_text_that_takes_in_another_says_so():
    origin = find_origin(text("a1", day=LATE), [text("a2", BRIEF)])
    assert (origin.kind, origin.reason) == (ArticleOrigin.REWRITE, "it takes in 100% of a2")


def test_an_agencys_mark_makes_a_wire_copy():
    origin = find_origin(text("a1", wire="Lusa"), [])
    assert (origin.kind, origin.agency, origin.of) == (ArticleOrigin.WIRE, "Lusa", "")
    assert origin.reason == "the dateline names Lusa"


def test_another_outlets_dateline_makes_a_reprint():
    origin = find_origin(text("a1", wire="The Gull", how=ANOTHERS_DATELINE), [])
    assert (origin.kind, origin.agency, origin.of) == (ArticleOrigin.REPRINT, "The Gull", "")


def test_two_prints_of_one_wire_know_of_each_other():
    origin = find_origin(text("a1", outlet="The Echo", day=LATE, wire="Lusa"), [text("a2", wire="Lusa")])
    assert (origin.kind, origin.agency, origin.of) == (ArticleOrigin.WIRE, "Lusa", "a2")
    assert origin.reason == "the dateline names Lusa; 100% of its wording stands in a2"


def test_an_unmarked_copy_of_an_agencys_text_is_a_wire_copy():
    marked, own = text("a2", wire="Lusa"), text("a3", outlet="Lusa")
    for original in (marked, own):
        origin = find_origin(text("a1", outlet="The Echo", day=LATE), [original])
        assert (origin.kind, origin.agency) == (ArticleOrigin.WIRE, "Lusa")
    part = find_origin(text("a1", BRIEF + "\n\n" + SAME_STORY, "The Echo", LATE), [own])
    assert (part.kind, part.agency) == (ArticleOrigin.REWRITE, "Lusa")


def test_an_agencys_own_text_is_its_own_reporting():
    origin = find_origin(text("a1", outlet="Lusa", wire="Lusa"), [])
    assert (origin.kind, origin.agency) == (ArticleOrigin.OWN, "")
    later = find_origin(text("a1", outlet="Lusa", wire="Lusa", day=LATE), [text("a2", outlet="Lusa")])
    assert (later.kind, later.agency, later.of) == (ArticleOrigin.REPRINT, "", "a2")


def test_of_one_day_the_agencys_text_is_the_original_then_the_lowest_key():
    agency, paper, other = text("a9", outlet="Lusa"), text("a1"), text("a2", outlet="The Echo")
    assert find_origin(agency, [paper, other]).of == ""
    assert find_origin(paper, [agency, other]).of == "a9"
    assert find_origin(other, [paper]).of == "a1"


def test_a_text_without_a_day_is_no_ones_original_but_of_others_without():
    dated, undated = text("a9"), text("a1", outlet="The Echo", day=None)
    assert find_origin(dated, [undated]).of == ""
    assert find_origin(undated, [dated]).of == "a9"


def test_the_order_of_the_others_does_not_matter():
    late = text("a1", outlet="The Echo", day=LATE)
    others = [text("a2"), text("a3", BRIEF), text("a4", outlet="Lusa"), text("a5", SAME_STORY), late]
    found = {find_origin(late, order) for order in permutations(others)}
    assert {origin.of for origin in found} == {"a4"}
    assert len(found) == 1
