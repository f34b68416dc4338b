"""No two people are merged by themselves, and most spellings of one are."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from tests.gold.speakers import figures, load_pairs

FLOORS = json.loads((Path(__file__).parents[2] / "benchmarks" / "floors.json").read_text(encoding="utf-8"))


def test_the_gold_is_large_and_holds_traps() -> None:
    answers = Counter(pair.answer for pair in load_pairs())
    assert set(answers) == {"same", "different", "unknown"}
    assert sum(answers.values()) >= 120
    assert answers["different"] >= 40


def test_automatic_merges_stay_above_their_floors() -> None:
    precision, recall, wrong, missed = figures(load_pairs())
    floors = FLOORS["speaker_pairs"]
    assert precision >= floors["precision"], [pair.line for pair in wrong]
    assert recall >= floors["recall"], [pair.line for pair in missed]
