from itertools import pairwise

import pytest

from claimtrack.relations.evidence import SAME_FACT, same_fact, weigh
from claimtrack.relations.overlap import Overlap, overlap


def test_more_in_common_is_never_less_likely_one_fact(claim):
    base = claim("Okafor sells the zeppelin to Duarte", names=("okafor", "duarte"))
    others = [
        claim("A harbour strike", speaker="C"),
        claim("Okafor travels", names=("okafor",), speaker="C"),
        claim("Okafor sells boats", names=("okafor",), speaker="C"),
        claim("Okafor sells the zeppelin", names=("okafor",), speaker="C"),
        claim("Okafor sells the zeppelin to Duarte", names=("okafor", "duarte"), speaker="C"),
    ]
    chances = [weigh(base, other).same_fact for other in others]
    assert all(a < b for a, b in pairwise(chances))
    assert chances[0] < 0.2
    assert chances[-1] > 0.9


def test_strangers_and_other_ranks_lower_it():
    shared = Overlap((), (), 0.5, 0.5)
    assert same_fact(shared, 0.6, 1.0) < same_fact(shared, 0.6, 0.0)
    assert same_fact(shared, 0.6, 0.0, ordinal=-0.5) < same_fact(shared, 0.6, 0.0)
    assert same_fact(shared, 0.6, 0.0, number=1.0) > same_fact(shared, 0.6, 0.0)
    assert same_fact(shared, 0.6, 0.0, number=-1.0) == same_fact(shared, 0.6, 0.0)


def test_only_strangers_pull_down():
    assert {name for name, weight in SAME_FACT.items() if weight < 0} == {"strangers"}


def test_signals_carry_what_was_measured_and_nothing_empty(claim):
    one = claim("Okafor sold the zeppelin", names=("okafor",))
    other = claim("Okafor denied that the zeppelin was sold", names=("okafor",), speaker="Ben Okafor")
    signals = {s.name: s for s in weigh(one, other).signals()}
    assert signals["same fact"].note == "shared: okafor, sold, zeppelin"
    assert signals["denial"].value < 0
    assert all(s.value for s in signals.values())
    assert "number" not in signals


@pytest.mark.parametrize("texts", [("", ""), ("zeppelin", ""), ("no", "not")])
def test_empty_claims_are_measured_too(claim, texts):
    one, other = (claim(t, article=str(i)) for i, t in enumerate(texts))
    assert 0 <= weigh(one, other).same_fact <= 1
    assert overlap(one, other).names == 0
