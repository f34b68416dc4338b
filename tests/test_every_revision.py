"""A database of every earlier revision, with rows in its tables, comes up to the newest with nothing lost."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, inspect, text

from claimtrack.records import digest
from claimtrack.store import open_store
from claimtrack.store.events import FIRST, hash_of
from claimtrack.store.migrate import HEAD, config, revision
from claimtrack.store.session import connect, read_url
from claimtrack.store.views import EventView

REVISIONS = ["0001", "0002", "0003", "0004", "0005", "0006", "0007"]
BODY = "Ada Quill said the bridge is open."
ARTICLE, SHA = "a" + "0" * 12, digest(BODY)
CLAIM = "c" + digest(ARTICLE, "15-33", "4-9")[:12]
OTHER = "c" + digest(ARTICLE, "15-25", "4-9")[:12]
SPEAKER, OUTLET = "s" + "1" * 12, "o" + digest("harbour times")[:12]
AT = datetime(2021, 3, 1, 12, 30, 5, 678, tzinfo=UTC)
LOGGED = {
    "decision": "confirmed",
    "on": "",
    "at": AT.isoformat(),
    "note": "as printed",
    "\u00f6": [0.1, 1e-9],
}


def test_every_earlier_revision_is_tried() -> None:
    assert [*REVISIONS, HEAD] == [f"{number:04}" for number in range(1, len(REVISIONS) + 2)]


@pytest.mark.parametrize("old", REVISIONS)
def test_nothing_is_lost_on_the_way_up(old: str, nowhere: str) -> None:
    engine = connect(read_url(nowhere), create=True)
    with engine.begin() as connection:
        command.upgrade(config(connection), old)
        fill(connection)
        before = contents(connection)
    with open_store(nowhere) as store:
        assert list(store.verify()) == []
        (claim, other) = sorted(store.claims(), key=lambda c: c.text != "the bridge is open")
        assert (claim.id, claim.text, claim.speaker, claim.outlet) == (
            CLAIM, "the bridge is open", "Ada Quill", "Harbour Times",
        )  # fmt: skip
        assert [v.note for v in store.verdicts_of([CLAIM])[CLAIM]] == ["as printed"]
        assert other.id == OTHER
        assert store.find_speaker("Ada Quill").roles == ("mayor",)
    with engine.connect() as connection:
        assert revision(connection) == HEAD
        after = contents(connection)
    engine.dispose()
    for table, rows in before.items():
        if not rows:  # what no program of that revision had to fill
            continue
        kept = set(rows[0]) & set(after[table][0])
        assert [{name: row[name] for name in kept} for row in after[table]] == [
            {name: row[name] for name in kept} for row in rows
        ], table
        assert set(rows[0]) - kept <= ({"roles"} if table == "speaker" else set()), table


def fill(connection: Connection) -> None:
    """One article with two claims, related, judged and logged, as far as the revision has room for it."""
    claim = {
        "article_id": ARTICLE, "speaker_id": SPEAKER, "persona_id": SPEAKER, "source": [[4, 9]],
        "cue": [[10, 14]],
        "sentence": [0, 34], "kind": "indirect", "stance": "asserts", "normalised": "", "facets": {},
        "resolution": {"roles": ["mayor"], "rule": "by name"}, "stated_on": None, "day": date(2021, 3, 1),
        "confidence": 0.9, "rule": "r", "extractor": "x", "retired": False, "start": 15,
    }  # fmt: skip
    entry = EventView(1, "verdict", CLAIM, AT, "mia", "claimtrack 0", LOGGED, FIRST, "")
    add = Adder(connection)
    add(
        "outlet",
        id=OUTLET,
        name="Harbour Times",
        folded="harbour times",
        is_agency=False,
        effective_id=OUTLET,
    )
    add("speaker", id=SPEAKER, name="Ada Quill", printed="Ada Quill", kind="person", roles=["mayor"],
        effective_id=SPEAKER)  # fmt: skip
    add("speaker_alias", speaker_id=SPEAKER, position=0, name="Ada Quill", key="ada quill")
    add("speaker_key", key="l:quill", speaker_id=SPEAKER)
    add("speaker_role", speaker_id=SPEAKER, role="mayor", since=date(2021, 3, 1), until=date(2021, 3, 1))
    add("article", id=ARTICLE, outlet_id=OUTLET, printed_outlet_id=OUTLET, path="a.txt", sha256=SHA,
        body=BODY,
        published=date(2021, 3, 1), day=date(2021, 3, 1), marks=[], agencies=[], detected=[],
            superseded=False,
        extractor="x", ingested=AT)  # fmt: skip
    for key, content in ((CLAIM, [15, 33]), (OTHER, [15, 25])):
        words = BODY[content[0] : content[1]]
        add("claim", **claim, id=key, content=[content], text=words, folded=words)
        add("claim_key", key="bridge", claim_id=key, weight=0.5)
    add("relay", claim_id=CLAIM, position=0, name="The Wire", printed="Ada", start=0, end=3)
    add("relation", id="r" + "0" * 12, a_id=CLAIM, b_id=OTHER, kind="repeats", score=0.9, signals=[["x",
        1.0, "", 0.0]],
        explanation="Same.", matcher="m", retired=False)  # fmt: skip
    add("article_band", band=-(2**63), article_id=ARTICLE)
    add("verdict", id=1, subject=CLAIM, decision="confirmed", reviewer="mia", at=AT, note="as printed")
    add("event", id=1, kind=entry.kind, subject=CLAIM, at=AT, who="mia", program=entry.program,
        payload=entry.payload, previous=FIRST, hash=hash_of(entry))  # fmt: skip


class Adder:
    """Inserts into tables as they are now, leaving out tables and columns that are not there yet."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._there = MetaData()
        self._there.reflect(connection)

    def __call__(self, table: str, **values: object) -> None:
        if table not in self._there.tables:
            return
        found = self._there.tables[table]
        row = {}
        for name, value in values.items():
            if name in found.columns:
                moment = isinstance(value, datetime) and self._connection.dialect.name == "sqlite"
                row[name] = value.replace(tzinfo=None) if moment else value  # type: ignore[attr-defined]
        self._connection.execute(found.insert(), [row])


def contents(connection: Connection) -> dict[str, list[dict[str, object]]]:
    """All rows of all tables but Alembic's, as the database holds them."""
    out = {}
    for table in sorted(set(inspect(connection).get_table_names()) - {"alembic_version"}):
        rows = [dict(row._mapping) for row in connection.execute(text(f'SELECT * FROM "{table}"'))]
        out[table] = sorted(rows, key=lambda row: json.dumps(row, default=str, sort_keys=True))
    return out
