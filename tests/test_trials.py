"""Small rounds of the trials in benchmarks/: kills at random moments, and orders of arrival.

Each is a process of its own, as it forks; the full counts are in docs/robustness.md.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="has no fork")]

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
@pytest.mark.parametrize(
    "trial",
    [("kills.py", "--kills", "12", "--midway", "0"), ("orders.py", "--rounds", "2", "--articles", "20")],
)
def test_a_small_trial(trial: tuple[str, ...], backend: str) -> None:
    script, *options = trial
    command = [sys.executable, str(ROOT / "benchmarks" / script), *options, "--database", backend]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
