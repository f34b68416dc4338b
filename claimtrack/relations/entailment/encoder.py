"""A 3-way cross-encoder in ONNX: the model that ships with the package, or one of the user's.

The folder holds model.onnx (or onnx/model.onnx), tokenizer.json and config.json, whose `id2label` names the
three labels in any order and case; such folders are what the usual exporters write.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claimtrack.attribution.pieces import PLAIN
from claimtrack.attribution.sessions import open_session
from claimtrack.errors import ModelError
from claimtrack.relations.entailment import Probabilities

GRAPHS = ("model.onnx", "onnx/model.onnx")
# Words that name a label, by the field of Probabilities they fill.
NAMES = {"entails": "entail", "contradicts": "contradict", "neutral": "neutral"}
LONGEST = 256  # pieces of a pair; statements of the news have 20 to 80, and work grows with the square
MOST_CHARACTERS = 8 * LONGEST  # more than LONGEST pieces of prose take: the tokenizer need not read a book
REMEDY = (
    "Give a folder with model.onnx, tokenizer.json and config.json of a 3-way cross-encoder, "
    "or set CLAIMTRACK_ENTAILMENT to builtin or off"
)


class CrossEncoder:
    """One loaded model; gives the same answer for a pair whatever else is asked with it."""

    def __init__(self, folder: Path, name: str, threads: int = 1) -> None:
        """Load the model in `folder` to run on `threads` threads; `name` is for the fingerprint.

        Raises ModelError when a file is missing or the model is of another sort.
        """
        graph = next((folder / file for file in GRAPHS if (folder / file).is_file()), folder / GRAPHS[0])
        files = (graph, folder / "tokenizer.json", folder / "config.json")
        for file in files:
            if not file.is_file():
                raise ModelError(f"The entailment model lacks {file}", REMEDY)
        config = read_config(files[2])
        self.places = label_places(config, files[2])
        self.temperature = float(config.get("calibration_temperature", 1.0))
        self.fingerprint = f"{name}:{digest(files)}"
        try:
            self.tokenizer = Tokenizer.from_file(str(files[1]))
            self.session = open_session(graph, threads)
        except Exception as exc:  # both libraries raise bare Exceptions of their own for a broken file
            raise ModelError(f"The entailment model in {folder} cannot be loaded: {exc}", REMEDY) from exc
        longest = int(config.get("max_position_embeddings", LONGEST + 2))
        # Encoders of RoBERTa's kind count places from 2.
        self.tokenizer.enable_truncation(min(LONGEST, max(longest - 2, 8)), strategy="longest_first")
        self.tokenizer.no_padding()
        self.inputs = {one.name: one.type for one in self.session.get_inputs()}
        if not {"input_ids"} <= self.inputs.keys() <= {"input_ids", "attention_mask", "token_type_ids"}:
            raise ModelError(
                f"The model in {folder} reads {', '.join(self.inputs)}, not pairs of texts", REMEDY
            )
        outputs = [one.name for one in self.session.get_outputs()]
        self.output = "logits" if "logits" in outputs else outputs[0]
        try:
            shape = self._scores("Try.", "One.").shape
        except Exception as exc:  # as above: a graph may load and still not run
            raise ModelError(f"The entailment model in {folder} does not run: {exc}", REMEDY) from exc
        if shape != (len(self.places),):
            raise ModelError(f"The model in {folder} does not give one score for each label", REMEDY)

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        """Probabilities from the first text of each pair to its second, in the order of the pairs.

        Pairs run one by one: int8 weights scale their inputs by what stands in a batch, so that company
        would change a pair's figures, and a batch is no faster on one thread (docs/models.md).
        """
        known = {pair: self._judge(*pair) for pair in dict.fromkeys(pairs)}
        return [known[pair] for pair in pairs]

    def _judge(self, a: str, b: str) -> Probabilities:
        scores = self._scores(a, b) / self.temperature
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        return Probabilities(**{field: round(float(shares[at]), 5) for field, at in self.places.items()})

    def _scores(self, a: str, b: str) -> NDArray[np.float64]:
        first, second = (text[:MOST_CHARACTERS].translate(PLAIN) for text in (a, b))
        code = self.tokenizer.encode(first, second)
        rows = {"input_ids": code.ids, "attention_mask": code.attention_mask, "token_type_ids": code.type_ids}
        frame = {
            name: np.array([rows[name]], dtype=np.int32 if kind == "tensor(int32)" else np.int64)
            for name, kind in self.inputs.items()
        }
        scores: NDArray[np.float64] = np.asarray(
            self.session.run([self.output], frame)[0][0], dtype=np.float64
        )
        return scores


def read_config(path: Path) -> Mapping[str, Any]:
    """The model's config.json; raises ModelError when it is no JSON object."""
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as exc:
        raise ModelError(f"{path} cannot be read: {exc}", REMEDY) from exc
    if not isinstance(config, dict):
        raise ModelError(f"{path} holds no settings", REMEDY)
    return config


def label_places(config: Mapping[str, Any], path: Path) -> dict[str, int]:
    """Field of Probabilities → which score is meant, by `id2label`; raises ModelError when one is missing."""
    labels = config.get("id2label")
    pairs = labels.items() if isinstance(labels, dict) else ()
    places = {
        field: int(number)
        for number, label in pairs
        for field, word in NAMES.items()
        if str(number).isdecimal() and word in str(label).lower()
    }
    if places.keys() != NAMES.keys() or sorted(places.values()) != [0, 1, 2]:
        wanted = "entailment, contradiction and neutral"
        raise ModelError(f"{path} does not name the three labels {wanted} in id2label", REMEDY)
    return places


def digest(files: Sequence[Path]) -> str:
    """Eight characters that change with any of the files."""
    total = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()[:8]
