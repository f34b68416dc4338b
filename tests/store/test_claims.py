from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from claimtrack.errors import NotFoundError
from claimtrack.store import Store
from tests.store.build import COUNCIL, MAYOR, RIVAL, make_article, make_claim, put

TEXT = "Quill of the Council said the Bridge is 50% open, and that ÄRGER_is over."


@pytest.fixture
def archive(store: Store) -> Store:
    one = make_article(TEXT, "one.txt", day=2)
    two = make_article(TEXT + " Again.", "two.txt", "Hill Gazette", day=1)
    undated = make_article(TEXT + " Some day.", "undated.txt", None, day=None)
    put(store, one, make_claim(one, "the Bridge is 50% open"), make_claim(one, "ÄRGER_is over", COUNCIL))
    put(store, two, make_claim(two, "open", MAYOR, stated_on=date(2020, 12, 31)))
    put(store, undated, make_claim(undated, "50% open", COUNCIL))
    return store


def texts(store: Store, **wanted: object) -> list[str]:
    return [claim.text for claim in store.claims(**wanted)]  # type: ignore[arg-type]


def test_claims_come_by_day_then_place_and_the_undated_last(archive: Store) -> None:
    assert texts(archive) == ["open", "the Bridge is 50% open", "ÄRGER_is over", "50% open"]
    assert texts(archive, limit=1) == ["open"]


def test_claims_by_speaker_outlet_and_article(archive: Store) -> None:
    assert texts(archive, speaker="mayor quill") == ["open", "the Bridge is 50% open"]
    assert texts(archive, speaker=COUNCIL.key) == ["ÄRGER_is over", "50% open"]
    assert texts(archive, speaker=COUNCIL.key[:6]) == ["ÄRGER_is over", "50% open"]
    assert texts(archive, outlet="hill gazette") == ["open"]
    assert texts(archive, article="undated.txt") == ["50% open"]
    (view,) = archive.claims(article="two.txt")
    assert texts(archive, article=view.article_id[:7]) == ["open"]


def test_claims_by_the_day_they_were_stated_else_published(archive: Store) -> None:
    assert texts(archive, since=date(2021, 1, 1)) == ["the Bridge is 50% open", "ÄRGER_is over"]
    assert texts(archive, until=date(2020, 12, 31)) == ["open"]


def test_search_takes_signs_as_they_are_and_case_as_it_comes(archive: Store) -> None:
    assert texts(archive, search="BRIDGE is") == ["the Bridge is 50% open"]
    assert texts(archive, search="50%") == ["the Bridge is 50% open", "50% open"]
    assert texts(archive, search="5%open") == []
    assert texts(archive, search="ärger_") == ["ÄRGER_is over"]
    assert texts(archive, search="r_is") == ["ÄRGER_is over"]
    assert texts(archive, search="e_is") == []


def test_a_name_that_is_not_there_is_told_at_once(archive: Store) -> None:
    with pytest.raises(NotFoundError, match="Did you mean Hill Gazette"):
        archive.claims(outlet="Hill Gazete")
    with pytest.raises(NotFoundError, match="No article is called"):
        archive.claims(article="three.txt")
    with pytest.raises(NotFoundError, match="No speaker is called"):
        archive.claims(speaker="Zzyzx")


def test_a_claim_shows_slices_of_its_article(archive: Store) -> None:
    view = next(iter(archive.claims(search="ärger")))
    body = archive.body(view.article_id)
    assert view.sentence == body == TEXT
    assert (view.mention, view.cue, view.text) == ("Council", "said", "ÄRGER_is over")
    assert [body[s.start : s.end] for s in view.content] == ["ÄRGER_is over"]
    assert (view.outlet, view.path, view.day) == ("Harbour Times", "one.txt", date(2021, 3, 2))
    assert (view.relays, view.resolution_rule, view.extractor) == (("The Wire",), "by name", "test-1")


def test_claims_found_again_are_one_and_those_no_longer_found_are_retired(store: Store) -> None:
    article = make_article(TEXT)
    kept, lost = make_claim(article, "50% open"), make_claim(article, "open")
    put(store, article, kept, lost)
    put(store, article, kept)
    assert [view.id for view in store.claims()] == [kept.key]
    assert store.get(lost.key).retired
    put(store, article, kept, lost)
    assert {view.id for view in store.claims()} == {kept.key, lost.key}
    assert len(store.load_claims([kept.key])[kept.key].relays) == 1


def test_lists_are_read_in_portions_while_others_are_asked(store: Store) -> None:
    for n in range(3):
        article = make_article(" ".join(f"Quill said w{n}x{i}." for i in range(150)), f"{n}.txt")
        put(store, article, *(make_claim(article, f"w{n}x{i}.") for i in range(150)))
    claims = store.claims()
    first = next(claims)
    assert store.body(first.article_id).startswith("Quill")
    assert len({first.id, *(claim.id for claim in claims)}) == 450
    assert sum(len(ids) for ids in store.current_claims()) == 450


def test_two_speakers_may_share_a_last_name(store: Store) -> None:
    article = make_article(TEXT)
    put(store, article, make_claim(article, "open", MAYOR), make_claim(article, "50% open", RIVAL))
    assert set(store.speakers_under(["quill"])["quill"]) == {MAYOR.key, RIVAL.key}
    with pytest.raises(NotFoundError, match=r"Several speakers go by 'Quill'.*Ada Quill \(s"):
        store.find_speaker("Quill")


def test_claims_the_extractor_is_sure_of(store: Store) -> None:
    article = make_article(TEXT, "one.txt")
    sure, unsure = make_claim(article, "the Bridge is 50% open"), make_claim(article, "ÄRGER_is over")
    unsure = replace(unsure, attribution=replace(unsure.attribution, confidence=0.4))
    put(store, article, sure, unsure)
    assert texts(store, min_confidence=0.5) == [sure.text]
    assert len(texts(store, min_confidence=0.4)) == 2
