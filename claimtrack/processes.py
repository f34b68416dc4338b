"""One worker process: started, asked for the claims of one article after another, watched, and killed.

It has a pipe of its own and no lock in common with others, so that it may be killed at any moment.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import time
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Thread

from claimtrack.errors import ClaimtrackError, ModelError
from claimtrack.extraction import Extraction, extract_with
from claimtrack.language.model import load
from claimtrack.limits import Limits, too_big, too_slow
from claimtrack.records import Article
from claimtrack.settings import Settings

_LOOK = 0.1  # seconds between two looks at the memory of a worker at work
_WORN = 0.7  # of the memory that is allowed
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0


class DiedError(Exception):
    """The process ended, killed from outside or by itself; `ready` is false where it never began."""

    def __init__(self, how: str, ready: bool) -> None:
        super().__init__(how)
        self.ready = ready


class WorkerProcess:
    """A fresh interpreter with the language model: a copy of this one would share its connections."""

    def __init__(self, settings: Settings) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, settings), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    def extract(self, article: Article, limits: Limits) -> Extraction:
        """The claims of one article; raises what extraction raised.

        Raises LimitError where it takes more than it may, and DiedError where the process ends; then
        there is no process any more.  Loading the language model counts for no article.
        """
        try:
            if not self._ready:
                self._ready = self._pipe.recv()
            self._pipe.send(article)
            self._watch(article, limits)
            answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            self._process.join(1)
            self.kill()
            raise DiedError(_ending(self._process.exitcode), self._ready) from error
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Extraction)
        return answer

    def _watch(self, article: Article, limits: Limits) -> None:
        """Wait for the answer, and end the process if the article takes more than it may."""
        end = time.monotonic() + limits.seconds
        while not wait([self._pipe], _LOOK):
            if limits.seconds and time.monotonic() >= end:
                self.kill()
                raise too_slow(article.path, limits.seconds)
            if limits.megabytes and _memory(self.pid) > limits.megabytes * 1_000_000:
                self.kill()
                raise too_big(article.path, limits.megabytes)

    def is_worn(self, limits: Limits) -> bool:
        """Whether it keeps so much memory from former articles that the next one would answer for it."""
        return bool(limits.megabytes) and _memory(self.pid) > limits.megabytes * 1_000_000 * _WORN

    def kill(self) -> None:
        """End the process at once, whatever it does: it holds nothing that could be left half done."""
        self._process.kill()
        self._process.join()


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"by {signal.Signals(-code).name}"
    return f"with exit code {code}"


def _memory(pid: int) -> int:
    """Bytes of memory that a process has in use; 0 where the platform does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


def _serve(pipe: Connection, settings: Settings) -> None:
    """What the process does: read articles from the pipe, and send claims or errors back."""
    # The process that started this one hears of Ctrl-C and ends its workers itself.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    gc.set_threshold(100_000, 20, 20)
    Thread(target=_follow, daemon=True).start()
    with suppress(ModelError):  # told with the first article, which asks for the model again
        load(settings.model)
    with suppress(EOFError, OSError):  # nobody is there any more
        pipe.send(True)
        while True:
            pipe.send(_answer(settings, pipe.recv()))


def _answer(settings: Settings, article: Article) -> Extraction | Exception:
    try:
        return extract_with(settings, article)
    except MemoryError:
        os._exit(1)  # what is left of this process cannot be relied on
    except Exception as error:  # it belongs to the article; the process goes on
        return _portable(error)


def _portable(error: Exception) -> Exception:
    """The error, if it comes out of a pipe as it went in, else one that says the same."""
    try:
        if isinstance(pickle.loads(pickle.dumps(error)), type(error)):  # noqa: S301 - our own bytes
            return error
    except Exception:  # noqa: S110 - some exceptions cannot be copied; then the words alone
        pass
    return ClaimtrackError(f"{type(error).__name__}: {error}")


def _follow() -> None:
    """End with the process that started this one, however that ended."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def hold_signals() -> None:
    """Let the processes that this thread starts begin deaf to Ctrl-C, until they say so themselves."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
