"""Relay chains: who speaks, who passes it on, and in what order."""

from __future__ import annotations

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
