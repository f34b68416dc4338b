"""Decisions against the real thing: texts read, linked and judged before and after them."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack import review
from claimtrack.articles import Overrides, discover
from claimtrack.pipeline import ingest
from claimtrack.putting import Result
from claimtrack.relating import rejudge
from claimtrack.store import Store
from tests.review.conftest import WHO

pytestmark = pytest.mark.slow

FIRST = (
    "Ferry to stay in port\n\n"
    "Harbour master Greta Lindqvist said on Monday that the night ferry will sail again on 4 May. "
    "Engineer Paul Oduya said that the engine has been repaired.\n"
)
SECOND = (
    "Ferry plans\n\n"
    "Harbour spokeswoman Margareta Lindqvist-Sund denied on Tuesday that the night ferry will sail again on "
    "4 May. She said the engine had not been repaired.\n"
)
THIRD = (
    "Ferry delayed\n\n"
    "Harbour spokeswoman Margareta Lindqvist-Sund said on Friday that the night ferry needs a new crew.\n"
)


def read(store: Store, folder: Path, name: str, text: str, outlet: str, day: int) -> Result:
    (folder / name).write_text(text)
    manifest = folder / "manifest.csv"
    rows = manifest.read_text() if manifest.exists() else "file,outlet,published,url,title\n"
    if name not in rows:
        manifest.write_text(f"{rows}{name},{outlet},2021-04-{day},,{text.splitlines()[0]}\n")
    (outcome,) = ingest(store, discover([folder / name]).found)
    assert outcome.error is None
    return outcome.result


def counts(store: Store) -> dict[str, int]:
    return {view.name: view.claims for view in store.speakers()}


def relations(store: Store) -> list[tuple[str, str, str]]:
    return sorted((str(r.kind), r.a.speaker, r.b.speaker) for r in store.relations())


def test_decisions_hold_for_what_is_read_before_and_after(store: Store, tmp_path: Path) -> None:
    read(store, tmp_path, "first.txt", FIRST, "Harbour Times", 20)
    read(store, tmp_path, "second.txt", SECOND, "Hill Gazette", 21)
    start, apart = counts(store), relations(store)
    assert start == {"Greta Lindqvist": 1, "Paul Oduya": 1, "Margareta Lindqvist-Sund": 2}
    assert any("Margareta Lindqvist-Sund" in pair for pair in apart)

    review.merge_speakers(store, "Margareta Lindqvist-Sund", "Greta Lindqvist", WHO, rejudge=rejudge)
    assert counts(store) == {"Greta Lindqvist": 3, "Paul Oduya": 1}
    together = relations(store)
    assert not any("Margareta Lindqvist-Sund" in pair for pair in together)

    assert read(store, tmp_path, "second.txt", SECOND, "Hill Gazette", 21) is Result.KNOWN
    (renewed,) = ingest(
        store, discover([tmp_path / "second.txt"]).found, Overrides(outlet="Hill Gazette Online")
    )
    assert renewed.result is Result.CHANGED
    assert counts(store) == {"Greta Lindqvist": 3, "Paul Oduya": 1}
    assert relations(store) == together
    read(store, tmp_path, "third.txt", THIRD, "Night Post", 23)
    assert counts(store) == {"Greta Lindqvist": 4, "Paul Oduya": 1}
    assert list(store.verify()) == []

    review.undo(store, None, WHO, rejudge=rejudge)
    assert counts(store) == start | {"Margareta Lindqvist-Sund": 3}
    assert set(apart) <= set(relations(store))
    assert list(store.verify()) == []


def test_a_split_and_an_alias_hold_when_texts_are_read_again(store: Store, tmp_path: Path) -> None:
    read(store, tmp_path, "second.txt", SECOND, "Hill Gazette", 21)
    claim = next(c for c in store.claims() if "engine" in c.text)
    review.split_speaker(store, claim.speaker_id, [claim.id], WHO, name="An engineer of the port")
    review.add_alias(store, "An engineer of the port", "Paul Oduya", WHO)
    list(ingest(store, discover([tmp_path / "second.txt"]).found, Overrides(outlet="Hill Gazette Online")))
    assert counts(store) == {"Margareta Lindqvist-Sund": 1, "An engineer of the port": 1}
    read(store, tmp_path, "first.txt", FIRST, "Harbour Times", 20)
    assert counts(store)["An engineer of the port"] == 2
    (tmp_path / "second.txt").write_text(SECOND.replace("new crew", "crew").replace("Tuesday", "Monday"))
    list(ingest(store, discover([tmp_path / "second.txt"]).found))
    review.undo(store, None, WHO)
    review.undo(store, None, WHO)
    assert counts(store) == {"Greta Lindqvist": 1, "Paul Oduya": 1, "Margareta Lindqvist-Sund": 2}
    assert list(store.verify()) == []
