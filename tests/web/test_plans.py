"""Pages cost the same in an archive of any size: what they ask SQLite is answered along indexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event

from claimtrack.web import places
from claimtrack.web.site import Kept
from tests.web.conftest import Shown


@pytest.fixture
def backend() -> str:
    """SQLite alone, whose plans tell of indexes; PostgreSQL scans a small table in any case."""
    return "sqlite"


LARGE = (
    "claim",
    "article",
    "relation",
    "relay",
    "speaker",
    "speaker_alias",
    "speaker_key",
    "event",
)  # not verdict: people give few
_SCAN = re.compile(rf"SCAN ({'|'.join(LARGE)})\b")

_PAGED = re.compile(r"FROM (claim|article|relation)\b.* LIMIT ", re.DOTALL)


@contextmanager
def recorded(shown: Shown) -> Iterator[list[tuple[str, Any]]]:
    """The statements that the page sends to the database, with their values."""
    found: list[tuple[str, Any]] = []

    def note(_c: Connection, _k: Any, statement: str, values: Any, *_: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            found.append((statement, values))

    event.listen(shown.store._engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(shown.store._engine, "before_cursor_execute", note)


def plan_of(shown: Shown, statement: str, values: Any) -> list[str]:
    with shown.store._engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    return [row.detail for row in rows]


def _paths(shown: Shown) -> list[str]:
    store, keys = shown.store, shown.keys
    articles = places.pack(store.article_page(None, 1).after or ())
    claims = places.pack(store.claim_page(None, 1).after or ())
    mine = places.pack(store.claims_of_speaker(keys["mayor"], None, 1).after or ())
    score = places.pack((0.9, keys["pilings"]))
    name = places.pack(("A", "s"))
    outlet = store.find_outlet("Lindau Gazette")
    return [
        "/", "/articles", f"/articles?after={articles}", f"/articles?outlet={outlet}",
        f"/articles?outlet={outlet}&after={articles}", f"/articles/{keys['first']}", "/claims",
        f"/claims?after={claims}", f"/claims/{keys['opens']}", "/search?q=pier",
        f"/search?q=pier&after={claims}",
        "/search?q=holt", "/speakers", f"/speakers?after={name}", "/speakers?kind=group",
        f"/speakers/{keys['mayor']}", f"/speakers/{keys['mayor']}?after={mine}", "/relations",
        f"/relations?after={score}", "/relations?status=open", "/relations?status=rejected&kind=updates",
        f"/relations/{keys['pier']}", "/disputes", f"/disputes/x{keys['pier'][1:]}", "/review",
        f"/review?after={keys['pier']}", f"/review?before={keys['pilings']}&kind=contradicts",
    ]  # fmt: skip


def test_pages_scan_no_table_that_grows_and_sort_nothing(shown: Shown) -> None:
    shown.post("/verdicts", subject=shown.keys["pier"], decision="confirmed")
    paths = _paths(shown)
    for path in ("/", "/articles", "/disputes"):
        shown.get(path)  # what is read from all of the archive is read once, and kept
    for path in paths:
        with recorded(shown) as statements:
            shown.get(path)
        assert statements
        for statement, values in statements:
            plan = plan_of(shown, statement, values)
            assert not [line for line in plan if _SCAN.search(line)], (path, statement, plan)
            if _PAGED.search(statement):  # read in its order, never sorted
                assert not [line for line in plan if "TEMP B-TREE" in line], (path, statement, plan)


def test_a_plan_that_scans_or_sorts_would_be_seen(shown: Shown) -> None:
    scan = plan_of(shown, "SELECT id FROM claim WHERE text = 'x'", ())
    assert any(_SCAN.search(line) for line in scan)
    sort = plan_of(shown, "SELECT id FROM article ORDER BY title LIMIT 3", ())
    assert any("TEMP B-TREE" in line for line in sort)


@pytest.mark.parametrize("path", ["/", "/disputes", "/articles"])
def test_what_is_read_from_all_of_the_archive_is_read_anew_only_after_a_change(
    shown: Shown, path: str
) -> None:
    def asked() -> int:
        with recorded(shown) as statements:
            shown.get(path)
        return len(statements)

    asked()
    kept = asked()
    assert asked() == kept
    shown.post("/verdicts", subject=shown.keys["pier"], decision="rejected")
    assert asked() > kept


def test_what_takes_long_is_kept_for_a_while_whatever_changes(shown: Shown) -> None:
    now = [0.0]
    made = []
    kept = Kept(clock=lambda: now[0])

    def make(takes: float) -> int:
        now[0] += takes
        made.append(takes)
        return len(made)

    for takes, again in ((1.0, 2), (5.0, 1)):
        made.clear()
        name = str(takes)
        kept.get(shown.store, name, lambda takes=takes: make(takes))
        shown.post("/verdicts", subject=shown.keys["pier"], decision="unsure")
        assert kept.get(shown.store, name, lambda takes=takes: make(takes)) == again
    now[0] += 100.0
    assert kept.get(shown.store, "5.0", lambda: make(5.0)) == 2


def test_what_could_not_be_made_is_made_again(shown: Shown) -> None:
    kept = Kept()
    with pytest.raises(ZeroDivisionError):
        kept.get(shown.store, "x", lambda: 1 // 0)
    assert kept.get(shown.store, "x", lambda: 7) == 7
