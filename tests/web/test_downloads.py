"""Exports over HTTP are the exports of the command line, written while they are read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import threading
from typing import TextIO

import pytest
from fastapi import HTTPException

from claimtrack.reports.exports import Request
from claimtrack.web import downloads
from claimtrack.web.downloads import AT_ONCE, FORMATS, FORMATS_OF, pump
from tests.web.conftest import Shown


@pytest.mark.parametrize(("name", "format"), [(n, f) for n, formats in FORMATS_OF.items() for f in formats])
def test_a_download_is_the_export(shown: Shown, name: str, format: str) -> None:
    answer = shown.client.get(f"/exports/{name}.{format}")
    wanted = io.StringIO()
    Request(name, format).write(shown.store, wanted)
    assert answer.content.decode() == wanted.getvalue()
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.{format}"'
    assert answer.headers["content-type"].startswith(FORMATS[format])
    event = next(iter(shown.store.events()))
    assert (event.kind, event.who, event.payload["what"]) == ("exported", "Ada", name)
    assert event.payload["sha256"] == hashlib.sha256(answer.content).hexdigest()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_the_page_of_another_site_fills_no_log(shown: Shown, site: str) -> None:
    before = shown.store.last_event()
    assert shown.client.get("/exports/audit.csv", headers={"sec-fetch-site": site}).status_code == 403
    assert shown.store.last_event() == before


def test_a_verdict_is_in_the_next_download(shown: Shown) -> None:
    shown.post("/verdicts", subject=shown.keys["opens"], decision="confirmed", note="=1+1")
    rows = {r["claim_id"]: r for r in csv.DictReader(io.StringIO(shown.get("/exports/audit.csv")))}
    row = rows[shown.keys["opens"]]
    assert (row["verdict"], row["reviewer"], row["verdict_note"]) == ("confirmed", "Ada", "'=1+1")
    lines = [json.loads(line) for line in shown.get("/exports/relations.jsonl").splitlines()]
    assert {line["id"] for line in lines} == {shown.keys[k] for k in ("pier", "pilings", "changed", "agreed")}


def test_the_writer_waits_for_a_slow_reader_and_stops_with_it() -> None:
    written = [0]
    stopped = threading.Event()

    def write(text: TextIO) -> None:
        try:
            while True:
                written[0] += text.write("x" * 65536)
        finally:
            stopped.set()

    chunks = pump(write)
    assert len(next(chunks)) == 65536
    chunks.close()  # type: ignore[attr-defined]
    assert stopped.is_set()
    assert written[0] < 20 * 65536


def test_an_error_of_the_writer_comes_out() -> None:
    def write(text: TextIO) -> None:
        text.write("a")
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(pump(write))


def test_readers_who_take_nothing_keep_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "PATIENCE", 0.3)

    def forever(text: TextIO) -> None:
        while True:
            text.write("x" * 65536)

    stalled = [pump(forever) for _ in range(AT_ONCE)]
    for chunks in stalled:
        next(chunks)
    for thread in threading.enumerate():
        if thread.name == "export":
            thread.join(30)
    assert list(pump(lambda text: text.write("a"))) == [b"a"]
    # Who reads on all the same is not told that this is all.
    with pytest.raises(Exception, match="took nothing for"):
        list(stalled[0])


def test_only_so_many_at_once() -> None:
    def write(text: TextIO) -> None:
        for _ in range(1000):
            text.write("x" * 65536)

    busy = [pump(write) for _ in range(AT_ONCE)]
    for chunks in busy:
        next(chunks)
    with pytest.raises(HTTPException):
        next(pump(write))
    for chunks in busy:
        chunks.close()  # type: ignore[attr-defined]
    assert next(pump(write))
