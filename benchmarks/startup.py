"""Start-up time of commands against the imports they cannot do without, side by side.

    python benchmarks/startup.py [--rounds N]

Each round runs the peers and the commands in turn, so that noise meets all alike; the medians' ratios
are printed, and the exit code is 1 where one is over its limit.  All find their bytecode ready, as they
do from the second run on: it is kept in a folder of its own, whatever PYTHONDONTWRITEBYTECODE says.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HELP_LIMIT = 3.0  # of importing Typer
LIST_LIMIT = 1.3  # of importing Typer and SQLAlchemy
TYPER = [sys.executable, "-c", "import typer"]
BOTH = [sys.executable, "-c", "import typer, sqlalchemy"]
PROGRAM = str(Path(sys.executable).parent / "claimtrack")
SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "articles"


LISTS = (
    ["contradictions"],
    ["corroborations"],
    ["claims"],
    ["claims", "--format", "json"],
    ["speakers"],
    ["articles", "--format", "csv"],
)


def main() -> int:
    """Print the table; 1 if a command takes more than its limit times its peer's time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "startup.db")
        subprocess.run([PROGRAM, "--db", database, "ingest", str(SEEDS)], check=True, capture_output=True)
        commands = {
            "import typer": TYPER,
            "claimtrack --help": [PROGRAM, "--help"],
            "import typer, sqlalchemy": BOTH,
            **{f"claimtrack {' '.join(words)}": [PROGRAM, "--db", database, *words] for words in LISTS},
        }
        environment = os.environ | {"PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, capture_output=True, env=environment)
                if number:  # the first round makes the bytecode
                    seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    missed = False
    print(f"{'command':<40}{'median s':>9}{'ratio':>7}{'limit':>7}")
    for name, median in medians.items():
        peer, limit = ("import typer", HELP_LIMIT) if "--help" in name else (list(medians)[2], LIST_LIMIT)
        if name.startswith("import"):
            print(f"{name:<40}{median:>9.3f}")
            continue
        ratio = median / medians[peer]
        missed = missed or ratio > limit
        print(f"{name:<40}{median:>9.3f}{ratio:>7.2f}{limit:>7.1f}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
