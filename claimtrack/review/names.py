"""What a speaker is called: the name that is shown, and other names that lead to it."""

from __future__ import annotations

from claimtrack.errors import NotFoundError, UsageError
from claimtrack.review.changes import Change, Rejudge, Ruler, leave
from claimtrack.store import Store
from claimtrack.store.codec import folded
from claimtrack.store.views import DecisionKind, SpeakerView

LONGEST = 200  # characters of a name that a person may give


def rename_speaker(store: Store, a: str, name: str, reviewer: str, note: str = "") -> Change:
    """Show a speaker by another name; who it is does not change, and the names in the texts still lead to it.

    Raises NotFoundError for nobody or several, and UsageError for a name that another one has.
    """
    name = clean_name(name)
    with store.transaction():
        person = store.find_speaker(a, exact=True)
        if name == person.name:
            raise UsageError(f"{person.id} is called {name!r} already", "Give another name")
        others = [key for key in store.called(name) if key != person.id]
        if others:
            raise UsageError(
                f"{name!r} is the name of {', '.join(others)}",
                f"Choose a name that tells them apart, or: claimtrack speakers merge {person.id} {others[0]}",
            )
        payload = {"speaker": person.id, "name": name}
        return Ruler(store, reviewer, note, leave).decide(DecisionKind.RENAME, payload, (person.id,))


def add_alias(
    store: Store, speaker: str, name: str, reviewer: str, note: str = "", rejudge: Rejudge = leave
) -> Change:
    """Say that who is called `name` in a text, and nothing fuller there, is this speaker.

    It holds for texts to come and for those that are there, and goes before what linking finds.  Raises
    NotFoundError for nobody or several, and UsageError where people gave the name to somebody already.
    """
    name = clean_name(name)
    with store.transaction():
        person = store.find_speaker(speaker, exact=True)
        given = store.given(name)
        if given is not None:
            raise UsageError(
                f"{name!r} was given to {given.owner} already",
                f"Take it from there first: claimtrack speakers undo {given.decision}",
            )
        if folded(name) == folded(person.name):
            raise UsageError(f"{person.id} is called {name!r} already", "Give another name")
        payload = {"speaker": person.id, "name": name}
        return Ruler(store, reviewer, note, rejudge).decide(DecisionKind.ADD_ALIAS, payload, (person.id,))


def remove_alias(
    store: Store, speaker: str, name: str, reviewer: str, note: str = "", rejudge: Rejudge = leave
) -> Change:
    """Say that `name` is no name of this speaker: it is not listed, and links nobody to it by itself.

    Raises NotFoundError for nobody or several and for a name it does not go by, UsageError for the name
    it is shown by.
    """
    name = clean_name(name)
    with store.transaction():
        person = store.find_speaker(speaker, exact=True)
        _refuse_main(person, name)
        if folded(name) not in map(folded, person.aliases):
            names = ", ".join(person.aliases) or "nothing else"
            raise NotFoundError(f"{person.name} does not go by {name!r}", f"It also goes by: {names}")
        payload = {"speaker": person.id, "name": name}
        return Ruler(store, reviewer, note, rejudge).decide(DecisionKind.REMOVE_ALIAS, payload, (person.id,))


def clean_name(name: str) -> str:
    """A name as a person gives it, with single spaces; UsageError for what cannot be one."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise UsageError(
            "That is no name" if name else "The name is empty", f"Give one line of up to {LONGEST} characters"
        )
    return name


def _refuse_main(person: SpeakerView, name: str) -> None:
    if folded(name) == folded(person.name):
        raise UsageError(
            f"{name!r} is the name that {person.id} is shown by",
            f"Show another: claimtrack speakers rename {person.id} NAME",
        )
