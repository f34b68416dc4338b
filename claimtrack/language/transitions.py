"""The loop of spaCy's transition systems (parser and entity recogniser), driven from Python.

spaCy's own loop gives up the interpreter's lock and then takes it back for each move that it checks,
which costs more than the moves themselves.  The same steps from outside, with the lock held, take half
the time and give the same trees and names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def annotate(pipe: Any, docs: Sequence[Any]) -> None:
    """Set the heads or the entities of documents; `pipe` is a spaCy parser or entity recogniser."""
    if pipe.cfg["beam_width"] != 1 or not any(len(doc) for doc in docs):
        pipe.set_annotations(docs, pipe.predict(docs))
        return
    states = pipe.moves.init_batch(docs)
    step = pipe.model.predict(docs)
    score = _scorer(step)
    open_ = [state for state in states if not state.is_final()]
    while open_:
        open_ = pipe.transition_states(open_, score(open_))
    step.clear_memory()
    pipe.set_annotations(docs, states)


def _scorer(step: Any) -> Any:
    """What gives each state's moves their scores: spaCy's own step, or its product by NumPy's BLAS."""
    unseen = any(step.class_is_unseen(n) == 0 for n in range(step.nO))
    if unseen or step.vec2scores is None:
        return step.predict
    weights = np.ascontiguousarray(step.vec2scores.get_param("W").T)
    bias = step.vec2scores.get_param("b")

    def score(states: Sequence[Any]) -> Any:
        hidden = step.state2vec.predict(step.get_token_ids(states))
        return hidden @ weights + bias

    return score
