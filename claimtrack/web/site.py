"""What every page is made with: the store, the templates, and what is kept while nothing changes."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from claimtrack import __version__
from claimtrack.errors import NotFoundError
from claimtrack.records import RelationKind
from claimtrack.reports.cells import flat, many, one_line, visible, web_address
from claimtrack.reports.dossier import verb
from claimtrack.reports.pages import ranges
from claimtrack.reports.rows import across
from claimtrack.web.guard import path_of
from claimtrack.web.options import Options
from claimtrack.web.places import pack

if TYPE_CHECKING:
    from claimtrack.store import Store
    from claimtrack.store.views import ArticleView, ClaimView

_MOST_KEPT = 2_000
_LONG = 2.0  # seconds from which on something takes long to make
_REST = 20  # how many times as long it is then kept, whatever changes

T = TypeVar("T")
V = TypeVar("V")


class _Slot:
    """One thing that is kept, since which entry of the log and until when, and the lock it is made under."""

    def __init__(self, event: int) -> None:
        self.event = event
        self.good_until = math.inf  # while it is made, nobody begins to make it again
        self.lock = threading.Lock()
        self.made: list[object] = []


class Kept:
    """What is read from all of the archive, kept until the log grows.  Safe for many threads.

    What took long to make is kept for a while even so: in a large archive that grows all day the page would
    do nothing else.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._slots: dict[object, _Slot] = {}
        self._clock = clock

    def get(self, store: Store, name: object, make: Callable[[], T]) -> T:
        """What `make` made last under this name, or makes now; only those who want the same wait for it."""
        event = store.last_event()
        with self._lock:
            slot = self._slots.get(name)
            if slot is None or (slot.event < event and self._clock() >= slot.good_until):
                if len(self._slots) >= _MOST_KEPT:
                    self._slots = {}
                slot = self._slots[name] = _Slot(event)
        with slot.lock:
            if not slot.made:
                began = self._clock()
                try:
                    slot.made.append(make())
                finally:
                    took = self._clock() - began
                    slot.good_until = began + took + (_REST * took if took > _LONG else 0)
            return cast(T, slot.made[0])


@dataclass(frozen=True)
class Site:
    """One archive as it is served."""

    store: Store
    options: Options
    kept: Kept = field(default_factory=Kept)

    @cached_property
    def templates(self) -> Environment:
        """Whatever they print is escaped, and made visible where it would not be seen."""
        made = Environment(
            loader=PackageLoader("claimtrack.web"),
            autoescape=True,
            finalize=_shown,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters.update(
            ranges=ranges,
            web_address=web_address,
            one_line=one_line,
            headline=_headline,
            quoted=_quoted,
            place=pack,
            thousands=_thousands,
            merged_with=_merged_with,
        )
        made.globals.update(
            across=across,
            verb=verb,
            many=many,
            version=__version__,
            kinds=tuple(RelationKind),
            options=self.options,
        )
        return made

    def render(self, request: Request, template: str, code: int = 200, **things: object) -> HTMLResponse:
        """A page as an answer."""
        text = self.templates.get_template(template).render(
            csrf=request.scope["claimtrack_csrf"], path=path_of(request), **things
        )
        # A lone surrogate, which no encoding has, cannot be in a page either; `visible` shows those in texts.
        return HTMLResponse(text.encode("utf-8", "replace"), code)

    def refuse(self, request: Request, status: int, title: str, advice: str) -> HTMLResponse:
        """The page that says no."""
        return self.render(request, "refusal.html", status, title=title, advice=advice)


@dataclass(frozen=True)
class Visit:
    """One request: its store, and how it is answered."""

    request: Request
    site: Site
    store: Store

    def render(self, template: str, **things: object) -> HTMLResponse:
        """A page of the site."""
        return self.site.render(self.request, template, 200, **things)

    def find(self, key: str, wanted: type[V]) -> V:
        """The one thing of this type with this key or its beginning; NotFoundError for anything else."""
        found = self.store.get(key)
        if not isinstance(found, wanted):
            raise NotFoundError(f"{key!r} is something else", "Go on from a list")
        return found

    def keep(self, name: object, make: Callable[[], T]) -> T:
        """What was made under this name since the archive last changed, or is made now."""
        return self.site.kept.get(self.store, name, make)


def visit(request: Request) -> Visit:
    """The visit of a request, with a store of its own."""
    site: Site = request.app.state.site
    return Visit(request, site, site.store.another(site.options.reviewer))


Here = Annotated[Visit, Depends(visit)]


def go_to(path: str) -> RedirectResponse:
    """After a form was sent: to the page that shows what came of it."""
    return RedirectResponse(path, 303)


def _shown(value: Any) -> Any:
    return value if isinstance(value, Markup) else visible(flat(value))


def _merged_with(fields: dict[str, object], others: dict[str, object]) -> dict[str, object]:
    return fields | others


def _headline(article: ArticleView | ClaimView) -> str:
    """The title, or else the name of the file."""
    return one_line(article.title or PurePath(article.path).name or article.path)


def _quoted(words: str) -> str:
    """In quotation marks, which words that have some of their own need not have twice."""
    return words if words.startswith(("“", '"', "«", "„")) else f"“{words}”"


def _thousands(value: int) -> str:
    return f"{value:,}"
