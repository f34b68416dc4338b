"""Signals to chances: two logistic questions whose weights lie beside this module in weights.json.

*fact*: do both claims speak of one fact?  *conflict*: if they do, do they exclude each other?  Each has
log-odds, a base plus weight times value for every signal; the chance of a conflict is the product of both
answers, that of support what is left of the first.  The base of *fact* depends on where pairs come from: of
those that an archive proposes few are related, of those that somebody lays side by side many are.

`training/relations_judge.py` fits the weights under the signs of `signals`; there is one set for pairs that
an entailment model has read ("read") and one for all others ("plain").
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from math import exp, fsum


class Question(StrEnum):
    """What the model answers."""

    FACT = "fact"
    CONFLICT = "conflict"


class Setting(StrEnum):
    """Where pairs come from."""

    ARCHIVE = "archive"  # candidates that the index proposes
    GIVEN = "given"  # pairs that somebody lays side by side


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely a pair speaks of one fact, and, if so, how likely its claims exclude each other."""

    fact: float
    opposed: float

    @property
    def conflict(self) -> float:
        """That the claims speak of one fact and exclude each other."""
        return self.fact * self.opposed

    @property
    def support(self) -> float:
        """That the claims speak of one fact and agree."""
        return self.fact * (1 - self.opposed)


@dataclass(frozen=True)
class Weights:
    """What one question weighs."""

    bases: dict[str, float]  # by setting
    signals: dict[str, float]

    def parts(self, values: Mapping[str, float]) -> dict[str, float]:
        """Weight times value of every signal that counts, in log-odds."""
        weights = self.signals
        return {n: weights[n] * value for n, value in values.items() if value and n in weights}

    def chance(self, values: Mapping[str, float], setting: Setting) -> float:
        """The answer, 0 to 1; the sum does not depend on the order of the signals."""
        odds = self.bases[setting] + fsum(self.parts(values).values())
        return 1 / (1 + exp(-max(-50.0, min(50.0, odds))))


@lru_cache(maxsize=1)
def load_weights() -> dict[str, dict[Question, Weights]]:
    """The weights by model ("plain", "read") and question."""
    text = files("claimtrack.relations").joinpath("weights.json").read_text(encoding="utf-8")
    models = json.loads(text)["models"]
    return {
        name: {q: Weights(model[q]["bases"], model[q]["signals"]) for q in Question}
        for name, model in models.items()
    }


def weights_for(values: Mapping[str, float]) -> dict[Question, Weights]:
    """The set of weights for the signals measured: what an entailment model read asks for its own."""
    return load_weights()["read" if "contradicted" in values else "plain"]


def chances_of(values: Mapping[str, float], setting: Setting = Setting.ARCHIVE) -> Chances:
    """The chances of a pair."""
    weights = weights_for(values)
    return Chances(*(weights[question].chance(values, setting) for question in Question))
