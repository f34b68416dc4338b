import pytest

from claimtrack.relations.words import concepts_of, exclude, name_token, stem, weight


@pytest.mark.parametrize(
    ("one", "other"),
    [("negotiate", "negotiation"), ("infected", "infection"), ("finalize", "final"), ("employ", "employer")],
)
def test_a_noun_and_its_verb_share_a_stem(one, other):
    assert stem(one) == stem(other)


def test_short_words_keep_their_ending():
    assert stem("ring") == "ring"
    assert stem("class") == "class"


@pytest.mark.parametrize(
    ("country", "people"),
    [
        ("norway", "norwayan"),
        ("brazil", "brazilian"),
        ("china", "chinese"),
        ("canada", "canadians"),
        ("kuwait", "kuwaiti"),
    ],
)
def test_country_and_people_share_a_token(country, people):
    assert name_token(country) == name_token(people)


def test_possessives_and_stops_go_from_names():
    assert name_token("vidal's") == name_token("vidal")
    assert name_token("corp.") == name_token("corp")


def test_words_of_one_concept_meet():
    assert concepts_of("purchase") & concepts_of("takeover")
    assert concepts_of("summit") & concepts_of("meet")
    assert not concepts_of("purchase") & concepts_of("funeral")


def test_an_unknown_word_is_its_own_concept():
    assert concepts_of("zeppelin") == {"zeppelin"}


def test_common_words_weigh_little_and_rare_ones_fully():
    assert weight("year") < 0.3
    assert weight("zeppelin") == 1.0


def test_exclusion_goes_by_concept_and_both_ways():
    freed, jailed = concepts_of("liberate"), concepts_of("detention")
    assert exclude(freed, jailed)
    assert exclude(jailed, freed)
    assert not exclude(freed, concepts_of("release"))
    assert not exclude(concepts_of("bridge"), jailed)
