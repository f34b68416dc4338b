"""How much one article may take, and the guard that ends what takes longer in this process."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread, main_thread
from types import FrameType

from claimtrack.errors import InputError

_SPLIT = "Split it into one file for each article"


class LimitError(InputError):
    """An article took more time or memory than it may, or the process that read it with it."""


@dataclass(frozen=True)
class Limits:
    """What one article may take; 0 is without a limit."""

    seconds: float = 0
    megabytes: int = 0


def too_slow(path: str, seconds: float) -> LimitError:
    """The error for an article over its time."""
    remedy = f"{_SPLIT}, or give it longer with --time-limit"
    return LimitError(f"{path} is not read after {seconds:g} seconds", remedy)


def too_big(path: str, megabytes: int) -> LimitError:
    """The error for an article that fills the memory."""
    remedy = f"{_SPLIT}, or allow more with CLAIMTRACK_MEMORY_LIMIT"
    return LimitError(f"{path} takes more than {megabytes} MB of memory", remedy)


def deadly(path: str, how: str) -> LimitError:
    """The error for an article whose process ended twice."""
    remedy = "The machine may be out of memory: split the file or leave it out"
    return LimitError(f"the process that read {path} ended twice, the second time {how}", remedy)


@contextmanager
def deadline(path: str, seconds: float) -> Iterator[None]:
    """Raise LimitError inside the block once it has taken so long.

    An alarm, which only the main thread of a Unix process hears, and only between two steps of Python: what
    may hang inside C is given to a process that can be killed.  Where another alarm is set, that one stays.
    """
    # Named at run time, as Windows has none of it.
    timer, alarm = getattr(signal, "setitimer", None), getattr(signal, "SIGALRM", None)
    if not seconds or timer is None or alarm is None or current_thread() is not main_thread():
        yield
        return
    real: int = signal.ITIMER_REAL
    if signal.getitimer(real)[0]:
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise too_slow(path, seconds)

    before = signal.signal(alarm, stop)
    timer(real, seconds)
    try:
        yield
    finally:
        timer(real, 0)
        signal.signal(alarm, before)
