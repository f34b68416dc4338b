"""Extraction, and judging, on a Dask cluster (extra `dask`): other machines do what worker processes do.

The workers are somebody's who runs them, with the same version of this program and the same models.  They
write nothing: the process that was started writes, in the order of the texts, so that the database is the
same with any number of workers, and one that is killed takes nothing with it; its articles go to another.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing import current_process
from multiprocessing.util import Finalize
from threading import Lock
from typing import Any

from claimtrack.errors import UsageError
from claimtrack.extraction import Extraction
from claimtrack.records import Article
from claimtrack.settings import Settings
from claimtrack.workers import Extractor, Task, WorkerError

CONNECT = 10  # seconds until the scheduler must have answered
PATIENCE = 300  # seconds without any worker after which nothing more is waited for
_AHEAD = (
    4  # articles in flight for each thread of the workers, so that memory does not grow with their number
)
_COUNT = 5  # seconds between two counts of the workers: they come and go
_TRIES = 4  # times an article is given to a cluster that loses it with one worker after another
_IDLE = 3  # counts in a row that find no worker at work: then no answer is coming


@dataclass(eq=False)
class _Sent(Task):
    """An article that the cluster has, and its answer there."""

    there: Any = None


class _LostError(Exception):
    """The cluster has nothing to do, and an answer is missing: it was lost on the way."""


class ClusterExtractor(Extractor):
    """Extracts on the workers of a cluster; make one with `open_cluster`."""

    def __init__(self, settings: Settings, client: Any) -> None:
        super().__init__(settings, 1)
        self._given = settings
        self._client = client
        self._counted = 0.0
        self._count()

    def submit(self, article: Article) -> Task:
        """Give an article to the cluster."""
        self._count()
        return self._send(article)

    def result(self, task: Task) -> Extraction:
        """What was extracted; waits for it, and raises what the extraction raised.

        Raises WorkerError where the cluster is gone, or loses the article with one worker after another.
        """
        from distributed import KilledWorker  # noqa: PLC0415  # an extra

        sent = task if isinstance(task, _Sent) else self._send(task.article)
        for _ in range(_TRIES):
            try:
                found = self._wait(sent)
            except (KilledWorker, _LostError):
                sent = self._send(task.article)
            except CancelledError as error:
                raise _gone() from error
            else:
                return found
        raise WorkerError(
            f"the workers of the cluster ended again and again while {task.article.path} was read",
            "They may be out of memory: leave this text out; what went in is kept",
        )

    def close(self) -> None:
        """Give up what is not done: it goes with the client."""

    def _send(self, article: Article) -> _Sent:
        try:
            there = self._client.submit(_extract, self._given, article, _release(), pure=False)
        except Exception as error:
            raise _gone() from error
        return _Sent(article, there=there)

    def _wait(self, sent: _Sent) -> Extraction:
        alone_since: float | None = None
        idle = 0
        while True:
            try:
                found: Extraction = sent.there.result(timeout=_COUNT)
            except TimeoutError:
                if sent.there.status == "error":  # it is the extraction's own
                    raise
            else:
                return found
            if _threads(self._client):
                alone_since = None
                idle = 0 if _is_at_work(self._client) else idle + 1
                if idle == _IDLE:
                    raise _LostError
                continue
            alone_since = alone_since or time.monotonic()
            if time.monotonic() - alone_since > PATIENCE:
                raise WorkerError(
                    f"the cluster has had no worker for {PATIENCE} seconds",
                    "Start some and give the same command again: what went in is kept",
                )

    def _count(self) -> None:
        if time.monotonic() - self._counted > _COUNT:
            self.ahead = _AHEAD * max(1, _threads(self._client))
            self._counted = time.monotonic()


@contextmanager
def open_cluster(settings: Settings) -> Iterator[ClusterExtractor]:
    """An extractor on the cluster that `settings.dask` names.

    Raises UsageError where it cannot be reached, or its workers are of another version.
    """
    with connect(settings.dask or "") as client:
        extractor = ClusterExtractor(settings, client)
        try:
            yield extractor
        finally:
            extractor.close()


@contextmanager
def open_executor(address: str) -> Iterator[tuple[Executor, int]]:
    """What runs functions on the cluster at `address`, and how many it runs at once; raises UsageError."""
    with connect(address) as client:
        yield client.get_executor(pure=False), max(1, _threads(client))


@contextmanager
def connect(address: str) -> Iterator[Any]:
    """A client of the scheduler at `address`; raises UsageError where it cannot be used."""
    try:
        from distributed import Client  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise UsageError(
            "--dask needs a package that is not installed", "Install it with: pip install 'claimtrack[dask]'"
        ) from error
    try:
        client: Any = Client(address, timeout=CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"No Dask scheduler answers at {address}",
            "Start one with `dask scheduler`, and workers with `dask worker ADDRESS --nthreads 1`",
        ) from error
    try:
        _check(client)
        yield client
    finally:
        with suppress(Exception):  # a scheduler that is gone cannot be taken leave of
            client.close(timeout=CONNECT)


def _check(client: Any) -> None:
    """Refuse workers of another version; those that come later are asked with every article."""
    try:
        found = set(client.run(_release).values())
    except Exception as error:
        raise UsageError(
            f"The workers of the cluster cannot run claimtrack: {error}",
            f"Install claimtrack {_release()} where they run",
        ) from error
    if found - {_release()}:
        raise UsageError(
            f"The workers of the cluster have claimtrack {', '.join(sorted(found))}",
            f"Install claimtrack {_release()} where they run",
        )


def _release() -> str:
    return version("claimtrack")


def _threads(client: Any) -> int:
    try:
        return sum(client.nthreads().values())
    except Exception as error:
        raise _gone() from error


def _is_at_work(client: Any) -> bool:
    try:
        return any(client.processing().values())
    except Exception as error:
        raise _gone() from error


def _gone() -> WorkerError:
    return WorkerError(
        "the Dask scheduler does not answer any more",
        "Start it and give the same command again: what went in is kept",
    )


def _extract(settings: Settings, article: Article, release: str) -> Extraction:
    """What a worker does; its process is started with its first article and kept, with the model."""
    if release != _release():
        raise WorkerError(
            f"a worker of the cluster has claimtrack {_release()}", f"Install claimtrack {release} there"
        )
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
