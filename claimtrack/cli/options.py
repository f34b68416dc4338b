"""What commands share: the database, and where and how a list is written."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from claimtrack.errors import ClaimtrackError, UsageError

if TYPE_CHECKING:
    from claimtrack.store import Store
    from claimtrack.store.reader import Reader
    from claimtrack.store.views import ReviewStatus

F = TypeVar("F", bound=StrEnum)

DEFAULT_DATABASE = "claimtrack.db"
MOST_WORKERS = 1024  # processes: more than any machine has cores for


@dataclass
class Globals:
    """The options before the command; the error handler reads them too."""

    db: str = DEFAULT_DATABASE
    db_given: bool = False  # by --db or the environment
    knowledge: Path | None = None
    verbose: bool = False
    log: str = "off"  # or text, or json: what `cli/logs.py` was set up for
    command: str = ""

    def show_trace(self, error: Exception) -> None:
        """Where an error came from, on standard error, if that was asked for."""
        if self.log == "json":
            from claimtrack.cli import logs

            logs.tell_error(error, trace=self.verbose or not isinstance(error, ClaimtrackError))
        elif self.verbose:
            import traceback

            traceback.print_exception(error)

    def open_to_read(self) -> Reader:
        """The database, which must exist."""
        from claimtrack.store.opening import open_reader

        return open_reader(self.db)

    def open_whole(self) -> Store:
        """The database, which must exist, with what takes longer to import than lists need."""
        from claimtrack.store import open_store

        return open_store(self.db, create=False)

    def open_to_keep(self) -> Store:
        """The database, which must exist and refuses every change."""
        from claimtrack.store import open_store

        return open_store(self.db, create=False, read_only=True)

    def open_to_change(self, who: str) -> Store:
        """The database, which must exist, to change what is there."""
        from claimtrack.store import open_store

        return open_store(self.db, create=False, who=who)

    def open_to_write(self, who: str) -> Store:
        """The database, made and upgraded where needed."""
        from claimtrack.store import open_store

        return open_store(self.db, who=who)


class Format(StrEnum):
    """The formats of a list."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"


class PageFormat(StrEnum):
    """The formats of what is more than a list."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"
    HTML = "html"


class Status(StrEnum):
    """How a claim or relation stands with reviewers."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSURE = "unsure"
    ALL = "all"


def statuses_of(status: Status | None) -> list[ReviewStatus]:
    """What to ask the store for; None is all but what was rejected."""
    from claimtrack.store.views import ReviewStatus

    if status is None:
        return [found for found in ReviewStatus if found is not ReviewStatus.REJECTED]
    return [] if status is Status.ALL else [ReviewStatus(status.value)]


def format_of(given: F | None, file: Path | None, table: F) -> F:
    """The format that was given, else the one that the ending of the file names, else the table."""
    ending = file.suffix[1:].casefold() if file is not None else ""
    return given or next((format for format in type(table) if format.value == ending), table)


@dataclass(frozen=True)
class Output:
    """Where and how one list is written, and how much of it."""

    format: Format | PageFormat = Format.TABLE
    file: Path | None = None
    limit: int | None = None


FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="How to write the list (default: as the ending of --output says, else a table).",
        metavar="table|json|jsonl|csv|md",
    ),
]
PageFormatOption = Annotated[
    PageFormat | None,
    typer.Option(
        "--format",
        "-f",
        help="How to write it: md and html are pages to read, the others hold one row each "
        "(default: as the ending of --output says, else a table).",
        metavar="table|json|jsonl|csv|md|html",
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file instead of standard output.", metavar="FILE"),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        max=MOST_WORKERS,
        help="Processes that read texts (default: one a core).",
        metavar="N",
    ),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", "-n", min=1, help="At most so many.", metavar="N")
]


def lists(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that takes `out: Output` the options --format, --output and --limit."""
    return _with_output(command, Format.TABLE, FormatOption)


def pages(command: Callable[..., None]) -> Callable[..., None]:
    """As `lists`, for a command that can also write a page: --format md and html."""
    return _with_output(command, PageFormat.TABLE, PageFormatOption)


def _with_output(
    command: Callable[..., None], table: Format | PageFormat, option: object
) -> Callable[..., None]:
    @wraps(command)
    def with_options(
        *args: Any, format: Format | PageFormat | None, output: Path | None, limit: int | None, **kwargs: Any
    ) -> None:
        most = None if limit is None else min(limit, sys.maxsize)  # databases take no larger number
        command(*args, out=Output(format_of(format, output, table), output, most), **kwargs)

    by_name = inspect.Parameter.KEYWORD_ONLY
    own = inspect.signature(command, eval_str=True)
    with_options.__signature__ = own.replace(  # type: ignore[attr-defined]
        parameters=[
            *(p for name, p in own.parameters.items() if name != "out"),
            inspect.Parameter("format", by_name, default=None, annotation=option),
            inspect.Parameter("output", by_name, default=None, annotation=OutputOption),
            inspect.Parameter("limit", by_name, default=None, annotation=LimitOption),
        ]
    )
    return with_options


def refuse_empty(**given: str | None) -> None:
    """Raises UsageError for an option without a value, as of a shell's variable that is not set."""
    for name, value in given.items():
        if value is not None and not value.strip():
            raise UsageError(f"--{name} is empty", "Give it a value, or leave it out")
