from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from claimtrack.records import Span
from claimtrack.reports.audit import AUDIT_COLUMNS
from claimtrack.store import open_store

INTERCHANGE = {
    "id", "article", "outlet", "published", "content", "source", "cue", "text", "speaker", "speaker_id",
    "relays", "kind", "stance", "stated_on",
}  # fmt: skip


def test_claims_for_the_scorers(ask: Any, archive: Any, tmp_path: Path) -> None:
    assert ask("export", "claims.jsonl").returncode == 0
    rows = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == 6
    with open_store(archive[0], create=False) as store:
        for row in rows:
            assert set(row) >= INTERCHANGE
            body = store.body(row["article_id"])
            assert " … ".join(Span(*pair).of(body) for pair in row["content"]) == row["text"]
    wired = next(row for row in rows if row["relays"])
    assert (wired["relays"], wired["article"], wired["stated_on"]) == (
        ["Northwire"],
        "courier.txt",
        "2024-05-03",
    )


def test_relations_for_the_scorers(ask: Any, keys: dict[str, str]) -> None:
    done = ask("export", "-", "--what", "relations")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 5
    first = next(row for row in rows if row["id"] == keys["contradicts:0.91"])
    assert (first["a"], first["b"], first["relation"]) == (keys["june"], keys["closed"], "contradicts")
    assert {"name": "fuzzy", "value": 86.5, "note": "most words agree", "weight": 0.0} in first["signals"]
    assert set(first) >= {"a", "b", "relation", "score", "explanation", "signals"}


def test_audit(ask: Any, keys: dict[str, str], tmp_path: Path) -> None:
    assert ask("export", "audit.csv").returncode == 0
    data = (tmp_path / "audit.csv").read_bytes()
    assert data.count(b"\r\n") == 7
    rows = {
        r["claim_id"]: r for r in csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
    }
    assert len(rows) == 6
    june = rows[keys["june"]]
    assert tuple(june) == AUDIT_COLUMNS
    assert june["relation_kinds"] == "contradicts | updates"
    assert june["relation_speakers"] == "Ferry Workers' Union | Ines Holt"
    assert june["relation_verdicts"] == "confirmed | "
    assert (june["cue"], june["speaker_mention"]) == ("said", "Mayor Ines Holt")


def test_byte_order_mark(ask: Any, tmp_path: Path) -> None:
    assert ask("export", "audit.csv", "--bom").returncode == 0
    assert (tmp_path / "audit.csv").read_bytes().startswith(b"\xef\xbb\xbfclaim_id,")
    assert ask("export", "-", "--what", "audit", "--bom").stdout.startswith("\ufeffclaim_id")
    refused = ask("export", "claims.jsonl", "--bom")
    assert (refused.returncode, "--bom" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    "name", ["claims.csv", "claims.json", "relations.md", "AUDIT.JSONL", "my-claims-2024.jsonl"]
)
def test_format_by_ending(name: str, ask: Any, tmp_path: Path) -> None:
    done = ask("export", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize(
    "name", ["out.jsonl", "-", "claims.ods", "claimreview.csv", "audit.jsonld", "claims-and-relations.csv"]
)
def test_what_cannot_be_told(name: str, ask: Any, tmp_path: Path) -> None:
    done = ask("export", name)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_the_file_keeps_its_mode_and_links_stay_links(ask: Any, tmp_path: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "claims.jsonl"
    real.write_text("old", "utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    assert ask("export", "claims.jsonl").returncode == 0
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert len(real.read_text("utf-8").splitlines()) == 6
