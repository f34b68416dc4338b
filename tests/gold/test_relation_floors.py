"""The quality gate of the judge: F1 by relation on our own pairs, with and without the entailment model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.relation_gold import figures, judge_gold
from claimtrack.relations.entailment import load_entailment

FLOORS = json.loads((Path(__file__).parents[2] / "benchmarks" / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("setting", ["off", "builtin"])
def test_relations_stay_above_their_floors(setting: str) -> None:
    reached = figures(list(judge_gold(load_entailment(setting))))
    for kind, floor in FLOORS["relations"][setting].items():
        assert reached[kind][2] >= floor, f"{setting} {kind}: {reached[kind][2]:.3f} < {floor}"
