"""A command line gets the command it names, and no other has to be made for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from claimtrack.cli.commands import HOLDERS, add_commands, holders_for
from claimtrack.cli.reference import names_in


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_file_holds_the_commands_it_is_said_to_hold(holder: str) -> None:
    app = typer.Typer()
    add_commands(app, [holder])
    assert tuple(name for name in names_in(app) if " " not in name) == HOLDERS[holder]


@pytest.mark.parametrize(
    ("line", "holders"),
    [
        ("claims --search log", ["lists"]),
        ("--db log claims", ["lists"]),
        ("--db=log --log-json -v claims", ["lists"]),
        ("--knowledge show --config log speakers merge show log", ["speakers"]),
        ("claims --help", ["lists"]),
        ("", [*HOLDERS]),
        ("--help", [*HOLDERS]),
        ("--version", [*HOLDERS]),
        ("--db", [*HOLDERS]),
        ("--help claims", [*HOLDERS]),
        ("claimz show", [*HOLDERS]),
    ],
)
def test_a_command_line_needs_one_file_or_all(line: str, holders: list[str]) -> None:
    assert holders_for(line.split()) == holders


def test_completion_knows_all_commands() -> None:
    asked = {"_CLAIMTRACK_COMPLETE": "complete_bash", "COMP_WORDS": "claimtrack con", "COMP_CWORD": "1"}
    program = Path(sys.executable).parent / "claimtrack"
    done = subprocess.run([program], env=os.environ | asked, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["contradictions"]
