"""Relations of the whole archive, found by several processes or machines that share its claims among them.

Each reads the database and judges one part, a range of the claims in their order; the one that shares out
writes.  It holds the writer's lock from before the first part is read until all is written, so the parts see
one archive and readers see the old relations until the new ones are all there.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass

from claimtrack.records import Relation
from claimtrack.relating import BATCH, Related, Shelf, conclude, find_relations, matcher_of
from claimtrack.relations import keys_of
from claimtrack.settings import Settings, read_settings
from claimtrack.store import Store, open_store
from claimtrack.store.candidates import ClaimKeys, Reached
from claimtrack.store.parts import Part, parts


@dataclass(frozen=True)
class Judged:
    """What judging one part of the claims came to."""

    claims: int
    relations: list[Relation]
    reached: Reached


def relate_together(
    store: Store,
    executor: Executor,
    number: int,
    settings: Settings | None = None,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> Related:
    """As `relating.relate`, in so many parts, which `executor` has worked on where it runs.

    That may be other processes or other machines: they open the database by its address.  The outcome is that
    of `relate`, whatever the number.  What a part raises is raised, and nothing has changed then, but for
    candidate keys made anew.
    """
    settings = settings or read_settings()
    matcher, shelf, address = matcher_of(settings), Shelf(store), store.address
    shares = parts(number)
    changed = [executor.submit(find_changed_keys, address, part) for part in shares]
    with store.transaction():
        # Committed before the search, which other processes can only make in what is committed.
        for keys in changed:
            store.put_keys(keys.result())
    with store.transaction():
        before = sum(store.count_relations().values())
        total, done = store.count_claims(), 0
        tasks = [executor.submit(judge_part, address, settings, part) for part in shares]
        store.retire_relations()
        try:
            for task in as_completed(tasks):
                judged: Judged = task.result()
                store.put_relations(judged.relations, matcher.version)
                store.put_reach(judged.reached)
                done += judged.claims
                step(done, total)
        except BaseException:
            for task in tasks:
                task.cancel()
            raise
        return conclude(store, matcher, shelf, total, before)


def find_changed_keys(address: str, part: Part) -> dict[str, ClaimKeys]:
    """The candidate keys of those claims of a part that are stored with others, as after an upgrade."""
    changed: dict[str, ClaimKeys] = {}
    with open_store(address, create=False) as store:
        for ids in store.current_claims(part):
            changed |= store.changed_keys({key: keys_of(claim) for key, claim in store.load_claims(ids).items()})
    return changed


def judge_part(address: str, settings: Settings, part: Part) -> Judged:
    """The relations of a part of the claims; writes nothing."""
    matcher = matcher_of(settings)
    relations: dict[str, Relation] = {}
    reached: dict[str, tuple[float, str]] = {}
    claims = 0
    with open_store(address, create=False) as store:
        shelf = Shelf(store)
        for proposed, news in store.propose_part(part, BATCH, window=matcher.window):
            pairs = [(key, other) for key, others in proposed.items() for other in others]
            relations |= {found.key: found for found in find_relations(pairs, matcher, shelf)}
            reached |= news
            claims += len(proposed)
    return Judged(claims, list(relations.values()), reached)
