"""The command line over a PostgreSQL server: an archive made, read, judged, exported and related."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.records import Decision
from claimtrack.review.verdicts import judge
from claimtrack.store import open_store
from tests.cli.conftest import Run

SEEDS = Path(__file__).parents[2] / "seeds" / "articles"


@pytest.mark.slow
def test_a_whole_day_over_postgresql(
    run: Run, new_database: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMTRACK_ENTAILMENT", "off")  # quick, and the same for both
    both = {"postgresql": new_database("postgresql"), "sqlite": new_database("sqlite")}
    lists = (
        ("claims",),
        ("contradictions",),
        ("corroborations",),
        ("speakers",),
        ("outlets",),
        ("articles",),
    )
    shown: dict[str, list[str]] = {}
    for kind, database in both.items():
        done = run("--db", database, "ingest", "--attribution", "rules", "--workers", "1", SEEDS)
        assert (done.returncode, done.stdout.split(";")[0]) == (0, "3 added, 0 known, 0 changed, 0 failed")
        with open_store(database) as store:
            first = next(iter(store.relations()))
            judge(store, first.id, Decision.CONFIRMED, "mia", "on record")
        assert run("--db", database, "relate").returncode == 0
        assert run("--db", database, "export", f"{kind}.csv", "--what", "audit").returncode == 0
        shown[kind] = [run("--db", database, name, "-f", "json").stdout for name in lists]
        shown[kind].append(run("--db", database, "show", first.id).stdout)
        rows = json.loads(run("--db", database, "db", "info", "-f", "json").stdout)
        assert next(row["value"] for row in rows if row["name"] == "rows of verdict") == 1
        assert run("--db", database, "db", "vacuum").returncode == 0
        assert run("--db", database, "doctor").returncode == 0
    assert shown["postgresql"] == shown["sqlite"]
    assert (tmp_path / "postgresql.csv").read_text() == (tmp_path / "sqlite.csv").read_text()
