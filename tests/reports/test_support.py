from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from claimtrack.records import Decision, Verdict
from claimtrack.reports.support import group_support, support_report
from claimtrack.store.views import ClaimView, RelationView

Make = Callable[..., ClaimView]
Relate = Callable[..., RelationView]


def keys(claims: tuple[ClaimView, ...]) -> list[str]:
    return [claim.id for claim in claims]


def test_reprints_are_one_origin(claim: Make, relation: Relate) -> None:
    wire, one, two, other = claim("w"), claim("x"), claim("y"), claim("z")
    [group] = group_support(
        [
            relation(wire, one, "repeats", score=0.9),
            relation(wire, two, "repeats", score=0.9),
            relation(two, other, "corroborates"),
        ]
    )
    assert [keys(origin.claims) for origin in group.origins] == [["w", "x", "y"], ["z"]]
    assert (group.speakers, group.outlets, len(group.relations)) == (4, 4, 3)


def test_what_may_be_a_reprint_is_one_origin_inside_a_group_and_joins_no_groups(
    claim: Make, relation: Relate
) -> None:
    a, b, c, d = map(claim, "abcd")
    weak = relation(b, c, "repeats", score=0.6)
    [group] = group_support([relation(a, b), relation(a, c), weak])
    assert [keys(origin.claims) for origin in group.origins] == [["a"], ["b", "c"]]
    groups = group_support([relation(a, b), weak, relation(c, d)])
    assert [[keys(o.claims) for o in g.origins] for g in groups] == [[["b", "c"], ["a"]], [["c"], ["d"]]]
    confirmed = Verdict("rbc", Decision.CONFIRMED, "kim", datetime(2021, 1, 1, tzinfo=UTC))
    [group] = group_support(
        [relation(a, b), relation(b, c, "repeats", score=0.6, verdict=confirmed), relation(c, d)]
    )
    assert [keys(origin.claims) for origin in group.origins] == [["b", "c"], ["a"], ["d"]]


def test_a_rejected_relation_supports_nothing(claim: Make, relation: Relate) -> None:
    rejected = Verdict("rab", Decision.REJECTED, "kim", datetime(2021, 1, 1, tzinfo=UTC))
    a, b, c = map(claim, "abc")
    [group] = group_support([relation(a, b, verdict=rejected), relation(b, c)])
    assert [keys(origin.claims) for origin in group.origins] == [["b"], ["c"]]


def test_reprints_alone_support_nothing(claim: Make, relation: Relate) -> None:
    [group] = group_support([relation(claim("x"), claim("y"), "repeats")])
    assert len(group.origins) == 1


def test_one_speaker_is_one_origin_however_often_printed(claim: Make, relation: Relate) -> None:
    once = claim("x", article_id="a1", speaker_id="s1")
    again = claim("y", article_id="a1", speaker_id="s1")
    elsewhere = claim("z", article_id="a2", speaker_id="s1")
    other = claim("o")
    [group] = group_support([relation(once, other), relation(again, other), relation(elsewhere, other)])
    assert [len(origin.claims) for origin in group.origins] == [1, 3]
    assert (group.speakers, group.outlets) == (2, 4)


def test_support_is_not_chained(claim: Make, relation: Relate) -> None:
    a, b, c, d = map(claim, "abcd")
    groups = group_support([relation(a, b), relation(b, c), relation(c, d)])
    assert [sorted(keys(group.claims)) for group in groups] == [["a", "b", "c"], ["c", "d"]]


def test_more_origins_come_first_then_the_earlier_day(claim: Make, relation: Relate) -> None:
    late = [claim(k, stated_on=date(2021, 1, 1)) for k in "ab"]
    early = [claim(k) for k in "cd"]
    three = [claim(k, stated_on=date(2022, 1, 1)) for k in "efg"]
    groups = group_support(
        [relation(*late), relation(*early), relation(three[0], three[1]), relation(three[0], three[2])]
    )
    assert [sorted(keys(g.claims)) for g in groups] == [["e", "f", "g"], ["c", "d"], ["a", "b"]]


def test_rows_carry_the_counts_of_their_group(claim: Make, relation: Relate) -> None:
    report = support_report(group_support([relation(claim("a"), claim("b"))]))
    [row] = list(report.rows)
    assert set(row) == set(report.columns)
    assert (row["group"], row["origins"], row["speakers"], row["outlets"], row["heard_by"]) == (1, 2, 2, 2, 2)


pairs = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["corroborates", "repeats"])), max_size=30
)


@given(drawn=pairs)
def test_every_relation_is_shown_once(
    claim: Make, relation: Relate, drawn: list[tuple[int, int, str]]
) -> None:
    relations = {
        (min(x, y), max(x, y)): relation(claim(str(x)), claim(str(y)), kind) for x, y, kind in drawn if x != y
    }
    groups = group_support(relations.values())
    shown = [r.id for group in groups for r in group.relations]
    assert sorted(shown) == sorted(r.id for r in relations.values())
    for group in groups:
        ids = keys(group.claims)
        assert len(ids) == len(set(ids))
        assert all(r.a.id in ids and r.b.id in ids for r in group.relations)
    assert [[c.id for c in g.claims] for g in groups] == [
        [c.id for c in g.claims] for g in group_support(reversed(list(relations.values())))
    ]
