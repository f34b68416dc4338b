"""Extraction in worker processes: many texts at once, answers in the order in which they are asked for."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from threading import Thread

from claimtrack.errors import ClaimtrackError
from claimtrack.extraction import Extraction, extract_with
from claimtrack.records import Article
from claimtrack.settings import Settings

_FEW = 4  # texts; for fewer, loading the language model again takes longer than it saves
_AHEAD = 4  # texts a worker that may wait for it, so that memory does not grow with their number


class WorkerError(ClaimtrackError):
    """A worker process ended before it gave its answer."""


@dataclass(eq=False)
class Task:
    """One article to be extracted; `future` once a worker has it."""

    article: Article
    future: Future[Extraction] | None = None


class Extractor:
    """Extracts in this process, or from the fourth text on in others; make one with `open_extractor`."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings = settings
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._waiting: list[Task] = []
        self.ahead = _AHEAD * workers if workers > 1 else 0

    def submit(self, article: Article) -> Task:
        """Put an article in the queue.  Raises WorkerError where a worker has died."""
        task = Task(article)
        if self._workers > 1:
            self._waiting.append(task)
            if self._pool is not None or len(self._waiting) >= _FEW:
                self._start()
        return task

    def result(self, task: Task) -> Extraction:
        """What was extracted; waits for it, and raises what the extraction raised.

        Raises WorkerError where a worker died.
        """
        if task.future is None:
            self._waiting = [other for other in self._waiting if other is not task]
            return extract_with(self._settings, task.article)
        try:
            return task.future.result()
        except BrokenProcessPool as error:
            raise _dead(task) from error

    def _start(self) -> None:
        if self._pool is None:
            # A fresh interpreter each: a copy of this process would share its database connections.
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_begin)
        for task in self._waiting:
            try:
                task.future = self._pool.submit(extract_with, self._settings, task.article)
            except BrokenProcessPool as error:
                raise _dead(task) from error
        self._waiting.clear()

    def close(self) -> None:
        """End the workers; texts that none has begun are given up."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _dead(task: Task) -> WorkerError:
    return WorkerError(
        f"a worker process ended while {task.article.path} or a text near it was being read",
        "It may have been out of memory: try again with --workers 1; what went in is kept",
    )


@contextmanager
def open_extractor(settings: Settings, workers: int) -> Iterator[Extractor]:
    """An extractor with that many processes, none of which outlives it."""
    extractor = Extractor(settings, workers)
    try:
        yield extractor
    finally:
        extractor.close()


def count_cores() -> int:
    """How many processes this one may run at once."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin() -> None:
    """Prepare a worker: the one that started it hears of Ctrl-C, and it ends when that one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 20, 20)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
