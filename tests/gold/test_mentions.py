"""The gold of who each source stands for: how it is read, how it is scored, and the floors it must keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.mentions import Tally, across, is_right, resolve_passages, within
from claimtrack.records import Kind, Resolution, SpeakerKind
from tests.gold.mentions import Mention, load_mentions, parse_mentions

FLOORS = json.loads((Path(__file__).parents[2] / "benchmarks" / "floors.json").read_text(encoding="utf-8"))[
    "mentions"
]


def test_marks_name_speakers_and_contents() -> None:
    text, (first, second) = parse_mentions(
        "[s1 Ada Brook|She] said [t1 it “[s2 ~a clerk|a clerk] had [t2 gone]”]."
    )
    assert text == "She said it “a clerk had gone”."
    assert (first.speaker, second.speaker) == ("Ada Brook", "~a clerk")
    assert [s.of(text) for m in (first, second) for s in m.attribution.source] == ["She", "a clerk"]
    assert [s.of(text) for s in second.attribution.content] == ["gone"]
    assert (first.is_local, second.is_local) == (False, True)


def test_a_statement_without_source_words_and_in_quotation_marks() -> None:
    _, (only,) = parse_mentions("[t1 “It rains.”][s1 Ada Brook|]")
    assert only.attribution.source == ()
    assert only.attribution.kind is Kind.DIRECT


@pytest.mark.parametrize(
    "wrong",
    [
        "[s1 Ada Brook] said",
        "[s1 Ada [t1 it rains",
        "[s1 A] said [t1 x] and [s1 B]",
        "it rains]",
        "[s1 ~a clerk] said [t1 x]",
    ],
)
def test_broken_marks_are_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"open marks|twice|never opened|without its words"):
        parse_mentions(wrong)


def test_the_gold_is_as_large_as_it_says() -> None:
    passages = list(load_mentions())
    mentions = [m for p in passages for m in p.mentions]
    assert len({p.id for p in passages}) == len(passages) == 47
    assert len(mentions) == 332
    assert {p.half for p in passages} == {"a", "b"}
    assert sum(m.is_local for m in mentions) > 50
    shared = [p.archive for p in passages]
    assert sum(shared.count(name) > 1 for name in set(shared)) > 10


def test_b_cubed_and_pairs_by_hand() -> None:
    """Bagga and Baldwin's measure on five mentions: two of A put together with one of B."""
    tally = Tally()
    tally.add(["A", "A", "B", "B", "~c"], [1, 1, 1, 2, 3])  # type: ignore[list-item]
    figures = tally.figures()
    assert figures["b3_precision"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert figures["b3_recall"] == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1) / 5)
    assert figures["pair_f1"] == pytest.approx(2 * (1 / 3) * (1 / 2) / (1 / 3 + 1 / 2))
    assert tally.wrong_merges == [("A", "B"), ("A", "B")]


def test_the_unnamed_must_stay_unnamed() -> None:
    (clerk,) = parse_mentions("[s1 ~a clerk|a clerk] said [t1 no]")[1]
    assert is_right(clerk, Resolution("clerk", SpeakerKind.UNNAMED, "a clerk", "unnamed source"))
    assert not is_right(clerk, Resolution("Ada Brook", SpeakerKind.PERSON, "a clerk", "name"))
    named = Mention("Ada Brook", clerk.attribution)
    assert is_right(named, Resolution("Brook", SpeakerKind.PERSON, "Brook", "name"))
    assert not is_right(named, Resolution("Ida Brook", SpeakerKind.PERSON, "Ida Brook", "name"))


def test_no_two_are_merged_and_the_floors_hold() -> None:
    passages = list(load_mentions())
    answers = resolve_passages(passages)
    pairs = [
        (m, r)
        for p, (_, rs) in zip(passages, answers, strict=True)
        for m, r in zip(p.mentions, rs, strict=True)
    ]
    assert sum(is_right(m, r) for m, r in pairs) / len(pairs) >= FLOORS["right"]
    for name, tally in (("within", within(passages, answers)), ("across", across(passages, answers))):
        assert tally.wrong_merges == []
        for figure, floor in FLOORS[name].items():
            assert tally.figures()[figure] >= floor, (
                f"{name} {figure}: {tally.figures()[figure]:.3f} < {floor}"
            )
