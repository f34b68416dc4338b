"""Contradictions that a person confirmed, as ClaimReview of schema.org.

What a reviewer confirmed is that two statements contradict each other, not which of them is true.  So the
review is of the earlier statement, its rating says in words what contradicts it, and no number is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING

from claimtrack.records import RelationKind, SpeakerKind
from claimtrack.reports.batches import batches
from claimtrack.reports.cells import web_address
from claimtrack.reports.linked import Linked, Node, urn
from claimtrack.store.views import ReviewStatus

if TYPE_CHECKING:
    from claimtrack.records import Verdict
    from claimtrack.store import Store
    from claimtrack.store.views import ClaimView, RelationView

CONTEXT = "https://schema.org"
NOBODY = "unnamed source"
_PEOPLE = (SpeakerKind.PERSON, SpeakerKind.UNNAMED)


@dataclass(frozen=True)
class Publisher:
    """Who publishes the reviews, and at which web address; empty: the reviewer, and nowhere yet."""

    name: str = ""
    site: str = ""


NOBODY_IN_PARTICULAR = Publisher()


def claim_reviews(store: Store, since: date | None, speaker: str | None, publisher: Publisher) -> Linked:
    """A ClaimReview for each contradiction whose verdict in force is *confirmed*, the surest first."""
    found = store.relations(
        kinds=(RelationKind.CONTRADICTS,), speaker=speaker, since=since, statuses=(ReviewStatus.CONFIRMED,)
    )
    return Linked({"@context": CONTEXT}, "@graph", _reviews(store, found, publisher))


def _reviews(store: Store, found: Iterator[RelationView], publisher: Publisher) -> Iterator[Node]:
    for batch in batches(found):
        speakers = store.views_of(
            {side.speaker_id for relation in batch for side in (relation.a, relation.b)}
        )
        kinds = {key: view.kind for key, view in speakers.items()}
        for relation in batch:
            if relation.verdict is not None:
                yield claim_review(relation, relation.verdict, kinds, publisher)


def claim_review(
    relation: RelationView, verdict: Verdict, kinds: Mapping[str, SpeakerKind], publisher: Publisher
) -> Node:
    """The review of a contradiction's earlier claim; `kinds` are those of the speakers, by key."""
    told, against = relation.a, relation.b
    return {
        "@type": "ClaimReview",
        "@id": urn(relation.id),
        "url": f"{publisher.site.rstrip('/')}/{relation.id}" if publisher.site else urn(relation.id),
        "claimReviewed": told.text,
        "itemReviewed": _claim(told, kinds),
        "reviewRating": {
            "@type": "Rating",
            "alternateName": _rating(against),
            "ratingExplanation": relation.explanation,
        },
        "author": _publisher(verdict, publisher),
        "datePublished": verdict.at.astimezone(UTC).isoformat(timespec="seconds"),
        **({"reviewBody": verdict.note} if verdict.note else {}),
        "citation": _claim(against, kinds),
    }


def _rating(against: ClaimView) -> str:
    facts = (against.outlet, against.day.isoformat() if against.day else None)
    where = ", ".join(fact for fact in facts if fact)
    return f"Contradicted by {against.speaker or NOBODY}" + (f" ({where})" if where else "")


def _publisher(verdict: Verdict, publisher: Publisher) -> Node:
    if not publisher.name:
        return {"@type": "Person", "name": verdict.reviewer}
    address: Node = {"url": publisher.site} if publisher.site else {}
    return {"@type": "Organization", "name": publisher.name, **address}


def _claim(claim: ClaimView, kinds: Mapping[str, SpeakerKind]) -> Node:
    is_person = kinds.get(claim.speaker_id, SpeakerKind.PERSON) in _PEOPLE
    return {
        "@type": "Claim",
        "@id": urn(claim.id),
        "text": claim.text,
        "author": {
            "@type": "Person" if is_person else "Organization",
            "@id": urn(claim.speaker_id),
            "name": claim.speaker or NOBODY,
        },
        **({"datePublished": claim.day.isoformat()} if claim.day else {}),
        "appearance": _article(claim),
    }


def _article(claim: ClaimView) -> Node:
    known = {
        "url": web_address(claim.url),
        "headline": claim.title,
        "datePublished": claim.published.isoformat() if claim.published else None,
        "publisher": {"@type": "Organization", "name": claim.outlet} if claim.outlet else None,
    }
    article: Node = {"@type": "NewsArticle", "@id": urn(claim.article_id)}
    return article | {name: value for name, value in known.items() if value}
