from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.relations.vocabulary import (
    compare_figures,
    compare_vocabularies,
    shared_rarity,
    vocabulary_of,
)
from tests.relations.conftest import make_claim

WORDS = st.lists(
    st.sampled_from(
        ["zeppelin", "yard", "open", "shut", "the", "doctor", "physician", "12", "13", "and", "accept"]
    ),
    max_size=8,
)


def compare(one, other):
    return compare_vocabularies(vocabulary_of(one), vocabulary_of(other))


def test_the_longer_claim_is_less_covered(claim):
    found = compare(claim("the zeppelin burned"), claim("the zeppelin burned at the old quarry"))
    assert found.a == 1.0
    assert 0 < found.b < 1


def test_a_synonym_counts_nearly_as_the_word(claim):
    same = compare(claim("the physician"), claim("the physician"))
    synonym = compare(claim("the physician"), claim("the doctor"))
    other = compare(claim("the physician"), claim("the zeppelin"))
    assert same.a > synonym.a > other.a == 0


def test_antonyms_count_where_neither_claim_has_both(claim):
    assert compare(claim("they accept the plan"), claim("they refuse the plan")).opposed == (
        "accept",
        "refus",
    )
    assert compare(claim("they accept the plan"), claim("they accept or refuse the plan")).opposed is None


def test_written_figures_meet_or_do_not(claim):
    def figures(one, other):
        return compare_figures(
            *(vocabulary_of(replace(claim("x"), normalised=text)) for text in (one, other))
        )

    assert figures("12 boats sank", "at 12 sharp") == 1
    assert figures("12 boats sank", "13 boats sank") == -1
    assert figures("12 boats sank", "boats sank") == 0


@given(WORDS, WORDS)
def test_coverage_is_a_share_and_has_no_favourite_side(ones, others):
    a, b = make_claim(" ".join(ones), article="1"), make_claim(" ".join(others), article="2")
    there, back = compare(a, b), compare(b, a)
    assert (there.a, there.b, there.shared) == (back.b, back.a, back.shared)
    assert 0 <= there.a <= 1
    assert 0 <= there.rarest <= 1


@given(WORDS, WORDS)
def test_the_quick_measure_is_that_of_the_whole_comparison(ones, others):
    one, other = (make_claim(" ".join(words)) for words in (ones, others))
    assert shared_rarity(one, other) == compare(one, other).shared == shared_rarity(other, one)
