"""The hand-made gold is whole: marks parse, spans fit, every phenomenon and relation is there."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from claimtrack.records import Kind, Stance
from tests.gold.load import Passage, load_attribution, load_relations, parse_marks

PHENOMENA = {
    "relay",
    "passive",
    "noun-cue",
    "negated",
    "declined",
    "pronoun",
    "common-speaker",
    "no-source",
    "own-sentence",
    "over-paragraphs",
    "split",
    "poll",
    "document",
    "preposition",
    "colon",
    "transcript",
    "headline",
    "long-cue",
    "title-dateline",
    "later-name",
    "reprint",
    "half-quotation",
    "straight",
    "curly",
    "unclosed",
    "none",
}
PASSAGES = list(load_attribution())
PAIRS = list(load_relations())


@pytest.fixture(params=PASSAGES, ids=lambda p: p.id)
def passage(request: pytest.FixtureRequest) -> Passage:
    assert isinstance(request.param, Passage)
    return request.param


def test_marks_become_spans() -> None:
    text, (link,) = parse_marks("[t1 Rain], [s1 Bo [r1 Lee]] [c1 said] [sic], [t1 “[the] rain”].")
    assert text == "Rain, Bo Lee said [sic], “[the] rain”."
    named = {role: [text[s:e] for s, e in spans] for role, spans in link.items()}
    assert named == {
        "source": ["Bo Lee"],
        "cue": ["said"],
        "content": ["Rain", "“[the] rain”"],
        "relay": ["Lee"],
    }


@pytest.mark.parametrize("marked", ["[s1 Bo [c1 said] [t1 no]", "[s1 Bo] said [t1 no]", "[s1 Bo] [c1 spoke]"])
def test_broken_marks_are_refused(marked: str) -> None:
    with pytest.raises(ValueError, match="open mark or attribution"):
        parse_marks(marked)


def test_a_chain_reads_from_both_ends() -> None:
    chain = next(p for p in PASSAGES if p.id == "relay-said-reported")
    outer, inner = chain.outermost()[0], chain.innermost()[0]
    assert [chain.text[s:e] for s, e in outer["source"]] == ["the Kessel Ledger"]
    assert [chain.text[s:e] for s, e in inner["source"]] == ["Two people familiar with the matter"]
    assert [chain.text[s:e] for s, e in inner["relay"]] == ["the Kessel Ledger"]


def test_there_are_enough_passages_under_their_own_names() -> None:
    assert len({p.id for p in PASSAGES}) == len(PASSAGES) >= 60


def test_every_phenomenon_is_covered_twice() -> None:
    counts = Counter(p for passage in PASSAGES for p in passage.phenomena)
    assert set(counts) == PHENOMENA
    assert min(counts.values()) >= 2
    assert counts["none"] >= 6


def test_a_passage_is_whole(passage: Passage) -> None:
    assert bool(passage.links) == ("none" not in passage.phenomena)
    for link in passage.links:
        for spans in link.values():
            assert spans == sorted(spans)
            for start, end in spans:
                words = passage.text[start:end]
                assert 0 <= start < end <= len(passage.text)
                assert words == words.strip()


def test_outermost_contents_do_not_nest(passage: Passage) -> None:
    contents = [a["content"] for a in passage.outermost()]
    for first, second in combinations(contents, 2):
        assert all(e <= a or b <= s for s, e in first for a, b in second)


def test_pairs_are_well_formed() -> None:
    assert len({row["id"] for row in PAIRS}) == len(PAIRS)
    for row in PAIRS:
        for claim in (row["a"], row["b"]):
            assert {"speaker", "kind", "outlet", "relays", "stated_on", "text", "stance"} == set(claim)
            assert claim["kind"] in set(Kind)
            assert claim["stance"] in set(Stance)
        a, b = (date.fromisoformat(claim["stated_on"]) for claim in (row["a"], row["b"]))
        assert row["relation"] != "updates" or a < b


def test_there_are_enough_pairs_of_each_relation() -> None:
    counts = Counter(str(row["relation"]) for row in PAIRS)
    assert set(counts) == {"corroborates", "contradicts", "updates", "repeats", "none"}
    assert min(counts.values()) >= 25
    assert counts["none"] >= 40
