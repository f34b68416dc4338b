"""Which agencies have a part in an article, and whether the text is theirs.

An agency in the dateline, alone in the byline, in "Source: …" or in the rights line is the author; one that
"contributed to this report" gave material.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimtrack.articles.credits import agencies_in, read_credit
from claimtrack.articles.labels import Label
from claimtrack.articles.layout import Layout, masthead_pieces
from claimtrack.knowledge import Knowledge

RIGHTS_HOLDER = re.compile(
    r"(?:©|\(c\)|&copy;|copyright)[\s©:]*(?:by\s+)?"
    r"(?:(?:19|20)\d\d(?:\s?[-–,]\s?(?:19|20)\d\d)?)?[\s,:]*(?:by\s+)?"
    r"(?P<name>[A-Z][\w&.,'’ -]{1,70}?)(?=\.(?:\s|$)|\s*[|;•·(©]|\s+(?:19|20)\d\d"
    r"|\s+[Aa]ll [Rr]ights|,?\s+and/or|\s+or its\b|$)",
    re.IGNORECASE,
)
ANOTHERS_DATELINE = "dateline of another outlet"
_JOINED = re.compile(r"\s(?:and|with|&)\s", re.IGNORECASE)


def find_agencies(layout: Layout, knowledge: Knowledge) -> tuple[str, ...]:
    """The agencies named in dateline, byline, masthead and credits of the text (not of pictures)."""
    found: dict[str, None] = {}
    source = _dateline_source(layout, knowledge)
    if source is not None:
        found[source] = None  # an outlet too: "(The Gazette) –" in another's pages is its text
    for text in layout.texts(Label.BYLINE, Label.HEAD, Label.CREDIT):
        found |= dict.fromkeys(agencies_in(text, knowledge))
    found |= dict.fromkeys(_rights_holders(layout, knowledge))
    return tuple(found)


def find_wire(layout: Layout, knowledge: Knowledge) -> tuple[str, str] | None:
    """The agency (in a dateline also an outlet) whose text the article is, and what says so.

    None where nothing does, and where several share the work.
    """
    return next(_authors(layout, knowledge), None)


def _authors(layout: Layout, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    source = _dateline_source(layout, knowledge)
    if source is not None:
        yield source, "dateline" if knowledge.is_agency(source) else ANOTHERS_DATELINE
    if layout.byline is not None:
        names = layout.byline.organisations
        if len(names) == 1 and knowledge.is_agency(names[0]) and not _shared(layout.byline.text, knowledge):
            yield names[0], "byline"
    for label, how in ((Label.HEAD, "head line"), (Label.CREDIT, "credit")):
        for text in layout.texts(label):
            credit = read_credit(text, knowledge)
            if credit is not None and credit.author and len(credit.agencies) == 1:
                yield credit.agencies[0], how
    for text in layout.texts(Label.HEAD):
        for piece in masthead_pieces(text):
            known = knowledge.outlet_of_name(piece)
            if known is not None and known.is_agency:
                yield known.name, "head line"
    for name in _rights_holders(layout, knowledge):
        yield name, "rights line"


def _shared(byline: str, knowledge: Knowledge) -> bool:
    """Whether a byline joins an agency to other authors: "Jane Roe with AFP", "staff and Reuters"."""
    parts = _JOINED.split(byline)
    return len(parts) > 1 and knowledge.outlet_of_name(parts[-1].strip()) is not None


def _rights_holders(layout: Layout, knowledge: Knowledge) -> Iterator[str]:
    for line in layout.texts(Label.RIGHTS):
        holder = RIGHTS_HOLDER.search(line)
        known = knowledge.outlet_of_name(holder["name"].strip(" .,")) if holder else None
        if known is not None and known.is_agency:
            yield known.name


def _dateline_source(layout: Layout, knowledge: Knowledge) -> str | None:
    if layout.dateline is None or not layout.dateline.source:
        return None
    known = knowledge.outlet_of_name(layout.dateline.source)
    return known.name if known is not None else None
