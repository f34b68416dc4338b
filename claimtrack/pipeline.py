"""The story in a few verbs: rooms and store joined.

Reading commands do without this module; it imports every room (spaCy itself waits for the first parse).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from claimtrack.articles import Found, Overrides, decode, read_article
from claimtrack.attribution.chains import chain_relays
from claimtrack.attribution.finder import EXTRACTOR, find_attributions
from claimtrack.claims import make_claims
from claimtrack.claims.splitting import split_statements
from claimtrack.errors import ModelError, StoreError
from claimtrack.knowledge import Knowledge, load_knowledge
from claimtrack.language.model import Model, load
from claimtrack.language.parsed import ParsedText
from claimtrack.records import Article, Attribution, Claim, Relation, Resolution, Speaker
from claimtrack.relations import MATCHER, judge, keys_of
from claimtrack.settings import Settings, read_settings
from claimtrack.speakers import link, lookup_keys, resolve
from claimtrack.store import Store
from claimtrack.store.articles import Standing, Status


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
) -> Iterator[Outcome]:
    """Read, store and relate texts, each in one transaction; a text that fails leaves no trace.

    `overrides` go before what a manifest or the text itself says.  Raises StoreError and ModelError, as
    they are about no single text; every other error becomes the outcome of its text.
    """
    settings = settings or read_settings()
    knowledge = load_knowledge(settings.knowledge)
    for item in found:
        try:
            body = decode(item.load(), item.path, item.max_bytes)
            given = overrides.over(item.row) if overrides else item.row
            article = read_article(body, item.path, knowledge, given)
            yield ingest_article(store, article, knowledge, settings.model)
        except (StoreError, ModelError):
            raise
        except Exception as error:  # one bad text must not keep the others out
            yield Outcome(item.path, Result.FAILED, error=error)


def ingest_article(store: Store, article: Article, knowledge: Knowledge, model_name: str) -> Outcome:
    """Store one article with its claims and their relations, unless it is known already."""
    standing = store.standing(article)
    if standing.status is not Status.KNOWN:
        model = load(model_name)  # waits for the first text that needs it
        reading = _read(standing.article, model, knowledge)
        with store.transaction():
            standing = store.standing(article)  # asked again: now no other writer can come between
            if standing.status is not Status.KNOWN:
                return _put(store, standing, reading, knowledge, f"{EXTRACTOR} {model.fingerprint}")
    return Outcome(article.path, Result.KNOWN, standing.id, unknown=standing.article.unknown)


def relate(store: Store) -> int:
    """Judge all claims anew; returns the number of relations.  Verdicts stay with their pairs."""
    total: set[str] = set()
    with store.transaction():
        store.retire_relations()
        for ids in store.current_claims():
            store.put_keys({key: keys_of(claim) for key, claim in store.load_claims(ids).items()})
        for ids in store.current_claims():
            relations = _judge(store, list(store.load_claims(ids).values()))
            store.put_relations(relations, MATCHER)
            total.update(relation.key for relation in relations)
        store.append_event("related", "", {"relations": len(total), "matcher": MATCHER})
    return len(total)


@dataclass(frozen=True)
class _Reading:
    """What can be made of an article without the database."""

    article: Article
    parsed: ParsedText
    attributions: list[Attribution]
    resolutions: list[Resolution]


def _read(article: Article, model: Model, knowledge: Knowledge) -> _Reading:
    parsed = model.parse(article)
    links = chain_relays(article, parsed, find_attributions(article, parsed), knowledge)
    attributions = split_statements(parsed, links)
    return _Reading(article, parsed, attributions, resolve(article, parsed, attributions, knowledge))


def _put(
    store: Store, standing: Standing, reading: _Reading, knowledge: Knowledge, extractor: str
) -> Outcome:
    article = standing.article
    speakers = [_link(store, resolution, article) for resolution in reading.resolutions]
    made = make_claims(reading.article, reading.parsed, reading.attributions, reading.resolutions, speakers)
    # An article whose outlet was put right keeps its key, and so do its claims and their verdicts.
    claims = {claim.key: claim for claim in (replace(claim, article=standing.id) for claim in made)}
    is_agency = article.outlet is not None and knowledge.is_agency(article.outlet)
    store.put_article(standing, is_agency, extractor)
    store.put_claims(
        standing.id, list(claims.values()), {key: keys_of(claim) for key, claim in claims.items()}, extractor
    )
    relations = _judge(store, list(claims.values()))
    store.put_relations(relations, MATCHER)
    result = Result.ADDED if standing.status is Status.NEW else Result.CHANGED
    payload = {
        "path": article.path,
        "sha256": article.sha256,
        "revises": standing.former,
        "claims": len(claims),
        "relations": len(relations),
        "extractor": extractor,
        "matcher": MATCHER,
    }
    store.append_event(f"article {result.value}", standing.id, payload)
    return Outcome(article.path, result, standing.id, len(claims), len(relations), article.unknown)


def _link(store: Store, resolution: Resolution, article: Article) -> Speaker:
    """The speaker across articles that a mention stands for, stored with what this article adds."""
    names = (resolution.name, *resolution.aliases)
    candidates = store.speakers_for({key for name in names for key in lookup_keys(name, resolution.kind)})
    speaker = link(resolution, candidates, article)
    names = (speaker.name, *speaker.aliases)
    store.put_speaker(speaker, [key for name in names for key in lookup_keys(name, speaker.kind)])
    return speaker


def _judge(store: Store, claims: Sequence[Claim]) -> list[Relation]:
    """The relations of these claims with the likeliest of other articles."""
    candidates = store.candidates(claim.key for claim in claims)
    others = store.load_claims(key for keys in candidates.values() for key in keys)
    pairs = ((claim, others[key]) for claim in claims for key in candidates.get(claim.key, ()))
    return [relation for a, b in pairs if (relation := judge(a, b)) is not None]
