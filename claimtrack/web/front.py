"""The overview: the archive in figures, charts, and what is worth looking at first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from claimtrack.records import RelationKind
from claimtrack.reports.disputes import Dispute, Outline, load_dispute, outline_disputes
from claimtrack.store.views import ReviewStatus
from claimtrack.web.charts import draw_days
from claimtrack.web.site import Here, Visit

if TYPE_CHECKING:
    from claimtrack.store.overview import Overview, Quoted
    from claimtrack.web.charts import Chart

router = APIRouter()
SERIES = 6  # speakers with a colour of their own
QUOTED = 12
DISPUTES = 8
LATEST = 6


@dataclass(frozen=True)
class Front:
    """What the overview shows of all of the archive."""

    totals: Overview
    quoted: list[Quoted]
    chart: Chart | None
    disputes: list[Dispute]
    all_disputes: int
    event: int  # the newest entry of the log at that time


@router.get("/")
def overview(here: Here) -> HTMLResponse:
    """The first page."""
    front = here.keep("front", lambda: _look(here))
    latest = here.store.article_page(None, LATEST)
    against = here.store.relation_page(RelationKind.CONTRADICTS, None, 2, [ReviewStatus.OPEN])
    return here.render(
        "overview.html",
        front=front,
        latest=latest.items,
        against=against.items,
        behind=here.store.last_event() > front.event,
    )


def outlines(here: Visit) -> list[Outline]:
    """All disputes without their words, those with most speakers first."""
    return here.keep("outlines", lambda: outline_disputes(here.store.links()))


def told(here: Visit, outline: Outline) -> Dispute:
    """A dispute with its words."""
    return here.keep(("dispute", outline.id), lambda: load_dispute(here.store, outline))


def _look(here: Visit) -> Front:
    event = here.store.last_event()
    found = outlines(here)
    quoted = here.store.quoted(QUOTED)
    largest = sorted(found, key=lambda o: (-sum(map(len, o.cluster.versions)), o.id))[:DISPUTES]
    return Front(
        here.store.overview(),
        quoted,
        draw_days(here.store.days([speaker.id for speaker in quoted[:SERIES]]), quoted[:SERIES]),
        [told(here, outline) for outline in largest],
        len(found),
        event,
    )
