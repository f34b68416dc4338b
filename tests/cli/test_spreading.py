"""Work spread over processes, a Dask cluster and storage by URL, as commands: the same as without."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from benchmarks.clusters import dask_cluster
from tests.cli.conftest import Archive, Run
from tests.conftest import LONG

pytestmark = pytest.mark.slow

SPEECHES = (
    "Mayor Ada Quill said on Tuesday that 12 people died in the Quillhaven harbour fire.",
    "Police Chief Ben Orr said on Tuesday that 20 people died in the Quillhaven harbour fire.",
)
TEXTS = {f"{n}.txt": f"QUILLHAVEN, May {1 + n} -\n\n{SPEECHES[n % 2]}\n" for n in range(5)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMTRACK_ENTAILMENT", "off")
    monkeypatch.setenv("CLAIMTRACK_ATTRIBUTION", "rules")
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler with one worker."""
    with dask_cluster(tmp_path_factory.mktemp("dask"), 1) as cluster:
        yield cluster.address


def listed(run: Run, database: str, *names: str) -> list[Any]:
    return [json.loads(run("--db", database, name, "-f", "json").stdout) for name in names]


def test_ingest_on_a_cluster(
    run: Run, nowhere: str, backend: str, new_database: Callable[[str], str], folder: Path, scheduler: str
) -> None:
    (folder / "2.txt").write_text(LONG, "utf-8")
    limited = ("--time-limit", "10")
    done = run("--db", nowhere, "ingest", "texts", *limited, "--dask", scheduler)
    assert (done.returncode, done.stdout.split(";")[0]) == (1, "4 added, 0 known, 0 changed, 1 failed")
    (failed,) = (line for line in done.stderr.splitlines() if line.startswith("claimtrack: "))
    assert failed.startswith("claimtrack: texts/2.txt is not read after 10 seconds. Split it into ")
    alone = new_database(backend)
    (folder / "2.txt").unlink()
    here = run("--db", alone, "ingest", "texts", "--workers", "1")
    assert here.stdout == done.stdout.replace("1 failed", "0 failed")
    names = ("articles", "claims", "speakers", "contradictions", "corroborations")
    assert listed(run, nowhere, *names) == listed(run, alone, *names)


def test_relations_judged_by_processes(run: Run, own_archive: Archive, folder: Path) -> None:
    database, _ = own_archive
    assert run("--db", database, "ingest", "texts", "--no-relate", "--workers", "1").returncode == 0
    done = run("--db", database, "relate", "--workers", "2")
    assert (done.returncode, done.stderr) == (0, "")
    shared = listed(run, database, "contradictions", "corroborations")
    again = run("--db", database, "relate")
    assert again.stdout.split(";")[0] == done.stdout.split(";")[0]
    assert listed(run, database, "contradictions", "corroborations") == shared
    assert len(shared[0]) > 2


def test_texts_read_anew_by_processes(work: Run, folder: Path) -> None:
    assert work("ingest", "texts", "--workers", "1").returncode == 0
    before = work("claims", "-f", "json").stdout
    done = work("extract", "--all", "--workers", "2")
    assert (done.returncode, done.stdout) == (0, "5 articles read anew, 0 failed; 5 claims.\n")
    assert work("claims", "-f", "json").stdout == before


@pytest.mark.parametrize("storage", ["memory", "file"])
def test_texts_by_url(storage: str, work: Run, folder: Path) -> None:
    url = f"file://{folder}" if storage == "file" else "memory://texts-of-the-command-line"
    manifest = "file,outlet,published\n" + "".join(f"{name},Harbour Times,2024-05-01\n" for name in TEXTS)
    files = fsspec.filesystem(storage)
    for name, text in {**TEXTS, "manifest.csv": manifest}.items():
        files.pipe(f"{url}/{name}", text.encode())
    done = work("ingest", url, "--workers", "1")
    assert (done.returncode, done.stdout.split(";")[0]) == (0, "5 added, 0 known, 0 changed, 0 failed")
    rows = json.loads(work("articles", "-f", "json").stdout)
    assert all(row["path"].startswith(f"{storage}://") for row in rows)
    assert {(Path(row["path"]).name, row["outlet"], row["published"]) for row in rows} == {
        (name, "Harbour Times", "2024-05-01") for name in TEXTS
    }
    missing = work("ingest", f"{url}/none.txt")
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
