"""What is proposed for people to decide: likely pairs, each with its reason."""

from __future__ import annotations

import pytest

from claimtrack.records import Resolution, SpeakerKind
from claimtrack.speakers.grouping import may_be_one
from claimtrack.speakers.proposals import propose
from tests.speakers.test_linking import BODY, PERSON, personas, said


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (said("Bob Smith"), said("Robert Smith"), "that many bear"),
        (said("Paul Okoro Jr."), said("Paul Okoro"), "Jr."),
        (said("Аda Ellery"), said("Ada Ellery"), "another script"),
        (said("Thomas James"), said("James Thomas"), "another order"),
        (said("Volodymyr Horvensky"), said("Vladimir Horvenski"), "sound alike"),
        (said("Dmitri Peskow"), said("Dmitry Peskov"), "sound alike"),
        (said("Gloria Zeta-Ferro"), said("Gloria Ferro"), "double last name"),
        (said("Han Sung-min", roles=("president",)), said("Han", roles=("president",)), "role that agrees"),
        (said("World Seed Organization", BODY), said("WSO", BODY), "initials"),
        (said("Harbour Research", BODY), said("Harbour Research Center", BODY), "shorter form"),
        (said("Banksie"), said("Banksie"), "alone in two articles"),
    ],
)
def test_likely_pairs_are_proposed_with_the_reason(
    one: tuple[Resolution, object], other: tuple[Resolution, object], reason: str
) -> None:
    a, b = personas(one, other)  # type: ignore[arg-type]
    (found,) = propose([a, b])
    assert {found.a, found.b} == {a.key, b.key}
    assert reason in found.reason
    assert 0 < found.score < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("Ida Brandt"), said("Karl Brandt")),
        (said("Hasan Tounsi"), said("Hussein Tounsi")),
        (said("Jane A. Ellery"), said("Jane B. Ellery")),
        (said("Han Sung-min", roles=("president",)), said("Han", roles=("goalkeeper",))),
        (said("officials", SpeakerKind.GROUP), said("officials", SpeakerKind.GROUP)),
        (said("New York", BODY), said("New York Post", BODY)),
        (said("Globex", BODY), said("Globex", PERSON)),
    ],
)
def test_unlikely_pairs_are_not(one: tuple[Resolution, object], other: tuple[Resolution, object]) -> None:
    assert propose(personas(one, other)) == []  # type: ignore[arg-type]


def test_what_is_safe_is_not_proposed() -> None:
    a, b = personas(said("Bill Ellery"), said("William Ellery"))
    assert may_be_one(a, b)
    assert propose([a, b]) == []
