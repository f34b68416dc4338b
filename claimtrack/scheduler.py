"""A Dask scheduler (extra `dask`), which has functions called by its workers.

Nothing is waited for without limit: a worker may stand still, and a scheduler lose an answer together with
the worker that held it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import Any, Generic, TypeVar

from claimtrack.errors import ClaimtrackError, UsageError
from claimtrack.workers import WorkerError

CONNECT = 10  # seconds until the scheduler must have answered
ANSWER = 60  # seconds for what scheduler and workers answer beside their work
PATIENCE = 300  # seconds without any worker, or for an answer to be carried over, after which it is given up
COUNT = 5  # seconds between two counts of the workers: they come and go
_TRIES = 4  # times a call is given to a cluster that loses it with one worker after another
_IDLE = 3  # counts in a row that find no worker at work: then no answer is coming

T = TypeVar("T")


class LostError(ClaimtrackError):
    """The workers ended again and again with a call, or its answer was lost on the way."""


class _MissingError(Exception):
    """The cluster has nothing to do, and an answer is missing."""


class _PendingError(Exception):
    """An answer that was there has to be made anew."""


class Scheduler:
    """A scheduler that was reached; make one with `open_scheduler`."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def call(self, function: Callable[..., T], *given: object) -> Call[T]:
        """Have one of the workers call a function, as soon as it can.

        A worker of another version raises WorkerError: it may have come when the others had been checked.
        """
        return Call(self, _called, (release(), function, *given))

    def give(self, function: Callable[..., object], given: tuple[object, ...]) -> Any:
        """Hand a call over; returns Dask's future.  Raises WorkerError."""
        try:
            return self._client.submit(function, *given, pure=False)
        except Exception as error:
            raise _gone() from error

    def threads(self) -> int:
        """How many calls the workers can answer at once; raises WorkerError."""
        return sum(self._ask(self._client.nthreads).values())

    def is_at_work(self) -> bool:
        """Whether any worker has a call; raises WorkerError."""
        return any(self._ask(self._client.processing).values())

    def check(self) -> None:
        """Refuse workers of another version (UsageError)."""
        own = release()
        try:
            found = set(self._client.sync(self._client.run, release, callback_timeout=ANSWER).values())
        except TimeoutError as error:
            raise UsageError(
                f"A worker of the cluster has not answered for {ANSWER} seconds", "Start its workers anew"
            ) from error
        except Exception as error:
            raise UsageError(
                f"The workers of the cluster cannot run claimtrack: {error}",
                f"Install claimtrack {own} where they run",
            ) from error
        if found - {own}:
            raise UsageError(
                f"The workers of the cluster have claimtrack {', '.join(sorted(found))}",
                f"Install claimtrack {own} where they run",
            )

    def _ask(self, question: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = self._client.sync(question, callback_timeout=ANSWER)
        except Exception as error:
            raise _gone() from error
        return answer


class Call(Generic[T]):
    """A function that the workers were given to call, and its answer there."""

    def __init__(self, scheduler: Scheduler, function: Callable[..., T], given: tuple[object, ...]) -> None:
        self._scheduler, self._function, self._given = scheduler, function, given
        self._there = scheduler.give(function, given)

    def result(self) -> T:
        """What the function returned; waits for it, and raises what it raised.

        Raises LostError where the cluster loses the call with one worker after another, WorkerError where
        the scheduler is gone or has had no worker for `PATIENCE` seconds.
        """
        from distributed import KilledWorker  # noqa: PLC0415  # an extra

        for left in reversed(range(_TRIES)):
            try:
                return self._wait()
            except (KilledWorker, _MissingError):
                if left:
                    self._there = self._scheduler.give(self._function, self._given)
            except CancelledError as error:
                raise _gone() from error
        raise LostError("the workers of the cluster ended again and again", "They may be out of memory")

    def _wait(self) -> T:
        alone_since: float | None = None
        idle = 0
        while True:
            if self._is_answered():
                with suppress(_PendingError):
                    return self._fetch()
            if self._scheduler.threads():
                alone_since = None
                idle = 0 if self._scheduler.is_at_work() else idle + 1
                if idle == _IDLE:
                    raise _MissingError
                continue
            alone_since = alone_since or time.monotonic()
            if time.monotonic() - alone_since > PATIENCE:
                raise WorkerError(
                    f"the cluster has had no worker for {PATIENCE} seconds",
                    "Start some and give the same command again: what went in is kept",
                )

    def _is_answered(self) -> bool:
        try:
            self._there.exception(timeout=COUNT)  # which carries over no answer
        except TimeoutError:
            return False
        return True

    def _fetch(self) -> T:
        """The answer, which is there: to carry a large one over takes longer than one waits for a sign."""
        try:
            answer: T = self._there.result(timeout=PATIENCE)
        except TimeoutError as error:
            if self._there.status == "pending":  # lost with its worker on the way here, and made anew
                raise _PendingError from error
            if self._there.status == "finished":
                raise _MissingError from error
            raise  # it is the function's own
        return answer


@contextmanager
def open_scheduler(address: str) -> Iterator[Scheduler]:
    """The scheduler at `address`, whose workers can be used; raises UsageError."""
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
        scheduler = Scheduler(client)
        scheduler.check()
        yield scheduler
    finally:
        with suppress(Exception):  # a scheduler that is gone cannot be taken leave of
            client.close(timeout=CONNECT)


def release() -> str:
    """The version of this program where this is called."""
    return version("claimtrack")


def _called(wanted: str, function: Callable[..., T], *given: object) -> T:
    """What a worker does."""
    if wanted != release():
        raise WorkerError(
            f"a worker of the cluster has claimtrack {release()}", f"Install claimtrack {wanted} there"
        )
    return function(*given)


def _gone() -> WorkerError:
    return WorkerError(
        "the Dask scheduler does not answer any more",
        "Start it and give the same command again: what went in is kept",
    )
