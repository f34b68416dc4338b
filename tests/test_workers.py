"""Extraction in other processes: in order, with the errors of this one, and without orphans."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from claimtrack.errors import ModelError
from claimtrack.limits import LimitError, deadline
from claimtrack.records import Article
from claimtrack.settings import Settings
from claimtrack.workers import Extractor, Task, open_extractor
from tests.conftest import LONG

pytestmark = pytest.mark.slow

TEXTS = [f"Mayor Ada Quill said that bridge number {n} will reopen." for n in range(6)]


@pytest.fixture
def extractor() -> Iterator[Extractor]:
    with open_extractor(Settings(), 2) as extractor:
        yield extractor


def test_answers_are_those_of_one_process(extractor: Extractor) -> None:
    articles = [Article(text, f"{n}.txt") for n, text in enumerate(TEXTS)]
    tasks = [extractor.submit(article) for article in articles]
    with open_extractor(Settings(), 1) as alone:
        expected = [alone.result(alone.submit(article)) for article in articles]
    assert [extractor.result(task) for task in tasks] == expected
    assert all(extraction.claims for extraction in expected)


def test_few_texts_start_no_process(extractor: Extractor) -> None:
    tasks = [extractor.submit(Article(text, "a.txt")) for text in TEXTS[:3]]
    assert all(extractor.result(task).claims for task in tasks)
    assert not extractor._processes


def test_a_missing_model_is_the_same_error() -> None:
    with open_extractor(Settings(model="no_such_model"), 2) as extractor:
        tasks = [extractor.submit(Article(text, "a.txt")) for text in TEXTS]
        with pytest.raises(ModelError, match="not installed") as caught:
            extractor.result(tasks[0])
        assert caught.value.hint


def kill_at_work(extractor: Extractor, task: Task) -> Iterator[int]:
    """Kill each process as soon as it has its language model, until the task is done."""
    assert task.future is not None
    while not task.future.done():
        for process in list(extractor._processes.values()):
            if process._ready:
                yield process.pid
                with suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
        with suppress(TimeoutError):
            task.future.exception(timeout=0.05)


def test_killed_workers_cost_nothing(extractor: Extractor) -> None:
    tasks = [extractor.submit(Article(text, f"{n}.txt")) for n, text in enumerate(TEXTS)]
    first = extractor.result(tasks[0])
    for process in list(extractor._processes.values()):
        os.kill(process.pid, signal.SIGKILL)
    again = extractor.submit(Article(TEXTS[0], "0.txt"))
    assert all(extractor.result(task).claims for task in tasks)
    assert extractor.result(again) == first


def test_an_article_whose_process_dies_twice_fails_and_the_next_does_not() -> None:
    with open_extractor(Settings(), 1) as extractor:
        bad = extractor.submit(Article(LONG, "bad.txt"))
        killed = set(kill_at_work(extractor, bad))
        assert len(killed) == 2
        with pytest.raises(LimitError, match=r"that read bad\.txt ended twice, the second time by SIGKILL"):
            extractor.result(bad)
        after = extractor.submit(Article(TEXTS[0] + " " * 60_000 + "x", "after.txt"))
        assert after.future is not None
        assert extractor.result(after).claims


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"time_limit": 0.5}, r"^long\.txt is not read after 0\.5 seconds\. .*--time-limit$"),
        ({"memory_limit": 20}, r"^long\.txt takes more than 20 MB of memory\. .*CLAIMTRACK_MEMORY_LIMIT$"),
    ],
)
def test_what_takes_too_much_is_ended(limits: dict[str, float], words: str) -> None:
    with open_extractor(Settings(**limits), 1) as extractor:  # type: ignore[arg-type]
        task = extractor.submit(Article(LONG, "long.txt"))
        with pytest.raises(LimitError, match=words):
            extractor.result(task)
        assert not extractor._processes


def test_an_alarm_ends_what_hangs_here() -> None:
    def hang() -> None:
        with deadline("slow.txt", 0.05):
            while True:
                pass

    with pytest.raises(LimitError, match=r"slow\.txt is not read after 0\.05 seconds"):
        hang()
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_closing_waits_for_nobody() -> None:
    with open_extractor(Settings(), 1) as extractor:
        extractor.submit(Article(LONG, "long.txt"))
    assert not any(thread.is_alive() for thread in extractor._threads)
    assert not any(process._process.is_alive() for process in extractor._processes.values())
