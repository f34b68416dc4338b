"""Facts about an article that a person gave, and where: the command line goes before a manifest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FIELDS = ("outlet", "title", "published", "url")


@dataclass(frozen=True)
class Overrides:
    """Given facts; None where nothing was given.  `origins` names the giver of each field."""

    outlet: str | None = None
    title: str | None = None
    published: date | None = None
    url: str | None = None
    origins: tuple[tuple[str, str], ...] = ()

    def origin(self, name: str) -> str:
        """Who gave the field `name`: "command line" unless said otherwise."""
        return dict(self.origins).get(name, "command line")

    def over(self, under: Overrides) -> Overrides:
        """These facts, with those of `under` where these are silent."""
        own = {name for name in FIELDS if getattr(self, name) is not None}
        origins = {name: (self if name in own else under).origin(name) for name in FIELDS}
        return Overrides(
            outlet=self.outlet if "outlet" in own else under.outlet,
            title=self.title if "title" in own else under.title,
            published=self.published if "published" in own else under.published,
            url=self.url if "url" in own else under.url,
            origins=tuple(origins.items()),
        )
