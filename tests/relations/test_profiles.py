from claimtrack.records import SpeakerKind
from claimtrack.relations.profiles import NAME_WEIGHT, PLACE_WEIGHT, around, holds, profile_of, same


def unit(profile, text):
    return next(u for u in profile.units if u.text == text)


def test_names_count_once_and_places_count_less(claim):
    made = claim("Vidal meets Okafor in Porto", names=("vidal", "okafor"), places=("porto",))
    profile = profile_of(made)
    assert unit(profile, "vidal").weight == NAME_WEIGHT
    assert unit(profile, "porto").weight == PLACE_WEIGHT
    assert [u.text for u in profile.units if not u.is_name] == ["meets"]


def test_figures_hedges_and_ranks_are_no_topics(claim):
    assert not profile_of(claim("possibly two million second")).units


def test_a_name_is_the_same_in_short_in_long_and_as_initials(claim):
    profile = profile_of(
        claim("x", names=("okafor", "ben okafor", "world zeppelin office", "wzo", "lena okafor"))
    )
    short, long, office, initials, sister = profile.units
    assert same(short, long)
    assert same(long, short)
    assert same(office, initials)
    assert not same(long, sister)


def test_the_speaker_stands_in_the_surroundings(claim):
    named = profile_of(claim("we sell", speaker="Zeppelin Works"))
    assert "zeppel" in named.context
    hidden = profile_of(
        claim("we sell", speaker="a senior zeppelin official", speaker_kind=SpeakerKind.UNNAMED)
    )
    assert "zeppel" not in hidden.context


def test_a_unit_is_found_in_the_surroundings_by_concept(claim):
    here = profile_of(claim("the purchase"))
    there = profile_of(claim("it", context=("takeover",)))
    assert around(unit(here, "purchase"), there.context)


def test_common_words_are_no_surroundings(claim):
    assert not profile_of(claim("it", speaker="", context=("say", "year"))).context


def test_a_people_is_a_place_not_a_topic(claim):
    profile = profile_of(claim("The Maltese harbour"))
    assert unit(profile, "maltese").weight == PLACE_WEIGHT
    assert unit(profile, "maltese").is_name
    assert not unit(profile, "harbour").is_name


def test_a_claim_holds_a_unit_that_is_the_same_as_one_of_its_own(claim):
    one = profile_of(claim("the UN negotiated with the envoy", names=("un", "rae vidal")))
    other = profile_of(claim("Vidal sat in the negotiation", names=("vidal", "united nations")))
    for mine, theirs in ((one, other), (other, one)):
        held = [holds(theirs, unit) for unit in mine.units]
        assert held == [any(same(unit, found) for found in theirs.units) for unit in mine.units]
        assert any(held)
