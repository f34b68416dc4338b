"""Where each speaker row stands: leaders, given names and merges, worked out without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claimtrack.records import SpeakerKind
from claimtrack.store.codec import folded
from claimtrack.store.tables import Says
from claimtrack.store.unions import Unions

# A name given to nobody in particular ("officials") is no name that a person could give to somebody.
_NAMED_KINDS = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.GOVERNMENT)


@dataclass(frozen=True, slots=True)
class Member:
    """A speaker row: its own name, the leader of its group, and what was last known of its place."""

    id: str
    printed: str
    kind: str
    leader: str | None
    effective: str
    shown: str

    @property
    def key(self) -> str:
        """The form in which people's aliases name it; empty where they cannot."""
        return folded(self.printed) if self.kind in _NAMED_KINDS else ""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a decision in force says."""

    number: int
    kind: str
    subject: str
    object: str
    value: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a speaker row counts as, and the name it is shown by."""

    effective: str
    shown: str


def fold(members: Mapping[str, Member], told: Iterable[Told]) -> dict[str, Place]:
    """The place of each member; `members` hold everybody that leaders and rulings of theirs refer to.

    Merges are unions in the order of the decisions, the kept side on top, so no order of deciding and
    undoing can make a circle.  A name that people ruled on takes its persona out of its group.
    """
    rulings = sorted(told, key=lambda ruling: ruling.number)
    names = {r.subject: r for r in rulings if r.kind in (Says.NAMED, Says.NOT_NAMED)}

    def home(key: str) -> str:
        member = members[key]
        rule = names.get(member.key)
        return key if rule is not None and rule.object != key else member.leader or key

    unions = [(r.number, r.object, home(r.subject)) for r in rulings if r.kind == Says.MERGED]
    for member in members.values():
        rule = names.get(member.key)
        if rule is not None and rule.kind == Says.NAMED and rule.object != member.id:
            unions.append((rule.number, rule.object, member.id))
    groups = Unions()
    for _, kept, gone in sorted(unions):
        groups.join(home(kept), gone)
    shown = {home(r.subject): r.value for r in rulings if r.kind == Says.RENAMED}
    return {key: Place(groups.top(home(key)), shown.get(key, m.printed)) for key, m in members.items()}
