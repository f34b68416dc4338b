"""Speakers: candidates for linking, putting one, listing them, and finding one by any of its names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Date, and_, delete, distinct, exists, func, select

from claimtrack.errors import NotFoundError
from claimtrack.records import Kind, Speaker, SpeakerKind
from claimtrack.store import tables as t
from claimtrack.store.codec import folded
from claimtrack.store.rows import grouped, portions, put, split
from claimtrack.store.views import SpeakerView

if TYPE_CHECKING:
    from claimtrack.store.rows import AnySelect

SURE = 90.0  # rapidfuzz ratio from which a misspelt name is taken for the only one near it


def speakers_for(connection: Connection, keys: Iterable[str]) -> list[Speaker]:
    """The speakers known under any of these look-up keys."""
    ids: set[str] = set()
    for part in split(dict.fromkeys(keys)):
        ids.update(connection.scalars(select(t.SpeakerKey.speaker_id).where(t.SpeakerKey.key.in_(part))))
    return list(load_speakers(connection, sorted(ids)).values())


def load_speakers(connection: Connection, ids: Iterable[str]) -> dict[str, Speaker]:
    """Speakers as records, by key, in the order asked."""
    wanted = list(dict.fromkeys(ids))
    rows = grouped(
        connection, wanted, lambda part: select(*t.Speaker.__table__.columns).where(t.Speaker.id.in_(part))
    )
    names = _names(connection, wanted)
    return {
        key: Speaker(
            key=key,
            name=rows[key][0].name,
            kind=SpeakerKind(rows[key][0].kind),
            aliases=tuple(names[key][1:]),
            roles=tuple(rows[key][0].roles),
        )
        for key in wanted
        if key in rows
    }


def put_speaker(connection: Connection, speaker: Speaker, keys: Iterable[str]) -> None:
    """Store a speaker, or write over what is known of it; look-up keys are only ever added."""
    known = load_speakers(connection, [speaker.key]).get(speaker.key)
    if known != speaker:
        put(
            connection,
            t.Speaker,
            [
                {
                    "id": speaker.key,
                    "name": speaker.name,
                    "kind": speaker.kind.value,
                    "roles": list(speaker.roles),
                }
            ],
        )
        connection.execute(delete(t.SpeakerAlias).where(t.SpeakerAlias.speaker_id == speaker.key))
        put(
            connection,
            t.SpeakerAlias,
            [
                {"speaker_id": speaker.key, "position": position, "name": name, "key": folded(name)}
                for position, name in enumerate((speaker.name, *speaker.aliases))
            ],
        )
    put(
        connection,
        t.SpeakerKey,
        [{"key": key, "speaker_id": speaker.key} for key in dict.fromkeys(keys)],
    )


def list_speakers(
    connection: Connection, search: str | None, own_voice: bool, limit: int | None
) -> Iterator[SpeakerView]:
    """Speakers with claims, those with most claims first; `search` looks into all their names.

    Outlets that speak in their own voice only are left out unless `own_voice` asks for them.
    """
    claims = func.count(t.Claim.id)
    query = _counted().having((claims if own_voice else claims.filter(t.Claim.kind != Kind.OWN_VOICE)) > 0)
    if search is not None:
        query = query.where(
            exists().where(
                t.SpeakerAlias.speaker_id == t.Speaker.id,
                t.SpeakerAlias.key.contains(folded(search), autoescape=True),
            )
        )
    return _views(connection, query.limit(limit))


def view_speakers(connection: Connection, ids: Iterable[str]) -> list[SpeakerView]:
    """The speakers with these keys, those with most claims first."""
    return list(_views(connection, _counted().where(t.Speaker.id.in_(list(ids)))))


def find_speaker(connection: Connection, name: str) -> SpeakerView:
    """The speaker meant by a key, name, alias, look-up key, or a name with a slip in it.

    Raises NotFoundError where nobody is meant, or several, and names those who may be.
    """
    wanted = folded(name)
    for ids in (
        select(t.Speaker.id).where(t.Speaker.id == name),
        select(t.SpeakerAlias.speaker_id).where(t.SpeakerAlias.key == wanted, t.SpeakerAlias.position == 0),
        select(t.SpeakerAlias.speaker_id).where(t.SpeakerAlias.key == wanted),
        select(t.SpeakerKey.speaker_id).where(t.SpeakerKey.key == wanted),
    ):
        found = view_speakers(connection, connection.scalars(ids.distinct()).all())
        speaking = [view for view in found if view.claims] or found
        if len(speaking) == 1:
            return speaking[0]
        if speaking:
            choice = ", ".join(f"{view.name} ({view.id})" for view in speaking[:5])
            raise NotFoundError(f"Several speakers go by {name!r}", f"Say which: {choice}")
    return _guess(connection, name)


def _guess(connection: Connection, name: str) -> SpeakerView:
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # only needed where a look-up failed

    rows = connection.execute(
        select(t.SpeakerAlias.key, t.SpeakerAlias.speaker_id).order_by(t.SpeakerAlias.key)
    ).all()
    owners = [row.speaker_id for row in rows]
    names = [row.key for row in rows]
    # The plain ratio: token and partial ratios take one shared word for the whole name.
    close = process.extract(folded(name), names, scorer=fuzz.ratio, limit=20, score_cutoff=SURE)
    sure = {owners[place] for _, _, place in close}
    if len(sure) == 1:
        return view_speakers(connection, sure)[0]
    near = process.extract(folded(name), names, scorer=fuzz.WRatio, limit=20, score_cutoff=60)
    ids = list(dict.fromkeys(owners[place] for _, _, place in near))[:3]
    known = load_speakers(connection, ids)
    hint = (
        f"Did you mean {', '.join(known[key].name for key in ids)}?" if ids else "See `claimtrack speakers`"
    )
    raise NotFoundError(f"No speaker is called {name!r}", hint)


def _counted() -> AnySelect:
    claims = func.count(t.Claim.id)
    day = func.nullif(t.Claim.day, t.NO_DAY, type_=Date)
    return (
        select(
            t.Speaker.id,
            t.Speaker.name,
            t.Speaker.kind,
            t.Speaker.roles,
            claims.label("claims"),
            func.count(distinct(t.Article.outlet_id)).label("outlets"),
            func.min(day, type_=Date).label("first"),
            func.max(day, type_=Date).label("last"),
        )
        .outerjoin(t.Claim, and_(t.Claim.speaker_id == t.Speaker.id, ~t.Claim.retired))
        .outerjoin(t.Article, t.Article.id == t.Claim.article_id)
        .group_by(t.Speaker.id)
        .order_by(claims.desc(), t.Speaker.name, t.Speaker.id)
    )


def _names(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    rows = grouped(
        connection,
        ids,
        lambda part: (
            select(t.SpeakerAlias.speaker_id, t.SpeakerAlias.name)
            .where(t.SpeakerAlias.speaker_id.in_(part))
            .order_by(t.SpeakerAlias.speaker_id, t.SpeakerAlias.position)
        ),
    )
    return {key: [row.name for row in found] for key, found in rows.items()}


def _views(connection: Connection, query: AnySelect) -> Iterator[SpeakerView]:
    for rows in portions(connection, query):
        names = _names(connection, [row.id for row in rows])
        for row in rows:
            yield SpeakerView(
                id=row.id,
                name=row.name,
                kind=SpeakerKind(row.kind),
                roles=tuple(row.roles),
                aliases=tuple(names[row.id][1:]),
                claims=row.claims,
                outlets=row.outlets,
                first=row.first,
                last=row.last,
            )
