from claimtrack.relations.lexicon import antonyms_of, meanings_of, rarity
from claimtrack.relations.words import stem


def test_little_words_are_common_and_unlisted_ones_rare():
    assert rarity(stem("said")) == 0
    assert rarity("zzyzx") == 1
    assert 0 < rarity(stem("summit")) < 1


def test_synonyms_share_a_meaning():
    assert meanings_of(stem("physician")) & meanings_of(stem("doctor"))
    assert not meanings_of(stem("physician")) & meanings_of(stem("zeppelin"))


def test_antonyms_know_each_other():
    assert stem("refuse") in antonyms_of(stem("accept"))
    assert stem("accept") in antonyms_of(stem("refuse"))
