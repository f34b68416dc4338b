"""Claims are found again by their words and surroundings, and only the same words are the same claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.fuzz import ratio

from claimtrack.claims.anchors import Anchored, Fate, Passage, anchor, passage_of
from claimtrack.records import Span, Stance

OLD = "Mayor Holt said: “The pier is safe.” Later: “The pier is safe.” Brandt denied that it is open."


def passage(key: str, body: str, words: str, nth: int = 0, **other: object) -> Passage:
    start = -1
    for _ in range(nth + 1):
        start = body.index(words, start + 1)
    facts = {"speaker": "Ines Holt", "stance": Stance.ASSERTS} | other
    return passage_of(key, body, [Span(start, start + len(words))], **facts)  # type: ignore[arg-type]


def fates(found: list[object]) -> list[tuple[str, str | None, str]]:
    return [(a.old.claim, a.new.claim if a.new else None, str(a.fate)) for a in found]  # type: ignore[attr-defined]


def test_the_same_words_further_down_are_the_same_claim() -> None:
    new = "A new first paragraph.\n\n" + OLD
    old, moved = passage("old", OLD, "“The pier is safe.”"), passage("new", new, "“The pier is safe.”")
    assert fates(anchor([old], [moved])) == [("old", "new", "kept")]


def test_words_that_stand_twice_are_told_apart_by_what_is_around_them() -> None:
    new = OLD.replace("Mayor Holt said: “The pier is safe.” ", "")
    olds = [passage("first", OLD, "“The pier is safe.”"), passage("second", OLD, "“The pier is safe.”", 1)]
    assert fates(anchor(olds, [passage("new", new, "“The pier is safe.”")])) == [
        ("first", None, "gone"),
        ("second", "new", "kept"),
    ]


def test_other_words_in_the_same_place_are_an_edit() -> None:
    new = OLD.replace("“The pier is safe.”", "“The pier is nearly safe.”", 1)
    found = anchor(
        [passage("old", OLD, "“The pier is safe.”")], [passage("new", new, "“The pier is nearly safe.”")]
    )
    assert fates(found) == [("old", "new", "edited")]


def test_the_same_words_by_somebody_else_or_denied_are_no_longer_the_same_claim() -> None:
    old = passage("old", OLD, "it is open")
    for other in ({"speaker": "Tomas Brandt"}, {"stance": Stance.DENIES}):
        assert fates(anchor([old], [passage("new", OLD, "it is open", **other)])) == [
            ("old", "new", "edited")
        ]


def test_other_words_elsewhere_are_another_claim() -> None:
    new = "The weather will be fine on Sunday, said the office."
    other = passage("new", new, "The weather will be fine on Sunday")
    assert fates(anchor([passage("old", OLD, "it is open")], [other])) == [("old", None, "gone")]


texts = st.text("ab “”.", min_size=1, max_size=12)
many = st.lists(
    st.builds(Passage, texts, texts, texts, st.sampled_from(Stance), st.integers(0, 9), texts, texts)
)


@given(many, many)
def test_every_old_claim_has_one_fate_and_no_new_one_is_given_twice(
    old: list[Passage], new: list[Passage]
) -> None:
    old, new = list(dict.fromkeys(old)), list(dict.fromkeys(new))
    found = anchor(old, new)
    assert sorted(a.old.claim for a in found) == sorted(p.claim for p in old)
    given_to = [id(a.new) for a in found if a.new]
    assert len(given_to) == len(set(given_to))
    assert all((a.new is None) == (a.fate is Fate.GONE) for a in found)
    kept = [a for a in found if a.fate is Fate.KEPT]
    assert all(a.new is not None and a.old.words == a.new.words for a in kept)


def by_all_pairs(older: Sequence[Passage], newer: Sequence[Passage]) -> list[Anchored]:
    """What `anchor` is to find, by comparing every claim with every other."""

    def around(old: Passage, new: Passage) -> float:
        return (ratio(old.before, new.before) + ratio(old.after, new.after)) / 2

    def may_be(old: Passage, new: Passage) -> bool:
        words = ratio(old.words, new.words)
        return words >= 80 or (words >= 55 and around(old, new) >= 40)

    def is_same(old: Passage, new: Passage) -> bool:
        return (old.words, old.speaker, old.stance) == (new.words, new.speaker, new.stance)

    left, open_ = (sorted(some, key=lambda p: (p.start, p.claim)) for some in (older, newer))
    found = []
    for fate, alike in ((Fate.KEPT, is_same), (Fate.EDITED, may_be)):
        pairs = [
            (-ratio(old.words, new.words) - around(old, new), old.start, new.start, old, new)
            for old in left
            for new in open_
            if alike(old, new)
        ]
        for *_, old, new in sorted(pairs, key=lambda pair: pair[:3]):
            if old in left and new in open_:
                left.remove(old)
                open_.remove(new)
                found.append(Anchored(old, new, fate))
    found += (Anchored(old, None, Fate.GONE) for old in left)
    return sorted(found, key=lambda anchored: (anchored.old.start, anchored.old.claim))


@given(many, many)
def test_what_is_found_is_what_comparing_all_with_all_finds(old: list[Passage], new: list[Passage]) -> None:
    named = [[replace(p, claim=f"{n:03}") for n, p in enumerate(some)] for some in (old, new)]
    assert anchor(*named) == by_all_pairs(*named)


sentences = st.lists(st.sampled_from(OLD.split()), min_size=2, max_size=7).map(" ".join)
alike = st.lists(
    st.builds(
        Passage,
        texts,
        sentences,
        st.sampled_from("ab"),
        st.just(Stance.ASSERTS),
        st.integers(0, 9),
        sentences,
        sentences,
    ),
    max_size=12,
)


@given(alike, alike, st.data())
def test_so_it_is_with_texts_that_share_most_of_their_claims(
    old: list[Passage], new: list[Passage], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.sampled_from(old), max_size=12)) if old else []
    named = [[replace(p, claim=f"{n:03}") for n, p in enumerate(some)] for some in (old, [*new, *kept])]
    assert anchor(*named) == by_all_pairs(*named)
