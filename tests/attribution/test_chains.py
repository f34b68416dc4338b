"""Relay chains: who speaks, who passes it on, and in what order."""

from __future__ import annotations

import pytest

from claimtrack.attribution.chains import chain_relays
from claimtrack.attribution.modes import Mode, find
from claimtrack.knowledge import load_knowledge
from claimtrack.language.model import load
from claimtrack.records import Article, joined

from .conftest import Extract
from .test_finder import words


def only(extract: Extract, text: str) -> tuple[str, str, list[str]]:
    (found,) = extract(text)
    return *words(text, found), [r.name for r in found.relays]


def test_cited_as_saying(extract: Extract) -> None:
    text = "Reuters cited the port’s director, Ana Ruiz, as saying that two cranes had failed."
    assert only(extract, text) == ("the port’s director, Ana Ruiz", "two cranes had failed", ["Reuters"])


def test_was_quoted_by(extract: Extract) -> None:
    text = "Ruiz was quoted by Reuters as saying that two cranes had failed."
    assert only(extract, text) == ("Ruiz", "two cranes had failed", ["Reuters"])


def test_reporting_clause_around_a_statement(extract: Extract) -> None:
    text = "Ruiz said two cranes had failed, Reuters reported."
    assert only(extract, text) == ("Ruiz", "two cranes had failed", ["Reuters"])


def test_citing_gives_the_speaker(extract: Extract) -> None:
    text = "Two cranes had failed, Reuters said, citing a port official."
    assert only(extract, text) == ("a port official", "Two cranes had failed", ["Reuters"])


def test_told_an_outlet(extract: Extract) -> None:
    text = "“Two cranes have failed this week,” Ruiz told Reuters."
    assert only(extract, text) == ("Ruiz", "“Two cranes have failed this week,”", ["Reuters"])


def test_told_the_outlet_itself_by_its_short_form(extract: Extract) -> None:
    text = "“Two cranes have failed this week,” Ruiz told The Post."
    assert only(extract, text) == ("Ruiz", "“Two cranes have failed this week,”", ["Harbour Post"])


def test_told_reporters_is_no_relay(extract: Extract) -> None:
    text = "“Two cranes have failed this week,” Ruiz told reporters."
    assert only(extract, text)[2] == []


def test_agency_that_reported_the_remarks(extract: Extract) -> None:
    text = "“Two cranes have failed this week,” Ruiz told workers.\n\nReuters reported the remarks on Friday."
    found = [a for a in extract(text) if "cranes" in words(text, a)[1]]
    assert [r.name for a in found for r in a.relays] == ["Reuters"]


def test_an_outlet_alone_is_the_speaker(extract: Extract) -> None:
    text = "Reuters reported that two cranes had failed."
    assert only(extract, text) == ("Reuters", "two cranes had failed", [])


@pytest.mark.parametrize(
    ("text", "speaker", "relays"),
    [
        # the passive, and who stands behind it
        ("The mine will close, the foreman was quoted by Reuters as saying.", "the foreman", "Reuters"),
        ("“The quay is safe,” Varga was quoted as saying by the Coast Weekly.", "Varga", "Coast Weekly"),
        ("“We will not pay,” the owner was quoted by Reuters as telling the crew.", "the owner", "Reuters"),
        ("State media quoted the general as saying the war was over.", "the general", "State media"),
        ("The talks went well, Interfax quoted Sorokin as saying.", "Sorokin", "Interfax"),
        ("The well is dry, Reuters quoted an official as saying.", "an official", "Reuters"),
        ("“The well is dry,” state radio quoted him as saying.", "him", "state radio"),
        # cited by, carried by, broadcast by
        (
            "The pumps had failed twice, the engineer said, as cited by the Coast Weekly.",
            "the engineer",
            "Coast Weekly",
        ),
        ("The dam is sound, the minister said in comments carried by state television.", "the minister",
         "state television"),
        ("In remarks broadcast by Radio Quilca, the minister said the dam was sound.", "the minister",
         "Radio Quilca"),
        ("The talks went well, Sorokin said in remarks published by the newspaper Izvestia on Monday.",
         "Sorokin", "Izvestia"),
        ("The woman was poisoned, the hospital said in a statement carried by the ANSA news agency.",
         "the hospital", "ANSA"),
        ("The well is dry, according to an official quoted by Reuters.", "an official quoted by Reuters",
         "Reuters"),
        # told, in an interview, on the air, in the paper
        ("The tax would fall, the prime minister told the BBC's Today programme.", "the prime minister",
         "BBC News"),
        ("The strike will go on, Reiter said in an interview with the Coast Weekly.", "Reiter",
         "Coast Weekly"),
        ("In an interview with CNN on Sunday, the senator said the bill was dead.", "the senator", "CNN"),
        ("Speaking to Reuters, the prime minister said the tax would fall.", "the prime minister", "Reuters"),
        ("The bill is dead, the senator said on CNN.", "the senator", "CNN"),
        ("The mayor wrote in the Guardian that the well was dry.", "The mayor", "Guardian"),
        ("Writing in the Guardian, the mayor said the well was dry.", "the mayor", "Guardian"),
        ("A person briefed on the call told The Washington Post that the general was furious.",
         "A person briefed on the call", "Washington Post"),
        ("“The well is dry,” the mayor told the Prairie Ledger.", "the mayor", "Prairie Ledger"),
        # citing
        ("Reuters, citing two officials, said the ship had sunk.", "two officials", "Reuters"),
        ("The ship has sunk, Reuters reported, citing officials.", "officials", "Reuters"),
        ("Citing unnamed officials, Reuters said the ship had sunk.", "unnamed officials", "Reuters"),
        ("The Associated Press reported, citing an official, that the well was dry.", "an official",
         "Associated Press"),
        ("The minister will resign, Reuters reported Tuesday, quoting aides.", "aides", "Reuters"),
        # hung on the end, or told before
        ("Sorokin said the talks went well, Interfax said.", "Sorokin", "Interfax"),
        ("Sorokin said the talks went well, Russian news agencies reported.", "Sorokin",
         "Russian news agencies"),
        ("The war is over, the general said, state media reported.", "the general", "state media"),
        ("The bill is dead, the senator said, Politico reported.", "the senator", "Politico"),
        ("According to Reuters, the mayor said the well was dry.", "the mayor", "Reuters"),
        ("Reuters reported on Friday that the minister had told lawmakers the well was dry.", "the minister",
         "Reuters"),
        ("His brother said the captain had told friends that the sea was calm.", "the captain",
         "His brother"),
        # longer chains, the farthest first
        ("His deputy told Reuters that the mayor had said the well was dry.", "the mayor",
         "Reuters; His deputy"),
        ("The doors were locked, a staff member told investigators, according to a source who spoke to CNN.",
         "a staff member", "CNN; a source"),
        ("A staff member told investigators that the doors were locked, according to a source who spoke to "
         "CNN, the Hollywood Reporter wrote.", "A staff member", "Hollywood Reporter; CNN; a source"),
        ("An aide said the mayor would dig, Politico reported, citing a memo.", "An aide",
         "Politico; a memo"),
        # channels are no relays
        ("The mayor wrote on Facebook that the bridge was closed.", "The mayor", ""),
        ("“The bridge is closed,” the mayor said in a tweet.", "the mayor", ""),
        ("In a letter to parliament, the governor said the bank was solvent.", "the governor", ""),
        ("The fire began in the kitchen, prosecutors said in a court filing.", "prosecutors", ""),
        ("The mayor said in a statement released by his office that the well was dry.", "The mayor", ""),
        ("The tax would fall, the prime minister told reporters.", "the prime minister", ""),
        ("The general refused to leave, according to a transcript released by the Pentagon.",
         "a transcript released by the Pentagon", ""),
        ("The New York Times, which first reported the call, said the general was furious.",
         "The New York Times, which first reported the call", ""),
    ],
)  # fmt: skip
def test_the_chain_decides_who_speaks(extract: Extract, text: str, speaker: str, relays: str) -> None:
    source, _, found = only(extract, text)
    assert source == speaker
    assert [name.removeprefix("The ").removeprefix("the ") for name in found] == [
        name for name in relays.split("; ") if name
    ]


def test_the_hanging_report_is_no_part_of_the_content(extract: Extract) -> None:
    assert only(extract, "Sorokin said the talks went well, Interfax said.")[1] == "the talks went well"


def test_the_citing_phrase_is_no_part_of_the_content(extract: Extract) -> None:
    text = "The Associated Press reported, citing an official, that the well was dry."
    assert only(extract, text)[1] == "the well was dry"


def test_each_relay_has_its_words(extract: Extract) -> None:
    text = "The doors were locked, a staff member told investigators, according to a source who spoke to CNN."
    (found,) = extract(text)
    assert [r.span.of(text) for r in found.relays] == ["CNN", "a source"]


HYBRID = [
    ("The mine will close in June, the foreman was quoted by Reuters as saying.", "the foreman", ["Reuters"]),
    ("State media quoted the general as saying the war was over.", "the general", ["State media"]),
    ("Reuters, citing two officials, said the ship had sunk.", "two officials", ["Reuters"]),
    ("The bill is dead, the senator said, Politico reported.", "the senator", ["Politico"]),
    (
        "A staff member told investigators that the doors were locked, according to a source who spoke to "
        "CNN, the Hollywood Reporter wrote.",
        "A staff member",
        ["The Hollywood Reporter", "CNN", "a source"],
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("text", "speaker", "relays"), HYBRID)
def test_chains_of_the_learned_tagger(text: str, speaker: str, relays: list[str]) -> None:
    article = Article(text, "test.txt", outlet="Harbour Post")
    parsed = load().parse(article)
    (found,) = chain_relays(article, parsed, find(article, parsed, Mode.HYBRID, links=True), load_knowledge())
    assert joined(text, found.source) == speaker
    assert [r.name for r in found.relays] == relays
