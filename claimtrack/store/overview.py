"""What an archive holds in figures: read from all of it, so callers keep the answer while nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, distinct, func, select

from claimtrack.records import Kind, RelationKind
from claimtrack.store import tables as t
from claimtrack.store.relations import count_relations
from claimtrack.store.spelling import spelled


@dataclass(frozen=True)
class Overview:
    """How much there is of everything; retired claims and relations and superseded articles left out."""

    articles: int
    outlets: int
    claims: int
    relations: dict[RelationKind, int]
    decided: int  # relations and claims on which people gave verdicts
    first: date | None  # the first and last day of a claim
    last: date | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A speaker and how many claims count for them."""

    id: str
    name: str
    claims: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many claims of one speaker are of one day; the speaker's key is empty for all others together."""

    day: date
    speaker: str
    claims: int


def last_event(connection: Connection) -> int:
    """The number of the newest entry of the log: while it stays, so does everything else."""
    return connection.scalar(select(func.max(t.Event.id))) or 0


def count_all(connection: Connection) -> Overview:
    """The totals of the archive."""
    current = select(func.count(t.Article.id), func.count(distinct(t.Article.outlet_id)))
    articles, outlets = connection.execute(current.where(~t.Article.superseded)).one()
    dated = t.Claim.day < t.NO_DAY
    claims, first, last = connection.execute(
        select(
            func.count(t.Claim.id),
            func.min(t.Claim.day).filter(dated),
            func.max(t.Claim.day).filter(dated),
        ).where(~t.Claim.retired)
    ).one()
    decided = connection.scalar(select(func.count(distinct(t.Verdict.subject)))) or 0
    return Overview(articles, outlets, claims, count_relations(connection), decided, first, last)


def most_quoted(connection: Connection, limit: int) -> list[Quoted]:
    """The speakers with most claims; outlets that speak for themselves left out."""
    number = func.count(t.Claim.id)
    query = (
        select(t.Claim.speaker_id, t.Speaker.name, number)
        .join(t.Speaker, t.Speaker.id == t.Claim.speaker_id)
        .where(~t.Claim.retired, t.Claim.kind != Kind.OWN_VOICE)
        .group_by(t.Claim.speaker_id, t.Speaker.name)
        .order_by(number.desc(), spelled(t.Speaker.name), t.Claim.speaker_id)
        .limit(limit)
    )
    return [Quoted(*row) for row in connection.execute(query)]


def count_days(connection: Connection, speakers: Sequence[str]) -> list[DayCount]:
    """Claims by day, those of these speakers each by themselves, those of all others together."""
    base = select(t.Claim.day, func.count(t.Claim.id)).where(~t.Claim.retired, t.Claim.day < t.NO_DAY)
    whole = {row[0]: row[1] for row in connection.execute(base.group_by(t.Claim.day))}
    counts: list[DayCount] = []
    each = base.add_columns(t.Claim.speaker_id).where(t.Claim.speaker_id.in_(speakers))
    for day, number, speaker in connection.execute(each.group_by(t.Claim.day, t.Claim.speaker_id)):
        counts.append(DayCount(day, speaker, number))
        whole[day] -= number
    counts += [DayCount(day, "", number) for day, number in whole.items() if number]
    return sorted(counts, key=lambda count: (count.day, count.speaker))
