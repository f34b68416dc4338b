"""Phenomena that tools for attribution commonly miss: one sentence or two of our own for each."""

from __future__ import annotations

import pytest

from claimtrack.records import Stance

from .conftest import Extract
from .test_finder import words


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        pytest.param(
            "The company was accused by residents of dumping waste in the river.",
            "residents",
            "The company … of dumping waste in the river",
            id="passive with a gerund",
        ),
        pytest.param(
            "The plan was dismissed by the union as a stunt.",
            "the union",
            "The plan … as a stunt",
            id="passive with as",
        ),
        pytest.param(
            "The outage was blamed by the operator on a faulty valve.",
            "the operator",
            "The outage … on a faulty valve",
            id="blamed by",
        ),
        pytest.param(
            "The harbour added 300 jobs, economist Priya Nair said.",
            "economist Priya Nair",
            "The harbour added 300 jobs",
            id="an amount added",
        ),
        pytest.param(
            "“The pier is closed,” Brook added two days later.",
            "Brook",
            "“The pier is closed,”",
            id="added later",
        ),
        pytest.param("He added that 300 jobs would go.", "He", "300 jobs would go", id="added that"),
        pytest.param(
            "Brook fell short of saying the plant was unsafe.",
            "Brook",
            "the plant was unsafe",
            id="fell short of saying",
        ),
        pytest.param(
            "Workers were told to stay at home.", "", "Workers … to stay at home", id="were told to"
        ),
        pytest.param(
            "The director was told that the pumps had failed.", "", "the pumps had failed", id="was told that"
        ),
        pytest.param(
            "Two inspectors were charged with taking bribes from the builder.",
            "",
            "Two inspectors … with taking bribes from the builder",
            id="charged with",
        ),
        pytest.param(
            "Her promise to close the mine came too late.", "Her", "to close the mine", id="promise to"
        ),
        pytest.param(
            "Her rival's criticism of the budget was widely shared.",
            "Her rival",
            "the budget",
            id="criticism of",
        ),
        pytest.param(
            "The criticism of her rival that the budget had grown too fast was widely shared.",
            "her rival",
            "the budget had grown too fast",
            id="criticism of a rival that",
        ),
        pytest.param(
            "Brook released a statement saying the plant was safe.",
            "Brook",
            "the plant was safe",
            id="released a statement saying",
        ),
        pytest.param(
            "Brook made it clear that the plant would close.",
            "Brook",
            "the plant would close",
            id="made it clear",
        ),
        pytest.param(
            "Brook put it this way: “The plant is finished.”",
            "Brook",
            "“The plant is finished.”",
            id="put it this way",
        ),
        pytest.param(
            "A sign at the gate read “No entry without a pass.”",
            "A sign at the gate",
            "“No entry without a pass.”",
            id="a sign read",
        ),
        pytest.param(
            "Wages fell by 3 percent, a report published on Monday showed.",
            "a report published on Monday",
            "Wages fell by 3 percent",
            id="document as source",
        ),
        pytest.param(
            "In the director's view, the plant is finished and nothing can save it.",
            "the director",
            "the plant is finished and nothing can save it",
            id="in X's view",
        ),
        pytest.param(
            "In the words of the judge, the plant has never been safe for its workers.",
            "the judge",
            "the plant has never been safe for its workers",
            id="in the words of",
        ),
        pytest.param(
            "Per the ministry, the plant was closed in May after two accidents.",
            "the ministry",
            "the plant was closed in May after two accidents",
            id="per",
        ),
        pytest.param(
            "Under the statute, owners must register by May.",
            "the statute",
            "owners must register by May",
            id="under the statute",
        ),
        pytest.param(
            "Harbour Authority: No ships will sail on Monday",
            "Harbour Authority",
            "No ships will sail on Monday",
            id="headline with a colon",
        ),
        pytest.param(
            "Tunnel fire spread within minutes of the crash – survivors",
            "survivors",
            "Tunnel fire spread within minutes of the crash",
            id="headline with a dash",
        ),
        pytest.param(
            "The firm allegedly paid two inspectors in cash.",
            "",
            "The firm … paid two inspectors in cash",
            id="allegedly",
        ),
        pytest.param(
            "A significant number of members said the vote was unfair.",
            "A significant number of members",
            "the vote was unfair",
            id="speaker in lower case",
        ),
        pytest.param(
            "Mr. Lee, who said the wards were full, left on Friday.",
            "Mr. Lee",
            "the wards were full",
            id="relative clause: its antecedent",
        ),
        pytest.param(
            '"Is that all there is?" Brook said. "We need a new harbour."',
            "Brook",
            '"Is that all there is?" … "We need a new harbour."',
            id="question mark before the reporting clause",
        ),
        pytest.param(
            "“The signal is there,” said Ana Roche of the array, “but it is weak.”",
            "Ana Roche of the array",
            "“The signal is there,” … “but it is weak.”",
            id="content split around a long cue",
        ),
        pytest.param(
            "Even then, he said, the firm has learned enough about the harbour.",
            "he",
            "Even then … the firm has learned enough about the harbour",
            id="inserted between commas",
        ),
        pytest.param(
            "“The harbour will reopen, said Ms. Brook. Trains run again.",
            "Ms. Brook",
            "“The harbour will reopen,",
            id="quotation that nobody closed",
        ),
        pytest.param(
            "He was blunt: “The bridge is gone for good,” he said.",
            "he",
            "“The bridge is gone for good,”",
            id="a lead-up is no content",
        ),
        pytest.param(
            "Prices rose in May, but others say that wages kept up with them.",
            "others",
            "wages kept up with them",
            id="only the clause behind the verb",
        ),
    ],
)
def test_phenomenon(extract: Extract, text: str, source: str, content: str) -> None:
    assert (source, content) in [words(text, a) for a in extract(text)]


def test_two_speakers_take_opposite_stances_on_one_span(extract: Extract) -> None:
    text = "The rebels have denied claims by the government that they broke the truce in May."
    found = {(words(text, a), a.stance) for a in extract(text)}
    claim = "they broke the truce in May"
    assert found == {
        (("The rebels", claim), Stance.DENIES),
        (("the government", claim), Stance.ASSERTS),
    }


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Disputing the rumours that she would resign, the director left.", Stance.DENIES),
        ("The brewer has ruled out a sale of the site.", Stance.DENIES),
        ("The agency could not confirm the figures.", Stance.DECLINES),
        ("The firm did not respond to requests for comment.", Stance.DECLINES),
        ("Mr. Lee could not be reached for comment.", Stance.DECLINES),
        ("Residents were urged by the mayor to leave.", Stance.ASKS),
        ("His promise to rebuild the school was kept.", Stance.PROMISES),
        ("The ministry plans to rebuild the school.", Stance.EXPECTS),
        ("Brook stopped short of saying that the plant was unsafe.", Stance.DECLINES),
        ("Brook called the law a disgrace.", Stance.ASSERTS),
        ("Brook called him a liar.", Stance.ASSERTS),
        ("Brook called for an inquiry into the law.", Stance.ASKS),
        ("Brook called on the council to repeal the law.", Stance.ASKS),
    ],
)
def test_stance(extract: Extract, text: str, stance: Stance) -> None:
    assert [a.stance for a in extract(text)] == [stance]


@pytest.mark.parametrize(
    "text",
    [
        "Had the company said the plant was unsafe, people would have left.",
        "Should the court rule that the law is void, the state will appeal.",
        "Did the minister say that the plant was unsafe?",
        "If the mayor says the bridge is safe, people will use it.",
        "Unless the mayor says the bridge is safe, nobody will use it.",
        "The economy added 52,000 jobs in May.",
        "The index added 2% on Friday.",
    ],
)
def test_what_nobody_said_is_no_report(extract: Extract, text: str) -> None:
    assert extract(text) == []


def test_hedges_stay_in_the_content(extract: Extract) -> None:
    text = "The surgeon said the patient would probably recover by June."
    assert [words(text, a)[1] for a in extract(text)] == ["the patient would probably recover by June"]


def test_report_goes_on_behind_a_participle(extract: Extract) -> None:
    text = "Brook argued that the plant must close, calling it a danger to the town."
    found = [words(text, a) for a in extract(text)]
    assert ("Brook", "the plant must close") in found
    assert all(source == "Brook" for source, _ in found)


def test_a_view_per_head_is_no_source(extract: Extract) -> None:
    assert extract("The ferry charges two crowns per person on weekdays.") == []
