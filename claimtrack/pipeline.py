"""The story in a few verbs: rooms and store joined.

Reading commands do without this module; it imports every room (spaCy itself waits for the first parse).
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from claimtrack.articles import Found, Overrides, read_article
from claimtrack.articles.formats import PassedOver, Piece, Refused, Text
from claimtrack.errors import InputError, ModelError, StoreError
from claimtrack.knowledge import Knowledge, load_knowledge
from claimtrack.limits import deadline
from claimtrack.putting import Outcome, Result, put_extraction
from claimtrack.records import Article, Source
from claimtrack.relating import Matcher, matcher_of
from claimtrack.settings import Settings, read_settings
from claimtrack.store import Store
from claimtrack.store.standing import Standing, Status
from claimtrack.workers import Extractor, Task, WorkerError, open_extractor

_LOG = logging.getLogger(__name__)


def ingest(
    store: Store,
    found: Iterable[Found | Outcome],
    overrides: Overrides | None = None,
    settings: Settings | None = None,
    workers: int = 1,
    relate: bool = True,
) -> Generator[Outcome, None, None]:
    """Read, store and relate texts, each in one transaction; a text that fails leaves no trace.

    A file may hold many texts; they are read as they are needed.  What has its outcome before it is read,
    such as a page that cannot be fetched, keeps its place among them.  `overrides` go before what a manifest,
    markup or the text itself says.  With more than one of `workers`, texts are extracted in as many
    processes, and a long one always is; where `settings` name a Dask scheduler, on its workers.  They go into
    the archive in the order given all the same.  Without `relate` nothing is judged, which is left to
    `relating.relate`.  Raises StoreError, ModelError and WorkerError, as they are about no single text; every
    other error becomes the outcome of its text, also one of a process that died over it or was ended for its
    time or memory.
    """
    settings = settings or read_settings()
    knowledge, matcher = load_knowledge(settings.knowledge), matcher_of(settings) if relate else None
    with _open(settings, workers) as extractor:
        queue: deque[Outcome | _Reading] = deque()
        for text, given in _texts(found, overrides):
            queue.append(_read(store, text, given, knowledge, extractor, settings.time_limit))
            while len(queue) > extractor.ahead:
                yield _told(_finish(store, queue.popleft(), knowledge, extractor, matcher))
        while queue:
            yield _told(_finish(store, queue.popleft(), knowledge, extractor, matcher))


def extract_again(
    store: Store, ids: Sequence[str], settings: Settings | None = None, workers: int = 1
) -> Iterator[Outcome]:
    """Find the claims of stored articles anew, as after an upgrade; each article in one transaction.

    Claims that are no longer found are retired, and verdicts follow those that are found elsewhere.  Raises
    what `ingest` raises.
    """
    settings = settings or read_settings()
    knowledge, matcher = load_knowledge(settings.knowledge), matcher_of(settings)
    with _open(settings, workers) as extractor:
        queue: deque[tuple[str, Task]] = deque()
        for key in ids:
            queue.append((key, extractor.submit(store.article(key))))
            while len(queue) > extractor.ahead:
                yield _anew(store, *queue.popleft(), knowledge, extractor, matcher)
        while queue:
            yield _anew(store, *queue.popleft(), knowledge, extractor, matcher)


def _open(settings: Settings, workers: int) -> AbstractContextManager[Extractor]:
    if settings.dask is None:
        return open_extractor(settings, workers)
    from claimtrack.cluster import open_cluster  # noqa: PLC0415  # an extra

    return open_cluster(settings)


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


def _told(outcome: Outcome) -> Outcome:
    """The outcome, entered in the program's log."""
    facts = {
        "path": outcome.path,
        "result": outcome.result.value,
        "article": outcome.article,
        "claims": outcome.claims,
        "relations": outcome.relations,
    }
    _LOG.info("text done", extra={"facts": facts})
    return outcome


@dataclass(frozen=True)
class _Reading:
    """A text that has been read; `task` extracts its claims, unless it was known when it was read."""

    article: Article
    task: Task | None
    source: Source | None = None


def _texts(
    found: Iterable[Found | Outcome], overrides: Overrides | None
) -> Iterator[tuple[Piece | Outcome, Overrides]]:
    """The texts in these files, each with the facts that people and markup give."""
    for item in found:
        if isinstance(item, Outcome):
            yield item, Overrides()
            continue
        given = overrides.over(item.row) if overrides else item.row
        for piece in item.texts():
            if (
                isinstance(piece, Text)
                and piece.one_of_many
                and overrides
                and (overrides.url or overrides.title)
            ):
                problem = f"{item.path} may hold many articles, and --url and --title are for one"
                yield Refused(item.path, InputError(problem, "Leave them out")), given
                break
            yield piece, given.over(piece.facts) if isinstance(piece, Text) else given


def _read(
    store: Store,
    text: Piece | Outcome,
    given: Overrides,
    knowledge: Knowledge,
    extractor: Extractor,
    seconds: float,
) -> Outcome | _Reading:
    if isinstance(text, Outcome):
        return text
    if isinstance(text, PassedOver):
        return Outcome(text.path, Result.PASSED_OVER)
    if isinstance(text, Refused):
        return Outcome(text.path, Result.FAILED, error=text.error)
    try:
        with deadline(text.path, seconds):
            read = read_article(text.body, text.path, knowledge, given)
        article = replace(read, lasting=text.lasting)
        standing = store.standing(article)
        known = standing.status is Status.KNOWN
        return _Reading(article, None if known else extractor.submit(standing.article), text.source)
    except (StoreError, WorkerError):
        raise
    except Exception as error:  # one bad text must not keep the others out
        return Outcome(text.path, Result.FAILED, error=error)


def _finish(
    store: Store,
    reading: Outcome | _Reading,
    knowledge: Knowledge,
    extractor: Extractor,
    matcher: Matcher | None,
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
                    return put_extraction(store, standing, extraction, knowledge, matcher, reading.source)
            # What went in since it was read has told more of this text: its outlet, its day.  That is
            # extracted with the archive open to others.
            extraction = extractor.result(extractor.submit(standing.article))
    except (StoreError, ModelError, WorkerError):
        raise
    except Exception as error:  # one bad text must not keep the others out
        return Outcome(reading.article.path, Result.FAILED, error=error)


def _known(standing: Standing) -> Outcome:
    return Outcome(standing.article.path, Result.KNOWN, standing.id, unknown=standing.article.unknown)
