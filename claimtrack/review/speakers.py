"""Who is who: merging speakers, splitting claims off, and telling speakers apart."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.errors import NotFoundError, UsageError
from claimtrack.records import Speaker, SpeakerKind, digest
from claimtrack.review.changes import Change, Rejudge, Ruler, leave
from claimtrack.review.names import clean_name
from claimtrack.store import Store
from claimtrack.store.views import ClaimView, DecisionKind, SpeakerView

_SINGLE = (SpeakerKind.PERSON, SpeakerKind.UNNAMED)
_FORCE = "Give --force if you mean it"
_WRONG_CLAIMS = 3  # claims named in one message


def merge_speakers(
    store: Store,
    a: str,
    b: str,
    reviewer: str,
    note: str = "",
    force: bool = False,
    rejudge: Rejudge = leave,
) -> Change:
    """Make A part of B: B's name stays, A's names become names of B, and A's claims count for B.

    `a` and `b` are names or keys.  Raises NotFoundError for nobody or several, and UsageError for one
    speaker twice and, without `force`, for a person with a body and for two that were told apart.
    """
    with store.transaction():
        gone, kept = _two(store, a, b)
        if not force:
            _may_be_one(store, gone, kept)
        ruler = Ruler(store, reviewer, note, rejudge)
        payload = {"speaker": kept.id, "merged": gone.id}
        return ruler.decide(DecisionKind.MERGE, payload, (kept.id, gone.id))


def split_speaker(
    store: Store,
    a: str,
    claim_ids: Sequence[str],
    reviewer: str,
    note: str = "",
    name: str | None = None,
    to: str | None = None,
    rejudge: Rejudge = leave,
) -> Change:
    """Give claims of A to a new speaker called `name`, or to the one that is there `to`.

    A claim keeps its new speaker when its article is read again.  Raises NotFoundError for nobody,
    UsageError for claims that are not A's, and where not one of `name` and `to` is given.
    """
    if (name is None) == (to is None):
        raise UsageError("The claims need one speaker to go to", "Give --name for a new one, or --to")
    with store.transaction():
        person = store.find_speaker(a, exact=True)
        claims = _claims_of(store, person, claim_ids)
        payload = {"speaker": person.id, "claims": claims}
        if to is not None:
            other = store.find_speaker(to, exact=True)
            if other.id == person.id:
                raise UsageError(
                    f"{to!r} is {person.name} ({person.id}) too", "Name another, or make one with --name"
                )
            payload["to"] = other.id
        else:
            payload["to"] = _make(store, clean_name(name or ""), person.kind, claims)
        ruler = Ruler(store, reviewer, note, rejudge)
        return ruler.decide(DecisionKind.SPLIT, payload, (person.id, str(payload["to"])))


def mark_distinct(store: Store, a: str, b: str, reviewer: str, note: str = "") -> Change:
    """Say that two speakers are not one: they are not proposed again.

    Raises NotFoundError for nobody or several, and UsageError for one speaker twice or a thing said before.
    """
    with store.transaction():
        first, second = sorted(speaker.id for speaker in _two(store, a, b))
        if (first, second) in store.distinct_pairs([first]):
            raise UsageError("These two were told apart already", "See `claimtrack speakers decisions`")
        payload = {"speaker": first, "other": second}
        return Ruler(store, reviewer, note, leave).decide(DecisionKind.DISTINCT, payload, (first, second))


def _two(store: Store, a: str, b: str) -> tuple[SpeakerView, SpeakerView]:
    one, other = store.find_speaker(a, exact=True), store.find_speaker(b, exact=True)
    if one.id == other.id:
        raise UsageError(
            f"{a!r} and {b!r} are one speaker: {one.name} ({one.id})", "Name two that lists show apart"
        )
    return one, other


def _may_be_one(store: Store, gone: SpeakerView, kept: SpeakerView) -> None:
    if (gone.kind in _SINGLE) != (kept.kind in _SINGLE):
        raise UsageError(f"{gone.name} ({gone.kind}) and {kept.name} ({kept.kind}) are of two kinds", _FORCE)
    if store.distinct_pairs([gone.id]) & {(min(gone.id, kept.id), max(gone.id, kept.id))}:
        raise UsageError(
            f"{gone.name} and {kept.name} were told apart",
            f"Undo that first (see `claimtrack speakers decisions`). {_FORCE}",
        )


def _claims_of(store: Store, person: SpeakerView, wanted: Sequence[str]) -> list[str]:
    """The keys of claims that are all this speaker's."""
    found = {key: store.get(key) for key in wanted}
    claims = [view for view in found.values() if isinstance(view, ClaimView)]
    if not wanted or len(claims) < len(found):
        other = next((key for key, view in found.items() if not isinstance(view, ClaimView)), "")
        raise NotFoundError(
            f"{other!r} is no claim", f"See `claimtrack claims --speaker {person.id}`: claims begin with c"
        )
    strange = [claim for claim in claims if claim.speaker_id != person.id]
    if strange:
        named = ", ".join(f"{claim.id} ({claim.speaker})" for claim in strange[:_WRONG_CLAIMS])
        more = f" and {len(strange) - _WRONG_CLAIMS} more" if len(strange) > _WRONG_CLAIMS else ""
        raise UsageError(
            f"Not said by {person.name}: {named}{more}", f"See `claimtrack claims --speaker {person.id}`"
        )
    return sorted({claim.id for claim in claims})


def _make(store: Store, name: str, kind: SpeakerKind, claims: Sequence[str]) -> str:
    """A speaker whom nothing but people's decisions leads to; returns its key."""
    known = store.called(name)
    if known:
        raise UsageError(
            f"{name!r} is the name of {', '.join(known)} already", "Give it with --to, or choose another name"
        )
    key = "s" + digest("split", name, *claims)[:12]
    store.put_speaker(Speaker(key, name, kind), ())
    return key
