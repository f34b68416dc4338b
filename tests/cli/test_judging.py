"""relate, evaluate, --explain and --min-score, on the archive made by hand."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from claimtrack.records import Decision, Verdict
from claimtrack.store import open_store
from tests.cli.conftest import Archive


@pytest.fixture
def reviewed(own_archive: Archive) -> str:
    """A copy of the archive in which people have decided on three more relations."""
    database, _ = own_archive
    with open_store(database) as store, store.transaction():
        relations = {str(relation.score): relation.id for relation in store.relations()}
        for score, decision in (("0.8", "rejected"), ("0.88", "unsure"), ("0.7", "confirmed")):
            at = datetime(2024, 6, 2, tzinfo=UTC)
            store.decide(Verdict(relations[score], Decision(decision), "Bea", at, "=seen"))
    return database


def test_precision_by_kind_score_signal_and_outlet(run: Any, reviewed: str) -> None:
    done = run("--db", reviewed, "evaluate", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    rows = {(row["by"], row["value"]): row for row in json.loads(done.stdout)}
    whole = rows["all", "all"]
    assert (whole["confirmed"], whole["rejected"], whole["unsure"], whole["precision"]) == (2, 1, 1, 0.667)
    assert whole["low"] < 0.667 < whole["high"]
    assert rows["kind", "contradicts"]["precision"] == 0.5
    assert rows["kind", "updates"] | {"by": "", "value": ""} == {
        "by": "", "value": "", "confirmed": 0, "rejected": 0, "unsure": 1,
        "precision": None, "low": None, "high": None,
    }  # fmt: skip
    assert rows["signal", "negation"]["confirmed"] == 2
    assert rows["outlet", "unknown"]["confirmed"] == 1
    assert rows["score", "0.9-1.0"]["confirmed"] == 1
    table = run("--db", reviewed, "evaluate", columns=80)
    assert max(map(len, table.stdout.splitlines())) <= 80
    assert "0.67" in table.stdout
    found = list(csv.DictReader(io.StringIO(run("--db", reviewed, "evaluate", "-f", "csv").stdout)))
    assert found[0]["confirmed"] == "2"


def test_verdicts_are_written_for_training(run: Any, reviewed: str, tmp_path: Path) -> None:
    done = run("--db", reviewed, "evaluate", "--write", "verdicts.jsonl")
    assert done.returncode == 0
    rows = [json.loads(line) for line in (tmp_path / "verdicts.jsonl").read_text("utf-8").splitlines()]
    assert sorted(row["decision"] for row in rows) == ["confirmed", "confirmed", "rejected", "unsure"]
    wrong = next(row for row in rows if row["decision"] == "rejected")
    assert (wrong["given_on"], wrong["relation"], wrong["reviewer"], wrong["note"]) == (
        "contradicts", "contradicts", "Bea", "=seen",
    )  # fmt: skip
    assert wrong["b_text"] in wrong["b_sentence"]
    assert {signal["name"] for signal in wrong["signals"]} == {"rule", "fuzzy", "negation"}


def test_verdicts_on_what_is_no_longer_made_do_not_count(run: Any, reviewed: str) -> None:
    assert run("--db", reviewed, "relate", "--entailment", "off").returncode == 0
    with open_store(reviewed) as store:
        stands = [r.verdict for r in store.decided_relations() if not r.retired and r.verdict.kind == r.kind]
    done = run("--db", reviewed, "evaluate", "--format", "json")
    assert len(stands) < 4
    assert f"{4 - len(stands)} verdict" in done.stderr
    rows = json.loads(done.stdout)
    assert sum(rows[0][str(name)] for name in Decision) == len(stands) if rows else not stands


def test_without_verdicts_there_is_nothing_to_tell(run: Any, hostile: str) -> None:
    done = run("--db", hostile, "evaluate")
    assert (done.returncode, done.stdout) == (0, "")
    assert "No relation has a verdict" in done.stderr


def test_relate_says_what_came_of_it_and_keeps_verdicts(run: Any, reviewed: str) -> None:
    done = run("--db", reviewed, "relate", "--entailment", "off", "--window", "400")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("6 claims judged anew: ")
    assert done.stdout.endswith("; 5 before.\n")
    with open_store(reviewed) as store:
        assert len(list(store.decided_relations())) == 4


def test_relate_needs_a_database_and_a_model(run: Any, reviewed: str) -> None:
    missing = run("--db", "nowhere.db", "relate")
    assert missing.returncode == 1
    assert "There is no database" in missing.stderr
    assert not Path("nowhere.db").exists()
    done = run("--db", reviewed, "relate", "--entailment", "no-such-folder")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert run("--db", reviewed, "relate", "--window", "-1").returncode == 2


@pytest.mark.parametrize("command", ["contradictions", "corroborations"])
def test_explain_shows_every_signal(command: str, ask: Any) -> None:
    plain, explained = ask(command, columns=80).stdout, ask(command, "--explain", columns=80).stdout
    assert "negation" not in plain
    assert "negation" in explained
    assert max(map(len, explained.splitlines())) <= 80


def test_support_may_be_asked_for_by_score(ask: Any) -> None:
    everything = ask("corroborations", "-f", "jsonl").stdout.splitlines()
    sure = ask("corroborations", "--min-score", "0.95", "-f", "jsonl").stdout.splitlines()
    assert 0 < len(sure) < len(everything)
