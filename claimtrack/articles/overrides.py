"""Facts about an article that a person or its file's markup gave, and where.

The command line goes before a manifest, and that before markup (a page's metadata, a record's fields).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIELDS = ("outlet", "title", "published", "url")  # what a person may give
_FACTS = (*FIELDS, "byline", "sender")


@dataclass(frozen=True)
class Overrides:
    """Given facts; None where nothing was given.  `origins` names the giver of each field."""

    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    url: str | None = None
    byline: str | None = None
    sender: str | None = None  # "Name <address>": an outlet or one who writes for it; only a letter has one
    origins: tuple[tuple[str, str], ...] = ()

    def origin(self, name: str) -> str:
        """Who gave the field `name`: "command line" unless said otherwise."""
        return dict(self.origins).get(name, "command line")

    def over(self, under: Overrides) -> Overrides:
        """These facts, with those of `under` where these are silent."""
        own = {name for name in _FACTS if getattr(self, name) is not None}
        origins = {name: (self if name in own else under).origin(name) for name in _FACTS}
        return Overrides(
            outlet=self.outlet if "outlet" in own else under.outlet,
            title=self.title if "title" in own else under.title,
            published=self.published if "published" in own else under.published,
            url=self.url if "url" in own else under.url,
            byline=self.byline if "byline" in own else under.byline,
            sender=self.sender if "sender" in own else under.sender,
            origins=tuple(origins.items()),
        )
