"""The log in words: what each entry changed, in one line, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from claimtrack.errors import NotFoundError
from claimtrack.reports.cells import many
from claimtrack.reports.decisions import concerned, sentence
from claimtrack.reports.formats import Report, Row
from claimtrack.store.views import DecisionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimtrack.store.reader import Reader
    from claimtrack.store.views import EventView

LOG_COLUMNS = ("number", "at", "kind", "subject", "who", "what", "program", "payload", "hash")
LOG_BRIEF = ("number", "at", "kind", "subject", "who", "what")
_LONGEST = 200  # characters of a payload that nobody has put into words


def events_of(store: Reader, key: str | None, limit: int | None) -> Iterator[EventView]:
    """The log, the newest entry first; with a key or its beginning what concerns that one thing.

    That is an article, claim, relation, speaker, outlet or decision.  Raises NotFoundError for nothing or
    several things of that name.
    """
    if key is None:
        yield from store.events(limit)
        return
    found = _subject(store, key)
    if found.startswith(("a", "c", "r")):
        yield from store.events(limit, [found])
        return
    # A decision's entry stands under the first that it concerns: look there for those that name this one.
    near = [d for d in store.decisions() if found in (d.id, d.undoes, *concerned(d))]
    subjects = {found, *(key for d in near for key in concerned(d))}
    given = 0
    for event in store.events(None, sorted(subjects)):
        if event.subject == found or _names(event.payload, found):
            yield event
            given += 1
            if given == limit:
                return


def _subject(store: Reader, key: str) -> str:
    if key.startswith("d"):
        return store.find_decision(key).id
    if key.startswith("o"):
        return store.find_outlet(key)
    try:
        return store.get(key, "a, c, d, o, r or s").id
    except NotFoundError:
        merged = store.merged(key)
        if merged is None:
            raise
        return merged.id


def _names(payload: object, key: str) -> bool:
    if isinstance(payload, Mapping):
        return any(name == key or _names(value, key) for name, value in payload.items())
    if isinstance(payload, list):
        return any(_names(value, key) for value in payload)
    return payload == key


def log_report(events: Iterable[EventView]) -> Report:
    """Entries of the log, one a row."""
    return Report(LOG_COLUMNS, map(_row, events), LOG_BRIEF)


def _row(event: EventView) -> Row:
    return {
        "number": event.id,
        "at": event.at,
        "kind": event.kind,
        "subject": event.subject,
        "who": event.who,
        "what": tell(event),
        "program": event.program,
        "payload": event.payload,
        "hash": event.hash,
    }


def tell(event: EventView) -> str:
    """What an entry changed, as a line without its stop."""
    told = event.payload
    match event.kind:
        case "verdict":
            return _verdict(event)
        case "article added" | "article changed" | "article extracted":
            return _article(event)
        case "exported":
            return _export(told)
        case "related":
            now = sum(told.get("relations", {}).values())
            return (
                f"{told.get('before', 0)} → {many(now, 'relation')} of {many(told.get('claims', 0), 'claim')}"
            )
    if isinstance(told.get("decided"), Mapping):
        return _decision(event)
    return _plainly(told)


def _article(event: EventView) -> str:
    told = event.payload
    former = f"{told['revises']} → " if told.get("revises") else ""
    before = f"{told.get('before', 0)} → " if event.kind == "article extracted" else ""
    parts = [f"{before}{many(told.get('claims', 0), 'claim')}", many(told.get("relations", 0), "relation")]
    if told.get("edited"):
        parts.append(f"{many(told['edited'], 'quotation')} edited")
    if told.get("carried"):
        parts.append(f"{many(told['carried'], 'verdict')} repeated")
    return f"{former}{told.get('path', '')}: {', '.join(parts)}"


def _export(told: Mapping[str, Any]) -> str:
    filters = told.get("filters", {})
    parts = [many(told.get("rows", 0), "row")]
    parts += [
        f"{name} {_flat(filters[name])}" for name in ("since", "speaker", "status") if filters.get(name)
    ]
    publisher = filters.get("publisher") or {}
    parts += [f"publisher {publisher['name']}"] if publisher.get("name") else []
    digest = str(told.get("sha256"))[:12]
    return f"{told.get('what')} as {told.get('format')}: {', '.join(parts)}; SHA-256 {digest}…"


def _verdict(event: EventView) -> str:
    told = event.payload
    reason = f" ({told['reason']})" if told.get("reason") else ""
    note = f": {told['note']}" if told.get("note") else ""
    brought = f", given by {told['reviewer']}" if told.get("reviewer", event.who) != event.who else ""
    undone = f", verdict {told['undoes']} taken back" if told.get("undoes") is not None else ""
    if told.get("carries") is not None and told.get("undoes") is None:
        undone = f", repeated from verdict {told['carries']}"
    now = "open" if told["decision"] == "withdrawn" else told["decision"]
    return f"{told.get('before') or 'open'} → {now}{reason}{undone}{brought}{note}"


def _decision(event: EventView) -> str:
    """A decision about speakers or outlets: names and counts before and after it, or the decision itself."""
    told = event.payload
    note = f": {told['note']}" if told.get("note") else ""
    before, after = told.get("before", {}), told.get("after", {})
    names = {key: tally.get("name") for key, tally in {**after, **before}.items()}
    kind, undoes = DecisionKind(event.kind), told.get("undoes")
    changed = f"{_tallies(before)} → {_tallies(after)}" if _tallies(before) != _tallies(after) else ""
    if kind is DecisionKind.UNDO and changed:
        return f"{undoes} undone, {changed}{note}"
    if not changed or kind in (DecisionKind.ADD_ALIAS, DecisionKind.REMOVE_ALIAS):
        decided = sentence(kind, told["decided"], undoes, names)
        return f"{decided}, {changed}{note}" if changed else f"{decided}{note}"
    return f"{changed}{note}"


def _tallies(tallies: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{tally.get('name') or 'nobody named'} ({tally.get('claims', 0)})" for tally in tallies.values()
    )


def _plainly(payload: Mapping[str, Any]) -> str:
    """A payload that nobody has put into words: before and after where it has them, else all of it."""
    if {"before", "after"} <= payload.keys():
        return f"{_flat(payload['before'])} → {_flat(payload['after'])}"
    return _flat(payload)


def _flat(value: object) -> str:
    if isinstance(value, Mapping):
        text = ", ".join(
            f"{key} {_flat(part)}" for key, part in value.items() if part not in (None, "", [], {})
        )
    elif isinstance(value, list):
        text = ", ".join(map(_flat, value))
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
