"""The names under which organisations, countries, capitals and seats of power are kept."""

from __future__ import annotations

from claimtrack.knowledge import Knowledge, MetonymKind
from claimtrack.records import SpeakerKind


def known_aliases(name: str, knowledge: Knowledge) -> list[str]:
    """Other names of an institution or a seat, so that its forms meet across articles."""
    metonym = knowledge.metonym(name)
    if metonym is not None and metonym.kind in (MetonymKind.INSTITUTION, MetonymKind.SEAT):
        return [metonym.stands_for]
    return []


def canonical(name: str, kind: SpeakerKind, knowledge: Knowledge) -> tuple[str, SpeakerKind]:
    """The name under which an organisation or a metonym is kept, and its kind; else both unchanged.

    Outlets have the name that the starting knowledge gives them.  A country keeps its own name and so
    does a seat ("Elysee"), which speaks for one office; a capital speaks for the government.  Other
    institutions keep the fullest name the article has.
    """
    outlet = knowledge.outlet_of_name(name)
    if outlet is not None:
        return outlet.name, SpeakerKind.ORGANISATION
    metonym = knowledge.metonym(name)
    if metonym is None:
        return name, kind
    if metonym.kind is MetonymKind.INSTITUTION:
        return name, SpeakerKind.GOVERNMENT if metonym.country else SpeakerKind.ORGANISATION
    if metonym.kind is MetonymKind.CAPITAL:
        return metonym.stands_for, SpeakerKind.GOVERNMENT
    if metonym.kind is MetonymKind.COUNTRY:
        return metonym.country or metonym.metonym, SpeakerKind.GOVERNMENT
    return metonym.metonym.removeprefix("The "), SpeakerKind.GOVERNMENT
