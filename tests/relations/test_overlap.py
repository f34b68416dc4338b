import pytest

from claimtrack.relations.overlap import near_copy, overlap, wording


def test_shared_units_cover_both_claims(claim):
    one = claim("Okafor sells the zeppelin", names=("okafor",))
    other = claim("The zeppelin of Ben Okafor was sold", names=("ben okafor",), speaker="Lena Duarte")
    found = overlap(one, other)
    assert found.names == 1.0
    assert found.topics > 1.0
    assert found.cover_a == pytest.approx(1.0)


def test_what_stands_around_counts_half(claim):
    one = claim("the price was agreed", speaker="", context=("zeppelin",))
    other = claim("zeppelin", speaker="")
    found = overlap(one, other)
    assert not found.shared
    assert found.context == 1.0
    assert found.cover_b == pytest.approx(0.5)


def test_nothing_in_common_covers_nothing(claim):
    found = overlap(claim("zeppelin", speaker=""), claim("harbour", speaker=""))
    assert (found.cover_a, found.cover_b, found.topics) == (0.0, 0.0, 0.0)


def test_wording_ignores_order_and_extra_words(claim):
    one = claim("the ferry sank near the pier")
    other = claim("near the pier the ferry sank on Monday night")
    assert wording(one, other) == 1.0
    assert near_copy(one, other) == 0.0  # too short to be known as a copy


def test_a_wire_sentence_with_one_word_changed_is_a_near_copy(claim):
    one = claim("the ferry sank near the old pier shortly after midnight on Monday")
    other = claim("the ferry sank near the old pier shortly after midnight on Sunday")
    assert near_copy(one, other) > 0.9
