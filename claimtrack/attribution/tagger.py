"""The learned attribution tagger: text → attributions with a confidence.

Needs onnxruntime, tokenizers and NumPy only.  The model folder holds model.onnx, tokenizer.json and
config.json; `training/README.md` says how they are made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from claimtrack.attribution.decode import (
    TAGS,
    Candidate,
    Floats,
    Settings,
    confidence,
    find_candidates,
    text_range,
)
from claimtrack.attribution.pieces import Pieces, Range, Window, cut, windows_of
from claimtrack.attribution.sessions import open_session

FILES = ("model.onnx", "tokenizer.json", "config.json")


@dataclass(frozen=True)
class RawAttribution:
    """What the model found: character ranges of the text (end exclusive) for each role.

    `source` is empty where the text names none.  `confidence` is the probability that a reader would
    mark the same source and at least half of the same content.
    """

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    confidence: float
    features: tuple[float, ...] = field(default=(), repr=False, compare=False)  # to fit the confidence


class Tagger:
    """One loaded model; safe to use again and again, one text at a time."""

    def __init__(self, folder: Path, threads: int = 1, settings: Settings | None = None) -> None:
        """Load the model in `folder` to run on `threads` threads; `settings` replace its own."""
        for name in FILES:
            if not (folder / name).is_file():
                raise FileNotFoundError(f"the attribution model lacks {folder / name}")
        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if tuple(config["tags"]) != TAGS:
            raise ValueError(f"the attribution model in {folder} was made for other tags")
        self.size = int(config["window"])
        weights = hashlib.sha256((folder / "model.onnx").read_bytes())
        self.fingerprint = weights.hexdigest()[:8]  # kept beside each claim that the tagger made
        self.settings = settings or Settings.read(config["decode"])
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.special = np.array([self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]")])
        self.session = open_session(folder / "model.onnx", threads)

    def tag(self, text: str, marks: Sequence[Range] = ()) -> list[RawAttribution]:
        """The attributions of a text in the order of their cues.

        `marks` are character ranges to leave out (boilerplate); no attribution touches them.
        """
        pieces = cut(text, self.tokenizer, marks)
        out: list[RawAttribution] = []
        for window in windows_of(pieces, self.size, text):
            scores, vectors = self.run(pieces, window)
            starts = pieces.starts[window.start : window.end]
            ends = pieces.ends[window.start : window.end]
            quote = pieces.quote[window.start : window.end]
            for candidate in find_candidates(scores, vectors, quote, self.settings):
                sure = confidence(candidate.features, self.settings.weights)
                if sure >= self.settings.least_confidence:
                    out.append(self.in_text(candidate, sure, starts, ends))
        return sorted(out, key=lambda one: (one.cue, one.content))

    def run(self, pieces: Pieces, window: Window) -> tuple[Floats, Floats]:
        """Log probabilities of the tags [pieces, tags] and link vectors [pieces + 2, width] of a window."""
        part = slice(window.start, window.end)
        size = window.end - window.start
        frame = {name: np.zeros((1, size + 2), dtype=np.int64) for name in ("ids", "case", "quote")}
        frame["ids"][0, [0, -1]] = self.special
        frame["ids"][0, 1:-1] = pieces.ids[part]
        frame["case"][0, 1:-1] = pieces.case[part]
        frame["quote"][0, 1:-1] = pieces.quote[part]
        frame["mask"] = np.ones((1, size + 2), dtype=np.int64)
        scores, vectors = self.session.run(["tags", "links"], frame)
        return scores[0, 1:-1], vectors[0]

    @staticmethod
    def in_text(candidate: Candidate, sure: float, starts: Any, ends: Any) -> RawAttribution:
        """A candidate with character ranges in place of pieces."""
        source = (text_range(starts, ends, candidate.source),) if candidate.source else ()
        content = tuple(text_range(starts, ends, span) for span in candidate.contents)
        cue = (text_range(starts, ends, candidate.cue),)
        return RawAttribution(source, cue, content, sure, candidate.features)
