"""Two texts → how likely the first entails, contradicts or leaves open the second.

A setting names the model: `off`, `builtin`, or a folder with a 3-way cross-encoder in ONNX.  Nothing heavy is
imported until `load_entailment` loads one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol

OFF = "off"
BUILTIN = "builtin"
BUILTIN_FOLDER = Path(__file__).with_name("model")


class Probabilities(NamedTuple):
    """What may hold from a first text to a second; the three sum to 1."""

    entails: float
    contradicts: float
    neutral: float


class Entailment(Protocol):
    """A model of entailment."""

    @property
    def fingerprint(self) -> str:
        """Names the model and its very weights, for the log."""

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """Probabilities from the first text of each pair to its second, in the order of the pairs."""


def load_entailment(setting: str = BUILTIN) -> Entailment | None:
    """The model that a setting names: None for `off`; loaded once a process.

    Raises ModelError when the folder holds no model that can be used.
    """
    if setting == OFF:
        return None
    if setting == BUILTIN:
        return _load(BUILTIN_FOLDER, BUILTIN)
    folder = Path(setting).expanduser().resolve()
    return _load(folder, folder.name)


@lru_cache(maxsize=2)
def _load(folder: Path, name: str) -> Entailment:
    from claimtrack.relations.entailment.encoder import CrossEncoder  # noqa: PLC0415 - onnxruntime is heavy

    return CrossEncoder(folder, name)
