"""The form that asks for the token, where others than this machine can reach the page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from claimtrack.web.guard import LOGIN, let_in, same
from claimtrack.web.reviewing import from_our_form
from claimtrack.web.site import Site

router = APIRouter()


@router.get(LOGIN)
def ask(request: Request) -> HTMLResponse:
    """The form."""
    site: Site = request.app.state.site
    return site.render(request, "login.html", wrong=False)


@router.post(LOGIN, dependencies=[Depends(from_our_form)])
def enter(request: Request, token: Annotated[str, Form(max_length=200)] = "") -> Response:
    """In with the right token, else the form again."""
    site: Site = request.app.state.site
    if site.options.token is None:
        return RedirectResponse("/", 303)
    if not same(token.strip(), site.options.token):
        return site.render(request, "login.html", 401, wrong=True)
    answer = RedirectResponse("/", 303)
    let_in(answer, site.options)
    return answer
