"""Decisions about speakers and outlets: only ever added to; what those in force say is kept as rulings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from claimtrack.errors import NotFoundError
from claimtrack.records import digest
from claimtrack.store import tables as t
from claimtrack.store.codec import folded
from claimtrack.store.identity import Moved, newest, refresh_claims, refresh_speakers
from claimtrack.store.layers import Told
from claimtrack.store.outlets import refresh_outlets
from claimtrack.store.rows import portions, put, split
from claimtrack.store.speakers import prefixes
from claimtrack.store.tables import Says
from claimtrack.store.views import DecisionKind, DecisionView

_ALL = select(
    t.Decision.id,
    t.Decision.number,
    t.Decision.kind,
    t.Decision.payload,
    t.Decision.undoes,
    t.Decision.reviewer,
    t.Decision.at,
    t.Decision.note,
)
_NAMES = (Says.NAMED, Says.NOT_NAMED)
_IDENTIFIER = re.compile(r"d[0-9a-f]{3,12}")


def append_decision(
    connection: Connection,
    kind: DecisionKind,
    payload: dict[str, Any],
    reviewer: str,
    note: str = "",
    undoes: str | None = None,
) -> DecisionView:
    """Add a decision, and bring what it says into force, or what it undoes out of it.

    Speakers, claims and outlets stay where they are until `settle`.
    """
    number = (connection.scalar(select(func.max(t.Decision.number))) or 0) + 1
    at = datetime.now(UTC)
    parts = (str(number), kind, json.dumps(payload, sort_keys=True), undoes or "", reviewer, at.isoformat())
    made = DecisionView("d" + digest(*parts)[:12], number, kind, payload, undoes, reviewer, at, note)
    connection.execute(
        insert(t.Decision),
        [
            {
                "id": made.id,
                "number": number,
                "kind": kind.value,
                "payload": payload,
                "undoes": undoes,
                "reviewer": reviewer,
                "at": at,
                "note": note,
            }
        ],
    )
    if undoes is None:
        put(connection, t.Ruling, rulings_of(made))
    else:
        _turn(connection, undoes)
    return made


def settle(connection: Connection, decision: DecisionView) -> Moved:
    """Bring all that a decision speaks of to where the decisions in force put it."""
    rulings = rulings_of(_first(connection, decision))
    by_kind: dict[str, set[str]] = {}
    for ruling in rulings:
        by_kind.setdefault(ruling["kind"], set()).add(ruling["subject"])
    names = by_kind.get(Says.NAMED, set()) | by_kind.get(Says.NOT_NAMED, set())
    renamed = by_kind.get(Says.RENAMED, set())
    _place_names(connection, names, renamed)
    speakers = set(renamed)
    for ruling in rulings:
        if ruling["kind"] == Says.MERGED:
            speakers |= {ruling["subject"], ruling["object"]}
    # What is said of a persona holds for the group it was linked to since, under its leader.
    for part in split(sorted(speakers)):
        led = (t.Speaker.id.in_(part), t.Speaker.leader_id.is_not(None))
        speakers.update(connection.scalars(select(t.Speaker.leader_id).where(*led)))
    for part in split(names):
        main = (t.SpeakerAlias.key.in_(part), t.SpeakerAlias.position == 0)
        speakers.update(connection.scalars(select(t.SpeakerAlias.speaker_id).where(*main)))
    moved = refresh_speakers(connection, speakers)
    moved |= refresh_claims(connection, by_kind.get(Says.PLACED, ()))
    return moved | refresh_outlets(connection, by_kind.get(Says.OUTLET_MERGED, ()))


def rulings_of(decision: DecisionView) -> list[dict[str, Any]]:
    """What a decision says while it is in force, as rows; an undo says nothing by itself."""
    told = decision.payload
    match decision.kind:
        case DecisionKind.MERGE:
            said = [(Says.MERGED, told["merged"], told["speaker"], "")]
        case DecisionKind.SPLIT:
            said = [(Says.PLACED, claim, told["to"], "") for claim in told["claims"]]
        case DecisionKind.RENAME:
            said = [(Says.RENAMED, told["speaker"], folded(told["name"]), told["name"])]
        case DecisionKind.ADD_ALIAS:
            said = [(Says.NAMED, folded(told["name"]), told["speaker"], told["name"])]
        case DecisionKind.REMOVE_ALIAS:
            said = [(Says.NOT_NAMED, folded(told["name"]), told["speaker"], told["name"])]
        case DecisionKind.DISTINCT:
            said = [(Says.DISTINCT, told["speaker"], told["other"], "")]
        case DecisionKind.MERGE_OUTLETS:
            said = [(Says.OUTLET_MERGED, told["merged"], told["outlet"], "")]
        case DecisionKind.UNDO:
            said = []
    return [
        {
            "decision_id": decision.id,
            "kind": kind.value,
            "subject": subject,
            "object": object_,
            "value": value,
            "number": decision.number,
        }
        for kind, subject, object_, value in said
    ]


def list_decisions(connection: Connection, limit: int | None) -> Iterator[DecisionView]:
    """All decisions, the newest first."""
    undone = _undone(connection)
    for rows in portions(connection, _ALL.order_by(t.Decision.number.desc()).limit(limit)):
        for row in rows:
            yield _view(row, row.id not in undone)


def find_decision(connection: Connection, prefix: str) -> DecisionView:
    """The decision whose key begins so; NotFoundError where there is none or several."""
    query = _ALL.where(t.Decision.id >= prefix, t.Decision.id < prefix + "g").limit(2)
    rows = connection.execute(query).all() if _IDENTIFIER.fullmatch(prefix) else []
    if len(rows) != 1:
        why = f"{prefix!r} fits several decisions" if rows else f"No decision has the identifier {prefix!r}"
        raise NotFoundError(why, "See `claimtrack speakers decisions`")
    return _view(rows[0], rows[0].id not in _undone(connection))


def undoing(connection: Connection, decision: str) -> DecisionView | None:
    """The decision in force that undoes this one, if there is one."""
    undone = _undone(connection)
    rows = connection.execute(_ALL.where(t.Decision.undoes == decision)).all()
    return next((_view(row, True) for row in rows if row.id not in undone), None)


def check_decisions(connection: Connection) -> Iterator[str]:
    """A line for each decision without its entry in the log, and for rulings that are not what they say."""
    logged: dict[str, Any] = {}
    kinds = [kind.value for kind in DecisionKind]
    query = select(t.Event.payload, t.Event.who).where(t.Event.kind.in_(kinds))
    for events in portions(connection, query.order_by(t.Event.id)):
        logged |= {event.payload["decision"]: (event.payload["decided"], event.who) for event in events}
    wanted = []
    for decision in list_decisions(connection, None):
        if logged.pop(decision.id, None) != (decision.payload, decision.reviewer):
            yield f"decision {decision.id}: the log does not tell of it, or tells another story"
        if decision.in_force:
            wanted += rulings_of(decision)
    for missing in logged:
        yield f"decision {missing}: is in the log, and nowhere else"
    columns = t.Ruling.__table__.columns
    found = {tuple(row) for rows in portions(connection, select(*columns)) for row in rows}
    for row in found ^ {tuple(ruling[column.name] for column in columns) for ruling in wanted}:
        yield f"decision {row[0]}: what is in force of it is not what it says"


def _view(row: Any, in_force: bool) -> DecisionView:
    return DecisionView(
        id=row.id,
        number=row.number,
        kind=DecisionKind(row.kind),
        payload=row.payload,
        undoes=row.undoes,
        reviewer=row.reviewer,
        at=row.at,
        note=row.note,
        in_force=in_force,
    )


def _undone(connection: Connection) -> set[str]:
    """The decisions that one in force undoes: an undo that is itself undone counts for nothing."""
    undone: set[str] = set()
    query = select(t.Decision.id, t.Decision.undoes).where(t.Decision.undoes.is_not(None))
    # An undo can only be undone later: from the newest back, each is known before what it undoes.
    for row in connection.execute(query.order_by(t.Decision.number.desc())):
        if row.id not in undone:
            undone.add(row.undoes)
    return undone


def _first(connection: Connection, decision: DecisionView) -> DecisionView:
    """The decision that a row of undos in the end speaks of."""
    while decision.undoes is not None:
        decision = _view(connection.execute(_ALL.where(t.Decision.id == decision.undoes)).one(), True)
    return decision


def _turn(connection: Connection, undone: str) -> None:
    """Put the rulings of what an undo was said of in or out of force."""
    row = connection.execute(_ALL.where(t.Decision.id == undone)).one()
    first = _first(connection, _view(row, True))
    if first.id in _undone(connection):
        connection.execute(delete(t.Ruling).where(t.Ruling.decision_id == first.id))
    else:
        put(connection, t.Ruling, rulings_of(first))


def _place_names(connection: Connection, keys: Iterable[str], renamed: Iterable[str]) -> None:
    """Write the names that people gave where all names are looked up: of each the newest ruling counts."""
    told: list[Told] = []
    for part in split(keys):
        given = (t.SpeakerAlias.key.in_(part), t.SpeakerAlias.position > t.GIVEN)
        connection.execute(delete(t.SpeakerAlias).where(*given))
        told += newest(connection, part, _NAMES).values()
    for part in split(renamed):
        shown = (t.SpeakerAlias.speaker_id.in_(part), t.SpeakerAlias.position == t.GIVEN)
        connection.execute(delete(t.SpeakerAlias).where(*shown))
        told += newest(connection, part, (Says.RENAMED,)).values()
    rows = [_given(ruling) for ruling in told if ruling.kind != Says.NOT_NAMED]
    put(connection, t.SpeakerAlias, rows)
    # Keys that a misspelt name is looked up by; left behind, they lead to nothing.
    owners = {(key, row["speaker_id"]) for row in rows for key in prefixes([row["name"]])}
    put(connection, t.SpeakerKey, [{"key": key, "speaker_id": owner} for key, owner in sorted(owners)])


def _given(ruling: Told) -> dict[str, Any]:
    """The row of a name that people gave: the one that is shown first, then those it also goes by."""
    renamed = ruling.kind == Says.RENAMED
    return {
        "speaker_id": ruling.subject if renamed else ruling.object,
        "position": t.GIVEN if renamed else t.GIVEN + ruling.number,
        "name": ruling.value,
        "key": folded(ruling.value),
    }
