"""Extraction, and judging, on a Dask cluster (extra `dask`): other machines do what worker processes do.

The workers are somebody's who runs them, with the same version of this program and the same models.  They
write nothing: the process that was started writes, in the order of the texts, so that the database is the
same with any number of workers, and one that is killed takes nothing with it; its articles go to another.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import current_process
from multiprocessing.util import Finalize
from threading import Lock
from typing import Any, TypeVar

from claimtrack.extraction import Extraction
from claimtrack.records import Article
from claimtrack.scheduler import COUNT, Call, LostError, Scheduler, open_scheduler
from claimtrack.settings import Settings
from claimtrack.workers import Extractor, Task, WorkerError

_AHEAD = (
    4  # articles in flight for each thread of the workers, so that memory does not grow with their number
)

T = TypeVar("T")


@dataclass(eq=False)
class _Sent(Task):
    """An article that the cluster has."""

    call: Call[Extraction] | None = None


class ClusterExtractor(Extractor):
    """Extracts on the workers of a cluster; make one with `open_cluster`."""

    def __init__(self, settings: Settings, scheduler: Scheduler) -> None:
        super().__init__(settings, 1)
        self._given = settings
        self._scheduler = scheduler
        self._counted = 0.0
        self._count()

    def submit(self, article: Article) -> Task:
        """Give an article to the cluster."""
        self._count()
        return _Sent(article, call=self._send(article))

    def result(self, task: Task) -> Extraction:
        """What was extracted; waits for it, and raises what the extraction raised.

        Raises WorkerError where the cluster is gone, or loses the article with one worker after another.
        """
        call = task.call if isinstance(task, _Sent) else None
        try:
            return (call or self._send(task.article)).result()
        except LostError as error:
            raise WorkerError(
                f"{error} while {task.article.path} was read",
                f"{error.hint}: leave this text out; what went in is kept",
            ) from error

    def _send(self, article: Article) -> Call[Extraction]:
        return self._scheduler.call(_extract, self._given, article)

    def _count(self) -> None:
        if time.monotonic() - self._counted > COUNT:
            self.ahead = _AHEAD * max(1, self._scheduler.threads())
            self._counted = time.monotonic()


@contextmanager
def open_cluster(settings: Settings) -> Iterator[ClusterExtractor]:
    """An extractor on the cluster that `settings.dask` names.

    Raises UsageError where it cannot be reached, or its workers are of another version.
    """
    with open_scheduler(settings.dask or "") as scheduler:
        yield ClusterExtractor(settings, scheduler)


class Helpers:
    """The workers of a cluster, which share what is judged; make them with `open_helpers`."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self.number = max(1, scheduler.threads())

    def each(self, function: Callable[..., T], calls: Sequence[tuple[Any, ...]]) -> Generator[T, None, None]:
        """What the function returns for each of these arguments, in their order; raises what it raises.

        Raises WorkerError where the cluster is gone, or loses a call with one worker after another.
        """
        given = [self._scheduler.call(function, *arguments) for arguments in calls]
        for call in given:
            try:
                yield call.result()
            except LostError as error:
                raise WorkerError(
                    f"{error} while they judged a part of the claims", f"{error.hint}; nothing has changed"
                ) from error


@contextmanager
def open_helpers(address: str) -> Iterator[Helpers]:
    """Those of the scheduler at `address`; raises UsageError where it, or they, cannot be used."""
    with open_scheduler(address) as scheduler:
        yield Helpers(scheduler)


def _extract(settings: Settings, article: Article) -> Extraction:
    """What a worker does; its process is started with its first article and kept, with the model."""
    return _BENCH.extract(settings, article)


class _Bench:
    """The process in which a worker extracts, which is ended with an article that takes too much.

    A worker with several threads extracts one article at a time.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._settings: Settings | None = None
        self._extractor: Extractor | None = None

    def extract(self, settings: Settings, article: Article) -> Extraction:
        """The claims of an article; raises what the extraction raised."""
        with self._lock:
            if self._extractor is None or settings != self._settings:
                self.close()
                # Dask's workers are daemons, which may have no children lest those stay behind; this one
                # ends with the process that started it, however that ends.
                current_process().daemon = False
                self._settings, self._extractor = settings, Extractor(settings, 1, bounded=True)
                Finalize(None, self.close, exitpriority=1)  # before the children of a worker are waited for
            return self._extractor.result(self._extractor.submit(article))

    def close(self) -> None:
        """End the process."""
        if self._extractor is not None:
            self._extractor.close()
            self._extractor = None


_BENCH = _Bench()
