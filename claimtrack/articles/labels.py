"""What a single line is, told by its words and shape alone; where it stands is weighed in `layout`."""

from __future__ import annotations

import re
from enum import StrEnum

from claimtrack.articles import phrases
from claimtrack.articles.lines import Line
from claimtrack.records import MarkKind

_LONGEST = 420  # characters; nothing longer is looked up in the phrase tables
_ITEM = re.compile(r"\s*[|·•]\s*")


class Label(StrEnum):
    """The parts of a news page around the running text."""

    TITLE = "title"
    BYLINE = "byline"
    HEAD = "head"  # masthead, date line, "Source: …"
    NAVIGATION = "navigation"  # breadcrumbs, buttons, prompts, related links, comment forms
    RIGHTS = "rights"
    CONTACT = "contact"
    CREDIT = "credit"  # who worked on the text
    PHOTO = "photo"  # who took the picture
    CAPTION = "caption"


KIND_OF = {
    Label.TITLE: MarkKind.TITLE,
    Label.BYLINE: MarkKind.BYLINE,
    Label.CREDIT: MarkKind.CREDIT,
    Label.PHOTO: MarkKind.CREDIT,
    Label.CAPTION: MarkKind.CAPTION,
}  # all others are boilerplate


def label_line(line: Line) -> Label | None:
    """The label of a line, None for what may be running text.

    Whoever may be quoted or cited in a line keeps it out of boilerplate: a lost statement is worse than
    a prompt that is parsed.
    """
    text = line.text
    if len(text) <= _LONGEST:
        label = _label_short(line)
        if label is not None:
            return label
    if phrases.CAPTIONS.match(text) or (text[-1] in ")]" and phrases.PHOTO_CREDIT.search(text[-200:])):
        return Label.CAPTION
    return None


def _label_short(line: Line) -> Label | None:
    text = line.text
    if phrases.RIGHTS.fullmatch(text) and "“" not in text and '"' not in text:
        return Label.RIGHTS
    if phrases.RELATED.fullmatch(text):
        return Label.NAVIGATION
    if phrases.CONTRIBUTED.fullmatch(text):
        return Label.CREDIT
    if line.states or phrases.CAPTIONS.match(text):
        return None
    if phrases.CREDITS.fullmatch(text):
        return Label.PHOTO if _is_photo(text) else Label.CREDIT
    if phrases.CONTACTS.fullmatch(text):
        return Label.CONTACT
    prompts = phrases.PROMPTS.fullmatch(text) or phrases.REQUESTS.fullmatch(text)
    if prompts or phrases.CODE.fullmatch(text) or _is_menu(text):
        return Label.NAVIGATION
    return None


def _is_photo(text: str) -> bool:
    start = text[:40].lower()
    pattern = r"photo|image|picture|video|graphic|illustration|^\W*(?:credits?\s?:|courtesy)"
    return re.search(pattern, start) is not None


def _is_menu(text: str) -> bool:
    """A path of sections ("Home > World > Asia") or a row of them ("News | Sport | Weather")."""
    if phrases.BREADCRUMB.fullmatch(text):
        steps = re.split(r"\s?[>»›]\s?", text)
        return len(steps) > 2 or steps[0].lower() in phrases.SECTIONS
    items = _ITEM.split(text)
    return len(items) > 2 and sum(i.lower().split(" ")[0] in phrases.SECTIONS for i in items) >= 2
