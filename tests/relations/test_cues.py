import pytest

from claimtrack.records import Stance
from claimtrack.relations.cues import Cues, cues_of


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("the port is open", Cues(negating=False, refuting=False, hedging=False)),
        ("the port isn’t open", Cues(negating=True, refuting=False, hedging=False)),
        ("the story of the port is a hoax", Cues(negating=False, refuting=True, hedging=False)),
        ("the port may reportedly open", Cues(negating=False, refuting=False, hedging=True)),
        ("is the port open?", Cues(negating=False, refuting=False, hedging=True)),
        ("nobody denied that the notes were noted", Cues(negating=True, refuting=True, hedging=False)),
    ],
)
def test_signs_stand_in_the_words(claim, text, cues):
    assert cues_of(claim(text)) == cues


def test_a_source_that_denies_refutes(claim):
    assert cues_of(claim("the port is open", stance=Stance.DENIES)).refuting
