"""Claims are found again by their words and surroundings, and only the same words are the same claim."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.claims.anchors import Fate, Passage, anchor, passage_of
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
