from claimtrack.records import SpeakerKind
from claimtrack.relations.origins import channel, same_speaker


def test_one_named_speaker_is_the_same_and_unnamed_ones_never(claim):
    assert same_speaker(claim("x"), claim("y"))
    assert not same_speaker(claim("x"), claim("y", speaker="Ben Okafor"))
    officials = [claim(t, speaker="officials", speaker_kind=SpeakerKind.GROUP) for t in "xy"]
    assert not same_speaker(*officials)


def test_a_speaker_who_is_the_others_relay_or_outlet_passed_it_on(claim):
    source = claim("x", speaker="a person", speaker_kind=SpeakerKind.UNNAMED, relays=("Gazeta",))
    paper = claim("y", speaker="Gazeta", speaker_kind=SpeakerKind.ORGANISATION)
    assert channel(source, paper) == channel(paper, source) == "Gazeta"
    printed = claim("z", speaker="Ben Okafor", outlet="Gazeta")
    assert channel(printed, paper) == "Gazeta"


def test_unnamed_sources_through_one_relay_are_one_and_named_ones_are_not(claim):
    hidden = [claim(t, speaker=t, speaker_kind=SpeakerKind.UNNAMED, relays=("Gazeta",)) for t in "xy"]
    assert channel(*hidden) == "Gazeta"
    named = [claim(t, speaker=t, relays=("Gazeta",)) for t in "xy"]
    assert channel(*named) == ""
