"""Views of the store as flat rows.  Names of columns are a promise: add, never rename."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from claimtrack.reports.formats import Report, Row

if TYPE_CHECKING:
    from claimtrack.records import Span
    from claimtrack.store.views import ArticleView, ClaimView, OutletView, RelationView, SpeakerView

# Format and names of the first fourteen are what the scorers of other programs read.
CLAIM_COLUMNS = (
    "id", "article", "outlet", "published", "content", "source", "cue", "text", "speaker", "speaker_id",
    "relays", "kind", "stance", "stated_on",
    "article_id", "url", "title", "sentence", "mention", "cue_text", "resolution_rule",
    "confidence", "rule", "extractor", "retired",
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
)  # fmt: skip
ARTICLE_BRIEF = ("id", "published", "outlet", "title", "claims", "unknown")
SPEAKER_COLUMNS = ("id", "name", "kind", "roles", "aliases", "claims", "outlets", "first", "last")
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
        "signals": [{"name": s.name, "value": s.value, "note": s.note} for s in relation.signals],
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


def dossier_report(claims: Iterable[ClaimView], relations: Mapping[str, Sequence[RelationView]]) -> Report:
    """One speaker's claims, each with the ids of its relations, their kinds and the claims across."""

    def rows() -> Iterable[Row]:
        for claim in claims:
            related = relations.get(claim.id, ())
            yield claim_row(claim) | {
                "relation_ids": [r.id for r in related],
                "relation_kinds": [str(r.kind) for r in related],
                "relation_claims": [across(r, claim.id).id for r in related],
            }

    extra = ("relation_ids", "relation_kinds", "relation_claims")
    return Report(CLAIM_COLUMNS + extra, rows(), (*CLAIM_BRIEF, "relation_kinds"))


def relations_report(relations: Iterable[RelationView]) -> Report:
    """Relations with both their claims, one pair a row."""
    return Report(RELATION_COLUMNS, map(relation_row, relations), RELATION_BRIEF)


def across(relation: RelationView, claim_id: str) -> ClaimView:
    """The claim at the other end of a relation."""
    return relation.b if relation.a.id == claim_id else relation.a


def articles_report(articles: Iterable[ArticleView]) -> Report:
    """Articles, one a row."""
    return Report(ARTICLE_COLUMNS, (_fields(a, ARTICLE_COLUMNS) for a in articles), ARTICLE_BRIEF)


def speakers_report(speakers: Iterable[SpeakerView]) -> Report:
    """Speakers, one a row."""
    return Report(SPEAKER_COLUMNS, (_fields(s, SPEAKER_COLUMNS) for s in speakers))


def outlets_report(outlets: Iterable[OutletView]) -> Report:
    """Outlets and agencies, one a row."""
    return Report(OUTLET_COLUMNS, (_fields(o, OUTLET_COLUMNS) for o in outlets))


def _fields(view: object, columns: tuple[str, ...]) -> Row:
    return {name: getattr(view, name) for name in columns}
