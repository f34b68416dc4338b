"""Articles of our own sentences, parsed by the real model, with attributions made by quoting them."""

from __future__ import annotations

import re
from datetime import date

from claimtrack.knowledge import load_knowledge
from claimtrack.language.model import load
from claimtrack.records import Article, Attribution, Kind, Resolution, Span
from claimtrack.speakers import resolve


def article_of(
    body: str, published: date | None = date(2021, 6, 16), outlet: str = "Harbour Post"
) -> Article:
    return Article(body, "article.txt", outlet=outlet, published=published)


def attribution_of(
    body: str, source: str, content: str, cue: str = "", kind: Kind = Kind.INDIRECT, nth: int = 0
) -> Attribution:
    """The attribution with that content and the occurrence of source and cue nearest to it."""
    start = [m.start() for m in re.finditer(re.escape(content), body)][nth]
    span = Span(start, start + len(content))
    return Attribution((span,), _near(body, source, span), _near(body, cue, span), span, kind)


def _near(body: str, words: str, content: Span) -> tuple[Span, ...]:
    if not words:
        return ()
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", body)]
    outside = [p for p in places if p + len(words) <= content.start or p >= content.end] or places
    best = min(outside, key=lambda p: min(abs(p - content.end), abs(content.start - p - len(words))))
    return (Span(best, best + len(words)),)


def resolve_all(body: str, *pairs: tuple[str, str], kind: Kind = Kind.INDIRECT) -> list[Resolution]:
    """Resolutions for (source, content) pairs of a body."""
    article = article_of(body)
    attributions = [attribution_of(body, source, content, kind=kind) for source, content in pairs]
    return resolve(article, load().parse(article), attributions, load_knowledge())
