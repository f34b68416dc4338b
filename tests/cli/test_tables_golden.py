"""What users see, kept as files; with CLAIMTRACK_GOLDEN=write they are written anew, for review."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parent / "golden"
COMMANDS = {
    "articles": ("articles",),
    "claims": ("claims",),
    "speakers": ("speakers",),
    "outlets": ("outlets",),
    "speaker": ("speaker", "Holt"),
    "speaker-changes": ("speaker", "Holt", "--changes"),
    "contradictions": ("contradictions",),
    "corroborations": ("corroborations",),
    "disputes": ("disputes",),
    "show-dispute": ("show", "{dispute}"),
    "show-claim": ("show", "{closed}"),
    "show-relation": ("show", "{contradicts:0.91}"),
    "show-article": ("show", "{article}"),
    "show-speaker": ("show", "s0000000000a2"),
}


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("name", COMMANDS)
def test_table(name: str, width: int, ask: Any, keys: dict[str, str]) -> None:
    arguments = [keys.get(word.strip("{}"), word) for word in COMMANDS[name]]
    done = ask(*arguments, columns=width)
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, done.stdout.splitlines())) <= width
    file = GOLDEN / f"{name}-{width}.txt"
    if os.environ.get("CLAIMTRACK_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(done.stdout, "utf-8")
    assert done.stdout == file.read_text("utf-8")
