import pytest

from claimtrack.records import Modality, Stance
from claimtrack.relations.polarity import (
    Polarity,
    answers,
    is_question,
    names_topic,
    polarity_of,
    takes_back_all,
)

CASE = {"cases": "case"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sank", Polarity.AFFIRMS),
        ("The reports about the ferry are false", Polarity.REFUTES),
        ("the story was a hoax", Polarity.REFUTES),
        ("The mayor denied that the ferry sank", Polarity.REFUTES),
        ("The company dismissed the reports of a sale", Polarity.REFUTES),
        ("It is not a hoax", Polarity.AFFIRMS),
        ("He used a false passport", Polarity.AFFIRMS),
        ("He plans to deny them entry", Polarity.AFFIRMS),
        ("The disputed election was won by Okafor", Polarity.AFFIRMS),
        ("They could not confirm the sinking", Polarity.OPEN),
        ("We don't comment on rumours", Polarity.OPEN),
        ("Police are investigating the sinking", Polarity.OPEN),
        ("It is unclear who was on board", Polarity.OPEN),
        ("No price has been agreed yet", Polarity.OPEN),
        ("The sale is still under review", Polarity.OPEN),
        ("The ferry sank, despite reports that are false", Polarity.AFFIRMS),
    ],
)
def test_polarity_of_words(claim, text, expected):
    assert polarity_of(claim(text)) is expected


def test_polarity_of_facets_and_stance(claim):
    assert polarity_of(claim("The ferry did not sink", negated=True)) is Polarity.NEGATES
    assert polarity_of(claim("the ferry sank", stance=Stance.DENIES)) is Polarity.REFUTES
    assert polarity_of(claim("the ferry sank", stance=Stance.DOUBTS)) is Polarity.OPEN
    assert polarity_of(claim("to speak", stance=Stance.DECLINES)) is Polarity.OPEN


def test_questions(claim):
    assert is_question(claim("Did it sink?", modality=Modality.ASKED))
    assert is_question(claim("why the ferry sailed", stance=Stance.ASKS))
    assert not is_question(claim("is checking if the ferry sailed", modality=Modality.ASKED))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("No cases of cholera have been found", True),
        ("We have seen no credible evidence of a leak", True),
        ("The reports are baseless", True),
        ("The explosion did not happen", True),
        ("The minister did not resign", False),
        ("There are no doctors who can find cholera", False),
    ],
)
def test_what_a_negation_takes_back(claim, text, whole):
    assert takes_back_all(claim(text, negated=True)) is whole


def test_a_denial_answers_what_shares_its_topic(claim):
    denial = claim(
        "No cases of cholera have been found in Porto", negated=True, places=("porto",), lemmas=CASE
    )
    assert answers(denial, claim("Three sailors have cholera", context=("porto",))) > 0.6
    assert answers(denial, claim("A ferry sank in Porto", places=("porto",))) == 0.0


def test_a_denial_without_topic_leans_on_its_surroundings(claim):
    denial = claim('The reports are "unfounded"', context=("cholera", "sailor"))
    assert not names_topic(denial)
    assert answers(denial, claim("Sailors caught cholera", lemmas={"sailors": "sailor"})) > 0.5
    assert answers(denial, claim("A ferry sank")) == 0.0


def test_an_open_matter_is_what_stands_around_it(claim):
    denial = claim("No cases of cholera have been found", negated=True, lemmas=CASE)
    assert answers(denial, claim("They have not confirmed the cases", context=("cholera",))) == 1.0
