"""The reference of the command line, docs/cli.md, made from --help."""

from __future__ import annotations

import os
import sys
from contextlib import redirect_stdout
from io import StringIO

import typer

from claimtrack.cli.app import NAME, make_app, run

_HEAD = f"""# The command line

Made from `{NAME} --help` by `python -m claimtrack.cli.reference > docs/cli.md`; a test keeps it current.

Options for every command stand before the command: `{NAME} --db FILE COMMAND …`. Lists take
`--format`, `--output` and `--limit`. Tables are as wide as the terminal, or 100 columns (or `COLUMNS`)
elsewhere; `NO_COLOR` is honoured. What a list holds goes to standard output, everything else to standard
error. In tables, control characters and marks of writing direction from articles are shown as visible
signs (`␛`, `<U+202E>`); CSV cells that a spreadsheet would run as a formula get an apostrophe in front
(see [audit-format.md](audit-format.md)).
"""


def command_names() -> list[str]:
    """The names of all commands, in the order of --help, a group's own after it: "speakers merge"."""
    return names_in(make_app())


def names_in(group: typer.Typer) -> list[str]:
    """The names of the commands of a program or group, with those of the groups in it."""
    names = [info.name or info.callback.__name__ for info in group.registered_commands if info.callback]
    for info in group.registered_groups:
        if info.typer_instance is not None and info.name:
            names += [info.name, *(f"{info.name} {name}" for name in names_in(info.typer_instance))]
    return names


def help_of(*arguments: str) -> str:
    """What --help prints for a command."""
    out = StringIO()
    with redirect_stdout(out):
        run([*arguments, "--help"])
    return out.getvalue().strip()


def write_reference() -> str:
    """The whole page."""
    sections = (
        f"## {' '.join((NAME, *names))}\n\n```text\n{help_of(*names)}\n```\n"
        for names in ((), *(name.split() for name in command_names()))
    )
    return "\n".join((_HEAD, *sections))


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"  # the same page from any terminal
    sys.stdout.write(write_reference())
