"""Markdown: the text as it is written, markup and all, with the facts of its front matter."""

from __future__ import annotations

import re

from claimtrack.articles.decoding import checked, decode
from claimtrack.articles.formats.columns import facts_of, tidy
from claimtrack.articles.formats.front_matter import split_front_matter
from claimtrack.articles.formats.sniffing import MARKDOWN
from claimtrack.articles.formats.texts import Input, Text
from claimtrack.articles.overrides import Overrides
from claimtrack.records import Source

_HEADING = re.compile(r"\s*#[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\r?\n|$)")


def read_markdown(data: bytes, item: Input) -> Text:
    """The text after the front matter, whose simple lines ("title: …") are facts.  Raises InputError."""
    text = decode(data, item.path, item.limits.max_bytes)
    row, body = split_front_matter(text)
    facts = facts_of(row, item.columns.find(row), "front matter")
    heading = _HEADING.match(body)
    if heading is not None:
        title = Overrides(title=tidy(heading["title"]), origins=(("title", "first heading"),))
        facts = facts.over(title)
    return Text(item.path, checked(body, item.path), Source(MARKDOWN, data), facts)
