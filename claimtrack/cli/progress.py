"""How far a long command has come: a bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from claimtrack.cli.output import in_log, talk
from claimtrack.reports.cells import one_line


class Progress(NamedTuple):
    """What a command does while its bar stands."""

    reach: Callable[[int, int], None]  # so many are done, of so many
    say: Callable[[str], None]  # a line meanwhile


@contextmanager
def show_progress(verb: str) -> Iterator[Progress]:
    """A bar under what the command does ("Reading"); without a terminal only what it says."""
    if in_log() or not sys.stderr.isatty():
        yield Progress(lambda _done, _total: None, talk)
        return
    from rich import progress
    from rich.console import Console
    from rich.text import Text

    columns = (
        progress.TextColumn(verb),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield Progress(
            lambda done, total: bar.update(task, completed=done, total=total),
            lambda line: bar.console.print(Text(one_line(line)), soft_wrap=True),
        )
