"""The views `v_claims`, `v_relations` and `v_audit`: a promise to those who read the database themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from claimtrack.records import Decision, Fault, Verdict
from claimtrack.review import judge, merge_speakers, undo_verdict
from claimtrack.store import Store, open_store
from claimtrack.store.session import connect, read_url
from tests.store.build import (
    COUNCIL,
    MAYOR,
    RIVAL,
    make_article,
    make_claim,
    make_relation,
    put,
    put_relations,
)

# Columns may be added at the end of these, never renamed or taken away: docs/open-the-database.md.
COLUMNS = {
    "v_claims": [
        "id", "article", "outlet", "published", "content", "source", "cue", "text", "speaker", "speaker_id",
        "relays", "kind", "stance", "stated_on", "day", "article_id", "url", "title", "article_sha256",
        "sentence", "resolution_rule", "confidence", "rule", "extractor",
        "article_origin", "article_origin_of", "article_agency",
        "verdict", "reviewer", "verdict_at", "verdict_note", "verdict_reason",
    ],
    "v_relations": [
        "id", "a", "b", "relation", "score", "explanation", "signals", "matcher",
        "verdict", "reviewer", "verdict_at", "verdict_note",
        "a_speaker", "a_outlet", "a_published", "a_stated_on", "a_kind", "a_stance", "a_text", "a_article",
        "a_url",
        "b_speaker", "b_outlet", "b_published", "b_stated_on", "b_kind", "b_stance", "b_text", "b_article",
        "b_url",
    ],
    "v_audit": [
        "event", "at", "who", "kind", "subject", "verdict", "reviewer", "verdict_reason", "note",
        "verdict_number", "undoes", "payload", "program", "previous", "hash",
    ],
}  # fmt: skip

OPEN = make_article("Quill said the bridge is open. 🌉", "a.txt", "Harbour Times", 1)
SHUT = make_article("The Council said the bridge is shut.", "b.txt", None, 2)
ONE = make_claim(OPEN, "the bridge is open", MAYOR)
OTHER = make_claim(SHUT, "the bridge is shut", COUNCIL, date(2021, 3, 1))


@pytest.fixture
def filled(database: str) -> str:
    with open_store(database, who="tester") as store:
        put(store, OPEN, ONE)
        put(store, SHUT, OTHER)
        put_relations(store, make_relation(ONE, OTHER))
    return database


def rows(database: str, query: str) -> list[dict[str, Any]]:
    engine = connect(read_url(database), create=False)
    with engine.connect() as connection:
        found = [dict(row._mapping) for row in connection.execute(text(query))]
    engine.dispose()
    return found


def claim_row(database: str, key: str) -> dict[str, Any]:
    (row,) = rows(database, f"SELECT * FROM v_claims WHERE id = '{key}'")
    return row


@pytest.mark.parametrize("view", COLUMNS)
def test_columns_are_a_promise(filled: str, view: str) -> None:
    engine = connect(read_url(filled), create=False)
    with engine.connect() as connection:
        assert list(connection.execute(text(f"SELECT * FROM {view}")).keys()) == COLUMNS[view]
    engine.dispose()


def test_a_claim_reads_as_lists_show_it(filled: str) -> None:
    with open_store(filled) as store:
        shown = {claim.id: claim for claim in store.claims()}
    assert len(rows(filled, "SELECT * FROM v_claims")) == len(shown) == 2
    for key, claim in shown.items():
        row = claim_row(filled, key)
        assert (row["text"], row["speaker"], row["outlet"], row["sentence"], row["resolution_rule"]) == (
            claim.text, claim.speaker, claim.outlet, claim.sentence, claim.resolution_rule,
        )  # fmt: skip
        assert (row["article"], row["article_sha256"], row["relays"]) == (
            claim.path,
            claim.sha256,
            "The Wire",
        )
        assert (str(row["day"]), row["verdict"]) == (str(claim.day), None)


def test_both_sides_of_a_relation(filled: str) -> None:
    (row,) = rows(filled, "SELECT * FROM v_relations")
    assert (row["a"], row["b"], row["relation"]) == (ONE.key, OTHER.key, "contradicts")
    assert (row["a_text"], row["a_speaker"], row["a_outlet"]) == (ONE.text, "Ada Quill", "Harbour Times")
    assert (row["b_text"], row["b_speaker"], row["b_outlet"]) == (OTHER.text, "Harbour Council", None)


def test_the_verdict_in_force(filled: str) -> None:
    def shown(store: Store) -> tuple[Any, ...]:
        row = claim_row(filled, ONE.key)
        (view,) = store.verdicts_of([ONE.key]).values()
        assert row["verdict"] in (view[0].decision, None)
        return row["verdict"], row["reviewer"], row["verdict_note"], row["verdict_reason"]

    with open_store(filled) as store:
        judge(store, ONE.key, Decision.REJECTED, "mia", "a headline", Fault.NOT_A_CLAIM)
        assert shown(store) == ("rejected", "mia", "a headline", str(Fault.NOT_A_CLAIM))
        judge(store, ONE.key, Decision.CONFIRMED, "noa")
        assert shown(store) == ("confirmed", "noa", "", "")
        undo_verdict(store, ONE.key, "ole", "a slip")  # back to mia's, in her words
        assert shown(store) == ("rejected", "mia", "a headline", str(Fault.NOT_A_CLAIM))
        undo_verdict(store, ONE.key, "ole")
        assert shown(store) == (None, None, None, None)
        with store.transaction():
            store.decide(Verdict(make_relation(ONE, OTHER).key, Decision.UNSURE, "mia", datetime.now(UTC)))
    assert rows(filled, "SELECT verdict, reviewer FROM v_relations") == [
        {"verdict": "unsure", "reviewer": "mia"}
    ]


def test_retired_rows_are_left_out(filled: str) -> None:
    with open_store(filled) as store:
        put(store, OPEN)  # a run that finds no claims
    assert [row["id"] for row in rows(filled, "SELECT id FROM v_claims")] == [OTHER.key]
    assert rows(filled, "SELECT id FROM v_relations") == []


def test_the_trail_has_every_entry_with_what_was_decided(filled: str) -> None:
    with open_store(filled, who="tester") as store:
        put(store, make_article("Bo Quill said it.", "c.txt"), make_claim(
            make_article("Bo Quill said it.", "c.txt"), "it", RIVAL,
        ))  # fmt: skip
        judge(store, ONE.key, Decision.CONFIRMED, "mia", "heard it")
        merge_speakers(store, MAYOR.key, RIVAL.key, "mia", "one man", force=True)
        events = list(store.events())
    trail = rows(filled, "SELECT * FROM v_audit ORDER BY event DESC")
    assert [(row["event"], row["hash"]) for row in trail] == [(event.id, event.hash) for event in events]
    by_kind = {row["kind"]: row for row in trail}
    assert (by_kind["verdict"]["verdict"], by_kind["verdict"]["note"]) == ("confirmed", "heard it")
    assert (by_kind["verdict"]["subject"], by_kind["verdict"]["who"]) == (ONE.key, "mia")
    assert (by_kind["speakers merged"]["note"], by_kind["speakers merged"]["verdict"]) == ("one man", None)
