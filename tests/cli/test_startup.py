"""Cold start is felt: what reading commands must not import."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from claimtrack.cli.commands import HOLDERS

HEAVY = [
    "spacy",
    "numpy",
    "alembic",
    "pydantic",
    "sqlalchemy.orm",
    "multiprocessing",
    "jinja2",
    "click",
    "fastapi",
    "uvicorn",
    "claimtrack.pipeline",
    "claimtrack.language",
]
_PROBE = """
import json, sys
from claimtrack.cli.app import run
code = run(sys.argv[1:])
print(json.dumps([code, [name for name in sys.modules]]), file=sys.stderr)
"""


def modules_after(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _PROBE, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    assert code == 0
    return set(modules)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["contradictions"],
        ["claims", "-f", "csv"],
        ["corroborations"],
        ["speaker", "Holt"],
        ["disputes"],
    ],
)
def test_reading_imports_nothing_heavy(arguments: list[str], archive: Any) -> None:
    assert modules_after("--db", str(archive[0]), *arguments) & set(HEAVY) == set()


def test_help_imports_neither_database_nor_tables() -> None:
    assert modules_after("contradictions", "--help") & {*HEAVY, "sqlalchemy", "rich"} == set()


def test_lists_do_without_what_writes(archive: Any) -> None:
    writing = {"claimtrack.store.writer", "claimtrack.store.browser", "claimtrack.store.facade"}
    assert modules_after("--db", str(archive[0]), "contradictions") & writing == set()


def test_a_command_imports_no_other(archive: Any) -> None:
    others = {f"claimtrack.cli.{name}" for name in HOLDERS} - {"claimtrack.cli.lists"}
    assert modules_after("--db", str(archive[0]), "claims") & others == set()


def test_rich_is_for_tables_only(archive: Any) -> None:
    assert "rich" not in modules_after("--db", str(archive[0]), "contradictions", "-f", "jsonl")
