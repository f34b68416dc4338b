from datetime import date

import pytest

from claimtrack.records import Modality, Period, Stance
from claimtrack.relations.progress import Stage, declines, fills_in, stage_of


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("They have not confirmed the sinking", Stage.OPEN),
        ("The port is in talks to buy the ferry", Stage.TALKS),
        ("The port is nearing a deal", Stage.TALKS),
        ("The ferry could be sold", Stage.POSSIBLE),
        ("The ferry will be sold", Stage.PLAN),
        ("The ferry is scheduled to sail", Stage.PLAN),
        ("The ferry sank", Stage.FACT),
    ],
)
def test_stage_by_words(claim, text, stage):
    assert stage_of(claim(text)) is stage


def test_stage_by_facets_and_stance(claim):
    assert stage_of(claim("the ferry sails", modality=Modality.HYPOTHETICAL)) is Stage.POSSIBLE
    assert stage_of(claim("the ferry sails", tense="future")) is Stage.PLAN
    assert stage_of(claim("to sail", stance=Stance.PROMISES)) is Stage.PLAN


def test_declining(claim):
    assert declines(claim("The port declined to comment"))
    assert declines(claim("to answer", stance=Stance.DECLINES))
    assert not declines(claim("The port commented"))


def test_a_later_day_or_place_fills_in_what_was_open(claim):
    asked = claim("no date or venue has been agreed yet")
    april = Period(date(2021, 4, 16), date(2021, 4, 30), "late April")
    year = Period(date(2021, 1, 1), date(2021, 12, 31), "this year")
    assert fills_in(asked, claim("will sail in late April", periods=(april,)))
    assert not fills_in(asked, claim("will sail this year", periods=(year,)))
    assert fills_in(asked, claim("will be held in Porto", places=("porto",)))
    assert not fills_in(asked, claim("the mayor of Porto will sail", places=("porto",)))
    assert not fills_in(claim("the crew was not named"), claim("will be held in Porto", places=("porto",)))
