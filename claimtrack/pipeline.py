"""The story in a few verbs: rooms and store joined.

Reading commands do without this module; it imports every room (spaCy itself waits for the first parse).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass

from claimtrack.articles import Found, Overrides, decode, read_article
from claimtrack.errors import ModelError, StoreError
from claimtrack.knowledge import Knowledge, load_knowledge
from claimtrack.limits import deadline
from claimtrack.putting import Outcome, Result, put_extraction
from claimtrack.records import Article
from claimtrack.relating import Matcher, matcher_of
from claimtrack.settings import Settings, read_settings
from claimtrack.store import Store
from claimtrack.store.articles import Standing, Status
from claimtrack.workers import Extractor, Task, WorkerError, open_extractor


def ingest(
    store: Store,
    found: Iterable[Found],
    overrides: Overrides | None = None,
    settings: Settings | None = None,
    workers: int = 1,
) -> Generator[Outcome, None, None]:
    """Read, store and relate texts, each in one transaction; a text that fails leaves no trace.

    `overrides` go before what a manifest or the text itself says.  With more than one of `workers`, texts
    are extracted in as many processes, and a long one always is; they go into the archive in the order given
    all the same.  Raises StoreError, ModelError and WorkerError, as they are about no single text; every
    other error becomes the outcome of its text, also one of a process that died over it or was ended for
    its time or memory.
    """
    settings = settings or read_settings()
    knowledge, matcher = load_knowledge(settings.knowledge), matcher_of(settings)
    with open_extractor(settings, workers) as extractor:
        queue: deque[Outcome | _Reading] = deque()
        for item in found:
            queue.append(_read(store, item, overrides, knowledge, extractor, settings.time_limit))
            while len(queue) > extractor.ahead:
                yield _finish(store, queue.popleft(), knowledge, extractor, matcher)
        while queue:
            yield _finish(store, queue.popleft(), knowledge, extractor, matcher)


def extract_again(
    store: Store, ids: Sequence[str], settings: Settings | None = None, workers: int = 1
) -> Iterator[Outcome]:
    """Find the claims of stored articles anew, as after an upgrade; each article in one transaction.

    Claims that are no longer found are retired, and verdicts follow those that are found elsewhere.  Raises
    what `ingest` raises.
    """
    settings = settings or read_settings()
    knowledge, matcher = load_knowledge(settings.knowledge), matcher_of(settings)
    with open_extractor(settings, workers) as extractor:
        queue: deque[tuple[str, Task]] = deque()
        for key in ids:
            queue.append((key, extractor.submit(store.article(key))))
            while len(queue) > extractor.ahead:
                yield _anew(store, *queue.popleft(), knowledge, extractor, matcher)
        while queue:
            yield _anew(store, *queue.popleft(), knowledge, extractor, matcher)


def _anew(
    store: Store, key: str, task: Task, knowledge: Knowledge, extractor: Extractor, matcher: Matcher
) -> Outcome:
    try:
        while True:
            extraction = extractor.result(task)
            with store.transaction():
                article = store.article(key)
                if extraction.article == article:
                    standing = Standing(Status.KNOWN, key, article, renewed=True)
                    return put_extraction(store, standing, extraction, knowledge, matcher)
            task = extractor.submit(article)  # its facts were put right meanwhile
    except (StoreError, ModelError, WorkerError):
        raise
    except Exception as error:  # one bad text must not keep the others from being read
        return Outcome(task.article.path, Result.FAILED, key, error=error)


def ingest_article(store: Store, article: Article, settings: Settings | None = None) -> Outcome:
    """Store one article that has been read already, as `ingest` does."""
    settings = settings or read_settings()
    with open_extractor(settings, 1) as extractor:
        knowledge, matcher = load_knowledge(settings.knowledge), matcher_of(settings)
        return _finish(store, _Reading(article, None), knowledge, extractor, matcher)


@dataclass(frozen=True)
class _Reading:
    """A text that has been read; `task` extracts its claims, unless it was known when it was read."""

    article: Article
    task: Task | None


def _read(
    store: Store,
    item: Found,
    overrides: Overrides | None,
    knowledge: Knowledge,
    extractor: Extractor,
    seconds: float,
) -> Outcome | _Reading:
    try:
        data = item.load()  # without a deadline: somebody may be typing it
        with deadline(item.path, seconds):
            body = decode(data, item.path, item.max_bytes)
            given = overrides.over(item.row) if overrides else item.row
            article = read_article(body, item.path, knowledge, given)
        standing = store.standing(article)
        known = standing.status is Status.KNOWN
        return _Reading(article, None if known else extractor.submit(standing.article))
    except (StoreError, WorkerError):
        raise
    except Exception as error:  # one bad text must not keep the others out
        return Outcome(item.path, Result.FAILED, error=error)


def _finish(
    store: Store,
    reading: Outcome | _Reading,
    knowledge: Knowledge,
    extractor: Extractor,
    matcher: Matcher,
) -> Outcome:
    """Store a text with its claims and their relations, unless it is known already."""
    if isinstance(reading, Outcome):
        return reading
    try:
        extraction = extractor.result(reading.task) if reading.task else None
        if extraction is None:
            standing = store.standing(reading.article)
            if standing.status is Status.KNOWN:
                return _known(standing)
        while True:
            with store.transaction():
                standing = store.standing(reading.article)  # now no other writer can come between
                if standing.status is Status.KNOWN:
                    return _known(standing)
                if extraction is not None and extraction.article == standing.article:
                    return put_extraction(store, standing, extraction, knowledge, matcher)
            # What went in since it was read has told more of this text: its outlet, its day.  That is
            # extracted with the archive open to others.
            extraction = extractor.result(extractor.submit(standing.article))
    except (StoreError, ModelError, WorkerError):
        raise
    except Exception as error:  # one bad text must not keep the others out
        return Outcome(reading.article.path, Result.FAILED, error=error)


def _known(standing: Standing) -> Outcome:
    return Outcome(standing.article.path, Result.KNOWN, standing.id, unknown=standing.article.unknown)
