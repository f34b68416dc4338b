"""Standard output or a file: data goes there and nowhere else, whole or not at all."""

from __future__ import annotations

import io
import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar, cast

from claimtrack.cli.options import Format, Output, PageFormat
from claimtrack.cli.terminal import make_console
from claimtrack.errors import UsageError
from claimtrack.reports.cells import one_line, visible
from claimtrack.reports.formats import WRITERS, Report

if TYPE_CHECKING:
    from rich.console import Console

    from claimtrack.store.reader import Reader

V = TypeVar("V")
# Lone surrogates (a path that is no UTF-8) become \udcxx, which in JSON is the surrogate again.
_ON_BAD = "backslashreplace"
_TEXT: dict[str, Any] = {"encoding": "utf-8", "errors": _ON_BAD, "newline": ""}
_PAGES = (PageFormat.MD, PageFormat.HTML)


class _Visible(io.TextIOBase):
    """Text on its way to a terminal, with control and direction characters made visible."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> int:
        self._out.write(visible(text.replace("\r\n", "\n")))
        return len(text)


@contextmanager
def open_output(file: Path | None) -> Iterator[TextIO]:
    """Standard output for None or ``-``, else a file that appears only when all is written.

    The text is UTF-8 and line ends stay as they are written.  Raises UsageError where no file can be made.
    """
    if file is None or str(file) == "-":
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors=_ON_BAD, newline="")
        yield sys.stdout
        sys.stdout.flush()
        return
    with new_path(file) as path, refusals(file), path.open("w", **_TEXT) as out:
        yield out


@contextmanager
def new_path(file: Path) -> Iterator[Path]:
    """A path to write to, which takes the place of `file` when all is written.

    It is `file` itself where that is a pipe or a device.  Raises UsageError where no file can be made.
    """
    target = Path(os.path.realpath(file))  # a link stays a link; what it points to is replaced
    if not is_replaceable(file):
        yield target
        return
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with refusals(file):
            temporary.touch(exist_ok=False)
        yield temporary
        with refusals(file):
            with temporary.open("r+b") as written:
                os.fsync(written.fileno())
            if target.exists():
                temporary.chmod(target.stat().st_mode & 0o777)
            temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink()


def is_replaceable(file: Path) -> bool:
    """Whether there is a plain file of this name or none; a pipe or a device cannot be renamed over."""
    return not file.exists() or file.is_file()


@contextmanager
def refusals(file: Path) -> Iterator[None]:
    """An OSError inside becomes a UsageError that names `file`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            f"cannot write {file}: {reason}", "Name a file in a folder that exists and that you may write to."
        ) from error


def write_list(
    out: Output,
    views: Iterable[V],
    report: Callable[[Iterable[V]], Report],
    draw: Callable[[Console, Iterable[V]], None],
    empty: str,
    page: Callable[[Iterable[V], str, TextIO], None] | None = None,
) -> None:
    """Write `views` as `out` asks: as `report` makes rows of them, or as `draw` draws a table.

    Where there is a `page`, it writes the formats md and html.

    No views are no error: data formats are written without rows, a table is not written, and `empty`
    says on standard error what that means.
    """
    stream = iter(views)
    first = next(stream, None)
    if first is None:
        talk(empty)
        if out.format == Format.TABLE and out.file is None:
            return
    found = () if first is None else chain([first], stream)
    with open_output(out.file) as text:
        if out.format == Format.TABLE:
            if first is not None:
                draw(make_console(text), found)
        elif page is not None and out.format in _PAGES:
            page(found, out.format.value, harmless(text))
        else:
            write_rows(report(found), out.format.value, text)


def write_rows(report: Report, format: str, text: TextIO) -> None:
    """Write `report` in a data format; what a terminal would obey is made visible on its way there."""
    WRITERS[format](report, harmless(text))


def harmless(text: TextIO) -> TextIO:
    """The same, with what a terminal would obey made visible on its way there."""
    return cast(TextIO, _Visible(text)) if text.isatty() else text


def say_merged(store: Reader, asked: str | None) -> None:
    """On standard error, that the speaker asked for is part of another one, where people made it so."""
    found = store.merged(asked) if asked else None
    if found is not None:
        talk(f"{found.name} ({found.id}) is part of {found.into_name} ({found.into}) now.")


_through: list[Callable[[str], None]] = []  # where talk goes instead, while standard error holds a log


def talk_through(say: Callable[[str], None] | None) -> None:
    """Let `say` have what commands say to people (as an entry of a log); None: standard error has it."""
    _through[:] = [say] if say is not None else []


def in_log() -> bool:
    """Whether what is said goes into a log, so that nothing else may stand on standard error."""
    return bool(_through)


def talk(line: str) -> None:
    """One line on standard error."""
    if _through:
        _through[0](one_line(line))
    else:
        print(one_line(line), file=sys.stderr)  # noqa: T201
