"""doctor, db, --config, -v and --log-json, as a person who runs a newsroom's archive meets them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from claimtrack.doctor import GIVES, packages_of_extras
from claimtrack.store.migrate import HEAD
from tests.cli.conftest import Archive, Run
from tests.store.build import alter

ROOT = Path(__file__).parents[2]
TEXT = "OSLO - The harbour will close in June, mayor Ines Holt said on Monday. SECRETWORD is in this text."


def findings(text: str) -> dict[tuple[str, str], dict[str, str]]:
    return {(f["topic"], f["name"]): f for f in json.loads(text)}


def log_of(stderr: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stderr.splitlines()]


def test_doctor_finds_all_well(ask: Run, backend: str) -> None:
    done = ask("doctor", "-f", "json")
    assert (done.returncode, done.stderr) == (0, "All is well.\n")
    found = findings(done.stdout)
    assert found["database", "revision"]["found"].startswith(HEAD)
    if backend == "sqlite":
        assert found["database", "journal"]["found"] == "wal"
    assert "en_core_web" in found["models", "language"]["found"]
    assert "tagger-" in found["models", "attribution"]["found"]
    assert found["models", "entailment"]["found"].startswith("builtin:")
    assert found["settings", "db"]["found"].endswith("(command line)")
    assert found["settings", "contact"]["found"] == "none (default)"
    assert found["settings", "time_limit"]["found"] == "120 (default)"


def test_doctor_makes_no_database(run: Run, tmp_path: Path) -> None:
    done = run("doctor", "-f", "json")
    assert done.returncode == 0
    assert findings(done.stdout)["database", "place"]["state"] == "absent"
    assert list(tmp_path.iterdir()) == []


def test_doctor_upgrades_nothing_and_says_what_to_do(run: Run, own_archive: Archive) -> None:
    alter(own_archive[0], "UPDATE alembic_version SET version_num = '0001'")
    done = run("--db", own_archive[0], "doctor", "-f", "json")
    assert (done.returncode, done.stderr) == (1, "1 thing wrong.\n")
    assert "claimtrack db upgrade" in findings(done.stdout)["database", "revision"]["remedy"]
    rows = json.loads(run("--db", own_archive[0], "db", "info", "-f", "json").stdout)
    assert next(row["value"] for row in rows if row["name"] == "revision") == "0001"


def test_doctor_finds_a_folder_of_knowledge_that_is_none(run: Run, tmp_path: Path) -> None:
    done = run("--knowledge", "nope", "doctor", "-f", "json")
    assert (done.returncode, done.stderr) == (1, "1 thing wrong.\n")
    found = findings(done.stdout)["settings", "knowledge"]
    assert (found["state"], found["found"]) == ("wrong", "nope (command line): no knowledge files in nope")
    assert "outlets.csv" in found["remedy"]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "outlets.csv").write_text(
        "name,country,domains,aliases\nLindau Post,Germany,,\n", "utf-8"
    )
    done = run("--knowledge", "own", "doctor", "-f", "json")
    assert findings(done.stdout)["settings", "knowledge"]["state"] == "fine"


@pytest.mark.parametrize(
    ("variables", "topic", "says"),
    [
        ({"CLAIMTRACK_MODEL": "none_such"}, ("models", "language"), "not installed"),
        ({"CLAIMTRACK_WINDOW": "soon"}, ("settings", "all"), "CLAIMTRACK_WINDOW"),
        ({"CLAIMTRACK_DB": "postgresql://a:secret@127.0.0.1:1/x"}, ("database", "place"), "127.0.0.1"),
        ({"CLAIMTRACK_DB": "mysql://x"}, ("database", "place"), "Unknown kind"),
    ],
)
def test_doctor_names_what_is_wrong(
    run: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], topic: tuple[str, str], says: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    done = run("doctor", "-f", "json")
    assert done.returncode == 1
    assert findings(done.stdout)[topic]["state"] == "wrong"
    assert says in findings(done.stdout)[topic]["found"]
    assert "secret" not in done.stdout + done.stderr


def test_doctor_knows_every_extra() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(GIVES) == set(extras) - {"all", "dev"}
    assert packages_of_extras()["postgres"] == ["psycopg"]


def test_db_info_counts_rows_and_shows_the_end_of_the_log(ask: Run) -> None:
    rows = {row["name"]: row["value"] for row in json.loads(ask("db", "info", "-f", "json").stdout)}
    assert rows["rows of article"] == 4
    assert (rows["revision"], rows["revision needed"]) == (HEAD, HEAD)
    assert len(rows["last hash"]) == 64
    assert ask("db", "info", columns=200).stdout.count("\n") == len(rows) + 2


def test_db_commands_look_after_a_database(run: Run, own_archive: Archive, tmp_path: Path) -> None:
    database = own_archive[0]
    assert run("--db", database, "db", "upgrade").stdout == f"Revision {HEAD} already.\n"
    assert run("--db", database, "db", "vacuum").returncode == 0
    assert run("--db", database, "db", "backup", "b.db").stdout.startswith("Backed up to b.db: ")
    again = run("--db", database, "db", "backup", "b.db")
    assert (again.returncode, again.stdout) == (2, "")
    assert "--force" in again.stderr
    assert run("--db", database, "db", "backup", "b.db", "--force").returncode == 0
    copied = run("db", "copy", "b.db", "c.db")
    assert "and verified them" in copied.stdout
    shown = [run("--db", path, "claims", "-f", "json").stdout for path in (database, "b.db", "c.db")]
    assert shown[0] == shown[1] == shown[2] != "[]\n"
    assert run("db", "copy", "b.db", "c.db").returncode == 2
    missing = run("db", "copy", "none.db", "d.db")
    assert (missing.returncode, missing.stderr) == (
        1,
        "claimtrack: There is no database at none.db. "
        "Make one with `claimtrack ingest PATH`, or name another as the source\n",
    )
    wrong = run("db", "copy", "b.db", "no/such/folder.db")
    assert (wrong.returncode, "name another as the destination" in wrong.stderr) == (2, True)
    assert not (tmp_path / "d.db").exists()
    for words in (("info",), ("upgrade",), ("vacuum",), ("backup", "x.db")):
        assert run("--db", "none.db", "db", *words).returncode == 1
    assert not (tmp_path / "none.db").exists()


def test_a_file_names_the_database_for_reading_commands(run: Run, archive: Archive) -> None:
    Path("claimtrack.toml").write_text(f'db = "{archive[0]}"\n')
    assert run("articles", "-f", "csv").stdout.count("\r\n") == 5
    Path("claimtrack.toml").rename("other.toml")
    assert run("articles").returncode == 1
    assert run("--config", "other.toml", "articles", "-f", "csv").stdout.count("\r\n") == 5
    Path("claimtrack.toml").write_text("databse = 'x'\nlogs = 1\n")
    wrong = run("articles")
    assert wrong.returncode == 2
    assert "unknown settings: databse, logs" in wrong.stderr
    Path("claimtrack.toml").unlink()
    after = run("articles", "--config", "other.toml")
    assert "belongs before the command" in after.stderr


def test_a_log_is_json_lines_without_the_words_of_articles(work: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    (tmp_path / "in" / "b.txt").write_bytes(b"\0\1\2")
    done = work("--log-json", "ingest", "--attribution", "rules", "in")
    assert done.returncode == 1
    log = log_of(done.stderr)
    (text,) = (line for line in log if line["event"] == "text done" and line["result"] == "added")
    assert text["path"].endswith("a.txt")
    assert (log[-1]["event"], log[-1]["command"], log[-1]["exit_code"]) == ("command ended", "ingest", 1)
    assert any(line["event"] == "said" and "b.txt" in line["message"] for line in log)
    assert "SECRETWORD" not in done.stderr
    assert "harbour will close" not in done.stderr
    related = log_of(work("--log-json", "relate", "--entailment", "off").stderr)
    assert [line["event"] for line in related] == ["claims judged", "command ended"]


def test_an_error_in_a_log_keeps_its_words_to_what_is_said(run: Run) -> None:
    log = log_of(run("--log-json", "articles").stderr)
    assert [line["event"] for line in log] == ["failed", "said", "command ended"]
    assert log[0]["error"] == "NotFoundError"
    assert run("articles").stderr.startswith("claimtrack: There is no database")


def test_a_log_can_be_asked_for_by_setting(run: Run, ask: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMTRACK_LOG", "json")
    assert log_of(ask("articles").stderr)[-1]["event"] == "command ended"
    monkeypatch.setenv("CLAIMTRACK_LOG", "loud")
    wrong = ask("articles")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    monkeypatch.delenv("CLAIMTRACK_LOG")
    assert ask("-v", "articles").stderr.startswith("claimtrack: command ended command=articles exit_code=0")
    assert ask("articles").stderr == ""
