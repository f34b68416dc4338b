"""A sketch never shuts out a pair that the gates let through, and shuts out nearly all that they do."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.records import Claim, Span, Stance
from claimtrack.relations.gates import is_unfit
from claimtrack.relations.sketches import Sketches
from claimtrack.relations.stories import ALIKE, SHARED, story
from claimtrack.relations.vocabulary import shared_rarity
from tests.relations.conftest import make_claim

WORDS = st.sampled_from(
    ["zeppelin", "quarry", "basalt", "Lomma", "burned", "council", "talks", "21", "people", "say", "gala"]
)
claims = st.lists(
    st.builds(
        lambda said, around, article, stance: make_claim(
            " ".join(said), context=tuple(around), article=article, stance=stance
        ),
        st.lists(WORDS, max_size=8),
        st.lists(WORDS, max_size=12),
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from([Stance.ASSERTS, Stance.ASSERTS, Stance.ASKS, Stance.EXPECTS]),
    ),
    min_size=1,
    max_size=12,
).map(lambda made: [at(claim, place) for place, claim in enumerate(made)])


def at(claim: Claim, place: int) -> Claim:
    """A claim of another place in the text, and so of another key."""
    return replace(claim, attribution=replace(claim.attribution, content=(Span(place, place + 1),)))


@given(claims)
def test_what_sketches_let_through_is_what_the_gates_may(found: list[Claim]) -> None:
    sketches = Sketches()
    for claim in found:
        sketches.add(claim)
    for one in found:
        fit = sketches.fit(one.key, [other.key for other in found])
        for other in found:
            if not is_unfit(one, other):
                assert other.key in fit
            elif other.key in fit:  # only what is rounded
                on_the_edge = (
                    abs(story(one, other) - ALIKE) < 0.001 or abs(shared_rarity(one, other) - SHARED) < 0.001
                )
                assert on_the_edge


def test_what_asks_is_beside_nothing(claim) -> None:
    said = "the zeppelin burned near the basalt quarry of Lomma"
    one, same, asked = claim(said, outlet="A"), claim(said, outlet="B"), claim(said, stance=Stance.ASKS)
    sketches = Sketches()
    assert one.key not in sketches
    for each in (one, same, asked):
        sketches.add(each)
    assert one.key in sketches
    assert sketches.fit(one.key, [same.key, asked.key]) == [same.key]
    assert sketches.fit(asked.key, [one.key, same.key]) == []
    assert sketches.fit(one.key, []) == []
