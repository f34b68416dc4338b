"""The quality gate: figures on our own passages do not fall below benchmarks/floors.json.

A floor is lowered only with a reason in the file.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.attribution import predict
from benchmarks.scoring import count, figures
from claimtrack.attribution.modes import Mode
from tests.gold.load import load_attribution

FLOORS = json.loads((Path(__file__).parents[2] / "benchmarks" / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(Mode), ids=str)
def test_attribution_stays_above_its_floors(mode: Mode) -> None:
    tally: Counter[tuple[str, str]] = Counter()
    for row, predicted in predict((passage.row() for passage in load_attribution()), mode):
        tally += count(str(row["text"]), row["attributions"], predicted)
    reached = figures(tally)
    for part, floors in FLOORS["attribution"][mode].items():
        for name, floor in floors.items():
            assert reached[part][name] >= floor, f"{mode} {part} {name}: {reached[part][name]:.3f} < {floor}"
