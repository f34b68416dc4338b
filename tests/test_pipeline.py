"""The whole story on small texts of our own: once, again, changed, broken, and judged anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.articles import Overrides, discover
from claimtrack.errors import InputError
from claimtrack.pipeline import ingest
from claimtrack.putting import Outcome, Result
from claimtrack.relating import relate
from claimtrack.settings import Settings, read_settings
from claimtrack.store import Store, open_store

# Parsing needs the language model, which takes seconds to load: once a process.
pytestmark = pytest.mark.slow

OPEN = (
    "Harbour bridge\n\n"
    "Mayor Ada Quill said on Tuesday that the harbour bridge will reopen on 4 May. "
    '"We have waited long enough," she said.\n'
)
SHUT = (
    "No bridge yet\n\n"
    "Mayor Ada Quill denied on Tuesday that the harbour bridge will reopen on 4 May. "
    "The work has taken two years.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    out = tmp_path / "texts"
    out.mkdir()
    (out / "open.txt").write_text(OPEN)
    (out / "shut.txt").write_text(SHUT)
    (out / "manifest.csv").write_text(
        "file,outlet,published,url,title\n"
        "open.txt,Harbour Times,2021-04-20,,Harbour bridge\n"
        "shut.txt,Hill Gazette,2021-04-21,,No bridge yet\n"
    )
    return out


def run(store: Store, folder: Path, overrides: Overrides | None = None) -> list[Outcome]:
    return list(ingest(store, discover([folder]).found, overrides))


def contents(store: Store) -> tuple[object, ...]:
    """All that a reader can see, but the log."""
    return (
        list(store.articles()),
        list(store.claims()),
        list(store.speakers()),
        list(store.outlets()),
        list(store.relations()),
    )


def test_texts_go_in_once_and_every_offset_fits(store: Store, folder: Path) -> None:
    first = run(store, folder)
    assert [outcome.result for outcome in first] == [Result.ADDED, Result.ADDED]
    before = contents(store)
    events = list(store.events())
    assert [outcome.result for outcome in run(store, folder)] == [Result.KNOWN, Result.KNOWN]
    assert contents(store) == before
    assert list(store.events()) == events
    assert len(events) == 2
    assert list(store.verify()) == []

    claims = list(store.claims())
    assert {claim.speaker for claim in claims} == {"Ada Quill"}
    assert len({claim.speaker_id for claim in claims}) == 1
    assert any("We have waited long enough" in claim.text for claim in claims)
    assert {claim.outlet for claim in claims} == {"Harbour Times", "Hill Gazette"}


def test_judging_anew_gives_the_same_relations(store: Store, folder: Path) -> None:
    run(store, folder)
    before = list(store.relations())
    done = relate(store)
    assert (done.before, sum(done.relations.values())) == (len(before), len(before))
    assert list(store.relations()) == before


def test_a_changed_file_is_changed_and_leaves_the_rest(store: Store, folder: Path) -> None:
    run(store, folder)
    (folder / "open.txt").write_text(OPEN.replace("4 May", "9 June"))
    assert [outcome.result for outcome in run(store, folder)] == [Result.CHANGED, Result.KNOWN]
    texts = " ".join(claim.text for claim in store.claims(outlet="Harbour Times"))
    assert "9 June" in texts
    assert "4 May" not in texts
    assert list(store.verify()) == []


def test_better_facts_keep_the_keys(store: Store, folder: Path) -> None:
    (folder / "manifest.csv").unlink()
    run(store, folder)
    before = {claim.id for claim in store.claims()}
    outcomes = run(store, folder, Overrides(outlet="Harbour Times"))
    assert [outcome.result for outcome in outcomes] == [Result.CHANGED, Result.CHANGED]
    assert {claim.id for claim in store.claims()} == before
    assert {claim.outlet for claim in store.claims()} == {"Harbour Times"}


def test_a_bad_text_leaves_no_trace_and_the_others_go_in(store: Store, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0" * 50)
    outcomes = {Path(outcome.path).name: outcome for outcome in run(store, folder)}
    for name in ("empty.txt", "picture.txt"):
        assert outcomes[name].result is Result.FAILED
        assert isinstance(outcomes[name].error, InputError)
    assert outcomes["open.txt"].result is Result.ADDED
    assert len(list(store.articles())) == 2


def test_two_orders_give_the_same_archive(
    folder: Path, new_database: Callable[[str], str], backend: str
) -> None:
    seen = []
    for turn in (1, -1):
        with open_store(new_database(backend)) as store:
            list(ingest(store, discover([folder]).found[::turn]))
            seen.append(contents(store)[:2])
    assert seen[0] == seen[1]


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMTRACK_REVIEWER", "mia")
    monkeypatch.setenv("CLAIMTRACK_MODEL", "")
    assert read_settings().reviewer == "mia"
    assert read_settings().model == Settings().model


def test_workers_give_the_same_archive(
    folder: Path, new_database: Callable[[str], str], backend: str
) -> None:
    for number in range(6):
        (folder / f"more{number}.txt").write_text(SHUT.replace("4 May", f"{number + 10} June"))
    (folder / "empty.txt").write_bytes(b"")
    seen = []
    for workers in (1, 2):
        with open_store(new_database(backend)) as store:
            found = discover([folder]).found
            outcomes = list(ingest(store, found, workers=workers))
            results = [(Path(o.path).name, o.result, o.claims, o.relations) for o in outcomes]
            assert [name for name, *_ in results] == [Path(f.path).name for f in found]
            assert [o.result for o in ingest(store, found, workers=workers)].count(Result.KNOWN) == 8
            seen.append((results, contents(store)))
    assert seen[0] == seen[1]


def test_a_text_twice_in_one_run_goes_in_once(store: Store, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(OPEN)
    found = discover([tmp_path]).found
    list(ingest(store, found, workers=2))
    assert len(list(store.articles())) == 1
    assert list(store.verify()) == []
