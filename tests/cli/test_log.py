"""log: every change in one readable line, of all or of one thing."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import Any

import pytest

from claimtrack.reports.log import LOG_COLUMNS

HOLT, UNION, BRANDT = "s0000000000a1", "s0000000000a2", "s0000000000a3"


@pytest.fixture
def told(own: Any) -> Any:
    """Who changed what, by the log."""

    def read(*arguments: str) -> list[tuple[str, str, str]]:
        rows = json.loads(own("log", *arguments, "-f", "json").stdout)
        return [(row["kind"], row["who"], row["what"]) for row in rows]

    return read


def test_verdicts_from_what_to_what(own: Any, told: Any, own_archive: Any) -> None:
    key = own_archive[1]["contradicts:0.8"]
    own("verdict", key, "confirmed", "--note", "on tape")
    own("verdict", key, "rejected", "--reviewer", "Bea")
    own("verdict", key, "undo", "--reviewer", "Bea")
    assert told(key[:6]) == [
        ("verdict", "Bea", "rejected → confirmed, verdict 3 taken back"),
        ("verdict", "Bea", "confirmed → rejected"),
        ("verdict", "Mia", "open → confirmed: on tape"),
    ]
    assert len(told()) == 4
    assert told("-n", "1") == told(key)[:1]


def test_decisions_by_themselves_and_by_all_whom_they_concern(own: Any, told: Any) -> None:
    made = own("speakers", "merge", "Tomas Brandt", "Holt", "--note", "the same").stdout.split(":")[0]
    own("speakers", "rename", "Ferry Workers' Union", "The Union")
    own("speakers", "undo", made)
    merge = (
        "speakers merged",
        "Mia",
        "Ines Holt (2), Tomas Brandt (1) → Ines Holt (3), Tomas Brandt (0): the same",
    )
    kinds = [kind for kind, _, _ in told()]
    assert kinds[:3] == ["decision undone", "speaker renamed", "speakers merged"]
    for key in (HOLT, BRANDT, made, made[:5]):
        found = told(key)
        assert [kind for kind, _, _ in found] == ["decision undone", "speakers merged"], key
        assert set(found[1][2].partition(" → ")[0].split(", ")) == {"Ines Holt (2)", "Tomas Brandt (1)"}
    assert merge[0] == told(HOLT)[1][0]
    assert [what for _, _, what in told(UNION)] == ["Ferry Workers' Union (3) → The Union (3)"]


def test_what_ingest_and_relate_did(own: Any, told: Any, tmp_path: Any) -> None:
    (tmp_path / "new.txt").write_text("Mayor Ada Quill said the bridge is open.\n", "utf-8")
    assert own("ingest", "new.txt").returncode == 0
    assert own("relate", "--entailment", "off").returncode == 0
    (_, _, related), (kind, who, ingested) = told()[:2]
    assert related.startswith("5 → ")
    assert (kind, who) == ("article added", "Mia")
    assert ingested.startswith("new.txt: ")


def test_decisions_that_move_no_claim_are_told_as_they_were_given(own: Any, told: Any) -> None:
    own("alias", "add", "Ines Holt", "the harbour chief")
    own("speakers", "distinct", "Ines Holt", "Tomas Brandt", "--note", "cousins")
    own("speakers", "undo")
    (_, _, undone), (_, _, apart), (_, _, alias) = told()[:3]
    assert alias == f"'the harbour chief' means Ines Holt ({HOLT})"
    assert apart == f"Ines Holt ({HOLT}) is not Tomas Brandt ({BRANDT}): cousins"
    assert undone.endswith(" (speakers told apart) is undone")


def test_exports_by_what_and_how_much(own: Any, told: Any, tmp_path: Any) -> None:
    assert own("export", "audit.csv").returncode == 0
    assert own("export", "claims.jsonl", "--speaker", "Holt", "--status", "open").returncode == 0
    some, everything = told()[:2]
    digest = hashlib.sha256((tmp_path / "audit.csv").read_bytes()).hexdigest()
    assert everything == ("exported", "Mia", f"audit as csv: 6 rows; SHA-256 {digest[:12]}…")
    assert some[2].startswith(f"claims as jsonl: 2 rows, speaker {HOLT}, status open; SHA-256 ")


def test_texts_read_anew_and_what_followed_them(own: Any, told: Any, tmp_path: Any) -> None:
    words = "Mayor Ada Quill said the bridge is open.\n"
    (tmp_path / "new.txt").write_text(words, "utf-8")
    assert own("ingest", "new.txt", "--attribution", "rules").returncode == 0
    former = json.loads(own("log", "-n", "1", "-f", "json").stdout)[0]["subject"]
    claims = json.loads(own("claims", "--search", "the bridge", "-f", "json").stdout)
    own("verdict", claims[0]["id"], "confirmed")
    (tmp_path / "new.txt").write_text(f"{words}\nThe road is closed.\n", "utf-8")
    assert own("ingest", "new.txt", "--attribution", "rules").returncode == 0
    (_, _, changed), (_, _, repeated) = told()[:2]
    assert changed.startswith(f"{former} → new.txt: 1 claim, ")
    assert changed.endswith("1 verdict repeated")
    assert repeated == "open → confirmed, repeated from verdict 2"
    done = own("extract", former, "--all")
    assert done.stderr == f"{former} stays as it is: its file holds a newer text now.\n"
    assert done.stdout == "0 articles read anew, 0 failed; 0 claims.\n"
    assert own("extract", "new.txt", "--all").returncode == 0
    assert told()[0][2].startswith("new.txt: 1 → 1 claim, ")


def test_every_format_fits_and_is_inert(own: Any, own_archive: Any) -> None:
    key = own_archive[1]["contradicts:0.8"]
    own("verdict", key, "rejected", "--note", "=1+1 \x1b[31m\u202e")
    for columns in (80, 160):
        table = own("log", columns=columns).stdout
        assert max(map(len, table.splitlines())) <= columns
        assert "open → rejected: =1+1 ␛[31m<U+202E>" in " ".join(table.split())
    rows = list(csv.DictReader(io.StringIO(own("log", "-f", "csv").stdout, newline="")))
    assert tuple(rows[0]) == LOG_COLUMNS
    assert json.loads(rows[0]["payload"])["decision"] == "rejected"
    assert len(own("log", "-f", "jsonl").stdout.splitlines()) == 2
    assert own("log", "-f", "md").stdout.count("\n") == 4


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("c0ffee", "begin with a, c, d, o, r or s, and four"),
        ("d0", "claimtrack speakers decisions"),
        ("ox", "ox"),
    ],
)
def test_unknown_things(own: Any, key: str, words: str) -> None:
    done = own("log", key)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert words in done.stderr


def test_nothing_concerns_it(own: Any) -> None:
    done = own("log", UNION)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"Nothing in the log concerns {UNION}.\n")
