"""Who published an article and when, as far as its own text or address says so; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parseaddr
from urllib.parse import urlsplit

from claimtrack.articles.agencies import RIGHTS_HOLDER
from claimtrack.articles.dates import date_in_dateline, date_in_url, publication_date
from claimtrack.articles.labels import Label
from claimtrack.articles.layout import Layout, masthead_pieces
from claimtrack.articles.self_reference import names_itself
from claimtrack.knowledge import Knowledge

# A name with one of these words in it, printed where a publisher's name stands, is an outlet's even if
# the starting knowledge has never heard of it.
_PRESS_WORD = re.compile(
    r"\b(?:Times|Post|News|Daily|Herald|Tribune|Gazette|Journal|Press|Observer|Telegraph|Chronicle"
    r"|Courier|Bulletin"
    r"|Globe|Examiner|Newspapers?|Magazine|Dispatch|Inquirer|Enquirer|Reporter|Weekly|Broadcasting"
    r"|Radio|Television)\b"
)
_COMPANY = re.compile(
    r",?\s+(?:LLC|Inc|Ltd|Limited|Co|Corp|Corporation|Company|Network|Networks|Media|Group"
    r"|Publishing|Publications"
    r"|Digital|Holdings|GmbH|PLC|plc|LP|S\.A)\.?$"
)
_FOOT_NAME = re.compile(
    r"\b(?:connect|in|up|on|register)\s+(?:with|to|for)\s+(?:the\s+)?"
    r"(?P<name>[A-Z][\w&'’.]*(?:\s[A-Z][\w&'’.]*){0,5})"
)
_HOST = re.compile(r"[\w.+-]+@(?P<host>[\w-]+(?:\.[\w-]+)+)")
_URL = re.compile(r"https?://[^\s<>\"]+")


def find_url(layout: Layout) -> str | None:
    """The article's address, where the head gives one on a line of its own."""
    for name, value in layout.headers:
        if name in ("url", "link", "web address") and _URL.fullmatch(value):
            return value
    for line in layout.lines[: layout.head]:
        if _URL.fullmatch(line.text):
            return line.text
    return None


def find_outlet(layout: Layout, url: str | None, knowledge: Knowledge) -> tuple[str, str] | None:
    """The outlet's name and where it was found.

    In order: a header line, masthead, the title's end, byline, the address, rights line, foot, a contact
    address, the name in brackets of the dateline, and how the text speaks of itself.  An agency that is
    named as an author is no outlet: anybody may have printed its text.
    """
    return next(_outlets(layout, url, knowledge), None)


def _outlets(layout: Layout, url: str | None, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for name, value in layout.headers:
        known = knowledge.outlet_of_name(value)
        if name in ("outlet", "publisher", "publication", "newspaper"):
            yield (known.name if known else value), "header line"
        elif name == "source" and known and not knowledge.is_agency(known.name):
            yield known.name, "header line"
    for line in layout.texts(Label.HEAD):
        for piece in masthead_pieces(line):
            yield from outlets_named(piece, "masthead", knowledge)
    if layout.title is not None:
        # "Old pier to be rebuilt - The Gazette": a browser's title, saved with the page
        parts: list[str] = re.split(r"\s[-–—|]\s", layout.title.of(layout.body))
        known = knowledge.outlet_of_name(parts[-1]) if len(parts) > 1 else None
        if known is not None and not knowledge.is_agency(known.name):
            yield known.name, "end of the title"
    for name in layout.byline.organisations if layout.byline else ():
        if not knowledge.is_agency(name):
            yield name, "byline"
    if url:
        known = knowledge.outlet_of_domain(urlsplit(url).hostname or "")
        if known is not None:
            yield known.name, "address of the page"
    for line in layout.texts(Label.RIGHTS):
        holder = RIGHTS_HOLDER.search(line)
        if holder is not None:
            yield from outlets_named(holder["name"], "rights line", knowledge)
    foot = " ".join(layout.texts(Label.NAVIGATION))
    for match in _FOOT_NAME.finditer(foot):
        yield from outlets_named(match["name"], "page foot", knowledge)
    for line in layout.texts(Label.CONTACT, Label.BYLINE):
        for match in _HOST.finditer(line):
            known = knowledge.outlet_of_domain(match["host"])
            if known is not None and not knowledge.is_agency(known.name):
                yield known.name, "contact address"
    if layout.dateline is not None and layout.dateline.source:
        known = knowledge.outlet_of_name(layout.dateline.source)
        if known is not None and not knowledge.is_agency(known.name):
            yield known.name, "dateline"
    itself = names_itself("\n".join(layout.running), knowledge)
    if itself is not None:
        yield itself, "self-reference"


def outlets_named(printed: str, how: str, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The outlet of a printed name, company words left out; agencies are none."""
    name = printed.strip(" .,")
    shorter: list[str] = []
    while name not in shorter:
        shorter.append(name)
        name = _COMPANY.sub("", name)
    for candidate in shorter:
        known = knowledge.outlet_of_name(candidate)
        if known is not None:
            if not knowledge.is_agency(known.name):
                yield known.name, how
            return
    if _PRESS_WORD.search(shorter[-1]) and len(shorter[-1].split()) > 1:
        yield shorter[-1], how


def find_sender(sender: str, knowledge: Knowledge) -> dict[str, str | None]:
    """Outlet and byline that the sender of a letter ("Name <address>") stands for, None where neither.

    A name is an outlet's where it is known or has a word of the trade in it, else that of somebody who
    may write for the outlet whose address it is.
    """
    name, address = parseaddr(sender)
    outlet = next((found for found, _ in outlets_named(name, "", knowledge)), None)
    if outlet is not None:
        return {"outlet": outlet, "byline": None}
    known = knowledge.outlet_of_domain(address.rpartition("@")[2])
    return {"outlet": known.name if known else None, "byline": name or None}


def find_published(layout: Layout, url: str | None) -> tuple[date, str] | None:
    """The day of publication and where it was found: in the head, the address or the dateline.

    A date in the running text or a caption is the day of an event, and a rights line's year that of the
    page template: neither is used.
    """
    heads = [(label, line.text) for label, line in zip(layout.labels, layout.lines, strict=True)]
    for label, text in heads[: layout.head]:
        day = publication_date(text) if label in (Label.HEAD, Label.BYLINE) else None
        if day is not None:
            return day, "byline" if label is Label.BYLINE else "head line"
    day = date_in_url(url) if url else None
    if day is not None:
        return day, "address of the page"
    day = date_in_dateline(layout.dateline.text, layout.body) if layout.dateline else None
    return (day, "dateline") if day is not None else None
