"""Relations across the archive: of new claims, of claims that have changed, and of all of them anew.

The store proposes pairs, the judge looks at them, the store keeps what it finds.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from claimtrack.records import Claim, Relation, RelationKind
from claimtrack.relations import MATCHER, judge_pairs, keys_of
from claimtrack.relations.entailment import Entailment, load_entailment
from claimtrack.settings import Settings, read_settings
from claimtrack.store import Store

if TYPE_CHECKING:
    from claimtrack.relations.sketches import Sketches

_LOG = logging.getLogger(__name__)

BATCH = 20  # claims looked at together, each with its candidates
KEPT = 5_000  # claims kept in memory, of some 10 kB: those of one story were mostly stated at one time

Pair = tuple[str, str]  # keys of two claims


@dataclass(frozen=True)
class Related:
    """What judging the whole archive anew came to."""

    claims: int
    relations: dict[RelationKind, int]  # that hold now, by kind
    before: int  # that held before


@dataclass(frozen=True)
class Matcher:
    """What proposes and judges pairs: the settings that matter to it, made ready."""

    entailment: Entailment | None = None
    window: int | None = None

    @property
    def version(self) -> str:
        """The judge and the entailment model, with their versions: stored with every relation."""
        return " ".join([MATCHER, *([self.entailment.fingerprint] if self.entailment else [])])


def matcher_of(settings: Settings | None = None) -> Matcher:
    """The matcher that the settings ask for, by default those in force.

    Raises ModelError where the entailment model cannot be used.
    """
    settings = settings or read_settings()
    return Matcher(load_entailment(settings.entailment), settings.window)


def relate_claims(store: Store, claims: Sequence[Claim], matcher: Matcher) -> int:
    """Judge new claims against the likeliest of other articles; returns how many relations they have.

    To be called inside a transaction, when the claims and their keys are in.
    """
    proposed = store.propose((claim.key for claim in claims), window=matcher.window)
    pairs = [(key, other) for key, others in proposed.items() for other in others]
    return _judge(store, pairs, matcher, Shelf(store, {claim.key: claim for claim in claims}))


def rejudge(store: Store, claim_ids: Iterable[str], matcher: Matcher | None = None) -> int:
    """Judge claims anew whose speaker, outlet or origin has changed; returns how many relations they have.

    To be called inside a transaction.  Pairs that stood related are judged again whether or not they are
    likeliest still; what no longer holds is retired, and verdicts stay with their pairs.
    """
    matcher = matcher or matcher_of()
    rest, found = iter(dict.fromkeys(claim_ids)), 0
    while ids := list(islice(rest, BATCH)):
        claims = store.load_claims(ids)
        store.put_keys({key: keys_of(claim) for key, claim in claims.items()})
        pairs = set(store.retire_relations_of(ids))
        for key, others in store.propose(ids, window=matcher.window).items():
            pairs.update(_pair(key, other) for other in others)
        found += _judge(store, sorted(pairs), matcher, Shelf(store, claims))
    return found


def relate(
    store: Store,
    settings: Settings | None = None,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> Related:
    """Judge all claims anew, in one transaction: readers see the old relations until the new ones are there.

    Verdicts stay with their pairs, and pairs that have one are judged whether or not the index proposes
    them.  `step` is told how many claims are done, of how many.
    """
    matcher, shelf = matcher_of(settings), Shelf(store)
    with store.transaction():
        before = sum(store.count_relations().values())
        total, done = store.count_claims(), 0
        store.retire_relations()
        for ids in store.current_claims():
            claims = shelf.take(ids)
            store.put_keys({key: keys_of(claim) for key, claim in claims.items()})
            shelf.sketch(claims.values())
        for proposed in store.propose_all(BATCH, window=matcher.window):
            _judge(store, shelf.choose(proposed), matcher, shelf)
            done += len(proposed)
            _LOG.info("claims judged", extra={"facts": {"done": done, "of": total}})
            step(done, total)
        return conclude(store, matcher, shelf, total, before)


def conclude(store: Store, matcher: Matcher, shelf: Shelf, total: int, before: int) -> Related:
    """Judge the pairs that have verdicts as well, and enter in the log what judging all came to."""
    for decided in store.decided_pairs():
        _judge(store, decided, matcher, shelf)
    found = store.count_relations()
    counts = {str(kind): number for kind, number in found.items()}
    payload = {"claims": total, "relations": counts, "before": before, "matcher": matcher.version}
    store.append_event("related", "", payload)
    return Related(total, found, before)


class Shelf:
    """Claims that were loaded lately, the last `KEPT` of them, and sketches of all that were asked about."""

    def __init__(self, store: Store, claims: dict[str, Claim] | None = None) -> None:
        self._store = store
        self._claims = dict(claims or {})

    def take(self, keys: Iterable[str]) -> dict[str, Claim]:
        """The claims with these keys."""
        wanted = dict.fromkeys(keys)
        found = self._store.load_claims(key for key in wanted if key not in self._claims)
        found |= {key: self._claims.pop(key) for key in wanted if key in self._claims}
        self._claims |= found  # what was asked for last goes last
        for key in list(islice(self._claims, max(0, len(self._claims) - KEPT))):
            del self._claims[key]
        return found

    def sketch(self, claims: Iterable[Claim]) -> None:
        """Keep sketches of claims."""
        for claim in claims:
            self._sketches.add(claim)

    def choose(self, proposed: Mapping[str, Sequence[str]]) -> list[Pair]:
        """The pairs whose claims are worth taking: of those that an archive proposes most are unfit.

        For very many claims, as each is sketched; for a few it would take longer than it saves.
        """
        asked = dict.fromkeys(chain(proposed, *proposed.values()))
        self.sketch(self.take(key for key in asked if key not in self._sketches).values())
        return [(one, other) for one, others in proposed.items() for other in self._sketches.fit(one, others)]

    @cached_property
    def _sketches(self) -> Sketches:
        from claimtrack.relations.sketches import Sketches  # noqa: PLC0415  # NumPy takes long to import

        return Sketches()


def find_relations(pairs: Sequence[Pair], matcher: Matcher, shelf: Shelf) -> list[Relation]:
    """The relations among pairs of claims of the archive."""
    claims = shelf.take(key for pair in pairs for key in pair)
    return judge_pairs(((claims[a], claims[b]) for a, b in pairs), matcher.entailment)


def _judge(store: Store, pairs: Sequence[Pair], matcher: Matcher, shelf: Shelf) -> int:
    """Judge pairs and store what they come to; returns how many relations that is."""
    relations = find_relations(pairs, matcher, shelf)
    store.put_relations(relations, matcher.version)
    return len(relations)


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
