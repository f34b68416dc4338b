from claimtrack.records import Kind
from claimtrack.relations.quoting import quoted_words, shared_quotation


def test_direct_speech_is_quoted_whole_and_mixed_in_part(claim):
    assert quoted_words(claim("We sail at dawn", kind=Kind.DIRECT)) == ("we", "sail", "at", "dawn")
    assert quoted_words(claim("they sail “at dawn” tomorrow", kind=Kind.MIXED)) == ("at", "dawn")
    assert quoted_words(claim("they sail at dawn")) == ()


def test_the_longest_shared_run_counts(claim):
    one = claim("We sail at dawn with the tide", kind=Kind.DIRECT)
    other = claim('they "sail at dawn with" two boats', kind=Kind.MIXED)
    assert shared_quotation(one, other) == 4
    assert shared_quotation(one, claim("sail at dawn with the tide")) == 0
