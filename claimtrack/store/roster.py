"""Speakers as readers see them: listed, viewed, and found by any of their names or by one with a slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, Date, and_, distinct, func, select

from claimtrack.errors import NotFoundError
from claimtrack.records import Kind, SpeakerKind
from claimtrack.store import tables as t
from claimtrack.store.codec import folded
from claimtrack.store.rows import can_be_stored, holds, portions
from claimtrack.store.speakers import names_of, others, prefixes, refused, tenures_of
from claimtrack.store.spelling import spelled
from claimtrack.store.views import SpeakerView

if TYPE_CHECKING:
    from claimtrack.store.rows import AnySelect

SURE = 90.0  # rapidfuzz ratio from which a misspelt name is taken for the only one near it
NEAR = 60.0  # rapidfuzz weighted ratio from which a name may have been meant
LOOKED_AT = 2000  # names compared with a misspelt one, whatever the size of the archive
LONGEST = 500  # letters of a name; nobody's is longer, and the search for a slip grows with its words
SHOWN = 5  # names that an error proposes


def list_speakers(
    connection: Connection, search: str | None, own_voice: bool, limit: int | None
) -> Iterator[SpeakerView]:
    """Speakers with claims, those with most claims first; `search` looks into all their names.

    Outlets that speak in their own voice only are left out unless `own_voice` asks for them.
    """
    claims = func.count(t.Claim.id)
    query = _counted().having((claims if own_voice else claims.filter(t.Claim.kind != Kind.OWN_VOICE)) > 0)
    if search is not None:
        query = query.where(t.Speaker.id.in_(_bearers(holds(connection, t.SpeakerAlias.key, folded(search)))))
    return _views(connection, query.limit(limit))


def view_speakers(connection: Connection, ids: Iterable[str]) -> list[SpeakerView]:
    """The speakers that these keys stand for, those with most claims first."""
    wanted = list(dict.fromkeys(ids))
    meant = select(t.Speaker.effective_id).where(t.Speaker.id.in_(wanted))
    return list(_views(connection, _counted().where(t.Speaker.id.in_(meant))))


def find_speaker(connection: Connection, name: str, exact: bool = False) -> SpeakerView:
    """The speaker meant by a key, name, alias, look-up key, part of a name, or a name with a slip in it.

    With `exact` neither a part nor a slip will do.  Raises NotFoundError where nobody is meant, or several,
    and names those who may be.
    """
    wanted = folded(name)
    if not wanted or len(wanted) > LONGEST or not can_be_stored(name):
        raise NotFoundError(f"No speaker is called {name[:LONGEST]!r}", "See `claimtrack speakers`")
    for ids in (
        select(t.Speaker.effective_id).where(t.Speaker.id == name),
        _bearers(t.SpeakerAlias.key == wanted, t.SpeakerAlias.position.in_((0, t.GIVEN))),
        _bearers(t.SpeakerAlias.key == wanted),
        select(t.Speaker.effective_id)
        .join(t.SpeakerKey, t.SpeakerKey.speaker_id == t.Speaker.id)
        .where(t.SpeakerKey.key == wanted),
    ):
        # More than a few would not be told apart by an error; a bare name may have thousands of bearers.
        found = view_speakers(connection, connection.scalars(ids.distinct().limit(LOOKED_AT)).all())
        speaking = [view for view in found if view.claims] or found
        if len(speaking) == 1:
            return speaking[0]
        if speaking:
            raise NotFoundError(f"Several speakers go by {name!r}", f"Say which: {_choices(speaking)}")
    return _guess(connection, name, exact)


def _guess(connection: Connection, name: str, exact: bool) -> SpeakerView:
    from rapidfuzz import fuzz, process  # noqa: PLC0415  # only needed where a look-up failed

    wanted = folded(name)
    rows = _near(connection, wanted)
    owners, names = [owner for _, owner in rows], [name for name, _ in rows]
    # The plain ratio: token and partial ratios take one shared word for the whole name.
    close = process.extract(wanted, names, scorer=fuzz.ratio, limit=20, score_cutoff=SURE)
    holding = [owner for known, owner in rows if wanted in known]
    for sure in ({owners[place] for _, _, place in close}, set(holding)):
        if len(sure) == 1 and not exact:
            return view_speakers(connection, sure)[0]
    near = process.extract(wanted, names, scorer=fuzz.WRatio, limit=20, score_cutoff=NEAR)
    ids = list(dict.fromkeys([*(owners[place] for _, _, place in near), *holding]))[:SHOWN]
    known = {view.id: view for view in view_speakers(connection, ids)}
    meant = [known[key] for key in ids if key in known]
    hint = f"Did you mean {_choices(meant)}?" if meant else "See `claimtrack speakers`"
    raise NotFoundError(f"No speaker is called {name!r}", hint)


def _near(connection: Connection, wanted: str) -> list[tuple[str, str]]:
    """Names that share the first letters of a word with the one wanted, and whose they are.

    The rarest beginnings are followed first, and no more than LOOKED_AT names looked at; where no word
    begins so, names that begin with the same letter.
    """
    ids: dict[str, None] = {}
    found: list[Sequence[str]] = []
    for key in prefixes([wanted]):
        query = select(t.SpeakerKey.speaker_id).where(t.SpeakerKey.key == key).limit(LOOKED_AT)
        found.append(connection.scalars(query).all())
    for part in sorted(found, key=len):
        ids.update(dict.fromkeys(part))
    names = (
        select(spelled(t.SpeakerAlias.key).label("key"), t.Speaker.effective_id)
        .join(t.Speaker, t.Speaker.id == t.SpeakerAlias.speaker_id)
        .where(~refused())
        .order_by("key", t.Speaker.effective_id)
        .limit(LOOKED_AT)
    )
    first, after = wanted[:1], wanted[:1] + "\U0010ffff"
    chosen = (
        t.Speaker.id.in_(list(ids)[:LOOKED_AT])
        if ids
        else and_(spelled(t.SpeakerAlias.key) >= first, spelled(t.SpeakerAlias.key) < after)
    )
    rows = connection.execute(names.where(chosen).distinct()).all()
    return [(row.key, row.effective_id) for row in rows]


def _choices(views: Sequence[SpeakerView]) -> str:
    """Speakers that may be meant, each with what tells it from the others."""
    said = (
        f"{view.name} ({', '.join((view.id, *view.roles[-1:], _number(view.claims)))})"
        for view in views[:SHOWN]
    )
    return ", ".join(said)


def _number(claims: int) -> str:
    return f"{claims} claim" + "s" * (claims != 1)


def _counted() -> AnySelect:
    claims = func.count(t.Claim.id)
    day = func.nullif(t.Claim.day, t.NO_DAY, type_=Date)
    return (
        select(
            t.Speaker.id,
            t.Speaker.name,
            t.Speaker.kind,
            claims.label("claims"),
            func.count(distinct(t.Article.outlet_id)).label("outlets"),
            func.min(day, type_=Date).label("first"),
            func.max(day, type_=Date).label("last"),
        )
        .outerjoin(t.Claim, and_(t.Claim.speaker_id == t.Speaker.id, ~t.Claim.retired))
        .outerjoin(t.Article, t.Article.id == t.Claim.article_id)
        .group_by(t.Speaker.id)
        .order_by(claims.desc(), spelled(t.Speaker.name), t.Speaker.id)
    )


def _bearers(*names: ColumnElement[bool]) -> AnySelect:
    """The speakers, as readers see them, that go by names of which this is true."""
    return (
        select(t.Speaker.effective_id)
        .join(t.SpeakerAlias, t.SpeakerAlias.speaker_id == t.Speaker.id)
        .where(*names, ~refused())
    )


def _views(connection: Connection, query: AnySelect) -> Iterator[SpeakerView]:
    for rows in portions(connection, query):
        ids = [row.id for row in rows]
        names, tenures = names_of(connection, ids), tenures_of(connection, ids)
        for row in rows:
            held = tenures.get(row.id, ())
            yield SpeakerView(
                id=row.id,
                name=row.name,
                kind=SpeakerKind(row.kind),
                roles=tuple(tenure.text for tenure in held),
                aliases=others(names.get(row.id, []), row.name),
                claims=row.claims,
                outlets=row.outlets,
                first=row.first,
                last=row.last,
                tenures=held,
            )
