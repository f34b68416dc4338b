"""An archive to review: articles with a claim each, related in a row, each pair with a score of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from claimtrack.records import Decision, RelationKind, Verdict
from claimtrack.store import Store
from tests.store.build import (
    COUNCIL,
    MAYOR,
    RIVAL,
    make_article,
    make_claim,
    make_relation,
    put,
    put_relations,
)

CONTRADICTS, UPDATES, CORROBORATES, REPEATS = RelationKind
SPEAKERS = (MAYOR, RIVAL, COUNCIL)


def put_queue(
    store: Store, scores: list[float], kinds: tuple[RelationKind, ...] = (CONTRADICTS,)
) -> tuple[list[str], list[str]]:
    """Store one relation for each score; the keys of relations and claims come back, in their order."""
    claims = []
    for number in range(len(scores) + 1):
        speaker = SPEAKERS[number % 3]
        text = f"{number}. Quill of the Council said the bridge has {number} arches, and Bo agreed."
        article = make_article(text, f"{number}.txt", day=number % 28 + 1)
        claim = make_claim(article, f"the bridge has {number} arches", replace(speaker, name="Quill"))
        found = replace(claim.attribution, confidence=round((number + 1) / (len(scores) + 2), 3))
        claim = replace(claim, speaker=speaker, attribution=found)
        put(store, article, claim)
        claims.append(claim)
    made = [
        make_relation(claims[n], claims[n + 1], kinds[n % len(kinds)], score)
        for n, score in enumerate(scores)
    ]
    put_relations(store, *made)
    return [relation.key for relation in made], [claim.key for claim in claims]


def say(store: Store, key: str, decision: Decision, reviewer: str) -> Verdict:
    """Add a verdict."""
    with store.transaction():
        return store.decide(Verdict(key, decision, reviewer, datetime.now(UTC)))
