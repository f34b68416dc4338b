"""Which file holds which commands, and which of them a command line needs.

Typer makes a command by asking each of its parameters what it is; making all of them takes a reading command
as long as its work.  So a command line that names its command gets that command alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import typer

HOLDERS = {  # in the order of --help
    "ingest": ("ingest",),
    "watch": ("watch",),
    "lists": ("articles", "claims"),
    "related": ("contradictions", "corroborations"),
    "judging": ("relate", "evaluate"),
    "disputes": ("disputes",),
    "dossier": ("speaker",),
    "show": ("show",),
    "changes": ("changes", "extract"),
    "review": ("review",),
    "verdict": ("verdict",),
    "log": ("log",),
    "export": ("export",),
    "verify": ("verify",),
    "speakers": ("speakers", "alias"),
    "outlets": ("outlets",),
    "db": ("db",),
    "doctor": ("doctor",),
    "serve": ("serve",),
}
HELP = ("--help", "-h")
_TAKE_A_VALUE = ("--db", "--knowledge", "--config")  # of the options that stand before the command


def holders_for(arguments: Sequence[str]) -> list[str]:
    """The files whose commands a command line may need: one if it names its command, else all."""
    words = iter(arguments)
    for word in words:
        if word in _TAKE_A_VALUE:
            next(words, None)
        elif word in HELP:
            break
        elif not word.startswith("-"):
            return [holder for holder, names in HOLDERS.items() if word in names] or [*HOLDERS]
    return [*HOLDERS]


def add_commands(app: typer.Typer, holders: Sequence[str]) -> None:
    """Register the commands of these files."""
    for holder in holders:
        import_module(f"claimtrack.cli.{holder}").add_to(app)
