"""The story in a few verbs: rooms and store joined.

Reading commands do without this module; it imports every room (spaCy itself waits for the first parse).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from claimtrack.articles import Found, Overrides, decode, read_article
from claimtrack.errors import ModelError, StoreError
from claimtrack.extraction import Extraction
from claimtrack.knowledge import Knowledge, load_knowledge
from claimtrack.linking import link_speakers
from claimtrack.provenance import place
from claimtrack.records import Article
from claimtrack.relating import Matcher, matcher_of, rejudge, relate_claims
from claimtrack.relations import keys_of
from claimtrack.settings import Settings, read_settings
from claimtrack.store import Store
from claimtrack.store.articles import Standing, Status
from claimtrack.workers import Extractor, Task, WorkerError, open_extractor


class Result(StrEnum):
    """What became of a text."""

    ADDED = "added"
    KNOWN = "known"
    CHANGED = "changed"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What became of one text; `error` says why it failed, and nothing of it is in the database."""

    path: str
    result: Result
    article: str = ""  # the key it is stored under
    claims: int = 0
    relations: int = 0
    unknown: tuple[str, ...] = ()  # facts that neither the text nor the user gave
    error: Exception | None = None


def ingest(
    store: Store,
    found: Iterable[Found],
    overrides: Overrides | None = None,
    settings: Settings | None = None,
    workers: int = 1,
) -> Iterator[Outcome]:
    """Read, store and relate texts, each in one transaction; a text that fails leaves no trace.

    `overrides` go before what a manifest or the text itself says.  With more than one of `workers`, texts
    are extracted in as many processes; they go into the archive in the order given all the same.  Raises
    StoreError, ModelError and WorkerError, as they are about no single text; every other error becomes
    the outcome of its text.
    """
    settings = settings or read_settings()
    knowledge, matcher = load_knowledge(settings.knowledge), matcher_of(settings)
    with open_extractor(settings, workers) as extractor:
        queue: deque[Outcome | _Reading] = deque()
        for item in found:
            queue.append(_read(store, item, overrides, knowledge, extractor))
            while len(queue) > extractor.ahead:
                yield _finish(store, queue.popleft(), knowledge, extractor, matcher)
        while queue:
            yield _finish(store, queue.popleft(), knowledge, extractor, matcher)


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
    store: Store, item: Found, overrides: Overrides | None, knowledge: Knowledge, extractor: Extractor
) -> Outcome | _Reading:
    try:
        body = decode(item.load(), item.path, item.max_bytes)
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
        with store.transaction():
            standing = store.standing(reading.article)  # now no other writer can come between
            if standing.status is Status.KNOWN:
                return _known(standing)
            if extraction is None or extraction.article != standing.article:
                # What went in since it was read has told more of this text: its outlet, its day.
                extraction = extractor.result(Task(standing.article))
            return _put(store, standing, extraction, knowledge, matcher)
    except (StoreError, ModelError, WorkerError):
        raise
    except Exception as error:  # one bad text must not keep the others out
        return Outcome(reading.article.path, Result.FAILED, error=error)


def _known(standing: Standing) -> Outcome:
    return Outcome(standing.article.path, Result.KNOWN, standing.id, unknown=standing.article.unknown)


def _put(
    store: Store, standing: Standing, extraction: Extraction, knowledge: Knowledge, matcher: Matcher
) -> Outcome:
    article = standing.article
    # An article whose outlet was put right keeps its key, and so do its claims and their verdicts.
    is_agency = article.outlet is not None and knowledge.is_agency(article.outlet)
    store.put_article(standing, is_agency, extraction.extractor)
    origin, placed_anew = place(store, standing.id, article, standing.former)
    found = (claim.resolution for claim in extraction.claims)
    speakers, moved = link_speakers(store, found, article, standing.id)
    made = (
        replace(c, article=standing.id, speaker=speakers[c.resolution], origin=origin.of, wire=origin.agency)
        for c in extraction.claims
    )
    claims = {claim.key: claim for claim in made}
    keys = {key: keys_of(claim) for key, claim in claims.items()}
    store.put_claims(standing.id, list(claims.values()), keys, extraction.extractor)
    # As stored: with the speakers that they count for.
    relations = relate_claims(store, list(store.load_claims(claims).values()), matcher)
    # This text may be the original of others that came before it, or tell who spoke in them.
    stale = {*store.claims_in(placed_anew), *moved} - claims.keys()
    if stale:
        rejudge(store, sorted(stale), matcher)
    result = Result.ADDED if standing.status is Status.NEW else Result.CHANGED
    payload = {
        "path": article.path,
        "sha256": article.sha256,
        "revises": standing.former,
        "origin": {"kind": origin.kind.value, "of": origin.of, "agency": origin.agency},
        "claims": len(claims),
        "relations": relations,
        "extractor": extraction.extractor,
        "matcher": matcher.version,
    }
    store.append_event(f"article {result.value}", standing.id, payload)
    return Outcome(article.path, result, standing.id, len(claims), relations, article.unknown)
