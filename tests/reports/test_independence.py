"""Two independences: who asserts it on his own account, and who heard it with his own ears."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.records import ArticleOrigin, TextOrigin
from claimtrack.reports.independence import Independence, count_independence, parted_by_origin
from claimtrack.store.views import ClaimView

Make = Callable[..., ClaimView]


def test_one_speaker_heard_by_two_papers_is_one_voice_and_two_ears(claim: Make) -> None:
    claims = [claim("a", speaker_id="s1"), claim("b", speaker_id="s1")]
    assert count_independence(claims, []) == Independence(speakers=1, outlets=2)


def test_two_speakers_in_one_paper_are_two_voices_and_one_ear(claim: Make) -> None:
    claims = [claim("a", outlet="The Echo"), claim("b", outlet="The Echo")]
    assert count_independence(claims, []) == Independence(2, 1)


def test_repeats_are_one_voice_also_over_a_third(claim: Make) -> None:
    claims = [claim(key) for key in "abcd"]
    assert count_independence(claims, [("a", "b"), ("b", "c")]).speakers == 2
    assert (
        count_independence(claims[:1] + claims[2:], [("a", "b"), ("b", "c")]).speakers == 3
    )  # b is elsewhere


def test_what_is_relayed_was_heard_by_the_relay_next_to_the_speaker(claim: Make) -> None:
    relayed = [claim(key, relays=("The Gull", "Lusa")) for key in "ab"]
    assert count_independence(relayed, []).outlets == 1
    agency = claim("c", outlet="LUSA")
    assert count_independence([*relayed, agency], []).outlets == 1
    assert count_independence([*relayed, claim("d")], []).outlets == 2


def test_wire_copies_were_heard_by_the_agency_and_copies_by_the_original(claim: Make) -> None:
    wires = [claim(k, origin=TextOrigin(ArticleOrigin.WIRE, agency="Lusa")) for k in "ab"]
    assert count_independence(wires, []).outlets == 1
    original, copy = claim("x"), claim("y", origin=TextOrigin(ArticleOrigin.REPRINT, of="ax"))
    assert count_independence([original, copy], []).outlets == 1
    stray = [claim(k, origin=TextOrigin(ArticleOrigin.REPRINT, of="anowhere")) for k in "pq"]
    assert count_independence(stray, []).outlets == 1


def test_the_same_outlet_is_one_however_its_name_is_written(claim: Make) -> None:
    claims = [claim("a", outlet="The Echo"), claim("b", outlet="Echo"), claim("c", outlet=None)]
    assert count_independence(claims, []).outlets == 2


numbers = st.integers(0, 7)


@given(
    speakers=st.lists(st.integers(0, 3), min_size=8, max_size=8),
    repeats=st.lists(st.tuples(numbers, numbers)),
    order=st.permutations(range(8)),
)
def test_the_order_of_claims_and_of_repeats_plays_no_part(
    claim: Make, speakers: list[int], repeats: list[tuple[int, int]], order: list[int]
) -> None:
    claims = [claim(str(n), speaker_id=f"s{speaker}") for n, speaker in enumerate(speakers)]
    pairs = [(str(x), str(y)) for x, y in repeats]
    parts = {frozenset(c.id for c in part) for part in parted_by_origin(claims, pairs)}
    shuffled = parted_by_origin([claims[n] for n in order], pairs[::-1])
    assert {frozenset(c.id for c in part) for part in shuffled} == parts
    assert sum(map(len, parts)) == 8
