from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from claimtrack.records import Decision, RelationKind, Signal
from claimtrack.reports.dispute_rows import DISPUTE_COLUMNS, dispute_row, disputes_report, versions_report
from claimtrack.reports.disputes import (
    Dispute,
    Standing,
    gather_copies,
    names_dispute,
    outline_disputes,
    tell,
)
from claimtrack.store.views import ClaimView, LinkView, Voice

Make = Callable[..., ClaimView]


class Story:
    """Claims on one fact, made day by day, and what became of them."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self.claims: dict[str, ClaimView] = {}
        self.links: list[LinkView] = []
        self.signals: dict[str, tuple[Signal, ...]] = {}

    def say(self, key: str, day: int, text: str, **facts: Any) -> None:
        self.claims[key] = self._make(key, stated_on=date(2021, 5, day), text=text, **facts)

    def relate(
        self,
        pair: str,
        kind: RelationKind,
        note: str = "",
        score: float = 0.9,
        decision: Decision | None = None,
    ) -> None:
        a, b = (self.claims[key] for key in pair)
        differing = (Signal("number", -1.0, note),) if note else ()
        ends = (Voice(c.id, c.article_id, c.speaker_id, c.day) for c in (a, b))
        self.links.append(LinkView(f"r{pair}", kind, score, *ends, decision, differing))
        self.signals[f"r{pair}"] = (Signal("same fact", 0.9, "shared: fire, warehouse"), *differing)

    def disputes(self, min_score: float = 0.0) -> list[Dispute]:
        return [
            tell(outline, self.claims, self.signals) for outline in outline_disputes(self.links, min_score)
        ]


@pytest.fixture
def toll(claim: Make) -> Story:
    """9, then 20 (twice from one wire), then 28 hurt in a fire; the owner denies that there was any."""
    story = Story(claim)
    story.say("a", 1, "the warehouse fire hurt 9 people", speaker="Police")
    story.say("b", 2, "20 people were hurt in the warehouse fire", speaker="Mayor", speaker_id="sm")
    story.say("c", 2, "20 people were hurt in the warehouse fire", speaker="Mayor", speaker_id="sm")
    story.say("d", 4, "28 people are in hospital after the warehouse fire", speaker="Ministry")
    story.relate("ab", RelationKind.UPDATES, "9 people against 20 people")
    story.relate("ac", RelationKind.UPDATES, "9 people against 20 people", 0.85)
    story.relate("ad", RelationKind.UPDATES, "9 people against 28 people")
    story.relate("bd", RelationKind.UPDATES, "20 people against 28 people")
    story.relate("bc", RelationKind.REPEATS, score=0.99)
    return story


def test_versions_by_day_with_their_figures(toll: Story) -> None:
    [dispute] = toll.disputes()
    assert [v.label for v in dispute.versions] == ["9 people", "20 people", "28 people"]
    assert [v.standing for v in dispute.versions] == [Standing.REPLACED, Standing.REPLACED, Standing.STANDING]
    assert [v.latest for v in dispute.versions] == [False, False, True]
    assert [v.origins for v in dispute.versions] == [1, 1, 1]
    assert [[[c.id for c in copies] for copies in v.statements] for v in dispute.versions] == [
        [["a"]], [["b", "c"]], [["d"]],
    ]  # fmt: skip
    assert (dispute.topic, dispute.status) == ("warehouse, fire", "updated")
    assert str(dispute) == "3 versions, 3 speakers, 3 origins, 4 outlets"


def test_a_contradiction_keeps_a_dispute_open(toll: Story) -> None:
    toll.say("e", 4, "nobody was hurt in the warehouse fire", speaker="Owner")
    toll.relate("de", RelationKind.CONTRADICTS)
    [dispute] = toll.disputes()
    assert dispute.is_open
    assert [v.standing for v in dispute.versions if v.latest] == [Standing.CONTRADICTED] * 2


def test_a_contradiction_of_what_was_replaced_is_over(toll: Story) -> None:
    toll.say("e", 1, "nobody was hurt in the warehouse fire", speaker="Owner")
    toll.relate("ae", RelationKind.CONTRADICTS)
    assert [dispute.is_open for dispute in toll.disputes()] == [False] * len(toll.disputes())


def test_a_rejected_relation_does_not_join(claim: Make) -> None:
    story = Story(claim)
    for key in "ab":
        story.say(key, 1, f"text {key}")
    story.relate("ab", RelationKind.CONTRADICTS, decision=Decision.REJECTED)
    assert story.disputes() == []
    story.links.clear()
    story.relate("ab", RelationKind.CONTRADICTS, score=0.3, decision=Decision.CONFIRMED)
    [dispute] = story.disputes(min_score=0.9)  # a person is surer than any score
    assert (dispute.confirmed, str(dispute).endswith("1 confirmed")) == (1, True)


def test_the_name_is_that_of_the_first_relation_and_outlives_later_news(toll: Story) -> None:
    [before] = toll.disputes()
    assert before.id == "xab"
    toll.say("e", 9, "31 people were hurt in the warehouse fire", speaker="Ministry")
    toll.relate("de", RelationKind.UPDATES, "28 people against 31 people")
    toll.relate("ae", RelationKind.UPDATES, "9 people against 31 people")
    [after] = toll.disputes()
    assert (after.id, len(after.versions)) == (before.id, 4)


def test_least_score(toll: Story) -> None:
    assert toll.disputes(min_score=0.95) == []


def test_rows(toll: Story) -> None:
    [dispute] = toll.disputes()
    row = dispute_row(dispute)
    assert tuple(row) == DISPUTE_COLUMNS
    assert (row["speakers"], row["origins"], row["claims"]) == (3, 3, 4)
    assert (row["first"], row["latest"]) == (date(2021, 5, 1), date(2021, 5, 4))
    assert len(list(disputes_report([dispute]).rows)) == 1
    told = list(versions_report([dispute]).rows)
    assert [(r["version"], r["label"], r["id"]) for r in told] == [
        (1, "9 people", "a"), (2, "20 people", "b"), (2, "20 people", "c"), (3, "28 people", "d"),
    ]  # fmt: skip


def test_what_is_said_again_weeks_later_is_no_copy(claim: Make) -> None:
    first, copy, again = (
        claim(k, stated_on=date(2021, 5, day)) for k, day in (("a", 1), ("b", 2), ("c", 29))
    )
    found = gather_copies([again, copy, first], [("a", "b"), ("a", "c"), ("b", "c")])
    assert [[c.id for c in copies] for copies in found] == [["a", "b"], ["c"]]


def test_claims_without_a_day(claim: Make) -> None:
    story = Story(claim)
    for key in "ab":
        story.claims[key] = claim(key, stated_on=None, published=None)
    story.relate("ab", RelationKind.CONTRADICTS)
    [dispute] = story.disputes()
    assert [(v.first, v.latest) for v in dispute.versions] == [(None, False)] * 2
    assert dispute_row(dispute)["first"] is None


@pytest.mark.parametrize(
    ("key", "does"), [("x12ab", True), ("x12", False), ("xyz1", False), ("r12ab", False)]
)
def test_keys_of_disputes(key: str, does: bool) -> None:
    assert names_dispute(key) is does
