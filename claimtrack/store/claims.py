"""Claims: putting those of an article, loading and listing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    Connection,
    Text,
    bindparam,
    cast,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)

from claimtrack.records import Claim, Kind, Span, Stance, joined
from claimtrack.store import tables as t
from claimtrack.store.articles import bodies
from claimtrack.store.bulk import put_rows
from claimtrack.store.candidates import ClaimKeys, key_rows, order_of
from claimtrack.store.codec import (
    ORIGIN,
    folded,
    pack_claim,
    pack_relays,
    unpack_claim,
    unpack_origin,
    unpack_spans,
)
from claimtrack.store.identity import place_claims
from claimtrack.store.parts import WHOLE, Part
from claimtrack.store.rows import PORTION, THESE, grouped, holds, portions, split
from claimtrack.store.speakers import load_speakers
from claimtrack.store.verdicts import has_status
from claimtrack.store.views import ClaimView, ReviewStatus

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow

_COLUMNS = select(
    t.Claim.id,
    t.Claim.article_id,
    t.Claim.speaker_id,
    t.Claim.content,
    t.Claim.source,
    t.Claim.cue,
    t.Claim.sentence,
    t.Claim.kind,
    t.Claim.stance,
    t.Claim.text,
    t.Claim.stated_on,
    t.Claim.confidence,
    t.Claim.rule,
    t.Claim.extractor,
    t.Claim.retired,
    t.Claim.resolution["rule"].as_string().label("resolution_rule"),
    t.Article.path,
    t.Article.url,
    t.Outlet.name.label("outlet"),
    t.Article.title,
    t.Article.published,
    t.Article.sha256,
    *ORIGIN,
    t.Speaker.name.label("speaker"),
)
_VIEWS = (
    _COLUMNS.select_from(t.Claim)
    .join(t.Article, t.Article.id == t.Claim.article_id)
    .join(t.Speaker, t.Speaker.id == t.Claim.speaker_id)
    .outerjoin(t.Outlet, t.Outlet.id == t.Article.outlet_id)
)
_THESE_VIEWS = _VIEWS.where(t.Claim.id.in_(THESE))

_RECORDS = (
    select(
        *(
            cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
            for column in t.Claim.__table__.columns
        ),
        t.Article.published,
        t.Article.origin_of,
        t.Article.origin_agency,
        t.Outlet.name.label("outlet"),
    )
    .join(t.Article, t.Article.id == t.Claim.article_id)
    .outerjoin(t.Outlet, t.Outlet.id == t.Article.outlet_id)
    .where(t.Claim.id.in_(THESE))
)
_RELAYS = (
    select(t.Relay.claim_id, t.Relay.name, t.Relay.printed, t.Relay.start, t.Relay.end)
    .where(t.Relay.claim_id.in_(THESE))
    .order_by(t.Relay.claim_id, t.Relay.position)
)


@dataclass(frozen=True)
class ClaimFilter:
    """Which claims to list; the keys of speaker, outlet and article, already looked up."""

    speaker: str | None = None
    outlet: str | None = None
    article: str | None = None
    since: date | None = None
    until: date | None = None
    search: str | None = None
    min_confidence: float = 0.0
    statuses: tuple[ReviewStatus, ...] = ()  # none: all


def put_claims(
    connection: Connection,
    article_id: str,
    claims: Sequence[Claim],
    keys: Mapping[str, ClaimKeys],
    extractor: str,
) -> None:
    """Store the claims of an article; those it had before and no longer has are retired."""
    known = {row.id: row.override_id for row in connection.execute(_KNOWN, {"article": article_id})}
    if known:
        retire_claims(connection, article_id)
    rows = [pack_claim(claim, extractor) for claim in claims]
    place_claims(connection, rows, known)
    again = [claim.key for claim in claims if claim.key in known]
    for part in split(again):
        connection.execute(delete(t.Relay).where(t.Relay.claim_id.in_(part)))
    put_rows(
        connection,
        (t.Claim.__table__, rows),
        (t.Relay.__table__, [row for claim in claims for row in pack_relays(claim)]),
        # Those that were there have lost their keys with `retire_claims`.
        (t.ClaimKey.__table__, key_rows({claim.key: keys.get(claim.key, ()) for claim in claims})),
    )


_KNOWN = select(t.Claim.id, t.Claim.override_id).where(t.Claim.article_id == bindparam("article"))


def retire_claims(connection: Connection, article_id: str) -> None:
    """Keep an article's claims and their relations, for their verdicts, but out of every list."""
    mine = select(t.Claim.id).where(t.Claim.article_id == article_id)
    connection.execute(delete(t.ClaimKey).where(t.ClaimKey.claim_id.in_(mine)))
    connection.execute(
        update(t.Relation)
        .where(or_(t.Relation.a_id.in_(mine), t.Relation.b_id.in_(mine)))
        .values(retired=True)
    )
    connection.execute(update(t.Claim).where(t.Claim.article_id == article_id).values(retired=True))


def load_claims(connection: Connection, ids: Iterable[str]) -> dict[str, Claim]:
    """Claims as the records they were put from, by key."""
    wanted = list(dict.fromkeys(ids))
    rows = grouped(connection, wanted, _RECORDS)
    relays = _relays(connection, wanted)
    speakers = load_speakers(connection, (found[0].speaker_id for found in rows.values()))
    return {
        key: unpack_claim(found[0], relays.get(key, []), speakers[found[0].speaker_id])
        for key, found in rows.items()
    }


def claims_in(connection: Connection, article_ids: Iterable[str]) -> list[str]:
    """The keys of the claims of these articles that are not retired."""
    found: list[str] = []
    for part in split(article_ids):
        found += connection.scalars(_CURRENT, {"these": part})
    return found


_CURRENT = select(t.Claim.id).where(t.Claim.article_id.in_(THESE), ~t.Claim.retired).order_by(t.Claim.id)


def decided_claims(connection: Connection, article_ids: Iterable[str]) -> set[str]:
    """The claims of these articles on which, or on whose relations, people have decided; retired ones too."""
    found: set[str] = set()
    for part in split(article_ids):
        mine = select(t.Claim.id).where(t.Claim.article_id.in_(part))
        found.update(connection.scalars(mine.where(exists().where(t.Verdict.subject == t.Claim.id))))
        for end in (t.Relation.a_id, t.Relation.b_id):
            decided = exists().where(t.Verdict.subject == t.Relation.id)
            found.update(connection.scalars(select(end).where(end.in_(mine), decided)))
    return found


def claims_made_by(connection: Connection, article_id: str, extractor: str) -> list[str]:
    """The claims that an extractor found in an article, retired ones too, by place in the text."""
    query = select(t.Claim.id).where(t.Claim.article_id == article_id, t.Claim.extractor == extractor)
    return list(connection.scalars(query.order_by(t.Claim.start, t.Claim.id)))


def current_ids(connection: Connection, part: Part = WHOLE) -> Iterator[list[str]]:
    """The keys of the claims that are not retired, by day, in portions; these may be written meanwhile."""
    order = order_of(t.Claim)
    query = select(*order).where(~t.Claim.retired).order_by(*order).limit(PORTION)
    mine = part.of(count_current(connection))
    rows, left = connection.execute(query.offset(mine.start)).all(), len(mine)
    while rows and left > 0:
        yield [row.id for row in rows[:left]]
        left -= len(rows)
        rows = connection.execute(query.where(tuple_(*order) > tuple(rows[-1]))).all()


def count_current(connection: Connection) -> int:
    """How many claims are not retired."""
    return connection.scalar(select(func.count(t.Claim.id)).where(~t.Claim.retired)) or 0


def list_claims(connection: Connection, wanted: ClaimFilter, limit: int | None) -> Iterator[ClaimView]:
    """Claims that are not retired: by day, then article and place in the text."""
    query = _VIEWS.where(~t.Claim.retired)
    if wanted.speaker is not None:
        query = query.where(t.Claim.speaker_id == wanted.speaker)
    if wanted.outlet is not None:
        query = query.where(t.Article.outlet_id == wanted.outlet)
    if wanted.article is not None:
        query = query.where(t.Claim.article_id == wanted.article)
    if wanted.since is not None:
        query = query.where(t.Claim.day >= wanted.since, t.Claim.day < t.NO_DAY)
    if wanted.until is not None:
        query = query.where(t.Claim.day <= wanted.until, t.Claim.day < t.NO_DAY)
    if wanted.search is not None:
        query = query.where(holds(connection, t.Claim.folded, folded(wanted.search)))
    if wanted.min_confidence:
        query = query.where(t.Claim.confidence >= wanted.min_confidence)
    if wanted.statuses:
        query = query.where(has_status(t.Claim.id, wanted.statuses))
    order = (t.Claim.day, t.Claim.article_id, t.Claim.start, t.Claim.id)
    for rows in portions(connection, query.order_by(*order).limit(limit)):
        yield from _views(connection, rows)


def view_claims(connection: Connection, ids: Iterable[str]) -> dict[str, ClaimView]:
    """The claims with these keys, retired ones too."""
    out: dict[str, ClaimView] = {}
    for part in split(dict.fromkeys(ids)):  # of many claims not all articles at once
        rows = connection.execute(_THESE_VIEWS, {"these": part}).all()
        out.update((view.id, view) for view in _views(connection, rows))
    return out


def _relays(connection: Connection, ids: Iterable[str]) -> dict[str, list[AnyRow]]:
    return grouped(connection, ids, _RELAYS)


def _views(connection: Connection, rows: Sequence[AnyRow]) -> Iterator[ClaimView]:
    texts = bodies(connection, (row.article_id for row in rows))
    relays = _relays(connection, (row.id for row in rows))
    for row in rows:
        body = texts[row.article_id]
        content, source, cue = (unpack_spans(spans) for spans in (row.content, row.source, row.cue))
        sentence = Span(*row.sentence)
        yield ClaimView(
            id=row.id,
            article_id=row.article_id,
            path=row.path,
            url=row.url,
            outlet=row.outlet,
            title=row.title,
            published=row.published,
            sha256=row.sha256,
            speaker_id=row.speaker_id,
            speaker=row.speaker,
            mention=joined(body, source),
            resolution_rule=row.resolution_rule,
            relays=tuple(relay.name for relay in relays.get(row.id, ()) if relay.name is not None),
            kind=Kind(row.kind),
            stance=Stance(row.stance),
            text=row.text,
            sentence=sentence.of(body),
            cue=joined(body, cue),
            content=content,
            source_spans=source,
            cue_spans=cue,
            sentence_span=sentence,
            stated_on=row.stated_on,
            confidence=row.confidence,
            rule=row.rule,
            extractor=row.extractor,
            retired=row.retired,
            origin=unpack_origin(row),
        )
