"""Extraction in worker processes: many texts at once, answers in the order in which they are asked for.

A text that takes too long or too much memory ends with its process, which is replaced; so does one whose
process dies twice.  The others go on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Condition, Thread, current_thread

from claimtrack.errors import ClaimtrackError
from claimtrack.extraction import Extraction, extract_with
from claimtrack.language.model import load
from claimtrack.limits import LimitError, Limits, deadline, deadly
from claimtrack.processes import DiedError, WorkerProcess, hold_signals
from claimtrack.records import Article
from claimtrack.settings import Settings

_FEW = 4  # texts; for fewer, loading the language model again takes longer than it saves
_AHEAD = 4  # texts a worker that may wait for it, so that memory does not grow with their number
_LONG = 50_000  # characters; a longer text may take long enough that it must be possible to kill it
_STARTS = 3  # processes in a row that end before they begin


class WorkerError(ClaimtrackError):
    """No worker process can be started."""


@dataclass(eq=False)
class Task:
    """One article to be extracted; `future` once it is in the queue of the workers."""

    article: Article
    future: Future[Extraction] | None = None


@dataclass
class _Turn:
    """Whose turn it is: any number of articles together, or one alone."""

    changed: Condition = field(default_factory=Condition)
    working: int = 0
    one_alone: bool = False

    @contextmanager
    def together(self) -> Iterator[None]:
        with self.changed:
            self.changed.wait_for(lambda: not self.one_alone)
            self.working += 1
        try:
            yield
        finally:
            with self.changed:
                self.working -= 1
                self.changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self.changed:
            self.changed.wait_for(lambda: not self.one_alone)
            self.one_alone = True
            self.changed.wait_for(lambda: not self.working)
        try:
            yield
        finally:
            with self.changed:
                self.one_alone = False
                self.changed.notify_all()


class Extractor:
    """Extracts few short texts in this process, others in workers; make one with `open_extractor`.

    With `bounded` no text is extracted in this process, where its limits could not be held.
    """

    def __init__(self, settings: Settings, workers: int, bounded: bool = False) -> None:
        self._settings = settings
        self._limits = Limits(settings.time_limit, settings.memory_limit)
        self._workers = workers
        self._bounded = bounded
        self._waiting: list[Task] = []
        self._queue: SimpleQueue[Task | None] = SimpleQueue()
        self._threads: list[Thread] = []
        self._processes: dict[Thread, WorkerProcess] = {}
        self._turn = _Turn()
        self._closed = False
        self.ahead = _AHEAD * workers if workers > 1 else 0

    def submit(self, article: Article) -> Task:
        """Put an article in the queue."""
        task = Task(article)
        if self._workers > 1 or self._must_be_killable(article):
            self._waiting.append(task)
            if self._threads or len(self._waiting) >= _FEW or self._must_be_killable(article):
                self._start()
        return task

    def result(self, task: Task) -> Extraction:
        """What was extracted; waits for it, and raises what the extraction raised.

        Raises LimitError where it took more than an article may, WorkerError where no worker can start.
        """
        if task.future is not None:
            return task.future.result()
        self._waiting = [other for other in self._waiting if other is not task]
        load(self._settings.model)  # which takes seconds once, and counts for no article
        with deadline(task.article.path, self._limits.seconds):
            return extract_with(self._settings, task.article)

    def _must_be_killable(self, article: Article) -> bool:
        return self._bounded or (len(article.body) > _LONG and self._limits != Limits())

    def _start(self) -> None:
        while len(self._threads) < self._workers:
            # Each waits for its own process, which it starts when there is work for it.
            self._threads.append(Thread(target=self._work, daemon=True))
            self._threads[-1].start()
        for task in self._waiting:
            task.future = Future()
            self._queue.put(task)
        self._waiting.clear()

    def _work(self) -> None:
        hold_signals()
        while (task := self._queue.get()) is not None and not self._closed:
            assert task.future is not None
            try:
                task.future.set_result(self._extract(task.article))
            except BaseException as error:  # it belongs to the one who asks for the result
                task.future.set_exception(error)

    def _extract(self, article: Article) -> Extraction:
        """Ask this thread's process; where it dies, ask a new one once more, with no other at work."""
        try:
            with self._turn.together():
                return self._ask(article)
        except DiedError:
            pass
        try:
            with self._turn.alone():
                return self._ask(article)
        except DiedError as error:
            raise deadly(article.path, str(error)) from error

    def _ask(self, article: Article) -> Extraction:
        thread = current_thread()
        for _ in range(_STARTS):
            if self._closed:
                break
            process = self._processes.get(thread)
            if process is None:
                process = self._processes[thread] = WorkerProcess(self._settings)
            try:
                extraction = process.extract(article, self._limits)
                if process.is_worn(self._limits):
                    process.kill()
                    del self._processes[thread]
                return extraction
            except LimitError:
                del self._processes[thread]
                raise
            except DiedError as error:
                del self._processes[thread]
                if error.ready:
                    raise
        raise WorkerError(
            "no worker process can be started",
            "The machine may be out of memory: try again with --workers 1; what went in is kept",
        )

    def close(self) -> None:
        """End the workers at once; texts that are not done are given up."""
        self._closed = True
        for _ in self._threads:
            self._queue.put(None)
        while any(thread.is_alive() for thread in self._threads):
            for process in list(self._processes.values()):
                process.kill()
            for thread in self._threads:
                thread.join(0.1)


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
