"""An export is proven unaltered, and an alteration of it or of its sidecar is found and placed."""

from __future__ import annotations

import csv
import io
import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from claimtrack.errors import InputError
from claimtrack.proof import Checked, check_export, export_file, export_to, proof_path
from claimtrack.proof.places import _cell
from claimtrack.records import Decision
from claimtrack.reports.exports import Request, Wanted
from claimtrack.review import judge
from claimtrack.store import Store, open_store
from claimtrack.store.views import ReviewStatus
from tests.store.build import (
    COUNCIL,
    MAYOR,
    alter_kept,
    make_article,
    make_claim,
    make_relation,
    put,
    put_relations,
)

# Bytes flipped in the suite; CLAIMTRACK_TEST_FLIPS=all flips each one.
FLIPS = os.environ.get("CLAIMTRACK_TEST_FLIPS", "150")
FIRST = make_article('Quill said the bridge is open,\nand "safe". 🌉', "a.txt", "=Harbour, Times", 1)
SECOND = make_article("The Council said the bridge is shut.", "b.txt", None, 2)
ONE = make_claim(FIRST, 'the bridge is open,\nand "safe"', MAYOR)
OTHER = make_claim(SECOND, "the bridge is shut", COUNCIL)


def fill(store: Store) -> None:
    put(store, FIRST, ONE)
    put(store, SECOND, OTHER)
    put_relations(store, make_relation(ONE, OTHER))
    judge(store, ONE.key, Decision.CONFIRMED, "mia", "heard it,\r\ntwice")


@pytest.fixture
def archive(store: Store) -> Store:
    fill(store)
    return store


# A flipped byte is looked for in files; the archive is asked the same whatever holds it.
flips = pytest.mark.parametrize("backend", ["sqlite"])


def write(store: Store, file: Path, request: Request, with_proof: bool = True) -> Path:
    export_file(file, store, request, "ada", file.name, proof_path(file) if with_proof else None)
    return file


AUDIT = Request("audit", "csv")
FORMATS = [
    AUDIT,
    Request("audit", "csv", bom=True),
    Request("audit", "xlsx"),
    Request("claims", "json"),
    Request("relations", "jsonl", Wanted(speaker=MAYOR.key)),
    Request("claims", "md", Wanted(statuses=(ReviewStatus.CONFIRMED,))),
    Request("annotations", "jsonld"),
    Request("claimreview", "jsonl"),
]


@pytest.mark.parametrize("request_", FORMATS, ids=lambda r: f"{r.what}.{r.format}")
def test_an_export_as_written_is_proven(store: Store, tmp_path: Path, request_: Request) -> None:
    fill(store)
    file = write(store, tmp_path / f"x.{request_.format}", request_)
    checked = check_export(store, file)
    assert checked.faults == ()
    assert "exported by ada" in checked.proven
    assert check_export(store, proof_path(file)) == checked
    assert list(store.verify()) == []


def test_the_log_tells_of_every_export(store: Store, tmp_path: Path) -> None:
    fill(store)
    before = next(store.events())
    done = export_file(tmp_path / "a.csv", store, AUDIT, "ada", "a.csv")
    entry = next(store.events())
    assert (entry.kind, entry.subject, entry.who) == ("exported", "a.csv", "ada")
    assert entry.payload == done.facts()
    assert entry.payload["head"] == [before.id, before.hash]
    assert (entry.payload["rows"], entry.payload["what"], entry.payload["filters"]) == (2, "audit", {})
    with (tmp_path / "piped").open("w", encoding="utf-8", newline="") as out:
        piped = export_to(out, store, AUDIT, "ada")
    assert piped.measured.sha256 == done.measured.sha256
    assert next(store.events()).payload["file"] == "-"


def flipped(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Single bytes of `data`, each with one of its bits turned over."""
    rng = random.Random(6)
    places = list(range(len(data))) if FLIPS == "all" else rng.sample(range(len(data)), int(FLIPS))
    for place in places:
        yield place, bytes([*data[:place], data[place] ^ (1 << rng.randrange(8)), *data[place + 1 :]])


@flips
def test_any_flipped_byte_of_a_csv_is_placed(archive: Store, tmp_path: Path) -> None:
    file = write(archive, tmp_path / "audit.csv", AUDIT)
    data = file.read_bytes()
    columns = data.split(b"\r\n")[0].decode().split(",")
    for place, altered in flipped(data):
        file.write_bytes(altered)
        faults = check_export(archive, file).faults
        assert "is not what was exported" in faults[0]
        found = re.search(r"line (\d+)\b.*?(?:column (\w+))?: was altered", faults[1])
        assert found is not None, faults
        assert int(found[1]) == data.count(b"\n", 0, place) + 1
        assert found[2] in columns, faults


@flips
def test_any_flipped_byte_of_a_sidecar_is_placed(archive: Store, tmp_path: Path) -> None:
    file = write(archive, tmp_path / "audit.csv", AUDIT)
    proof = proof_path(file)
    data = proof.read_bytes()
    for place, altered in flipped(data):
        proof.write_bytes(altered)
        (fault,) = check_export(archive, file).faults
        line = data.count(b"\n", 0, place) + 1
        assert fault.startswith(f"audit.csv.proof.json, line {line}")
        assert fault.endswith("was altered; audit.csv itself is as exported")


def alter(file: Path, old: bytes, new: bytes) -> None:
    data = file.read_bytes()
    assert data.count(old) == 1
    file.write_bytes(data.replace(old, new))


def test_row_and_column_are_named(archive: Store, tmp_path: Path) -> None:
    file = write(archive, tmp_path / "audit.csv", AUDIT)
    alter(file, b"heard it", b"heard of it")
    assert f"row 1 ({ONE.key}), column verdict_note: was altered" in check_export(archive, file).faults[1]
    write(archive, file, AUDIT)
    alter(file, b"speaker_mention", b"speaker_menti0n")
    assert "line 1, the header, column speaker_mention" in check_export(archive, file).faults[1]


def test_a_row_taken_out_is_placed(archive: Store, tmp_path: Path) -> None:
    file = write(archive, tmp_path / "claims.jsonl", Request("claims", "jsonl"))
    first, second = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(second)
    assert "line 1: 1 lines were written from here on, 0 are there" in check_export(archive, file).faults[1]
    file.write_bytes(first + second.replace(b"shut", b"open"))
    at = second.decode("utf-8").index("shut") + 1
    assert f"line 2, character {at}" in check_export(archive, file).faults[1]


def test_without_a_sidecar_the_archive_places_it(archive: Store, tmp_path: Path) -> None:
    file = write(archive, tmp_path / "no-proof.csv", AUDIT, with_proof=False)
    assert "there is no sidecar" in check_export(archive, file).proven
    alter(file, b"heard it", b"heard 1t")
    assert "column verdict_note" in check_export(archive, file).faults[1]


def test_what_changed_since_is_no_alteration(store: Store, tmp_path: Path) -> None:
    fill(store)
    file = write(store, tmp_path / "audit.csv", AUDIT)
    bare = write(store, tmp_path / "bare.csv", AUDIT, with_proof=False)
    judge(store, ONE.key, Decision.REJECTED, "noa")
    assert check_export(store, file).faults == ()
    alter(file, b"heard it", b"heard 1t")  # the archive can no longer write this row: its line is known still
    assert re.search(r"line \d+: was altered", check_export(store, file).faults[1])
    alter(bare, b"heard it", b"heard 1t")
    assert "the place cannot be told" in check_export(store, bare).faults[1]


def test_a_workbook_that_was_altered(archive: Store, tmp_path: Path) -> None:
    file = write(archive, tmp_path / "audit.xlsx", Request("audit", "xlsx"))
    data = file.read_bytes()
    file.write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:])
    faults = check_export(archive, file).faults
    assert "is not what was exported" in faults[0]
    assert "in its part" in faults[1] or "no longer be read" in faults[1]


def test_what_was_never_exported(archive: Store, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("a,b\n", "utf-8")
    assert "nothing with this content" in check_export(archive, tmp_path / "own.csv").faults[0]
    with pytest.raises(InputError, match="Cannot read"):
        check_export(archive, tmp_path / "missing.csv")


def test_a_broken_log_proves_nothing(store: Store, backend: str, tmp_path: Path) -> None:
    fill(store)
    file = write(store, tmp_path / "audit.csv", AUDIT)
    broken = "0" if backend == "postgresql" else "{"  # which PostgreSQL would not take
    alter_kept(store.address, "event", f"UPDATE event SET payload = '{broken}' WHERE id = 1")
    faults = check_export(store, file).faults
    assert faults[0].startswith("the log: event 1")
    assert all(fault.startswith("the log: ") for fault in faults)


def test_the_entry_it_was_made_up_to_must_be_there(
    archive: Store, new_database: Callable[[str], str], backend: str, tmp_path: Path
) -> None:
    """An export of one database is not proven by another one that holds the same."""
    with open_store(new_database(backend), who="tester") as other:
        fill(other)
        file = write(archive, tmp_path / "mine.csv", Request("claims", "csv"))
        export_file(tmp_path / "theirs.csv", other, Request("claims", "csv"), "ada", "theirs.csv")
        checked = check_export(other, file)
    assert checked != Checked(())
    assert all("mine.csv.proof.json" in fault for fault in checked.faults)


def test_cells_are_counted_as_csv_has_them() -> None:
    row = 'a,"b, ""c"" \r\nd",,e\r\n'
    (cells,) = csv.reader(io.StringIO(row, newline=""), strict=True)
    assert cells == ["a", 'b, "c" \r\nd', "", "e"]
    assert [_cell(row, row.index(mark)) for mark in ("a", "b", "d", "e")] == [0, 1, 1, 3]
