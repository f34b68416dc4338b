from claimtrack.relations.stories import one_story, story


def test_surroundings_make_one_story_of_claims_that_share_no_word(claim):
    around = ("zeppelin", "quarry", "inferno", "aerostat")
    one, other = claim("it burned down", context=around), claim("nobody was hurt", context=around)
    assert one_story(one, other)
    assert not one_story(one, claim("nobody was hurt", context=("election", "senate")))


def test_the_same_words_are_of_one_story_whatever_stands_around(claim):
    said = "the zeppelin burned near the basalt quarry of Lomma"
    assert one_story(claim(said, context=("gala", "opera")), claim(said, context=("senate", "ballot")))


def test_likeness_is_a_share_without_sides(claim):
    one, other = claim("the zeppelin burned", context=("quarry",)), claim("the zeppelin flew")
    assert story(one, other) == story(other, one)
    assert 0 < story(one, other) < 1
    assert round(story(one, one), 6) == 1
    assert story(claim(""), claim("")) == 0
