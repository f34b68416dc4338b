"""Verdicts and the log are only added to, and what is changed behind the store's back is found."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import DBAPIError

from claimtrack.errors import StoreError
from claimtrack.records import Decision, Verdict
from claimtrack.store import Store, open_store
from tests.store.build import alter, alter_kept, make_article, make_claim, put

TEXT = "Quill said the bridge is open."


@pytest.fixture
def filled(database: str) -> str:
    with open_store(database, who="tester") as store:
        article = make_article(TEXT)
        put(store, article, make_claim(article, "the bridge is open"))
        with store.transaction():
            store.append_event("article added", article.key, {"path": "a.txt", "é": [1, 2.5, None]})
            store.decide(
                Verdict(make_claim(article, "the bridge is open").key, Decision.CONFIRMED, "mia", NOW)
            )
    return database


NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


def problems(database: str) -> list[str]:
    with open_store(database) as store:
        return list(store.verify())


def test_the_log_is_a_chain(filled: str) -> None:
    with open_store(filled) as store:
        second, first = store.events()
        assert (first.kind, first.who, first.payload) == (
            "article added",
            "tester",
            {"path": "a.txt", "é": [1, 2.5, None]},
        )
        assert (second.kind, second.who, second.previous) == ("verdict", "mia", first.hash)
        assert first.at.tzinfo is UTC
        assert first.program.startswith("claimtrack ")
    assert problems(filled) == []


@pytest.mark.parametrize("command", ["UPDATE {} SET id = 9", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["verdict", "event"])
def test_nothing_written_there_can_be_changed(filled: str, table: str, command: str) -> None:
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        alter(filled, command.format(table))


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("UPDATE event SET who = 'nobody' WHERE id = 1", "event 1: was changed"),
        ("DELETE FROM event WHERE id = 1", "event 2: does not follow event 0"),
    ],
)
def test_a_change_of_the_log_is_found(filled: str, command: str, problem: str) -> None:
    alter_kept(filled, "event", command)
    assert any(line.startswith(problem) for line in problems(filled))


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("UPDATE article SET body = replace(body, 'open', 'shut')", "the text is not the one that was read"),
        ("UPDATE claim SET text = 'the bridge is shut'", "is not what stands at its offsets"),
        ("UPDATE claim SET content = '[[0,4000]]'", "lies outside its article"),
        ('UPDATE relay SET "end" = 4000', "lies outside its article"),
    ],
)
def test_a_change_of_what_was_read_is_found(filled: str, command: str, problem: str) -> None:
    alter(filled, command)
    assert any(problem in line for line in problems(filled))


def test_nothing_is_written_outside_a_transaction(store: Store) -> None:
    with pytest.raises(StoreError, match="outside a transaction"):
        store.append_event("x", "", {})
    with store.transaction(), pytest.raises(StoreError, match="open already"), store.transaction():
        pass


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    verdict = Verdict("c0", Decision.UNSURE, "mia", datetime(2024, 5, 1))
    with pytest.raises(Exception, match="without a zone"), store.transaction():
        store.decide(verdict)
