from claimtrack.relations.referents import (
    compare_ordinals,
    compare_places,
    opposed_words,
    ordinals_of,
    strangers,
)


def test_ordinals_rank_the_nouns_after_them(claim):
    assert ordinals_of(claim("a third harbour strike"))["harbour"] == 3
    assert ordinals_of(claim("the 2nd summit"))["meet"] == 2
    assert not ordinals_of(claim("in the second half of April"))


def test_ordinals_tell_apart(claim):
    second, third = claim("the second strike"), claim("a third strike")
    assert compare_ordinals(second, third)[0] == -1.0
    assert compare_ordinals(second, claim("a second harbour strike"))[0] == 1.0
    assert compare_ordinals(second, claim("a strike"))[0] == -0.5
    assert compare_ordinals(second, claim("a ferry"))[0] == 0.0


def test_strangers_are_people_on_both_sides(claim):
    duarte = claim("Okafor will meet Duarte", names=("okafor", "duarte"))
    silva = claim("Okafor will meet Silva", names=("okafor", "silva"))
    assert strangers(duarte, silva) == 1.0
    assert strangers(duarte, claim("Okafor will travel", names=("okafor",))) == 0.0
    assert strangers(duarte, claim("Okafor in Porto", names=("okafor",), places=("porto",))) == 0.0
    assert (
        strangers(duarte, claim("I meet Okafor and Silva", names=("okafor", "silva"), speaker="Duarte"))
        == 0.0
    )


def test_places_lie_apart_unless_the_surroundings_join_them(claim):
    porto, faro = claim("in Porto", places=("porto",)), claim("in Faro", places=("faro",))
    assert compare_places(porto, faro) == -1.0
    assert compare_places(porto, claim("Porto", places=("porto",))) == 1.0
    assert compare_places(claim("in Porto", places=("porto",), context=("faro",)), faro) == 0.0
    assert compare_places(porto, claim("nowhere")) == 0.0


def test_opposed_words_and_their_exception(claim):
    freed = claim("the sailors were released", lemmas={"released": "release"})
    held = claim("the sailors remain in detention")
    assert opposed_words(freed, held)[0] == -1.0
    both = claim("released after a week in detention", lemmas={"released": "release"})
    assert opposed_words(both, held)[0] == 0.0
