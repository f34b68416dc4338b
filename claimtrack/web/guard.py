"""What stands before every page: who may ask, from where, how much, and what an answer may do."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sys
import traceback
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from claimtrack.reports.cells import one_line
from claimtrack.web.options import Options, is_loopback

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SESSION, FORM = "claimtrack_session", "claimtrack_form"  # cookies: may read; which browser the forms are for
MOST_BYTES = 64 * 1024  # of a request's body: a verdict with the longest note takes a tenth of it
LOGIN = "/login"
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With no-referrer browsers would send "Origin: null" with our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

Refuse = Callable[[Request, int, str, str], Response]  # the page that says no: status, title, what to do


class Guard:
    """An ASGI application around the page's own."""

    def __init__(self, app: ASGIApp, options: Options, refuse: Refuse) -> None:
        self._app = app
        self._options = options
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an HTTP request; nothing else is served."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        browser = request.cookies.get(FORM) or secrets.token_urlsafe(24)
        scope["claimtrack_csrf"] = form_token(self._options, browser)
        sealed = _Sealed(send, request, browser)
        try:
            answer = self._answer(request) or self._app
            await answer(scope, receive, sealed)
        except Exception as error:
            if self._options.verbose:
                traceback.print_exception(error)
            reason = one_line(f"{type(error).__name__}: {error}")
            print(f"claimtrack: {request.method} {one_line(path_of(request))}: {reason}", file=sys.stderr)  # noqa: T201
            if not sealed.started:
                page = self._refuse(request, 500, "Something went wrong", "The terminal says what.")
                await page(scope, receive, sealed)

    def _answer(self, request: Request) -> Response | None:
        """What is answered at once; None: the page may."""
        options = self._options
        if not options.answers_to(request.headers.get("host", "")):
            # Nothing of ours is shown under a name that is not ours.
            return Response("This page does not answer to that name.\n", 421, media_type="text/plain")
        if request.method not in ("GET", "HEAD", "POST"):
            return self._refuse(request, 405, "Not a way to ask", "Pages are read and forms are sent.")
        if request.method == "POST":
            refusal = self._refuse_change(request)
            if refusal is not None:
                return refusal
        if options.token is None or path_of(request).startswith("/static/") or path_of(request) == LOGIN:
            return None
        if request.method == "GET" and (given := request.query_params.get("token")) is not None:
            if not same(given, options.token):
                return self._refuse(request, 401, "Wrong token", "`claimtrack serve` printed the right one.")
            return self._enter(request)
        if same(request.cookies.get(SESSION, ""), session(options)):
            return None
        if request.method == "GET":
            return RedirectResponse(LOGIN, 303)
        return self._refuse(request, 401, "Who is there?", "Give the token that `claimtrack serve` printed.")

    def _refuse_change(self, request: Request) -> Response | None:
        # Of a body sent in parts the length that its header names says nothing.
        in_parts = "transfer-encoding" in request.headers
        length = "" if in_parts else request.headers.get("content-length", "")
        if not length.isascii() or not length.isdigit():
            return self._refuse(request, 411, "How long is it?", "Forms say their length.")
        if len(length) > 9 or int(length) > MOST_BYTES:
            return self._refuse(request, 413, "Too much", "A note has at most 2,000 characters.")
        if self._options.read_only and path_of(request) != LOGIN:
            return self._refuse(request, 403, "Read only", "This page was started with --read-only.")
        origin = request.headers.get("origin")
        if from_elsewhere(request) or (
            origin is not None and urlsplit(origin).netloc.casefold() != request.headers["host"].casefold()
        ):
            return self._refuse(request, 403, "Sent from elsewhere", "Use the forms of this page.")
        return None

    def _enter(self, request: Request) -> Response:
        """Keep that this browser may read, and take the token out of the address."""
        rest = [(k, v) for k, v in parse_qsl(request.url.query, keep_blank_values=True) if k != "token"]
        # Never "//elsewhere", which browsers take for another machine.
        path = "/" + quote(path_of(request).lstrip("/\\"))
        answer = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), 303)
        let_in(answer, self._options)
        return answer


class _Sealed:
    """Sends an answer with the headers that every answer has."""

    def __init__(self, send: Send, request: Request, browser: str) -> None:
        self.started = False
        self._send = send
        self._request = request
        self._browser = browser

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            if path_of(self._request).startswith("/static/"):
                headers["cache-control"] = "no-cache"
            else:
                headers["cache-control"] = "no-store"
                if not self._request.cookies.get(FORM):
                    headers.append("set-cookie", _cookie(FORM, self._browser))
        await self._send(message)


def path_of(request: Request) -> str:
    """The path by which the page is found; that of `request.url` begins where the Host header says."""
    path: str = request.scope["path"]
    return path


def from_elsewhere(request: Request) -> bool:
    """Whether another site's page made the browser ask; browsers say so, and what is no browser need not."""
    return request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


def let_in(answer: Response, options: Options) -> None:
    """Give a browser that showed the token the cookie that stands for it."""
    answer.headers.append("set-cookie", _cookie(SESSION, session(options)))


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def session(options: Options) -> str:
    """What the cookie of a browser that may read holds; another one after each start."""
    return hmac.new(options.secret, b"session", hashlib.sha256).hexdigest()


def form_token(options: Options, browser: str) -> str:
    """What the forms of one browser carry, so that only they can change anything (against CSRF)."""
    text = f"form {browser} {session(options) if options.token else ''}"
    return hmac.new(options.secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def needs_token(host: str) -> bool:
    """Whether others than this machine could reach a page bound there."""
    return not is_loopback(host)


def _cookie(name: str, value: str) -> str:
    cookie = SimpleCookie({name: value})
    morsel = cookie[name]
    morsel["path"], morsel["samesite"] = "/", "Strict"
    morsel["httponly"] = True
    return morsel.OutputString()
