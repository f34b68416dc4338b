from __future__ import annotations

import random
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.records import Decision, RelationKind
from claimtrack.reports.clusters import OPPOSED, Cluster, Link, find_clusters

CONTRADICTS, UPDATES = RelationKind.CONTRADICTS, RelationKind.UPDATES
CORROBORATES, REPEATS = RelationKind.CORROBORATES, RelationKind.REPEATS


def link(pair: str, kind: RelationKind = CONTRADICTS, score: float = 0.8, **facts: object) -> Link:
    a, b = pair
    return Link(f"r{a}{b}", a, b, kind, score, **facts)  # type: ignore[arg-type]


def versions(*links: Link, breaths: dict[str, str] | None = None) -> list[list[str]]:
    """The disputes found, each as its versions, each as the letters of its claims."""
    found = find_clusters(links, breaths or {})
    return [["".join(version) for version in cluster.versions] for cluster in found]


def test_three_figures_are_one_dispute_of_three_versions() -> None:
    figures = [link("ab", UPDATES), link("bc", UPDATES), link("ac")]
    agreements = [link("bd", CORROBORATES), link("ce", REPEATS, 0.95)]
    assert versions(*figures, *agreements) == [["a", "bd", "ce"]]


def test_those_who_agree_without_an_opponent_are_no_dispute() -> None:
    assert versions(link("ab", CORROBORATES), link("bc", REPEATS)) == []


def test_agreements_do_not_chain() -> None:
    chain = [link(pair, CORROBORATES, 0.7) for pair in ("ab", "bc", "cd", "de", "ef")]
    opposed = [link(f"{key}x") for key in "abcdef"]
    [found] = versions(*chain, *opposed)
    assert max(map(len, found)) <= 3
    assert "x" in found


def test_conflicts_do_not_chain() -> None:
    letters = "abcdefgh"
    chain = [link(one + other) for one, other in pairwise(letters)]
    found = versions(*chain)
    assert len(found) > 1
    assert max(map(len, found)) <= 3


def test_those_who_exclude_each_other_never_agree() -> None:
    assert versions(link("ab"), link("ac", REPEATS, 0.99), link("bc", REPEATS, 0.9)) == [["ac", "b"]]


def test_reprints_are_one_version_however_they_hang_together() -> None:
    copies = [link(f"a{key}", REPEATS, 0.95) for key in "bcdefgh"]
    assert versions(*copies, link("ax")) == [["abcdefgh", "x"]]


def test_the_same_figure_against_the_same_claim_is_one_version() -> None:
    one, two, other = (
        link(pair, values=values)
        for pair, values in (("ax", ("20", "9")), ("bx", ("20", "9")), ("cx", ("28", "9")))
    )
    assert versions(one, two, other) == [["ab", "c", "x"]]


def test_one_breath_against_the_same_claim_is_one_version() -> None:
    opposed = [link("ax"), link("bx")]
    assert versions(*opposed, breaths={"a": "mayor in the Post", "b": "mayor in the Post"}) == [["ab", "x"]]
    assert versions(*opposed) == [["a", "b", "x"]]


def test_verdicts_count() -> None:
    rejected = link("ab", decision=Decision.REJECTED)
    assert versions(rejected) == []
    assert versions(rejected, link("bc")) == [["b", "c"]]
    weak = link("ac", CORROBORATES, 0.1)
    sure = link("ac", CORROBORATES, 0.1, decision=Decision.CONFIRMED)
    assert versions(link("ab"), weak) == [["a", "b"]]
    assert versions(link("ab"), sure) == [["ac", "b"]]


def test_a_version_may_stand_in_two_disputes_a_conflict_in_one_only() -> None:
    toll = [link(pair) for pair in ("ab", "bc", "ac")]
    date = [link(pair) for pair in ("cx", "cy", "xy")]
    found = find_clusters([*toll, *date], {})
    assert sorted(k.id for cluster in found for k in cluster.opposed) == sorted(k.id for k in (*toll, *date))


LINKS = st.lists(
    st.tuples(
        st.sampled_from(list(combinations("abcdefghij", 2))),
        st.sampled_from(list(RelationKind)),
        st.integers(5, 10),
        st.sampled_from([None, None, None, *Decision]),
        st.sampled_from([("", ""), ("", ""), ("20", "9")]),
    ),
    unique_by=lambda made: made[0],
    max_size=40,
)


@given(LINKS, st.randoms(use_true_random=False))
def test_whatever_is_related_and_in_whatever_order(
    made: list[tuple[tuple[str, str], RelationKind, int, Decision | None, tuple[str, str]]],
    chance: random.Random,
) -> None:
    links = [Link("r" + "".join(p), *p, kind, n / 10, decision, v) for p, kind, n, decision, v in made]
    breaths = dict.fromkeys("abc", "one breath")
    found = find_clusters(links, breaths)
    chance.shuffle(links)
    assert find_clusters(links, breaths) == found
    counting = [k for k in links if k.decision is not Decision.REJECTED and k.kind in OPPOSED]
    assert sorted(k.id for cluster in found for k in cluster.opposed) == sorted(k.id for k in counting)
    for cluster in found:
        check(cluster, counting)


def check(cluster: Cluster, opposed: list[Link]) -> None:
    place = {key: n for n, version in enumerate(cluster.versions) for key in version}
    assert len(place) == sum(map(len, cluster.versions))
    assert len(cluster.versions) > 1
    for one in opposed:
        assert place.get(one.a, -1) != place.get(one.b, -2)
    assert all(place[one.a] == place[one.b] for one in cluster.agreed)
