"""Views of the store as flat rows.  Names of columns are a promise: add, never rename."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimtrack.reports.formats import Report, Row

if TYPE_CHECKING:
    from claimtrack.linking import LikelyPair
    from claimtrack.records import Span
    from claimtrack.store.views import ArticleView, ClaimView, OutletView, RelationView, SpeakerView

# Format and names of the first fourteen are what the scorers of other programs read.
CLAIM_COLUMNS = (
    "id", "article", "outlet", "published", "content", "source", "cue", "text", "speaker", "speaker_id",
    "relays", "kind", "stance", "stated_on",
    "article_id", "url", "title", "sentence", "mention", "cue_text", "resolution_rule",
    "confidence", "rule", "extractor", "retired",
    "article_origin", "article_origin_of", "article_agency",
)  # fmt: skip
CLAIM_BRIEF = ("id", "stated_on", "speaker", "outlet", "relays", "kind", "stance", "text")
PAIR_COLUMNS = ("id", "a", "b", "relation", "score", "explanation", "signals", "matcher", "verdict")
_SIDE = ("speaker", "outlet", "relays", "published", "stated_on", "kind", "stance", "text", "article", "url")
RELATION_COLUMNS = PAIR_COLUMNS + tuple(f"{side}_{name}" for side in "ab" for name in _SIDE)
RELATION_BRIEF = (
    "id", "relation", "score", "a_speaker", "a_outlet", "a_stated_on", "a_text",
    "b_speaker", "b_outlet", "b_stated_on", "b_text", "explanation",
)  # fmt: skip
ARTICLE_COLUMNS = (
    "id", "path", "outlet", "title", "published", "url", "sha256", "claims", "unknown", "status",
    "origin", "origin_of", "origin_agency", "origin_share", "origin_reason",
)  # fmt: skip
ARTICLE_BRIEF = ("id", "published", "outlet", "title", "claims", "unknown", "origin")
SPEAKER_COLUMNS = ("id", "name", "kind", "roles", "aliases", "claims", "outlets", "first", "last")
PROPOSAL_COLUMNS = (
    "a", "b", "score", "reason", "a_name", "b_name", "a_kind", "b_kind", "a_roles", "b_roles",
    "a_claims", "b_claims",
)  # fmt: skip
OUTLET_COLUMNS = ("id", "name", "articles", "claims", "speakers", "is_agency")


def offsets(spans: Iterable[Span]) -> list[list[int]]:
    """Spans as pairs of numbers."""
    return [[span.start, span.end] for span in spans]


def claim_row(claim: ClaimView) -> Row:
    """A claim under `CLAIM_COLUMNS`."""
    return {
        "id": claim.id,
        "article": claim.path,
        "outlet": claim.outlet,
        "published": claim.published,
        "content": offsets(claim.content),
        "source": offsets(claim.source_spans),
        "cue": offsets(claim.cue_spans),
        "text": claim.text,
        "speaker": claim.speaker,
        "speaker_id": claim.speaker_id,
        "relays": list(claim.relays),
        "kind": str(claim.kind),
        "stance": str(claim.stance),
        "stated_on": claim.stated_on,
        "article_id": claim.article_id,
        "url": claim.url,
        "title": claim.title,
        "sentence": claim.sentence,
        "mention": claim.mention,
        "cue_text": claim.cue,
        "resolution_rule": claim.resolution_rule,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "extractor": claim.extractor,
        "retired": claim.retired,
        **origin_cells(claim),
    }


def origin_cells(claim: ClaimView) -> Row:
    """Where the article of a claim comes from."""
    return {
        "article_origin": str(claim.origin.kind),
        "article_origin_of": claim.origin.of or None,
        "article_agency": claim.origin.agency or None,
    }


def relation_row(relation: RelationView) -> Row:
    """A relation under `RELATION_COLUMNS`; `PAIR_COLUMNS` are its own facts, without the claims'."""
    row: Row = {
        "id": relation.id,
        "a": relation.a.id,
        "b": relation.b.id,
        "relation": str(relation.kind),
        "score": relation.score,
        "explanation": relation.explanation,
        "signals": [
            {"name": s.name, "value": s.value, "note": s.note, "weight": s.weight} for s in relation.signals
        ],
        "matcher": relation.matcher,
        "verdict": str(relation.verdict.decision) if relation.verdict else None,
    }
    for side, claim in (("a", relation.a), ("b", relation.b)):
        facts = claim_row(claim)
        row |= {f"{side}_{name}": facts[name] for name in _SIDE}
    return row


def claims_report(claims: Iterable[ClaimView]) -> Report:
    """Claims, one a row."""
    return Report(CLAIM_COLUMNS, map(claim_row, claims), CLAIM_BRIEF)


def relations_report(relations: Iterable[RelationView]) -> Report:
    """Relations with both their claims, one pair a row."""
    return Report(RELATION_COLUMNS, map(relation_row, relations), RELATION_BRIEF)


def across(relation: RelationView, claim_id: str) -> ClaimView:
    """The claim at the other end of a relation."""
    return relation.b if relation.a.id == claim_id else relation.a


def articles_report(articles: Iterable[ArticleView]) -> Report:
    """Articles, one a row."""
    return Report(ARTICLE_COLUMNS, map(_article_row, articles), ARTICLE_BRIEF)


def _article_row(article: ArticleView) -> Row:
    origin = article.origin
    return _fields(article, ARTICLE_COLUMNS[:-5]) | {
        "origin": str(origin.kind),
        "origin_of": origin.of or None,
        "origin_agency": origin.agency or None,
        "origin_share": origin.share if origin.of else None,
        "origin_reason": origin.reason or None,
    }


def speakers_report(speakers: Iterable[SpeakerView]) -> Report:
    """Speakers, one a row."""
    return Report(SPEAKER_COLUMNS, (_fields(s, SPEAKER_COLUMNS) for s in speakers))


def proposals_report(pairs: Iterable[LikelyPair]) -> Report:
    """Pairs of speakers that may be one, one a row; `speakers merge` takes a and b as they stand."""
    return Report(PROPOSAL_COLUMNS, map(_proposal_row, pairs))


def _proposal_row(pair: LikelyPair) -> Row:
    row: Row = {"a": pair.a.id, "b": pair.b.id, "score": pair.score, "reason": pair.reason}
    for side, view in (("a", pair.a), ("b", pair.b)):
        shown = {"name": view.name, "kind": str(view.kind), "roles": list(view.roles), "claims": view.claims}
        row |= {f"{side}_{name}": value for name, value in shown.items()}
    return row


def outlets_report(outlets: Iterable[OutletView]) -> Report:
    """Outlets and agencies, one a row."""
    return Report(OUTLET_COLUMNS, (_fields(o, OUTLET_COLUMNS) for o in outlets))


def _fields(view: object, columns: tuple[str, ...]) -> Row:
    return {name: getattr(view, name) for name in columns}
