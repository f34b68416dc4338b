"""How much a database holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from claimtrack.store import tables as t


@dataclass(frozen=True)
class Totals:
    """The rows of a database, superseded articles and retired claims too."""

    articles: int
    claims: int
    events: int


def count_all(connection: Connection) -> Totals:
    """Count them."""
    counts = [
        connection.scalar(select(func.count(column))) for column in (t.Article.id, t.Claim.id, t.Event.id)
    ]
    return Totals(*(count or 0 for count in counts))
