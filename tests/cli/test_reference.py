from __future__ import annotations

from pathlib import Path

import pytest

from claimtrack.cli.reference import command_names, help_of, write_reference

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_reference_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert PAGE.read_text("utf-8") == write_reference()


@pytest.mark.parametrize("name", command_names())
def test_every_command_says_what_it_does(name: str) -> None:
    first = help_of(*name.split()).splitlines()[2].strip()
    assert first.endswith((".", ":"))
    assert f"## claimtrack {name}\n" in PAGE.read_text("utf-8")
    for line in help_of(*name.split()).splitlines():
        if line.strip().startswith("-"):
            assert "  " in line.strip() or line.strip().count(" ") <= 2, f"undocumented: {line}"


def test_the_commands_are_these() -> None:
    assert command_names() == [
        "ingest", "watch", "articles", "claims",
        "contradictions", "corroborations", "relate", "evaluate", "disputes", "speaker", "show",
        "changes", "extract", "review", "verdict", "log", "export", "verify", "doctor", "serve",
        "speakers", "speakers merge", "speakers split", "speakers rename", "speakers distinct",
        "speakers undo", "speakers decisions", "alias", "alias add", "alias remove",
        "outlets", "outlets merge",
        "db", "db info", "db upgrade", "db backup", "db vacuum", "db copy",
    ]  # fmt: skip
