"""What a terminal shows: its width, its colours, and foreign text made harmless for it."""

from __future__ import annotations

import io
import re
import shutil
from typing import TYPE_CHECKING, TextIO, cast

from claimtrack.reports.cells import one_line, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH_ELSEWHERE = 100  # columns where the output is no terminal and COLUMNS is not set
_FILL = re.compile(r" +$", re.MULTILINE)
WIDE = 110  # from here on a list has one column for each fact


class _Trimmed(io.TextIOBase):
    """Text on its way to a file or a pipe, without the spaces that fill up a table's lines."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    @property
    def encoding(self) -> str:  # type: ignore[override]  # rich asks which lines and marks can be written
        return self._out.encoding

    def write(self, text: str) -> int:
        self._out.write(_FILL.sub("", text))
        return len(text)


def make_console(out: TextIO) -> Console:
    """A console that writes to `out`: NO_COLOR, COLUMNS and pipes honoured, no markup read in texts."""
    from rich.console import Console

    width = shutil.get_terminal_size((WIDTH_ELSEWHERE, 24)).columns
    file = out if out.isatty() else cast(TextIO, _Trimmed(out))
    return Console(file=file, width=width, markup=False, highlight=False, emoji=False)


def has_styles(console: Console) -> bool:
    """Whether styles can tell things apart there; if not, signs must."""
    return console.is_terminal and not console.no_color and console.color_system is not None


def shown(text: str | None, style: str = "", unknown: str = "unknown") -> Text:
    """One line of foreign text as rich text; `unknown`, dimmed, where there is none."""
    from rich.text import Text

    return Text(one_line(text), style=style) if text else Text(unknown, style="dim italic")


def paragraphs(text: str, style: str = "") -> Text:
    """Foreign text with its line breaks kept."""
    from rich.text import Text

    return Text(visible(text).replace("\t", " "), style=style)
