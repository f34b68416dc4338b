"""verify, and what export leaves for it, as a user sees them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from claimtrack.store import open_store
from tests.store.build import alter

Ask = Callable[..., Any]


@pytest.fixture
def own(run: Any, own_archive: Any) -> Ask:
    return lambda *arguments, **extra: run("--db", own_archive[0], *arguments, **extra)


def test_a_database_as_stored(own: Ask) -> None:
    done = own("verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "4 articles, 6 claims, 1 events: all as stored\n"


def test_a_database_that_was_changed(own: Ask, own_archive: Any) -> None:
    database, keys = own_archive
    alter(database, "UPDATE claim SET text = 'nothing at all' WHERE id = :id", id=keys["june"])
    done = own("verify")
    assert done.returncode == 1
    assert f"claim {keys['june']}" in done.stdout
    assert "as stored" not in done.stdout


def test_an_export_and_its_proof(own: Ask, tmp_path: Path) -> None:
    assert own("export", "audit.csv", "--reviewer", "Ada B.").returncode == 0
    proof = json.loads((tmp_path / "audit.csv.proof.json").read_text("utf-8"))
    assert (proof["who"], proof["rows"], proof["lines"], len(proof["digests"])) == ("Ada B.", 6, 7, 7)
    done = own("verify", "audit.csv")
    assert done.returncode == 0
    assert done.stdout.startswith("audit.csv: unaltered. 6 rows of audit, exported by Ada B. at ")
    assert own("verify").stdout.endswith("2 events: all as stored\n")
    data = (tmp_path / "audit.csv").read_bytes()
    (tmp_path / "audit.csv").write_bytes(data.replace(b",denied,", b",agreed,"))
    done = own("verify", "audit.csv")
    assert (done.returncode, done.stdout.count("\n")) == (1, 2)
    assert "column cue: was altered" in done.stdout


def test_the_proof_can_be_left_out(own: Ask, tmp_path: Path) -> None:
    assert own("export", "claims.jsonl", "--no-proof").returncode == 0
    assert [path.name for path in tmp_path.glob("claims*")] == ["claims.jsonl"]
    assert "there is no sidecar" in own("verify", "claims.jsonl").stdout


def test_standard_output_is_in_the_log_too(own: Ask, own_archive: Any, tmp_path: Path) -> None:
    assert own("export", "-", "--what", "claims").stdout.count("\n") == 6
    assert [path.name for path in tmp_path.glob("*proof*")] == []
    with open_store(own_archive[0]) as store:
        last = next(store.events())
    assert (last.kind, last.payload["file"], last.payload["rows"]) == ("exported", "-", 6)


def test_what_is_no_export(own: Ask, tmp_path: Path) -> None:
    assert own("verify", "missing.csv").returncode == 1
    (tmp_path / "other.csv").write_text("a\n", "utf-8")
    done = own("verify", "other.csv")
    assert (done.returncode, "nothing with this content or this name" in done.stdout) == (1, True)


def rows(done: Any) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_filters(own: Ask, own_archive: Any) -> None:
    keys = own_archive[1]
    own("speakers", "rename", "Holt", "Mayor Holt")

    def ids(what: str, *options: str) -> set[str]:
        return {row["id"] for row in rows(own("export", "-", "--what", what, *options))}

    assert ids("claims", "--since", "2024-05-04") == {keys["later"]}
    assert ids("claims", "--speaker", "Mayor Holt") == {keys["june"], keys["later"]}
    assert ids("claims", "--speaker", "Mayor Holt", "--since", "2024-05-02") == {keys["later"]}
    assert ids("relations", "--status", "confirmed") == {keys["contradicts:0.91"]}
    assert len(ids("relations", "--status", "open")) == 4
    assert len(ids("relations", "--status", "open", "--status", "confirmed")) == 5
    assert ids("relations", "--speaker", "Brandt") == {keys["contradicts:0.8"]}
    assert ids("claims", "--status", "confirmed") == set()
    assert own("export", "-", "--what", "audit", "--speaker", "Brandt").stdout.count("\r\n") == 2
    annotations = rows(own("export", "-", "--what", "annotations", "--speaker", "Brandt"))
    assert [note["id"] for note in annotations] == [f"urn:claimtrack:{keys['sound']}"]


def test_reviews(own: Ask, own_archive: Any) -> None:
    (review,) = rows(
        own("export", "-", "--what", "claimreview", "--publisher", "The Desk", "--site", "https://d.example")
    )
    assert review["url"] == f"https://d.example/{own_archive[1]['contradicts:0.91']}"
    assert rows(own("export", "-", "--what", "claimreview", "--speaker", "Brandt")) == []


@pytest.mark.parametrize(
    "wrong",
    [
        ["claimreview.jsonld", "--status", "open"],
        ["claimreview.jsonld", "--site", "javascript:x"],
        ["claims.jsonl", "--publisher", "The Desk"],
        ["claims.jsonl", "--speaker", "Nobody At All"],
        ["no/such/folder/claims.jsonl"],
    ],
)
def test_what_cannot_be_exported(wrong: list[str], own: Ask, tmp_path: Path) -> None:
    done = own("export", *wrong)
    assert (done.returncode in (1, 2), done.stdout, done.stderr.count("\n")) == (True, "", 1)
    assert list(tmp_path.glob("*claim*")) == []
    assert own("verify").stdout.endswith("1 events: all as stored\n")


def test_a_workbook_of_hostile_text_is_inert(run: Any, hostile: str, tmp_path: Path) -> None:
    assert run("--db", hostile, "export", "audit.xlsx").returncode == 0
    (sheet,) = load_workbook(tmp_path / "audit.xlsx")
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert sum(bool(cell.quotePrefix) for cell in cells) >= 5
    assert run("--db", hostile, "verify", "audit.xlsx").returncode == 0


def test_one_dispute_as_a_page(ask: Ask, keys: dict[str, str]) -> None:
    page = ask("show", keys["dispute"], "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert 'href="#article-1"' in page
    assert f"<code>{keys['dispute']}</code>" in page
    assert ask("show", keys["dispute"], "--format", "md").stdout.startswith("# A dispute\n")
    assert ask("show", "s0000000000a1", "-f", "md").stdout.startswith("# Ines Holt\n")
    refused = ask("show", keys["june"], "--format", "md")
    assert (refused.returncode, "Only disputes and speakers" in refused.stderr) == (2, True)
