"""Verdicts follow their claims: into a revised text, and into what a newer program finds in the same one.

What follows is repeated under the new claim's key, with the number of the verdict that it repeats; the old
one stays where it was.  A claim counts as the same only where words, speaker and stance are: a verdict is not
put into anybody's mouth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claimtrack.claims.anchors import Fate, anchor
from claimtrack.records import Relation, Verdict, in_force
from claimtrack.review.revisions import passages
from claimtrack.review.verdicts import taken_back
from claimtrack.store import Store


def carry_verdicts(store: Store, article: str, former: str | None = None) -> int:
    """Repeat what was decided on claims that are no longer found under those that they are now.

    `former` is the article whose place `article` took.  To be called inside a transaction, when the claims
    of `article` and their relations are in.  Returns how many verdicts were repeated.
    """
    decided = store.decided_claims([article, *([former] if former else [])])
    if not decided:
        return 0
    current = list(store.claims(article=article))
    old = store.claims_by_id(decided - {claim.id for claim in current})
    gone = [claim for claim in old.values() if claim.retired]
    anchored = anchor(passages(store, gone), passages(store, current))
    ways = {a.old.claim: a.new.claim for a in anchored if a.fate is Fate.KEPT and a.new is not None}
    carried = sum(_repeat(store, one, other) for one, other in ways.items())
    return carried + sum(_repeat(store, one, other, kind) for one, other, kind in _relations(store, ways))


def _relations(store: Store, ways: Mapping[str, str]) -> Iterable[tuple[str, str, str]]:
    """The relations of these claims, each with the one of the claims that they are now, and its kind."""
    for relation in store.decided_relations_of(ways):
        a, b = (ways.get(end, end) for end in (relation.a.id, relation.b.id))
        key = Relation(a, b, relation.kind, 0, (), "").key
        kind = store.kind_of_relation(key)
        if key != relation.id and kind:
            yield relation.id, key, kind


def _repeat(store: Store, old: str, new: str, kind: str = "") -> bool:
    """Repeat what counts on one subject on another, unless that was decided on since; whether it was."""
    verdicts = store.verdicts_of([old, new])
    former, there = verdicts.get(old, ()), verdicts.get(new, ())
    if not former or (there and there[0].id > former[0].id):
        return False
    verdict, now = in_force(former), in_force(there)
    if verdict is None:
        if now is None:
            return False
        undo = former[0]
        store.decide(taken_back(now, there, undo.reviewer, undo.at, undo.note), who=store.who)
        return True
    if verdict.kind and kind and verdict.kind != kind:
        return False  # it was said of another kind of relation
    if now is not None and _said(now) == _said(verdict):
        return False
    repeated = Verdict(
        new, verdict.decision, verdict.reviewer, verdict.at, verdict.note, verdict.kind, verdict.reason,
        carries=verdict.id,
    )  # fmt: skip
    store.decide(repeated, who=store.who)
    return True


def _said(verdict: Verdict) -> tuple[object, ...]:
    return (verdict.decision, verdict.reviewer, verdict.at, verdict.note, verdict.reason)
