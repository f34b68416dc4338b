from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from claimtrack.records import Kind, RelationKind, Signal, Span, Stance
from claimtrack.store.views import ClaimView, RelationView


def _claim(key: str, **facts: Any) -> ClaimView:
    defaults: dict[str, Any] = {
        "id": key,
        "article_id": f"a{key}",
        "path": f"{key}.txt",
        "url": None,
        "outlet": f"Outlet {key}",
        "title": None,
        "published": date(2020, 3, 2),
        "sha256": "0" * 64,
        "speaker_id": f"s{key}",
        "speaker": f"Speaker {key}",
        "mention": "the mayor",
        "resolution_rule": "name",
        "relays": (),
        "kind": Kind.INDIRECT,
        "stance": Stance.ASSERTS,
        "text": "the bridge is closed",
        "sentence": "The mayor said the bridge is closed.",
        "cue": "said",
        "content": (Span(15, 35),),
        "source_spans": (Span(0, 9),),
        "cue_spans": (Span(10, 14),),
        "sentence_span": Span(0, 36),
        "stated_on": date(2020, 3, 1),
        "confidence": 0.9,
        "rule": "verb cue",
        "extractor": "rules-1",
        "retired": False,
    }
    return ClaimView(**(defaults | facts))


def _relation(a: ClaimView, b: ClaimView, kind: str = "corroborates", **facts: Any) -> RelationView:
    defaults: dict[str, Any] = {
        "id": f"r{a.id}{b.id}",
        "kind": RelationKind(kind),
        "score": 0.75,
        "signals": (Signal("fuzzy", 88.0, "most words agree"),),
        "explanation": "Both say the same.",
        "matcher": "rules-1",
        "a": a,
        "b": b,
        "verdict": None,
    }
    return RelationView(**(defaults | facts))


@pytest.fixture(scope="session")
def claim() -> Callable[..., ClaimView]:
    return _claim


@pytest.fixture(scope="session")
def relation() -> Callable[..., RelationView]:
    return _relation
