"""Lists a page at a time: a page costs the same wherever it stands and however large the archive is.

A page goes on after a *place*, the values that the last row of the page before is sorted by, so an index
leads straight to it.  The newest comes first; what has no day comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import Connection, exists, or_, select, tuple_

from claimtrack.records import Kind, RelationKind, SpeakerKind
from claimtrack.store import tables as t
from claimtrack.store.articles import view_articles
from claimtrack.store.claims import view_claims
from claimtrack.store.codec import folded
from claimtrack.store.relations import view_relations
from claimtrack.store.roster import view_speakers
from claimtrack.store.rows import split
from claimtrack.store.speakers import prefixes, refused, tenures_of
from claimtrack.store.spelling import spelled
from claimtrack.store.verdicts import has_status
from claimtrack.store.views import ArticleView, ClaimView, RelationView, ReviewStatus, SpeakerView

if TYPE_CHECKING:
    from typing import TypeAlias

    from sqlalchemy import ColumnElement

    from claimtrack.store.rows import AnySelect

    Column: TypeAlias = ColumnElement[Any]

LOOKED_THROUGH = 20_000  # claims that one page of a search looks into, however few of them fit
NAMES = 2_000  # names that a search for a speaker looks at
Place = tuple[Any, ...]  # the values that a row is sorted by
T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """A part of a list, and the place after which the next page goes on; None: there is no more."""

    items: tuple[T, ...]
    after: Place | None = None
    cut: bool = False  # the search stopped because it had looked long enough, not because the page is full


@dataclass(frozen=True)
class Ties:
    """How a claim is related: how many relations of each kind, and the strongest of them."""

    counts: dict[RelationKind, int]
    strongest: tuple[RelationView, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker as a long list shows them: counting their claims would take longer, the more there are."""

    id: str
    name: str
    roles: tuple[str, ...]


def article_page(
    connection: Connection, after: Place | None, limit: int, outlet: str | None = None
) -> Page[ArticleView]:
    """Articles, superseded ones too, of all outlets or of the one with this key."""
    query = select(t.Article.id)
    if outlet is not None:
        query = query.where(t.Article.outlet_id == outlet)
    page = _newest_first(connection, query, (t.Article.day, t.Article.id), after, limit)
    found = {view.id: view for view in view_articles(connection, page.items)}
    return Page(tuple(found[key] for key in page.items), page.after)


def claim_page(
    connection: Connection, after: Place | None, limit: int, search: str | None = None
) -> Page[ClaimView]:
    """Claims that are not retired; `search` looks into the words of so many at a time."""
    query = select(t.Claim.id).where(~t.Claim.retired)
    if search is not None:
        query = query.where(t.Claim.folded.contains(folded(search), autoescape=True))
    keys = (t.Claim.day, t.Claim.article_id, t.Claim.start, t.Claim.id)
    most = LOOKED_THROUGH if search is not None else None
    return _claims(connection, _newest_first(connection, query, keys, after, limit, most))


def claims_of_speaker(
    connection: Connection, speaker: str, after: Place | None, limit: int
) -> Page[ClaimView]:
    """The claims of the speaker with this key."""
    query = select(t.Claim.id).where(t.Claim.speaker_id == speaker, ~t.Claim.retired)
    return _claims(connection, _newest_first(connection, query, (t.Claim.day, t.Claim.id), after, limit))


def relation_page(
    connection: Connection,
    kind: RelationKind,
    after: Place | None,
    limit: int,
    statuses: Collection[ReviewStatus] = (),
) -> Page[RelationView]:
    """The relations of a kind that hold, the strongest first."""
    query = _relations(kind, statuses)
    keys = (t.Relation.score, t.Relation.id)
    if after is not None:
        query = query.where(tuple_(*keys) < after)
    rows = connection.execute(query.order_by(*(key.desc() for key in keys)).limit(limit + 1)).all()
    kept = rows[:limit]
    found = {view.id: view for view in view_relations(connection, [row.id for row in kept])}
    items = tuple(found[row.id] for row in kept)
    return Page(items, (kept[-1].score, kept[-1].id) if len(rows) > limit else None)


def relation_beside(
    connection: Connection,
    kinds: Sequence[RelationKind],
    beside: str | None,
    backwards: bool = False,
    statuses: Collection[ReviewStatus] = (),
) -> str | None:
    """The relation that comes next (or came before) in the order of kinds and then of scores.

    Without `beside`, or where that is not of these kinds, the first one.  None where there is no other.
    """
    keys = (t.Relation.score, t.Relation.id)
    here = select(t.Relation.kind, t.Relation.score).where(t.Relation.id == beside)
    row = connection.execute(here).one_or_none() if beside else None
    order = list(reversed(kinds)) if backwards else list(kinds)
    if row is not None and row.kind in order:
        order = order[order.index(RelationKind(row.kind)) :]
    else:
        row = None
    for number, kind in enumerate(order):
        query = _relations(kind, statuses)
        if row is not None and number == 0:
            place = (row.score, beside)
            query = query.where(tuple_(*keys) > place if backwards else tuple_(*keys) < place)
        found = connection.execute(
            query.order_by(*(key.asc() if backwards else key.desc() for key in keys)).limit(1)
        ).one_or_none()
        if found is not None:
            return str(found.id)
    return None


def ties_of(connection: Connection, ids: Iterable[str], each: int) -> dict[str, Ties]:
    """How these claims are related, with at most `each` relations in full for one claim."""
    wanted = list(dict.fromkeys(ids))
    near: dict[str, dict[str, tuple[float, RelationKind]]] = {key: {} for key in wanted}
    for part in split(wanted):
        for row in connection.execute(_touching(part)):
            for end in (row.a_id, row.b_id):
                if end in near:
                    near[end][row.id] = (row.score, RelationKind(row.kind))
    order = list(RelationKind)

    def first(found: dict[str, tuple[float, RelationKind]]) -> list[str]:
        return sorted(found, key=lambda k: (order.index(found[k][1]), -found[k][0], k))[:each]

    chosen = {key: first(found) for key, found in near.items()}
    views = {
        view.id: view
        for part in split(dict.fromkeys(r for found in chosen.values() for r in found))
        for view in view_relations(connection, part)
    }
    return {
        key: Ties(
            {kind: n for kind in order if (n := sum(k is kind for _, k in near[key].values()))},
            tuple(views[r] for r in chosen[key]),
        )
        for key in wanted
    }


def speaker_page(connection: Connection, kind: SpeakerKind, after: Place | None, limit: int) -> Page[Named]:
    """The speakers of a kind who said something, by name; outlets that speak for themselves left out."""
    said = exists().where(
        t.Claim.speaker_id == t.Speaker.id, ~t.Claim.retired, t.Claim.kind != Kind.OWN_VOICE
    )
    keys = (spelled(t.Speaker.name), t.Speaker.id)
    query = select(t.Speaker.name, t.Speaker.id).where(
        t.Speaker.kind == kind, t.Speaker.effective_id == t.Speaker.id, said
    )
    if after is not None:
        query = query.where(tuple_(*keys) > after)
    rows = connection.execute(query.order_by(*keys).limit(limit + 1)).all()
    kept = rows[:limit]
    held = tenures_of(connection, [row.id for row in kept])
    items = (Named(row.id, row.name, tuple(x.text for x in held.get(row.id, ()))) for row in kept)
    return Page(tuple(items), tuple(kept[-1]) if len(rows) > limit else None)


def speakers_called(connection: Connection, name: str, limit: int) -> list[SpeakerView]:
    """Speakers with claims of whose names a word begins as the words of `name` do, most claims first."""
    wanted = folded(name)
    starts = prefixes([wanted])
    if not starts:
        return []
    # The longest word's beginning is as good as any: what it leads to is compared with all of the name.
    longest = max(starts, key=lambda key: max(len(w) for w in wanted.split() if w.startswith(key[2:])))
    bearing = select(t.SpeakerKey.speaker_id).where(t.SpeakerKey.key == longest)
    ids: dict[str, None] = {}
    for part in split(connection.scalars(bearing.limit(NAMES)).all()):
        names = (
            select(t.Speaker.effective_id)
            .join(t.SpeakerAlias, t.SpeakerAlias.speaker_id == t.Speaker.id)
            .where(t.Speaker.id.in_(part), t.SpeakerAlias.key.contains(wanted, autoescape=True), ~refused())
        )
        ids.update(dict.fromkeys(connection.scalars(names)))
    found = [view for part in split(ids) for view in view_speakers(connection, part) if view.claims]
    return sorted(found, key=lambda view: (-view.claims, view.name, view.id))[:limit]


def _relations(kind: RelationKind, statuses: Collection[ReviewStatus]) -> AnySelect:
    query = select(t.Relation.score, t.Relation.id).where(t.Relation.kind == kind, ~t.Relation.retired)
    if statuses:
        query = query.where(has_status(t.Relation.id, statuses, (t.Relation.a_id, t.Relation.b_id)))
    return query


def _touching(ids: list[str]) -> AnySelect:
    return select(t.Relation.id, t.Relation.kind, t.Relation.score, t.Relation.a_id, t.Relation.b_id).where(
        ~t.Relation.retired, or_(t.Relation.a_id.in_(ids), t.Relation.b_id.in_(ids))
    )


def _claims(connection: Connection, page: Page[str]) -> Page[ClaimView]:
    found = view_claims(connection, page.items)
    return Page(tuple(found[key] for key in page.items), page.after, page.cut)


def _newest_first(
    connection: Connection,
    query: AnySelect,
    keys: Sequence[Column],
    after: Place | None,
    limit: int,
    most: int | None = None,
) -> Page[str]:
    """The keys of a page sorted by `keys`, of which the first is a day and the last the key.

    What has no day comes last, so the list is read in two stretches.  `most` bounds how many rows of a
    stretch are looked at.
    """
    day = keys[0]
    found: list[Place] = []
    for undated in (False, True):
        if after is not None and after[0] == t.NO_DAY and not undated:
            continue
        started = after is not None and (after[0] == t.NO_DAY) == undated
        place = after if started else None

        def within(query: AnySelect, undated: bool = undated, place: Place | None = place) -> AnySelect:
            query = query.where(day == t.NO_DAY if undated else day < t.NO_DAY)
            return query if place is None else query.where(tuple_(*keys) < place)

        end = _end(connection, keys, within, most)
        chosen = within(query.with_only_columns(*keys))
        if end is not None:
            chosen = chosen.where(tuple_(*keys) >= end)
        rows = connection.execute(_backwards(chosen, keys).limit(limit + 1 - len(found)))
        found += [tuple(row) for row in rows]
        if len(found) > limit:
            return Page(tuple(row[-1] for row in found[:limit]), found[limit - 1])
        if end is not None:
            return Page(tuple(row[-1] for row in found), end, cut=True)
    return Page(tuple(row[-1] for row in found))


def _end(
    connection: Connection, keys: Sequence[Column], within: Callable[[AnySelect], AnySelect], most: int | None
) -> Place | None:
    """The last row that may be looked at; None where the stretch ends before."""
    if most is None:
        return None
    query = _backwards(within(select(*keys)), keys).offset(most - 1).limit(2)
    rows = connection.execute(query).all()
    return tuple(rows[0]) if len(rows) > 1 else None


def _backwards(query: AnySelect, keys: Iterable[Column]) -> AnySelect:
    return query.order_by(*(key.desc() for key in keys))
