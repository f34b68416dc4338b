"""verdict: one by command, many from a file; --status; what show tells of them."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimtrack.store import open_store


@pytest.fixture
def keys(own_archive: Any) -> dict[str, str]:
    return own_archive[1]


@pytest.fixture
def given(own_archive: Any) -> Callable[[], int]:
    """How many verdicts were ever given."""

    def count() -> int:
        with open_store(own_archive[0]) as store:
            assert list(store.verify()) == []
            return len(store.last_verdicts(1_000))

    return count


def audit(own: Any, tmp_path: Path) -> tuple[list[str], list[dict[str, str]]]:
    assert own("export", "audit.csv").returncode == 0
    reader = csv.DictReader(io.StringIO((tmp_path / "audit.csv").read_text("utf-8"), newline=""))
    rows = list(reader)
    return list(reader.fieldnames or ()), rows


def write(
    file: Path, columns: list[str], rows: list[dict[str, str]], delimiter: str = ",", end: str = "\r\n"
) -> None:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(out.getvalue().encode("utf-8"))


def test_one_by_command(own: Any, keys: dict[str, str], given: Callable[[], int]) -> None:
    key = keys["contradicts:0.8"]
    done = own("verdict", key[:7], "rejected", "--note", "no such pier")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{key} is rejected by Mia. Take it back with: claimtrack verdict {key} undo\n"
    assert own("verdict", key, "rejected").stdout == f"{key} is rejected by Mia as before.\n"
    assert given() == 2
    done = own("verdict", key, "confirmed", "--reviewer", "Bea")
    assert f"{key} is confirmed by Bea (before: rejected by Mia)." in done.stdout
    done = own("verdict", key, "undo", "--note", "a slip")
    assert done.stdout == f"{key} is rejected by Mia again. Taken back: confirmed by Bea.\n"
    assert own("verdict", key, "undo").stdout == f"{key} is open again. Taken back: rejected by Mia.\n"
    assert given() == 5
    done = own("verdict", key, "undo")
    assert (done.returncode, "no verdict to take back" in done.stderr) == (2, True)
    shown = own("show", key).stdout
    assert "3. Mia took 2" not in shown
    assert "2. rejected by Mia on" in shown
    assert "no such pier [taken back]" in " ".join(shown.split())
    assert "4. Mia took 3 back on" in shown


def test_a_claim_with_a_reason(own: Any, keys: dict[str, str]) -> None:
    done = own("verdict", keys["closed"], "rejected", "--reason", "wrong-speaker")
    assert f"{keys['closed']} is rejected (wrong speaker) by Mia." in done.stdout
    assert "rejected (wrong speaker) by Mia" in own("show", keys["closed"]).stdout
    assert "rejected (wrong speaker) by Mia" in own("show", keys["contradicts:0.91"]).stdout
    rows = json.loads(own("claims", "-f", "json", "--status", "rejected").stdout)
    assert [row["id"] for row in rows] == [keys["closed"]]
    assert len(json.loads(own("claims", "-f", "json", "--status", "open").stdout)) == 5


def test_what_was_rejected_is_left_out_and_it_is_said(own: Any, keys: dict[str, str]) -> None:
    own("verdict", keys["contradicts:0.8"], "rejected")
    own("verdict", keys["later"], "rejected")

    def listed(command: str, *options: str) -> set[str]:
        done = own(command, "-f", "json", *options)
        said = done.stderr
        column = "id" if command == "contradictions" else "claim"
        assert bool(said) is not bool(options), said
        return {row[column] for row in json.loads(done.stdout)} if column == "id" else {said}

    left = own("contradictions", "-f", "json").stderr
    assert left == "2 relations left out that reviewers rejected; --status rejected shows them.\n"
    assert listed("contradictions") == {keys["contradicts:0.91"]}
    assert listed("contradictions", "--status", "confirmed") == {keys["contradicts:0.91"]}
    rejected = {keys["contradicts:0.8"], keys["updates:0.88"]}
    assert listed("contradictions", "--status", "rejected") == rejected
    assert listed("contradictions", "--status", "all") == rejected | {keys["contradicts:0.91"]}
    assert own("contradictions", "-f", "json", "--status", "open").stdout == "[]\n"
    done = own("corroborations", "-f", "json")
    assert done.stderr.startswith("1 relation left out")
    assert {row["origins"] for row in json.loads(done.stdout)} == {1}
    assert {
        row["origins"] for row in json.loads(own("corroborations", "-f", "json", "--status", "all").stdout)
    } == {2}


def test_the_audit_filled_in_is_read_back(
    own: Any, keys: dict[str, str], tmp_path: Path, given: Callable[[], int]
) -> None:
    columns, rows = audit(own, tmp_path)
    assert own("verdict", "--from", "audit.csv").stdout == "0 verdicts added, 1 as before\n"
    by_claim = {row["claim_id"]: row for row in rows}
    by_claim[keys["june"]] |= {"verdict": "Confirmed ", "verdict_note": "'=on tape, twice", "reviewer": "Bea"}
    by_claim[keys["later"]] |= {"verdict": "rejected"}
    sound = by_claim[keys["sound"]]
    assert sound["relation_ids"] == keys["contradicts:0.8"]
    sound["relation_verdicts"] = "unsure"
    write(tmp_path / "audit.csv", columns, rows)
    assert own("verdict", "--from", "audit.csv").stdout == "3 verdicts added, 1 as before\n"
    assert own("verdict", "--from", "audit.csv").stdout == "0 verdicts added, 4 as before\n"
    assert given() == 4
    columns, rows = audit(own, tmp_path)
    june = next(row for row in rows if row["claim_id"] == keys["june"])
    assert (june["verdict"], june["reviewer"], june["verdict_note"]) == (
        "confirmed",
        "Bea",
        "'=on tape, twice",
    )
    assert own("verdict", "--from", "audit.csv").stdout == "0 verdicts added, 4 as before\n"
    log = json.loads(own("log", keys["june"], "-f", "json").stdout)
    assert (log[0]["who"], log[0]["payload"]["reviewer"]) == ("Mia", "Bea")


@pytest.mark.parametrize(
    ("delimiter", "end", "bom"),
    [(";", "\r\n", True), ("\t", "\n", False), (",", "\r", True), (";", "\n", False)],
)
def test_what_a_spreadsheet_does_to_a_file(
    own: Any, keys: dict[str, str], tmp_path: Path, delimiter: str, end: str, bom: bool
) -> None:
    columns, rows = audit(own, tmp_path)
    rows[0] |= {"verdict": "unsure", "verdict_note": 'two lines;\nand “quotes”, "plain"'}
    file = tmp_path / "changed.csv"
    write(file, columns, rows, delimiter, end)
    data = file.read_bytes()
    file.write_bytes((b"\xef\xbb\xbf" if bom else b"") + data)
    assert own("verdict", "--from", file).stdout == "1 verdict added, 1 as before\n"
    assert own("verdict", "--from", file).stdout == "0 verdicts added, 2 as before\n"


def test_the_audit_as_json_lines(own: Any, keys: dict[str, str], tmp_path: Path) -> None:
    assert own("export", "audit.jsonl").returncode == 0
    rows = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text("utf-8").splitlines()]
    rows[0]["verdict"], rows[0]["verdict_note"] = "rejected", "=seen"
    (tmp_path / "audit.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    assert own("verdict", "--from", "audit.jsonl").stdout == "1 verdict added, 1 as before\n"
    again = next(row for row in audit(own, tmp_path)[1] if row["claim_id"] == rows[0]["claim_id"])
    assert again["verdict_note"] == "'=seen"


def test_lists_can_be_filled_in_too_and_standard_input(
    own: Any, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = json.loads(own("contradictions", "-f", "json").stdout)
    lines = "\n".join(json.dumps(row | {"verdict": "unsure", "reviewer": "Cy"}) for row in rows)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.encode()), "utf-8"))
    assert own("verdict", "--from", "-").stdout == "3 verdicts added, 0 as before\n"
    assert len(json.loads(own("contradictions", "-f", "json", "--status", "unsure").stdout)) == 3


def test_two_reviewers_of_one_mind_each_count_once(own: Any, keys: dict[str, str], tmp_path: Path) -> None:
    key = keys["contradicts:0.8"]
    (tmp_path / "v.csv").write_text(
        f"relation_id,verdict,reviewer,note\n{key},confirmed,Bea,one\n{key},confirmed,Cy,two\n{key},confirmed,,\n",
        "utf-8",
    )
    assert own("verdict", "--from", "v.csv").stdout == "3 verdicts added, 0 as before\n"
    assert own("verdict", "--from", "v.csv").stdout == "0 verdicts added, 3 as before\n"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["c0ffee00beef1,confirmed,,,"], "line 2: Nothing has the identifier 'c0ffee00beef1'"),
        (["{june},confirmd,,,"], "line 2: 'confirmd' is no verdict; "),
        (["{june},confirmed,,,", "{closed},undo,,,"], "line 3: 'undo' is no verdict"),
        (
            ["{june},confirmed,,,", "{june},rejected,,,"],
            "line 3: {june} is rejected here and confirmed before (line 2)",
        ),
        (["{june},confirmed,a,,", "{june},confirmed,b,,"], "line 3: {june} is b here and a before (line 2)"),
        (["{june},confirmed,,,", ",confirmed,,,"], "line 3: a verdict without an id"),
        (["{june},rejected,,,wrong hat"], "line 2: 'wrong hat' is no reason"),
        (["{june},confirmed,,,wrong-span"], "line 2: Only a claim that is rejected has a reason"),
        (["{june},confirmed,a,Bea,,and more"], "line 2: more cells than columns"),
        (["s0000000000a1,confirmed,,,"], "line 2: 's0000000000a1' is neither a claim nor a relation"),
        (['{june},confirmed,"two\nlines",,', "{closed},maybe,,,"], "line 4: 'maybe' is no verdict"),
        (['{june},"confirmed,,,'], "line 2: unexpected end of data"),
        (["{june},confirmed," + "x" * 2_001 + ",,"], "line 2: The note is longer"),
    ],
)
def test_one_wrong_line_and_nothing_goes_in(
    lines: list[str], words: str, own: Any, keys: dict[str, str], tmp_path: Path, given: Callable[[], int]
) -> None:
    text = "id,verdict,note,reviewer,reason\n" + "\n".join(["{later},unsure,,,"][:0] + lines)
    for name in ("june", "closed", "later"):
        text, words = text.replace(f"{{{name}}}", keys[name]), words.replace(f"{{{name}}}", keys[name])
    (tmp_path / "bad.csv").write_text(text, "utf-8")
    done = own("verdict", "--from", "bad.csv")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert f"bad.csv, {words.removesuffix('; ')}" in done.stderr
    assert given() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "line 1: no columns id and verdict"),
        (b"who,what\na,b\n", "line 1: no columns id and verdict"),
        (b"id,verdict,note\nc1,confirmed,caf\xe9\n", "line 2: not UTF-8"),
        (b'{"id": "c1"}\n', "line 1: has no verdict"),
        (b'{"id": "c1", "verdict": "confirmed"}\nnot json\n', "line 2: not JSON"),
        (
            b"claim_id,relation_ids,relation_verdicts\nc1,r1 | r2,confirmed\n",
            "line 2: 1 relation_verdicts for 2",
        ),
    ],
)
def test_what_is_no_such_file(data: bytes, words: str, own: Any, tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(data)
    done = own("verdict", "--from", "bad")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert f"bad, {words}" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["verdict"], 2, "claimtrack verdict --help"),
        (["verdict", "c0ffee"], 2, "claimtrack verdict --help"),
        (["verdict", "c0ffee", "maybe"], 2, "undo"),
        (
            ["verdict", "c0ffee", "confirmed"],
            1,
            "Lists show them; they begin with c or r, and",
        ),
        (["verdict", "s0000000000a1", "confirmed"], 2, "neither a claim nor a relation"),
        (["verdict", "{june}", "confirmed", "--reason", "wrong-span"], 2, "--reason"),
        (["verdict", "{contradicts:0.8}", "rejected", "--reason", "wrong-span"], 2, "Only a claim"),
        (["verdict", "{june}", "confirmed", "--reviewer", " "], 2, "--reviewer"),
        (["verdict", "{june}", "--from", "x.csv"], 2, "--from"),
        (["verdict", "--from", "missing.csv"], 1, "cannot read missing.csv"),
        (["review"], 2, "claimtrack verdict"),
    ],
)
def test_mistakes_are_one_line(
    arguments: list[str], code: int, words: str, own: Any, keys: dict[str, str], given: Callable[[], int]
) -> None:
    done = own(*(keys.get(word.strip("{}"), word) for word in arguments))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert words in done.stderr
    assert given() == 1
