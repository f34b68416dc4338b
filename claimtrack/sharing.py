"""Relations of the whole archive, found by several processes or machines that share its claims among them.

Each reads the database and judges one part, a range of the claims in their order; the one that shares out
writes.  It holds the writer's lock from before the first part is read until all is written, so the parts see
one archive and readers see the old relations until the new ones are all there.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, Protocol, TypeVar

from claimtrack.records import Relation
from claimtrack.relating import BATCH, Related, Shelf, conclude, find_relations, matcher_of
from claimtrack.relations import keys_of
from claimtrack.settings import Settings, read_settings
from claimtrack.store import Store, open_store
from claimtrack.store.candidates import ClaimKeys, Reached
from claimtrack.store.parts import Part, parts
from claimtrack.workers import WorkerError

T = TypeVar("T")


class Helpers(Protocol):
    """Those who share the work, here or on other machines; they open the database by its address."""

    number: int

    def each(self, function: Callable[..., T], calls: Sequence[tuple[Any, ...]]) -> Generator[T, None, None]:
        """What the function returns for each of these arguments, in any order; raises what it raises."""
        ...


@dataclass
class Pool:
    """So many threads or processes of an executor."""

    executor: Executor
    number: int

    def each(self, function: Callable[..., T], calls: Sequence[tuple[Any, ...]]) -> Generator[T, None, None]:
        """What the function returns for each of these arguments, as they are done; raises what it raises."""
        tasks = [self.executor.submit(function, *arguments) for arguments in calls]
        try:
            for task in as_completed(tasks):
                yield task.result()
        finally:
            for task in tasks:
                task.cancel()


@dataclass(frozen=True)
class Judged:
    """What judging one part of the claims came to."""

    claims: int
    relations: list[Relation]
    reached: Reached


def relate_together(
    store: Store,
    helpers: Helpers,
    settings: Settings | None = None,
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> Related:
    """As `relating.relate`, in as many parts as there are helpers.

    The outcome is that of `relate`, whatever their number.  What a part raises is raised, and nothing has
    changed then, but for candidate keys made anew.
    """
    settings = settings or read_settings()
    matcher, shelf, address = matcher_of(settings), Shelf(store), store.address
    shares = parts(helpers.number)
    changed = list(helpers.each(find_changed_keys, [(address, part) for part in shares]))
    with store.transaction():
        # Committed before the search, which other processes can only make in what is committed.
        for keys in changed:
            store.put_keys(keys)
    with store.transaction():
        before = sum(store.count_relations().values())
        total, done = store.count_claims(), 0
        store.retire_relations()
        with closing(helpers.each(judge_part, [(address, settings, part) for part in shares])) as judging:
            for judged in judging:
                store.put_relations(judged.relations, matcher.version)
                store.put_reach(judged.reached)
                done += judged.claims
                step(done, total)
        return conclude(store, matcher, shelf, total, before)


@contextmanager
def open_processes(number: int) -> Iterator[Pool]:
    """So many processes of this machine, none of which outlives this one.  Raises WorkerError."""
    # A fresh interpreter each: a copy of this process would share its database connections.
    context = get_context("spawn")
    end, mine = context.Pipe(duplex=False)
    with (
        end,
        mine,
        ProcessPoolExecutor(number, mp_context=context, initializer=_begin, initargs=(end,)) as pool,
    ):
        try:
            yield Pool(pool, number)
        except BaseException as error:
            mine.close()  # a part may take an hour, and what is found is not wanted any more
            if not isinstance(error, BrokenProcessPool):
                raise
            raise WorkerError(
                "a worker process ended while it judged a part of the claims",
                "It may have been out of memory: try again with fewer --workers; nothing has changed",
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin(end: Connection) -> None:
    """Prepare a worker: who started it hears of Ctrl-C, and it ends when that one does, or says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 20, 20)
    Thread(target=_follow, args=(end,), daemon=True).start()


def _follow(end: Connection) -> None:
    with suppress(OSError, EOFError):
        end.recv()  # nothing is ever sent: it comes back when the other end is closed
    os._exit(1)


def find_changed_keys(address: str, part: Part) -> dict[str, ClaimKeys]:
    """The candidate keys of those claims of a part that are stored with others, as after an upgrade."""
    changed: dict[str, ClaimKeys] = {}
    with open_store(address, create=False) as store:
        for ids in store.current_claims(part):
            changed |= store.changed_keys(
                {key: keys_of(claim) for key, claim in store.load_claims(ids).items()}
            )
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
            pairs = shelf.choose(proposed)
            relations |= {found.key: found for found in find_relations(pairs, matcher, shelf)}
            reached |= news
            claims += len(proposed)
    return Judged(claims, list(relations.values()), reached)
