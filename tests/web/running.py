"""The page as a process of its own, on a free port."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Running:
    """A server that said that it listens."""

    process: subprocess.Popen[str]
    line: str
    address: str

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """End it; its exit code and what else it said come back."""
        self.process.send_signal(how)
        _, rest = self.process.communicate(timeout=30)
        return self.process.returncode, rest


@contextmanager
def serving(database: str, *options: str) -> Iterator[Running]:
    """Start `claimtrack serve` and wait for its line."""
    command = [sys.executable, "-m", "claimtrack", "--db", database, "serve", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    found = re.search(r"http://\S+", line)
    if found is None:
        raise AssertionError(line + process.communicate(timeout=30)[1])
    try:
        yield Running(process, line, found.group())
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate(timeout=30)
