"""Deciding on the page: one undecided relation after the other, verdicts, and taking them back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from claimtrack.records import Decision, Fault, RelationKind
from claimtrack.review import judge, undo_verdict
from claimtrack.store.views import RelationView, ReviewStatus
from claimtrack.web.guard import same
from claimtrack.web.places import MOST
from claimtrack.web.site import Here, go_to
from claimtrack.web.things import Done, replaced_by, show_relation

_OPEN = [ReviewStatus.OPEN]
_RELATION = re.compile(r"r[0-9a-f]{12}")

Key = Annotated[str, Form(max_length=13)]


def from_our_form(request: Request, csrf: Annotated[str, Form(max_length=100)] = "") -> None:
    """Refuse what was not sent by a form that this page gave to this browser."""
    if not same(csrf, request.scope["claimtrack_csrf"]):
        raise HTTPException(403, "The form is too old|Go back, load the page anew and send it again.")


router = APIRouter()
changes = APIRouter(dependencies=[Depends(from_our_form)])


@router.get("/review")
def review(
    here: Here,
    kind: RelationKind | None = None,
    after: str = "",
    before: str = "",
    done: Done = None,
) -> Response:
    """On to the next undecided relation, or back to the one before, decided or not."""
    kinds = _kinds(kind)
    if before:
        found = here.store.relation_beside(kinds, before, backwards=True)
        return go_to(_queue(found or before, kind))
    found = here.store.relation_beside(kinds, after or None, statuses=_OPEN)
    if found is not None:
        return go_to(_queue(found, kind, done))
    skipped = here.store.relation_beside(kinds, None, statuses=_OPEN) if after else None
    given = None if done is None else here.store.find_verdict(done)
    replaced = replaced_by(here, given) if given else None
    return here.render("done.html", kind=kind, skipped=skipped, given=given, replaced=replaced, before=after)


@router.get("/review/{key}")
def review_one(here: Here, key: str, kind: RelationKind | None = None, done: Done = None) -> HTMLResponse:
    """One relation of the queue."""
    return show_relation(here, here.find(key, RelationView), done, queue=True, kind=kind)


@changes.post("/verdicts")
def give_verdict(
    here: Here,
    subject: Key,
    decision: Annotated[Decision, Form()],
    note: Annotated[str, Form()] = "",
    reason: Annotated[Fault | None, Form()] = None,
    relation: Key = "",
    queue: Annotated[bool, Form()] = False,
    kind: Annotated[RelationKind | None, Form()] = None,
) -> RedirectResponse:
    """Judge a claim or relation; a verdict on a claim may come from the page of a relation."""
    given = judge(here.store, subject, decision, here.site.options.reviewer, note, reason)
    page = relation or given.subject
    if queue and _RELATION.fullmatch(page):
        return go_to(f"/review?{_query(after=page, kind=kind, done=given.id)}")
    return go_to(_page(page, given.id))


@changes.post("/undo")
def take_back(
    here: Here,
    number: Annotated[int | None, Form(ge=0, le=MOST)] = None,
    relation: Key = "",
    queue: Annotated[bool, Form()] = False,
    kind: Annotated[RelationKind | None, Form()] = None,
) -> RedirectResponse:
    """Take back the verdict with this number, or the reviewer's last."""
    made = undo_verdict(here.store, number, here.site.options.reviewer)
    page = relation or made.subject
    if queue and _RELATION.fullmatch(page):
        return go_to(_queue(page, kind, made.id))
    return go_to(_page(page, made.id))


def _kinds(kind: RelationKind | None) -> Sequence[RelationKind]:
    return tuple(RelationKind) if kind is None else (kind,)


def _queue(key: str, kind: RelationKind | None, done: int | None = None) -> str:
    rest = _query(kind=kind, done=done)
    # A key that names nothing is a page that says so; it is no address elsewhere.
    return f"/review/{re.sub('[^0-9a-z]', '', key)}" + (f"?{rest}" if rest else "")


def _page(key: str, done: int) -> str:
    room = "relations" if _RELATION.fullmatch(key) else "claims"
    return f"/{room}/{re.sub('[^0-9a-z]', '', key)}?{_query(done=done)}"


def _query(**things: object) -> str:
    return urlencode({name: value for name, value in things.items() if value is not None})
