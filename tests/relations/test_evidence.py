import pytest

from claimtrack.relations.evidence import weigh


def test_notes_say_in_words_what_single_signals_measured(claim):
    one = claim("Okafor sold the zeppelin", names=("okafor",))
    other = claim("Okafor denied that the zeppelin was sold", names=("okafor",), speaker="Ben Okafor")
    notes = weigh(one, other).notes()
    assert notes["denial"] == "affirms / refutes"
    assert "number" not in notes
    assert all(notes.values())


def test_a_denial_must_tell_what_it_denies(claim):
    free = claim("Okafor will breathe new life into the yard", names=("okafor",), verb="breathe")
    gasp = claim("I can not breathe", negated=True, verb="breathe", subject=("i",), speaker="Ben Silva")
    assert weigh(free, gasp).answers == 0


@pytest.mark.parametrize("texts", [("", ""), ("zeppelin", ""), ("no", "not")])
def test_empty_claims_are_measured_too(claim, texts):
    one, other = (claim(t, article=str(i)) for i, t in enumerate(texts))
    seen = weigh(one, other)
    assert seen.coverage.shared == 0
    assert seen.overlap.names == 0
