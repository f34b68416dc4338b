"""Claims as W3C Web Annotations, whose selectors point into the stored text of their articles.

The target is the text as it is stored, since that is what the offsets are of; the web page it came from is
the target's scope.  Positions are counted in Unicode code points, as the Recommendation has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claimtrack.records import in_force
from claimtrack.reports.batches import batches
from claimtrack.reports.cells import web_address
from claimtrack.reports.linked import Linked, Node, urn

if TYPE_CHECKING:
    from claimtrack.records import Span, Verdict
    from claimtrack.store import Store
    from claimtrack.store.views import ClaimView

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters before and after a quotation: enough to tell two places of the same words apart


def web_annotations(store: Store, claims: Iterable[ClaimView]) -> Linked:
    """An annotation for each claim, as the items of one page."""
    head: Node = {"@context": CONTEXT, "id": urn("claims"), "type": "AnnotationPage"}
    return Linked(head, "items", _annotations(store, claims))


def _annotations(store: Store, claims: Iterable[ClaimView]) -> Iterator[Node]:
    for batch in batches(claims):
        texts = store.bodies(claim.article_id for claim in batch)
        verdicts = store.verdicts_of([claim.id for claim in batch])
        for claim in batch:
            yield annotation(claim, texts[claim.article_id], in_force(verdicts.get(claim.id, ())))


def annotation(claim: ClaimView, body: str, verdict: Verdict | None) -> Node:
    """A claim of an article of this text: who said it, and what they do with it, of its exact words."""
    said = [("identifying", claim.speaker), ("classifying", str(claim.stance))]
    if verdict is not None:
        said.append(("assessing", str(verdict.decision)))
    return {
        "id": urn(claim.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}
            for purpose, value in said
        ],
        "target": [_target(claim, span, body) for span in claim.content],
    }


def _target(claim: ClaimView, span: Span, body: str) -> Node:
    scope = web_address(claim.url)
    return {
        "type": "SpecificResource",
        "source": urn(claim.article_id),
        **({"scope": scope} if scope else {}),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.of(body),
                "prefix": body[max(0, span.start - AROUND) : span.start],
                "suffix": body[span.end : span.end + AROUND],
            },
        ],
    }
