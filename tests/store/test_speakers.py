from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from claimtrack.errors import NotFoundError
from claimtrack.records import Kind
from claimtrack.store import Store
from tests.store.build import COUNCIL, MAYOR, make_article, make_claim, put

TEXT = "Quill of the Council said the bridge is open, and the road is shut."


@pytest.fixture
def archive(store: Store) -> Store:
    one, two = make_article(TEXT, "1.txt", day=1), make_article(TEXT, "2.txt", "Hill Gazette", day=5)
    put(store, one, make_claim(one, "the bridge is open"), make_claim(one, "the road is shut", COUNCIL))
    put(store, two, make_claim(two, "the bridge is open"))
    return store


def test_speakers_are_counted_and_dated(archive: Store) -> None:
    first, second = archive.speakers()
    assert (first.name, first.claims, first.outlets) == ("Ada Quill", 2, 2)
    assert (first.first, first.last) == (date(2021, 3, 1), date(2021, 3, 5))
    assert (first.aliases, first.roles) == (("Mayor Quill",), ("mayor",))
    assert (second.name, second.claims) == ("Harbour Council", 1)
    assert [view.name for view in archive.speakers(search="mayor")] == ["Ada Quill"]
    assert [view.name for view in archive.speakers(limit=1)] == ["Ada Quill"]


@pytest.mark.parametrize(
    "name", ["Ada Quill", "ada  quill", "Mayor Quill", "quill", "Ada Quil", "a Qui", MAYOR.key]
)
def test_a_speaker_is_found_by_name_part_alias_key_or_with_a_slip(archive: Store, name: str) -> None:
    assert archive.find_speaker(name).id == MAYOR.key


@pytest.mark.parametrize(("name", "hint"), [("Quilla", "Ada Quill"), ("Harber", "Harbour Council")])
def test_a_speaker_that_is_not_sure_is_only_proposed(archive: Store, name: str, hint: str) -> None:
    with pytest.raises(NotFoundError, match=f"Did you mean .*{hint}"):
        archive.find_speaker(name)


def test_a_speaker_who_is_known_better_keeps_the_key(archive: Store) -> None:
    better = replace(MAYOR, name="Ada M. Quill", aliases=("Ada Quill", "Mayor Quill"))
    with archive.transaction():
        archive.put_speaker(better, ["ada m. quill"])
        archive.refresh_speakers([better.key])
    assert archive.personas([better.key]) == {better.key: better}
    assert archive.speakers_under(["ada m. quill", "quill"]) == {
        "ada m. quill": [better.key],
        "quill": [better.key],
    }
    assert archive.find_speaker("Ada Quill").name == "Ada M. Quill"


def test_a_speaker_without_a_date_has_no_first_and_last(store: Store) -> None:
    article = make_article(TEXT, day=None)
    put(store, article, make_claim(article, "the bridge is open"))
    (view,) = store.speakers()
    assert (view.first, view.last, view.claims) == (None, None, 1)


def test_outlets_that_speak_for_themselves_are_listed_when_asked_for(store: Store) -> None:
    article = make_article(TEXT, "own.txt")
    own, said = make_claim(article, "the road is shut", COUNCIL), make_claim(article, "the bridge is open")
    own = replace(own, attribution=replace(own.attribution, kind=Kind.OWN_VOICE))
    put(store, article, own, said)
    assert [view.name for view in store.speakers()] == [said.speaker.name]
    assert {view.name for view in store.speakers(own_voice=True)} == {own.speaker.name, said.speaker.name}
