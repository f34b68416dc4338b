"""The lists, a page at a time: articles, claims, speakers, relations, disputes; and the search."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from claimtrack.records import RelationKind, SpeakerKind
from claimtrack.store.views import ClaimView, RelationView, ReviewStatus
from claimtrack.web import places
from claimtrack.web.front import outlines, told
from claimtrack.web.marking import Piece, cut, layers_of
from claimtrack.web.site import Here

router = APIRouter()
ARTICLES, CLAIMS, SPEAKERS, RELATIONS, DISPUTES = 30, 30, 60, 12, 12
FOUND = 12  # speakers shown above what a search finds in claims

After = Annotated[str, Query(max_length=600)]
Words = Annotated[str, Query(max_length=200)]


@router.get("/articles")
def articles(
    here: Here, after: After = "", outlet: Annotated[str, Query(max_length=13)] = ""
) -> HTMLResponse:
    """Articles by day, of all outlets or of one."""
    page = here.store.article_page(places.unpack(after, places.ARTICLES), ARTICLES, outlet or None)
    days = [(day, list(found)) for day, found in groupby(page.items, key=lambda article: article.published)]
    outlets = here.keep("outlets", lambda: list(here.store.outlets(limit=200)))
    return here.render("articles.html", days=days, page=page, outlet=outlet, outlets=outlets, after=after)


@router.get("/claims")
def claims(here: Here, after: After = "") -> HTMLResponse:
    """Claims by day."""
    page = here.store.claim_page(places.unpack(after, places.CLAIMS), CLAIMS)
    return here.render("claims.html", page=page, after=after)


@router.get("/search")
def search(here: Here, q: Words = "", after: After = "") -> HTMLResponse:
    """Speakers whose name, and claims whose words hold what is looked for."""
    wanted = " ".join(q.replace("\0", "").split())
    if not wanted:
        return here.render("search.html", q="", page=None, speakers=[], after="")
    page = here.store.claim_page(places.unpack(after, places.CLAIMS), CLAIMS, search=wanted)
    speakers = [] if after else here.store.speakers_called(wanted, FOUND)
    return here.render("search.html", q=wanted, page=page, speakers=speakers, after=after)


@router.get("/speakers")
def speakers(here: Here, kind: SpeakerKind = SpeakerKind.PERSON, after: After = "") -> HTMLResponse:
    """Speakers of one kind, by name."""
    page = here.store.speaker_page(kind, places.unpack(after, places.SPEAKERS), SPEAKERS)
    return here.render("speakers.html", page=page, kind=kind, all_kinds=tuple(SpeakerKind), after=after)


@router.get("/relations")
def relations(
    here: Here,
    kind: RelationKind = RelationKind.CONTRADICTS,
    status: ReviewStatus | None = None,
    after: After = "",
) -> HTMLResponse:
    """Relations of one kind with both claims side by side, the strongest first."""
    place = places.unpack(after, places.RELATIONS)
    page = here.store.relation_page(kind, place, RELATIONS, [status] if status else ())
    return here.render(
        "relations.html",
        page=page,
        pairs=[(relation, brief(relation)) for relation in page.items],
        kind=kind,
        status=status,
        all_statuses=tuple(ReviewStatus),
        after=after,
    )


@router.get("/disputes")
def disputes(here: Here, start: Annotated[int, Query(ge=0, le=10**9)] = 0) -> HTMLResponse:
    """Disputes, those with most speakers first."""
    found = outlines(here)
    shown = [told(here, outline) for outline in found[start : start + DISPUTES]]
    following = start + DISPUTES if start + DISPUTES < len(found) else None
    return here.render("disputes.html", disputes=shown, start=start, following=following, total=len(found))


def brief(relation: RelationView) -> tuple[list[Piece], list[Piece]]:
    """Each claim of a relation as its sentence, cut where source, cue and content begin and end."""
    return _sentence(relation.a), _sentence(relation.b)


def _sentence(claim: ClaimView) -> list[Piece]:
    first = claim.sentence_span.start
    # `cut` wants the text at its offsets: what comes before the sentence is never looked at.
    text = " " * first + claim.sentence
    return [piece for paragraph in cut(text, claim.sentence_span, layers_of([claim])) for piece in paragraph]
