"""One thing in full: an article with its claims marked, a claim, a relation, a speaker, a dispute."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from claimtrack.errors import NotFoundError
from claimtrack.records import Fault, Span, Verdict, in_force, standing
from claimtrack.reports.disputes import find_dispute, names_dispute
from claimtrack.reports.dossier import make_dossier
from claimtrack.store.views import ArticleView, ClaimView, RelationView, SpeakerView
from claimtrack.web import places
from claimtrack.web.lists import After
from claimtrack.web.marking import Piece, cut, layers_of, window
from claimtrack.web.site import Here, Visit

if TYPE_CHECKING:
    from collections.abc import Sequence

router = APIRouter()
EACH = 3  # relations shown with a claim beside its article
NEAR = 30  # relations shown with one claim
STATEMENTS = 30  # claims on a page of a speaker

Done = Annotated[int | None, Query(ge=0, le=places.MOST)]  # the verdict that was given a moment ago


@router.get("/articles/{key}")
def article(here: Here, key: str) -> HTMLResponse:
    """The text of an article with every claim marked in it, and the claims beside it."""
    found = here.find(key, ArticleView)
    record = here.store.article(found.id)
    claims = sorted(here.store.claims(article=found.id), key=lambda claim: min(claim.content))
    ties = here.store.ties_of([claim.id for claim in claims], EACH)
    whole = Span(0, len(record.body))
    return here.render(
        "article.html",
        article=found,
        record=record,
        claims=claims,
        ties=ties,
        paragraphs=cut(record.body, whole, layers_of(claims, record.marks)),
        stances=tuple(dict.fromkeys(claim.stance for claim in claims)),
    )


@router.get("/claims/{key}")
def claim(here: Here, key: str) -> HTMLResponse:
    """A claim where it stands in its article, its facts, relations and verdicts."""
    found = here.find(key, ClaimView)
    ties = here.store.ties_of([found.id], NEAR)[found.id]
    return here.render(
        "claim.html",
        claim=found,
        context=in_context(here, found),
        ties=ties,
        faults=tuple(Fault),
        **verdicts(here, found.id),
    )


@router.get("/relations/{key}")
def relation(here: Here, key: str, done: Done = None) -> HTMLResponse:
    """Two claims in their contexts, why they are related, and what people decided."""
    return show_relation(here, here.find(key, RelationView), done)


def show_relation(here: Visit, found: RelationView, done: int | None, **queue: object) -> HTMLResponse:
    """The page of a relation; `queue` holds what the review of one after the other adds."""
    given = None if done is None else here.store.find_verdict(done)
    return here.render(
        "relation.html",
        relation=found,
        sides=[(claim, in_context(here, claim)) for claim in (found.a, found.b)],
        faults=tuple(Fault),
        given=given,
        replaced=replaced_by(here, given) if given else None,
        of_claims=here.store.verdicts_of([found.a.id, found.b.id]),
        **{"queue": False, "kind": None, **queue},
        **verdicts(here, found.id),
    )


@router.get("/speakers/{key}")
def speaker(here: Here, key: str, after: After = "") -> HTMLResponse:
    """The dossier of a speaker, over their latest claims or those before a place."""
    found = here.find(key, SpeakerView)
    page = here.store.claims_of_speaker(found.id, places.unpack(after, places.OF_SPEAKER), STATEMENTS)
    near = here.store.relations_of([claim.id for claim in page.items])
    dossier = make_dossier(found, page.items, near)
    by_day = groupby(
        reversed(list(zip(dossier.statements, dossier.relations_of_statements, strict=True))),
        key=lambda statement: statement[0][0].day,
    )
    return here.render(
        "speaker.html",
        speaker=found,
        dossier=dossier,
        days=[(day, list(statements)) for day, statements in by_day],
        page=page,
        after=after,
        merged=here.store.merged(key),
    )


@router.get("/disputes/{key}")
def dispute(here: Here, key: str) -> HTMLResponse:
    """The competing versions of one fact."""
    if not names_dispute(key):
        raise NotFoundError(f"{key!r} is no dispute", "Go on from the list of disputes")
    found = find_dispute(here.store, key)
    return here.render("dispute.html", dispute=found, words={claim.id: claim for claim in found.claims})


@dataclass(frozen=True)
class Context:
    """The words around a claim, and whether the article says more before and after them."""

    paragraphs: list[list[Piece]]
    before: bool
    after: bool


def in_context(here: Visit, claim: ClaimView) -> Context:
    """The words around a claim, cut where its source, cue and content begin and end."""
    body = here.store.body(claim.article_id)
    layers = layers_of([claim])
    part = window(body, [layer.span for layer in layers])
    return Context(cut(body, part, layers), part.start > 0, part.end < len(body))


def replaced_by(here: Visit, given: Verdict) -> Verdict | None:
    """What somebody else had decided when this verdict was given, perhaps a moment before."""
    history = here.store.verdicts_of([given.subject]).get(given.subject, ())
    before = in_force([verdict for verdict in history if verdict.id < given.id])
    return before if before and given.undoes is None and before.reviewer != given.reviewer else None


def verdicts(here: Visit, key: str) -> dict[str, object]:
    """All verdicts on a claim or relation, and of these the one that can be taken back next."""
    history: Sequence[Verdict] = here.store.verdicts_of([key]).get(key, ())
    return {"history": history, "newest": next(iter(standing(history)), None)}
