"""A Dask cluster for tests and trials: processes of this machine, started as its users start theirs.

They are killed at the end: what one of them hangs in holds up nobody.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

_STARTED = 120  # seconds within which even a busy machine has the workers up


class Cluster:
    """A scheduler and its workers; start it with `dask_cluster`."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.address: str = client.scheduler.address

    def pids(self) -> set[int]:
        """The processes of the workers that are there now."""
        return self._pids(None)

    def busy(self) -> set[int]:
        """The processes of those that have something to do."""
        return self._pids([worker for worker, calls in self._client.processing().items() if calls])

    def _pids(self, workers: list[str] | None) -> set[int]:
        asked = self._client.sync(
            self._client.run, os.getpid, workers=workers, on_error="ignore", callback_timeout=_STARTED
        )
        return set(asked.values())


@contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A scheduler and so many workers, each of one thread and started again when it is killed.

    What they say is in the folder.
    """
    from distributed import Client  # noqa: PLC0415  # an extra

    meeting = folder / "scheduler.json"
    common = ("--no-dashboard", "--scheduler-file", str(meeting))
    home = ("--local-directory", str(folder))
    with ExitStack() as started:
        for name, options in (
            ("scheduler", ("--host", "127.0.0.1", "--port", "0")),
            ("worker", ("--host", "127.0.0.1", "--nworkers", str(workers), "--nthreads", "1", *home)),
        ):
            log = started.enter_context((folder / f"{name}.log").open("wb"))
            command = [sys.executable, "-m", "dask", name, *common, *options]
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
            started.callback(_kill, process)
        client = started.enter_context(
            Client(scheduler_file=str(meeting), timeout=_STARTED, set_as_default=False)
        )
        client.wait_for_workers(workers, timeout=_STARTED)
        yield Cluster(client)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, and its session's with it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
