"""Extraction in other processes: in order, with the errors of this one, and without orphans."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from claimtrack.errors import ModelError
from claimtrack.records import Article
from claimtrack.settings import Settings
from claimtrack.workers import Extractor, WorkerError, open_extractor

pytestmark = pytest.mark.slow

TEXTS = [f"Mayor Ada Quill said that bridge number {n} will reopen." for n in range(6)]


@pytest.fixture
def extractor() -> Iterator[Extractor]:
    with open_extractor(Settings(), 2) as extractor:
        yield extractor


def pids(extractor: Extractor) -> list[int]:
    assert extractor._pool is not None
    return list(extractor._pool._processes)


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
    assert extractor._pool is None


def test_a_missing_model_is_the_same_error() -> None:
    with open_extractor(Settings(model="no_such_model"), 2) as extractor:
        tasks = [extractor.submit(Article(text, "a.txt")) for text in TEXTS]
        with pytest.raises(ModelError, match="not installed") as caught:
            extractor.result(tasks[0])
        assert caught.value.hint


def test_a_dead_worker_is_a_clear_error(extractor: Extractor) -> None:
    tasks = [extractor.submit(Article(text, f"{n}.txt")) for n, text in enumerate(TEXTS)]
    extractor.result(tasks[0])
    for pid in pids(extractor):
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(WorkerError, match=r"ended while .*txt .*--workers 1"):
        extractor.result(extractor.submit(Article("Ada Quill said that nobody hears this.", "last.txt")))
