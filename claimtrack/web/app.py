"""The page as an ASGI application: its parts, and what becomes of errors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from claimtrack.errors import ClaimtrackError, NotFoundError, StoreError, UsageError
from claimtrack.web import downloads, entrance, front, lists, reviewing, things
from claimtrack.web.guard import Guard
from claimtrack.web.options import Options
from claimtrack.web.site import Site

if TYPE_CHECKING:
    from claimtrack.store import Store

ROUTERS = (
    front.router,
    lists.router,
    things.router,
    downloads.router,
    reviewing.router,
    reviewing.changes,
    entrance.router,
)
STATIC = Path(__file__).parent / "static"
_STATUS: dict[type[ClaimtrackError], int] = {NotFoundError: 404, UsageError: 400, StoreError: 503}


def make_app(store: Store, options: Options) -> Guard:
    """The page of an open store, which stays the caller's to close."""
    site = Site(store, options)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.site = site
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC))

    @app.exception_handler(ClaimtrackError)
    def refuse(request: Request, error: ClaimtrackError) -> HTMLResponse:
        status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
        return site.refuse(request, status, error.message, error.hint)

    @app.exception_handler(HTTPException)
    def answer(request: Request, error: HTTPException) -> HTMLResponse:
        title, _, advice = str(error.detail).partition("|")
        if error.status_code == 404:
            title, advice = "There is no such page", "Go on from the overview."
        return site.refuse(request, error.status_code, title, advice)

    @app.exception_handler(RequestValidationError)
    def misunderstood(request: Request, _: RequestValidationError) -> HTMLResponse:
        return site.refuse(request, 400, "This cannot be asked", "Go back and choose something else.")

    @app.exception_handler(Exception)
    def failed(request: Request, _: Exception) -> HTMLResponse:
        return site.refuse(request, 500, "Something went wrong", "The terminal says what.")

    return Guard(app, options, site.refuse)
