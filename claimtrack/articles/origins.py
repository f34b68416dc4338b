"""Where an article's text comes from: own reporting, an agency, or an earlier article.

The original of several copies is the one published first, of one day the agency's own, then the one of
the lowest key: which of them came into the archive first plays no part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from claimtrack.articles.agencies import ANOTHERS_DATELINE
from claimtrack.articles.copies import Copy, Print, find_copy, print_of
from claimtrack.records import Article, ArticleOrigin, TextOrigin

_HOW = {
    "dateline": "the dateline names",
    ANOTHERS_DATELINE: "the dateline names",
    "byline": "the byline names",
    "credit": "the credit names",
    "head line": "the head names",
    "rights line": "the rights belong to",
}


@dataclass(frozen=True)
class Text:
    """An article under its key; `by_agency`: its outlet is a news agency."""

    key: str
    article: Article
    by_agency: bool

    @property
    def order(self) -> tuple[date, bool, str]:
        """What decides which of two copies is the original: the lesser one is."""
        return (self.article.published or date.max, not self.by_agency, self.key)

    @property
    def printed(self) -> Print:
        """What of it is compared."""
        return print_of(self.article.body, self.article.marks)

    @property
    def names_outlet(self) -> bool:
        """Whether the author that its marks name is an outlet and no agency."""
        return dict(self.article.detected).get("wire") == ANOTHERS_DATELINE

    @property
    def agency(self) -> str:
        """The agency whose text it is, by its own marks or because the agency published it; else ""."""
        if self.article.wire and not self.names_outlet:
            return self.article.wire
        return self.article.outlet or "" if self.by_agency else ""


def find_origin(text: Text, others: Iterable[Text]) -> TextOrigin:
    """The origin of `text`, given the texts of the archive that may be its original, in any order."""
    wire = _wire_of(text)
    marked = ArticleOrigin.REPRINT if text.names_outlet else ArticleOrigin.WIRE
    for original in sorted((o for o in others if o.order < text.order), key=lambda o: o.order):
        copy = find_copy(text.printed, original.printed)
        if copy is None:
            continue
        agency = wire or ("" if original.agency == text.article.outlet else original.agency)
        kind = ArticleOrigin.REPRINT if copy.whole else ArticleOrigin.REWRITE
        if agency and copy.whole:
            kind = ArticleOrigin.WIRE
        reasons = (*([_marked(text)] if wire else []), _shared(copy, original))
        return TextOrigin(marked if wire else kind, original.key, agency, copy.share, "; ".join(reasons))
    if wire:
        return TextOrigin(marked, agency=wire, reason=_marked(text))
    return TextOrigin(reason=_material(text))


def _shared(copy: Copy, original: Text) -> str:
    if copy.of_original:
        return f"it takes in {copy.share:.0%} of {original.key}"
    return f"{copy.share:.0%} of its wording stands in {original.key}"


def _wire_of(text: Text) -> str:
    """The agency that the text itself names as its author, where another publishes it."""
    wire = text.article.wire or ""
    return "" if wire == text.article.outlet else wire


def _marked(text: Text) -> str:
    how = dict(text.article.detected).get("wire", "")
    return f"{_HOW.get(how, 'the text names')} {text.article.wire}"


def _material(text: Text) -> str:
    """An own report that says it uses agencies' material."""
    agencies = [name for name in text.article.agencies if name != text.article.outlet]
    return f"with material of {' and '.join(agencies)}" if agencies else ""
