"""speakers --proposals: pairs that may be one, and what becomes of them when people decide."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from claimtrack.linking import link_speakers
from claimtrack.records import Resolution, SpeakerKind
from claimtrack.store import Store, open_store
from tests.cli.conftest import Archive
from tests.store.build import make_article, make_claim, put

PERSON, BODY = SpeakerKind.PERSON, SpeakerKind.ORGANISATION
SAID = (
    ("Robert Smith", PERSON, ("mayor",)),
    ("Bob Smith", PERSON, ("mayor",)),
    ("World Seed Organization", BODY, ()),
    ("WSO", BODY, ()),
    ("Ada Quill", PERSON, ()),
)


@pytest.fixture
def people(copy_of: Callable[..., tuple[str, None]]) -> str:
    """An archive in which two pairs of speakers may be one."""
    return copy_of(put_people)[0]


def put_people(database: str) -> None:
    with open_store(database) as store:
        for number, (name, kind, roles) in enumerate(SAID):
            add(store, number, Resolution(name, kind, name, "name", 1.0, roles if number else ()))


def add(store: Store, number: int, resolution: Resolution) -> None:
    article = make_article(f"{resolution.name} said the bridge is open.", f"{number}.txt")
    with store.transaction():
        speakers, _ = link_speakers(store, [resolution], article, article.key)
    put(store, article, make_claim(article, "the bridge is open", speakers[resolution]))


Ask = Callable[..., Any]


def pairs(ask: Ask, people: str) -> list[dict[str, Any]]:
    done = ask("--db", people, "speakers", "--proposals", "--format", "json")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_likely_pairs_are_listed_with_reason_and_claims(ask: Ask, people: str) -> None:
    found = pairs(ask, people)
    assert [{p["a_name"], p["b_name"]} for p in found] == [
        {"World Seed Organization", "WSO"},
        {"Robert Smith", "Bob Smith"},
    ]
    assert found[0]["reason"] == "its initials"
    assert found[0]["a_claims"] == found[0]["b_claims"] == 1


def test_formats_and_widths(ask: Ask, people: str) -> None:
    table = ask("--db", people, "speakers", "--proposals", columns=80)
    assert "World Seed" in table.stdout
    assert max(map(len, table.stdout.splitlines())) <= 80
    rows = list(
        csv.DictReader(
            io.StringIO(ask("--db", people, "speakers", "--proposals", "-n", "1", "--format", "csv").stdout)
        )
    )
    assert [row["score"] for row in rows] == ["0.7"]


def test_a_decision_takes_a_pair_off_the_list(ask: Ask, people: str) -> None:
    seeds, smiths = pairs(ask, people)
    assert ask("--db", people, "speakers", "distinct", smiths["a"], smiths["b"]).returncode == 0
    assert ask("--db", people, "speakers", "merge", seeds["a"], seeds["b"]).returncode == 0
    assert pairs(ask, people) == []


def test_nobody_alike_is_said(ask: Ask, archive: Archive) -> None:
    done = ask("--db", archive[0], "speakers", "--proposals")
    assert (done.returncode, done.stdout) == (0, "")
    assert "No two speakers look like one" in done.stderr
