"""The archive's speakers are those of grouping everything at once, however its articles came in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.linking import link_speakers, relink
from claimtrack.records import Article, Resolution, Speaker, SpeakerKind
from claimtrack.speakers import combine, group, identify
from claimtrack.store import Store

NAMES = {
    SpeakerKind.PERSON: (
        "Ida Brandt", "Karl Brandt", "K. Brandt", "Brandt", "Ida J. Brandt", "Ida K. Brandt", "Brandt Jr.",
        "Ida Brandt Jr.", "Han Sung-min", "Han", "Min", "Han Ji-woo", "Han Sung Min", "Bob Smith",
        "Robert Smith", "Smith", "German chancellor", "German leader", "Norwegian Prime Minister",
    ),
    SpeakerKind.ORGANISATION: (
        "World Seed Organization", "WSO", "World Sugar Office", "Globex Corp", "Globex", "Chile's Ministry",
        "Chilean Ministry",
    ),
    SpeakerKind.GROUP: ("officials",),
}  # fmt: skip
ROLES = (
    "German chancellor",
    "Norwegian Prime Minister",
    "striker",
    "mayor",
    "Peruvian judge",
    "British actress",
)


@st.composite
def mentions(draw: st.DrawFn) -> Resolution:
    kind = draw(st.sampled_from(list(NAMES)))
    name = draw(st.sampled_from(NAMES[kind]))
    roles = draw(st.lists(st.sampled_from(ROLES), max_size=2)) if kind is SpeakerKind.PERSON else []
    aliases = draw(st.lists(st.sampled_from(["WSO"]), max_size=1)) if kind is SpeakerKind.ORGANISATION else []
    title = draw(st.sampled_from(["", "Mr. ", "Mrs. "]))
    return Resolution(name, kind, title + name, "name", 1.0, tuple(roles), tuple(aliases))


DAYS = st.none() | st.dates(date(2010, 1, 1), date(2022, 1, 1))
ARTICLES = st.lists(st.tuples(DAYS, st.lists(mentions(), min_size=1, max_size=4)), max_size=8)
Archive = Sequence[tuple[Article, list[Resolution]]]


class UndoneError(Exception):
    """Takes back what an example wrote."""


@contextmanager
def undone(store: Store) -> Iterator[None]:
    try:
        with store.transaction():
            yield
            raise UndoneError
    except UndoneError:
        pass


def archive_of(drawn: Sequence[tuple[date | None, list[Resolution]]]) -> Archive:
    return [(Article(f"Text {i}.", f"{i}.txt", published=day), found) for i, (day, found) in enumerate(drawn)]


def at_once(archive: Archive) -> dict[str, str]:
    """The leader of each persona when all are grouped together."""
    known: dict[str, Speaker] = {}
    for article, found in archive:
        for persona in (identify(resolution, article) for resolution in found):
            known[persona.key] = combine(known.get(persona.key, persona), persona)
    return {key: leader.key for key, leader in group(known.values()).items()}


def stored(store: Store, keys: Sequence[str] | dict[str, str]) -> dict[str, str]:
    return {key: getattr(store.get(key), "id", "") for key in keys}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=ARTICLES, data=st.data())
def test_any_order_of_arrival_gives_the_same_speakers(
    store: Store, drawn: list[tuple[date | None, list[Resolution]]], data: st.DataObject
) -> None:
    archive = archive_of(drawn)
    expected = at_once(archive)
    with undone(store):
        for article, found in data.draw(st.permutations(archive)):
            link_speakers(store, found, article, article.key)
        assert stored(store, expected) == expected
        for article, found in archive:  # once more adds nothing
            _, moved = link_speakers(store, found, article, article.key)
            assert moved == {}
        assert stored(store, expected) == expected
        assert relink(store) == {}
        assert stored(store, expected) == expected
