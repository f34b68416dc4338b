"""The audit: one row a claim, with all that is needed to check it by hand (docs/audit-format.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from claimtrack.records import in_force
from claimtrack.reports.batches import batches
from claimtrack.reports.formats import Report, Row
from claimtrack.reports.rows import offsets, origin_cells

if TYPE_CHECKING:
    from claimtrack.records import Verdict
    from claimtrack.store import Store
    from claimtrack.store.views import ClaimView, NearView

LIST_GAP = " | "  # between relations; names hold commas and semicolons more often than bars
AUDIT_COLUMNS = (
    "claim_id", "article_id", "file", "url", "outlet", "title", "published", "article_sha256",
    "speaker_id", "speaker", "speaker_mention", "speaker_rule",
    "kind", "stance", "cue", "relays", "stated_on",
    "content", "content_start", "content_end", "content_spans", "source_spans", "cue_spans", "sentence",
    "relation_ids", "relation_kinds", "relation_claims", "relation_speakers", "relation_outlets",
    "relation_verdicts",
    "verdict", "reviewer", "verdict_at", "verdict_note",
    "confidence", "extraction_rule", "extractor", "matchers",
    "article_origin", "article_origin_of", "article_agency",
)  # fmt: skip


def audit_report(store: Store, claims: Iterable[ClaimView]) -> Report:
    """These claims of the store, in their order, each with its relations and the verdict on it."""
    return Report(AUDIT_COLUMNS, _rows(store, claims))


def _rows(store: Store, claims: Iterable[ClaimView]) -> Iterator[Row]:
    for batch in batches(claims):
        ids = [claim.id for claim in batch]
        relations = store.near(ids)
        verdicts = store.verdicts_of(ids)
        for claim in batch:
            yield audit_row(claim, relations.get(claim.id, ()), in_force(verdicts.get(claim.id, ())))


def audit_row(claim: ClaimView, relations: Sequence[NearView], verdict: Verdict | None) -> Row:
    """A claim, its relations and the newest verdict on it, under `AUDIT_COLUMNS`."""
    columns: Mapping[str, Iterable[str]] = {
        "relation_ids": (r.id for r in relations),
        "relation_kinds": (str(r.kind) for r in relations),
        "relation_claims": (r.claim for r in relations),
        "relation_speakers": (r.speaker for r in relations),
        "relation_outlets": (r.outlet or "" for r in relations),
        "relation_verdicts": (str(r.decision or "") for r in relations),
    }
    return {
        "claim_id": claim.id,
        "article_id": claim.article_id,
        "file": claim.path,
        "url": claim.url,
        "outlet": claim.outlet,
        "title": claim.title,
        "published": claim.published,
        "article_sha256": claim.sha256,
        "speaker_id": claim.speaker_id,
        "speaker": claim.speaker,
        "speaker_mention": claim.mention,
        "speaker_rule": claim.resolution_rule,
        "kind": str(claim.kind),
        "stance": str(claim.stance),
        "cue": claim.cue,
        "relays": LIST_GAP.join(claim.relays),
        "stated_on": claim.stated_on,
        "content": claim.text,
        "content_start": min(span.start for span in claim.content),
        "content_end": max(span.end for span in claim.content),
        "content_spans": offsets(claim.content),
        "source_spans": offsets(claim.source_spans),
        "cue_spans": offsets(claim.cue_spans),
        "sentence": claim.sentence,
        **{name: LIST_GAP.join(cells) for name, cells in columns.items()},
        "verdict": str(verdict.decision) if verdict else None,
        "reviewer": verdict.reviewer if verdict else None,
        "verdict_at": verdict.at if verdict else None,
        "verdict_note": verdict.note if verdict else None,
        "confidence": claim.confidence,
        "extraction_rule": claim.rule,
        "extractor": claim.extractor,
        "matchers": LIST_GAP.join(dict.fromkeys(r.matcher for r in relations)),
        **origin_cells(claim),
    }
