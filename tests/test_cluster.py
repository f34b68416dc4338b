"""A Dask cluster of two processes: the same database as without, also when workers are killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.clusters import Cluster, dask_cluster
from claimtrack import pipeline, scheduler
from claimtrack.articles import Found, discover
from claimtrack.cluster import open_cluster, open_helpers
from claimtrack.errors import UsageError
from claimtrack.limits import LimitError
from claimtrack.putting import Result
from claimtrack.records import Article
from claimtrack.relating import relate
from claimtrack.settings import Settings
from claimtrack.sharing import relate_together
from claimtrack.store import Store, open_store
from claimtrack.workers import WorkerError
from tests.conftest import LONG

pytestmark = pytest.mark.slow

SPEECHES = (
    "Mayor Ada Quill said on Tuesday that 12 people died in the Quillhaven harbour fire.",
    "Police Chief Ben Orr said on Tuesday that 20 people died in the Quillhaven harbour fire.",
    "Governor Cara Voss said on Tuesday that 12 people died in the Quillhaven harbour fire.",
)
TEXTS = [f"QUILLHAVEN, May {1 + n} -\n\n{SPEECHES[n % 3]}\n\nNothing else was new." for n in range(12)]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask"), 2) as started:
        yield started


@pytest.fixture
def settings(cluster: Cluster) -> Settings:
    return Settings(attribution="rules", entailment="off", dask=cluster.address)


@pytest.fixture
def found(tmp_path: Path) -> tuple[Found, ...]:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return discover([folder]).found


def contents(path: str) -> tuple[list[object], ...]:
    """What there is to see of an archive; keys are hashes of content."""
    with open_store(path) as store:
        articles = [(view.id, view.path, view.claims) for view in store.articles()]
        claims = [(view.id, view.speaker_id, view.text) for view in store.claims()]
        relations = sorted((view.id, str(view.kind), view.score) for view in store.relations())
        events = [(view.id, view.kind, view.subject) for view in store.events()]
        assert list(store.verify()) == []
    return articles, claims, relations, events


def test_the_archive_is_that_of_one_process(
    settings: Settings, found: tuple[Found, ...], database: str, tmp_path: Path
) -> None:
    with open_store(database) as store:
        outcomes = list(pipeline.ingest(store, found, settings=settings))
        assert [outcome.result for outcome in outcomes] == [Result.ADDED] * len(TEXTS)
        again = list(pipeline.ingest(store, found, settings=settings))
        assert [outcome.result for outcome in again] == [Result.KNOWN] * len(TEXTS)
    alone = settings.model_copy(update={"dask": None})
    with open_store(tmp_path / "alone.db") as store:
        list(pipeline.ingest(store, found, settings=alone))
    assert contents(database) == contents(str(tmp_path / "alone.db"))


def test_killed_workers_lose_nothing(
    cluster: Cluster, settings: Settings, found: tuple[Found, ...], tmp_path: Path
) -> None:
    killed = 0
    with open_store(tmp_path / "killed.db") as store:
        for number, outcome in enumerate(pipeline.ingest(store, found, settings=settings)):
            assert outcome.result is Result.ADDED
            if number in (0, 2):
                # Answers that are waiting are lost with the worker that holds them, and found anew.
                os.kill(min(cluster.pids()), signal.SIGKILL)
                killed += 1
    assert killed == 2
    alone = settings.model_copy(update={"dask": None})
    with open_store(tmp_path / "alone.db") as store:
        list(pipeline.ingest(store, found, settings=alone))
    assert contents(str(tmp_path / "killed.db")) == contents(str(tmp_path / "alone.db"))


def test_errors_are_those_of_one_process(settings: Settings) -> None:
    missing = settings.model_copy(update={"model": "no_such_model"})
    with open_cluster(missing) as extractor, pytest.raises(Exception, match="not installed") as caught:
        extractor.result(extractor.submit(Article(TEXTS[0], "a.txt")))
    assert type(caught.value).__name__ == "ModelError"


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"time_limit": 0.5}, r"^long\.txt is not read after 0\.5 seconds\. .*--time-limit$"),
        ({"memory_limit": 20}, r"^long\.txt takes more than 20 MB of memory\. .*CLAIMTRACK_MEMORY_LIMIT$"),
    ],
)
def test_what_takes_too_much_is_ended_and_the_worker_goes_on(
    settings: Settings, cluster: Cluster, limits: dict[str, float], words: str
) -> None:
    pids = cluster.pids()
    with open_cluster(settings.model_copy(update=limits)) as extractor:
        long = [extractor.submit(Article(LONG, "long.txt")) for _ in range(3)]
        for task in long:
            with pytest.raises(LimitError, match=words):
                extractor.result(task)
    with open_cluster(settings) as extractor:
        assert extractor.result(extractor.submit(Article(TEXTS[0], "a.txt"))).claims
    assert pids
    assert pids <= cluster.pids()


def test_a_text_over_the_limit_fails_alone(
    settings: Settings, found: tuple[Found, ...], store: Store, tmp_path: Path
) -> None:
    (tmp_path / "texts" / "05.txt").write_text(LONG, encoding="utf-8")
    limited = settings.model_copy(update={"time_limit": 5.0})
    outcomes = list(pipeline.ingest(store, found, settings=limited, relate=False))
    assert [outcome.result for outcome in outcomes].count(Result.ADDED) == len(TEXTS) - 1
    failed = outcomes[5]
    assert isinstance(failed.error, LimitError)
    assert str(failed.error).endswith("05.txt is not read after 5 seconds. " + failed.error.hint)


def test_few_articles_are_in_flight(settings: Settings) -> None:
    with open_cluster(settings) as extractor:
        assert 1 <= extractor.ahead <= 8


@pytest.mark.parametrize("kill", [False, True])
def test_workers_share_relating_on_postgresql(
    cluster: Cluster, settings: Settings, found: tuple[Found, ...], new_database, kill: bool
) -> None:
    def step(done: int, _all: int) -> None:
        steps.append(done)
        if kill and len(steps) == 1:  # what it was to do, and the answers that wait with it, go to the other
            os.kill(min(cluster.pids()), signal.SIGKILL)

    url = new_database("postgresql")
    steps: list[int] = []
    with open_store(url) as store:
        list(pipeline.ingest(store, found, settings=settings, relate=False))
        assert sum(store.count_relations().values()) == 0
        with open_helpers(cluster.address) as helpers:
            helpers.number = 4
            shared = relate_together(store, helpers, settings, step)
        assert sum(shared.relations.values()) > 0
        assert len(steps) == 4
        assert relate(store, settings).relations == shared.relations


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense://x", "127.0.0.1:9"])
def test_nobody_at_the_address(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "CONNECT", 1)
    settings = Settings(dask=address)
    with pytest.raises(UsageError, match="No Dask scheduler answers at"), open_cluster(settings):
        pass


def test_workers_of_another_version_are_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "version", lambda _name: "0.0.0")
    with (
        pytest.raises(UsageError, match=r"have claimtrack .*Install claimtrack 0.0.0"),
        open_cluster(Settings(dask=cluster.address)),
    ):
        pass


def test_workers_of_another_version_that_come_later_are_refused(
    cluster: Cluster, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scheduler.open_scheduler(cluster.address) as opened:
        monkeypatch.setattr(scheduler, "version", lambda _name: "0.0.0")
        for function in (len, open_cluster):
            with pytest.raises(WorkerError, match=r"^a worker of the cluster has claimtrack .*"):
                opened.call(function, ()).result()


def test_a_large_answer_may_take_its_time(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "COUNT", 0.001)
    with scheduler.open_scheduler(cluster.address) as opened:
        assert len(opened.call(bytes, 100_000_000).result()) == 100_000_000


def test_an_error_of_time_is_the_functions_own(cluster: Cluster) -> None:
    with scheduler.open_scheduler(cluster.address) as opened, pytest.raises(TimeoutError, match="too late"):
        opened.call(run_late).result()


def run_late() -> None:
    raise TimeoutError("too late")


def test_a_worker_that_stands_still_holds_nobody_up(
    cluster: Cluster, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "ANSWER", 1)
    pid = min(cluster.pids())
    os.kill(pid, signal.SIGSTOP)
    try:
        with (
            pytest.raises(UsageError, match="A worker of the cluster has not answered for 1 second"),
            open_cluster(settings),
        ):
            pass
    finally:
        os.kill(pid, signal.SIGCONT)
