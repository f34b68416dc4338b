"""Start-up time of reading commands against the imports they cannot do without, side by side.

    python benchmarks/startup.py [--rounds N]

Each round runs the peer and the commands in turn, so that noise meets all alike; the medians' ratios
are printed, and the exit code is 1 where one is over its limit.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT = 2.5
PEER = (
    "python -c 'import typer, sqlalchemy, rich'",
    [sys.executable, "-c", "import typer, sqlalchemy, rich"],
)
PROGRAM = str(Path(sys.executable).parent / "claimtrack")
SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"


def main() -> int:
    """Print the table; 1 if a command takes more than LIMIT times the peer's time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "startup.db")
        subprocess.run([PROGRAM, "--db", database, "ingest", str(SEEDS)], check=True, capture_output=True)
        commands = [
            PEER,
            ("claimtrack --help", [PROGRAM, "--help"]),
            ("claimtrack contradictions", [PROGRAM, "--db", database, "contradictions"]),
            ("claimtrack claims --format json", [PROGRAM, "--db", database, "claims", "--format", "json"]),
        ]
        seconds: dict[str, list[float]] = {name: [] for name, _ in commands}
        for _ in range(rounds):
            for name, command in commands:
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True)
                seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    peer = medians[PEER[0]]
    print(f"{'command':<48}{'median s':>9}{'ratio':>7}  limit {LIMIT}")
    for name, median in medians.items():
        print(f"{name:<48}{median:>9.3f}{median / peer:>7.2f}")
    return int(any(median / peer > LIMIT for median in medians.values()))


if __name__ == "__main__":
    sys.exit(main())
