"""Text to Article: what the layout and the metadata say, and what a person says over it."""

from __future__ import annotations

from claimtrack.articles.agencies import find_agencies, find_wire
from claimtrack.articles.languages import find_language
from claimtrack.articles.layout import read_layout
from claimtrack.articles.metadata import find_outlet, find_published, find_sender, find_url
from claimtrack.articles.overrides import FIELDS, Overrides
from claimtrack.knowledge import Knowledge
from claimtrack.records import Article


def read_article(body: str, path: str, knowledge: Knowledge, overrides: Overrides | None = None) -> Article:
    """The article that `body` is: its marks, and each fact from `overrides` or else from the text.

    A given outlet is called by the name that `knowledge` has for it.  What neither the text nor its markup
    nor a person says stays None; `Article.detected` tells where the rest came from.
    """
    given = overrides or Overrides()
    layout = read_layout(body, knowledge)
    facts: dict[str, str] = {}

    url = given.url
    if url is None:
        url = find_url(layout)
        facts |= {"url": "head line"} if url else {}
    outlet, published, title, byline = given.outlet, given.published, given.title, given.byline
    if given.sender is not None:
        sender = find_sender(given.sender, knowledge)
        facts |= {name: given.origin("sender") for name, found in sender.items() if found}
        outlet, byline = outlet or sender["outlet"], byline or sender["byline"]
    if outlet is not None:
        known = knowledge.outlet_of_name(outlet)
        outlet = known.name if known else outlet
    else:
        found = find_outlet(layout, url, knowledge)
        if found is not None:
            outlet, facts["outlet"] = found
    if published is None:
        day = find_published(layout, url)
        if day is not None:
            published, facts["published"] = day
    if title is None and layout.title is not None:
        title, facts["title"] = layout.title.of(body), "first line"
    if byline is None and layout.byline is not None:
        byline, facts["byline"] = layout.byline.text, "byline"
    for name in (*FIELDS, "byline"):
        if getattr(given, name) is not None:
            facts[name] = given.origin(name)
    if layout.dateline is not None:
        facts["dateline"] = "dateline"
    wire = find_wire(layout, knowledge)
    if wire is not None:
        facts["wire"] = wire[1]
    return Article(
        body=body,
        path=path,
        outlet=outlet,
        title=title,
        byline=byline,
        dateline=layout.dateline.text if layout.dateline else None,
        published=published,
        url=url,
        marks=layout.marks,
        agencies=find_agencies(layout, knowledge),
        detected=tuple(sorted(facts.items())),
        wire=wire[0] if wire else None,
        language=find_language(body),
    )
