"""Ctrl-C and SIGTERM: the first asks a command to stop where nothing is half done, the second ends it."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import current_thread, main_thread
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_NOTE = b"claimtrack: Stopping after the article at hand; once more stops at once.\n"


class Stop:
    """Whether a stop was asked for, and by which signal."""

    def __init__(self) -> None:
        self._signal = 0

    @property
    def asked(self) -> bool:
        """Whether to stop where nothing is half done."""
        return bool(self._signal)

    @property
    def exit_code(self) -> int:
        """128 and the number of the signal, by default that of Ctrl-C, as shells count."""
        return 128 + (self._signal or signal.SIGINT)

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Take note of the first signal; the second raises KeyboardInterrupt wherever the block is."""
        if current_thread() is not main_thread():  # Python hears signals in the main thread only
            yield
            return
        before = {number: signal.signal(number, self._heed) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _heed(self, number: int, _frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self._signal = number
        with suppress(OSError, ValueError):  # not through the stream: it may be in the middle of a line
            os.write(sys.stderr.fileno(), _NOTE)
