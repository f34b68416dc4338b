from claimtrack.relations.roles import compare_subjects, same_main_verb


def test_subjects_meet_by_word_or_meaning(claim):
    one = claim("x", subject=("doctor",), article="1")
    assert compare_subjects(one, claim("y", subject=("physician",))) == 1
    assert compare_subjects(one, claim("y", subject=("zeppelin",))) == -1


def test_a_pronoun_says_nothing_of_who(claim):
    assert compare_subjects(claim("x", subject=("he",)), claim("y", subject=("doctor",))) == 0


def test_be_and_have_are_no_deed(claim):
    assert same_main_verb(claim("x", verb="buy"), claim("y", verb="purchase"))
    assert not same_main_verb(claim("x", verb="be"), claim("y", verb="be"))
    assert not same_main_verb(claim("x", verb="buy"), claim("y", verb="burn"))
