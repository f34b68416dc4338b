from dataclasses import replace

from claimtrack.relations.memory import once_a_claim


def test_a_measure_is_taken_once_a_claim_and_not_carried_to_a_changed_one(claim):
    taken = []

    @once_a_claim
    def length(made):
        taken.append(made.text)
        return len(made.text)

    first = claim("four")
    assert (length(first), length(first)) == (4, 4)
    assert taken == ["four"]
    changed = replace(first, text="seven")
    assert length(changed) == 5
    assert first == claim("four")
    assert hash(first) == hash(claim("four"))
