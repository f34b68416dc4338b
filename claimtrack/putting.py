"""What was extracted into the archive: placed among its copies, its speakers linked, its claims related.

One transaction of the caller's holds it all, with what follows from it for what was there before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from claimtrack.extraction import Extraction
from claimtrack.knowledge import Knowledge
from claimtrack.linking import link_speakers
from claimtrack.provenance import place
from claimtrack.records import Source
from claimtrack.relating import Matcher, rejudge, relate_claims
from claimtrack.relations import keys_of
from claimtrack.review.carrying import carry_verdicts
from claimtrack.review.revisions import changes_of, is_edited_quotation
from claimtrack.store import Store
from claimtrack.store.standing import Standing, Status


class Result(StrEnum):
    """What became of a text."""

    ADDED = "added"
    KNOWN = "known"
    CHANGED = "changed"
    EXTRACTED = "extracted"  # it was there, and its claims were made anew
    PASSED_OVER = "passed over"  # of a format that is not read, in an archive
    FAILED = "failed"


_RESULTS = {Status.NEW: Result.ADDED, Status.CHANGED: Result.CHANGED, Status.KNOWN: Result.EXTRACTED}


@dataclass(frozen=True)
class Outcome:
    """What became of one text; `error` says why it failed, and nothing of it is in the database."""

    path: str
    result: Result
    article: str = ""  # the key it is stored under
    claims: int = 0
    relations: int = 0
    unknown: tuple[str, ...] = ()  # facts that neither the text nor the user gave
    edited: int = 0  # quotations of the text's former version that read otherwise now
    language: str | None = None  # other than English: it is kept without claims
    error: Exception | None = None


def put_extraction(
    store: Store,
    standing: Standing,
    extraction: Extraction,
    knowledge: Knowledge,
    matcher: Matcher | None,
    source: Source | None = None,
) -> Outcome:
    """Store an article with what was extracted from it; to be called inside a transaction.

    `source` is what it was read from, where that is known.  Without a matcher nothing is judged, neither the
    new claims nor those that they tell of.
    """
    article = standing.article
    former = [standing.former] if standing.former else []
    is_new = standing.status is Status.NEW  # and so has neither claims, nor copies, nor verdicts
    before = 0 if is_new else len(store.claims_in([standing.id, *former]))
    # An article whose outlet was put right keeps its key, and so do its claims and their verdicts.
    is_agency = article.outlet is not None and knowledge.is_agency(article.outlet)
    store.put_article(standing, is_agency, extraction.extractor)
    if source is not None:
        store.put_raw(standing.id, article.sha256, source)
    origin, placed_anew = place(store, standing.id, article, standing.former, is_new)
    found = (claim.resolution for claim in extraction.claims)
    speakers, moved = link_speakers(store, found, article, standing.id)
    made = (
        replace(c, article=standing.id, speaker=speakers[c.resolution], origin=origin.of, wire=origin.agency)
        for c in extraction.claims
    )
    claims = {claim.key: claim for claim in made}
    keys = {key: keys_of(claim) for key, claim in claims.items()}
    store.put_claims(standing.id, list(claims.values()), keys, extraction.extractor)
    # This text may be the original of others that came before it, or tell who spoke in them.
    relations, stale = 0, {*store.claims_in(placed_anew), *moved} - claims.keys()
    if matcher is not None:
        # As stored: with the speakers that they count for.
        relations = relate_claims(store, list(store.load_claims(claims).values()), matcher)
        if stale:
            rejudge(store, sorted(stale), matcher)
    carried = 0 if is_new else carry_verdicts(store, standing.id, standing.former)
    changes = changes_of(store, standing.former, standing.id) if standing.former else ()
    edited = sum(map(is_edited_quotation, changes))
    result = _RESULTS[standing.status]
    payload = {
        "path": article.path,
        "sha256": article.sha256,
        "raw": source.sha256 if source else None,
        "revises": standing.former,
        "origin": {"kind": origin.kind.value, "of": origin.of, "agency": origin.agency},
        "before": before,
        "claims": len(claims),
        "edited": edited,
        "carried": carried,
        "relations": relations,
        "extractor": extraction.extractor,
        "matcher": matcher.version if matcher else None,
    }
    store.append_event(f"article {result.value}", standing.id, payload)
    foreign = article.language if article.is_foreign else None
    return Outcome(
        article.path, result, standing.id, len(claims), relations, article.unknown, edited, foreign
    )
