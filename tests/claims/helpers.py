"""Claims out of our own sentences."""

from __future__ import annotations

from datetime import date

from claimtrack.claims import make_claims
from claimtrack.language.model import load
from claimtrack.records import Claim, Facets, Kind, Resolution, Speaker, SpeakerKind
from tests.speakers.helpers import article_of, attribution_of

PUBLISHED = date(2021, 6, 16)  # a Wednesday


def claim_of(
    body: str,
    source: str,
    content: str,
    cue: str,
    kind: Kind = Kind.INDIRECT,
    published: date | None = PUBLISHED,
) -> Claim:
    article = article_of(body, published)
    attribution = attribution_of(body, source, content, cue, kind)
    resolution = Resolution(source, SpeakerKind.PERSON, source, "name")
    speaker = Speaker("s0", source, SpeakerKind.PERSON)
    (claim,) = make_claims(article, load().parse(article), [attribution], [resolution], [speaker])
    return claim


def facets_of(content: str, kind: Kind = Kind.DIRECT) -> Facets:
    """Facets of a content that stands alone, said on the day of publication."""
    return claim_of(content, "", content, "", kind).facets
