"""What commands share: the database, and where and how a list is written."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from claimtrack.store import Store

DEFAULT_DATABASE = "claimtrack.db"


@dataclass
class Globals:
    """The options before the command; the error handler reads them too."""

    db: str = DEFAULT_DATABASE
    verbose: bool = False

    def open_to_read(self) -> Store:
        """The database, which must exist."""
        from claimtrack.store import open_store

        return open_store(self.db, create=False)

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


@dataclass(frozen=True)
class Output:
    """Where and how one list is written, and how much of it."""

    format: Format = Format.TABLE
    file: Path | None = None
    limit: int | None = None


FormatOption = Annotated[
    Format, typer.Option("--format", "-f", help="How to write the list.", metavar="table|json|jsonl|csv|md")
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Write to this file instead of standard output.", metavar="FILE"),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", "-n", min=1, help="At most so many.", metavar="N")
]


def lists(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that takes `out: Output` the options --format, --output and --limit."""

    @wraps(command)
    def with_options(
        *args: Any, format: Format, output: Path | None, limit: int | None, **kwargs: Any
    ) -> None:
        command(*args, out=Output(format, output, limit), **kwargs)

    by_name = inspect.Parameter.KEYWORD_ONLY
    own = inspect.signature(command, eval_str=True)
    with_options.__signature__ = own.replace(  # type: ignore[attr-defined]
        parameters=[
            *(p for name, p in own.parameters.items() if name != "out"),
            inspect.Parameter("format", by_name, default=Format.TABLE, annotation=FormatOption),
            inspect.Parameter("output", by_name, default=None, annotation=OutputOption),
            inspect.Parameter("limit", by_name, default=None, annotation=LimitOption),
        ]
    )
    return with_options
