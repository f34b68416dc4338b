from dataclasses import replace
from datetime import date

import pytest

from claimtrack.records import Stance
from claimtrack.relations.entailment import Probabilities
from claimtrack.relations.evidence import weigh
from claimtrack.relations.model import Question, Setting, chances_of, load_weights
from claimtrack.relations.reading import log_odds, read, reading_of
from claimtrack.relations.signals import ENTAILMENT_SIGNALS, SIGNALS, Sign, values_of


@pytest.fixture
def values(claim):
    one = claim("Okafor bought the zeppelin yard", names=("okafor",), verb="buy")
    other = claim("Okafor bought the yard", names=("okafor",), verb="buy", speaker="Ben Silva")
    return values_of(weigh(one, other))


def test_every_signal_has_a_value_and_every_weight_a_signal(values):
    assert values.keys() == SIGNALS.keys()
    for name, model in load_weights().items():
        known = SIGNALS | (ENTAILMENT_SIGNALS if name == "read" else {})
        for question in Question:
            assert model[question].signals.keys() <= known.keys()
            assert model[question].bases.keys() == set(Setting)


def test_no_weight_counts_against_sense():
    for model in load_weights().values():
        for question in Question:
            for name, weight in model[question].signals.items():
                sign = getattr((SIGNALS | ENTAILMENT_SIGNALS)[name], question)
                assert sign is not Sign.OUT, name
                assert sign is not Sign.UP or weight >= 0, name
                assert sign is not Sign.DOWN or weight <= 0, name


def test_chances_are_probabilities_that_add_up(values):
    for setting in Setting:
        found = chances_of(values, setting)
        assert 0 < found.support < found.fact < 1
        assert found.support + found.conflict == pytest.approx(found.fact)
    assert chances_of(values, Setting.GIVEN) != chances_of(values, Setting.ARCHIVE)


def test_more_in_common_is_never_less_likely_one_fact(values):
    for name, sense in SIGNALS.items():
        if sense.fact is Sign.UP:
            assert chances_of({**values, name: values[name] + 1}).fact >= chances_of(values).fact, name


def test_a_denial_makes_conflict_likelier(claim):
    said = claim("Okafor bought the zeppelin yard", names=("okafor",), verb="buy")
    again = claim("Okafor bought the zeppelin yard", names=("okafor",), verb="buy", speaker="Ben Silva")
    denied = replace(again, attribution=replace(again.attribution, stance=Stance.DENIES))
    assert chances_of(values_of(weigh(said, denied))).opposed > 0.5
    assert chances_of(values_of(weigh(said, again))).opposed < 0.5


def test_a_later_day_alone_moves_nothing_that_was_settled(claim):
    one = claim("Okafor bought the zeppelin yard", names=("okafor",), verb="buy")
    later = claim("Okafor bought the zeppelin yard", names=("okafor",), verb="buy", day=date(2021, 9, 1))
    assert values_of(weigh(one, later))["moved on"] == 0


class Foretold:
    """An entailment model that knows its answers."""

    fingerprint = "foretold"

    def probabilities(self, pairs):
        return [
            Probabilities(0.9, 0.05, 0.05) if "yard" in a else Probabilities(0.2, 0.7, 0.1) for a, _ in pairs
        ]


def test_a_reading_asks_both_ways_round_and_prefers_neither(claim):
    one, other = claim("the yard is sold"), claim("the port is sold")
    there, back = read(Foretold(), [(one, other)])[0], read(Foretold(), [(other, one)])[0]
    assert there == back
    assert (there.entailed, there.entailed_both_ways) == (0.9, 0.2)
    assert (there.contradicted, there.contradicted_both_ways) == (0.7, 0.05)
    assert there.values().keys() == ENTAILMENT_SIGNALS.keys()


def test_certainty_is_cut():
    assert log_odds(1.0) == log_odds(0.999) == -log_odds(0.0)
    even = Probabilities(0.5, 0.5, 0.0)
    assert reading_of(even, even).values()["entailed"] == 0
