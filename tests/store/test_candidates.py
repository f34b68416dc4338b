"""Which claims are proposed to each other, and that it hardly matters in which order they came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from claimtrack.records import Claim
from claimtrack.store import Store, open_store
from claimtrack.store.candidates import WELCOME
from tests.store.build import make_article, make_claim, put

TEXT = "Quill of the Council said the Bridge is 50% open, and that ÄRGER_is over."
WORDS = ["harbour", "bridge", "ferry", "pier", "tide", "mole"]


def propose(store: Store, *claims: Claim, **how: object) -> dict[str, list[str]]:
    with store.transaction():
        return store.propose([claim.key for claim in claims], **how)  # type: ignore[arg-type]


def test_candidates_share_keys_and_stand_in_other_articles(store: Store) -> None:
    one, two, three = (make_article(f"{TEXT} {n}", f"{n}.txt", day=n) for n in (1, 2, 3))
    mine, beside = make_claim(one, "the Bridge is 50% open"), make_claim(one, "Bridge")
    best, good, none = make_claim(two, "50% open"), make_claim(three, "open"), make_claim(three, "said")
    put(store, one, mine, beside)
    put(store, two, best)
    put(store, three, good, none)
    assert propose(store, mine, none) == {mine.key: [best.key, good.key]}
    # "open" is nearer to "50% open" than to the long claim: once it has been asked, it has no place for that.
    assert propose(store, mine, limit=1) == {mine.key: [best.key, good.key]}
    assert propose(store, good, limit=1)[good.key][0] == best.key
    assert propose(store, mine, limit=1) == {mine.key: [best.key]}
    # "open" is a key of three claims: too common to follow where two is the limit
    assert propose(store, mine, common=2) == {mine.key: [best.key]}
    assert propose(store, good, common=2) == {}


def test_a_claim_is_found_whatever_its_length(store: Store) -> None:
    long = make_article("Quill said open " + " ".join(f"word{n}" for n in range(30)), "long.txt")
    short = make_article("Quill said open gate", "short.txt", day=2)
    asked = make_article("Quill said open gate today", "asked.txt", day=3)
    wordy, brief, mine = (
        make_claim(long, long.body[11:]),
        make_claim(short, "open gate"),
        make_claim(asked, "open gate today"),
    )
    put(store, long, wordy)
    put(store, short, brief)
    put(store, asked, mine)
    # One word of thirty tells little.
    assert propose(store, mine) == {mine.key: [brief.key, wordy.key]}


def test_retired_claims_are_no_candidates(store: Store) -> None:
    one, two = make_article(TEXT, "1.txt"), make_article(TEXT + "!", "2.txt")
    mine = make_claim(one, "open")
    put(store, one, mine)
    put(store, two, make_claim(two, "open"))
    put(store, make_article("Nothing more.", "2.txt"))
    assert propose(store, mine) == {}


def test_a_window_leaves_out_what_was_said_long_before_or_after(store: Store) -> None:
    days = {"near": date(2021, 3, 1), "far": date(2021, 1, 1), "mine": date(2021, 3, 9)}
    found = {}
    for name, day in days.items():
        article = make_article(f"{TEXT} {name}", f"{name}.txt")
        found[name] = make_claim(article, "50% open", stated_on=day)
        put(store, article, found[name])
    undated = make_article(f"{TEXT} undated", "undated.txt", day=None)
    found["undated"] = make_claim(undated, "50% open")
    put(store, undated, found["undated"])

    def names(asked: str, window: int | None) -> set[str]:
        keys = propose(store, found[asked], window=window).get(found[asked].key, [])
        return {name for name, claim in found.items() if claim.key in keys}

    assert names("mine", None) == {"near", "far", "undated"}
    assert names("mine", 30) == {"near", "undated"}
    assert names("mine", 10**9) == {"near", "far", "undated"}
    assert names("undated", 0) == {"near", "far", "mine"}
    for window in (None, 0, 30, 10**9):
        each = {frozenset((name, other)) for name in found for other in names(name, window)}
        keys = {claim.key: name for name, claim in found.items()}
        assert {frozenset(keys[key] for key in pair) for pair in anew(store, 10, window)} == each


def build(store: Store, contents: Sequence[str], order: Sequence[int], limit: int) -> set[frozenset[str]]:
    """Put articles of one claim each, in an order; the pairs that are proposed on the way."""
    pairs: set[frozenset[str]] = set()
    for n in order:
        article = make_article(f"Quill said {contents[n]} {n}", f"{n}.txt", f"Outlet {n}")
        claim = replace(make_claim(article, contents[n]), article=article.key)
        put(store, article, claim)
        found = propose(store, claim, limit=limit)
        pairs.update(frozenset((claim.key, other)) for other in found.get(claim.key, ()))
    return pairs


def anew(store: Store, limit: int, window: int | None = None) -> list[frozenset[str]]:
    """The pairs that the whole archive proposes, each as often as it is proposed."""
    with store.transaction():
        return [
            frozenset((key, other))
            for found in store.propose_all(2, limit=limit, window=window)
            for key, others in found.items()
            for other in others
        ]


def ranked(store: Store, key: str) -> list[str]:
    """All that one claim has anything in common with, the likeliest first."""
    with store.transaction():
        return store.propose([key]).get(key, [])


contents = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True).map(" ".join),
    min_size=2,
    max_size=9,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contents, st.randoms(use_true_random=False), st.integers(1, 4))
def test_no_order_misses_a_pair_that_the_whole_archive_proposes(
    texts: list[str], random: object, limit: int
) -> None:
    order = list(range(len(texts)))
    random.shuffle(order)  # type: ignore[attr-defined]
    with TemporaryDirectory() as folder:
        seen = []
        for name, turn in (("a.db", sorted(order)), ("b.db", order)):
            with open_store(Path(folder) / name) as store:
                on_the_way = build(store, texts, turn, limit)
                whole = anew(store, limit)
                assert len(set(whole)) == len(whole)
                assert set(whole) == {
                    frozenset((key, other))
                    for ids in store.current_claims()
                    for key in ids
                    for other in ranked(store, key)[:limit]
                }
                if len(texts) <= (1 + WELCOME) * limit + 1:  # nobody was turned away who would be welcome
                    assert on_the_way >= set(whole)
                seen.append((on_the_way, set(whole)))
        assert seen[0][1] == seen[1][1]
        if len(texts) <= limit + 1:  # no list was full: the order cannot matter
            assert seen[0][0] == seen[1][0] == seen[0][1]


def test_what_either_side_ranks_is_proposed(store: Store) -> None:
    texts = ["ferry pier", "ferry pier tide", "ferry pier mole", "ferry bridge"]
    articles = [make_article(f"Quill said {text} {n}", f"{n}.txt") for n, text in enumerate(texts)]
    claims = [make_claim(article, text) for article, text in zip(articles, texts, strict=True)]
    for article, claim in zip(articles, claims, strict=True):
        put(store, article, claim)
        propose(store, claim, limit=1)
    # The last has "ferry" in common with all; its likeliest is the shortest, though that has likelier ones.
    pairs = set(anew(store, 1))
    assert frozenset((claims[3].key, claims[0].key)) in pairs
    assert all(pairs_of(claims, pairs)[n] for n in range(4))


def pairs_of(claims: Sequence[Claim], pairs: set[frozenset[str]]) -> list[int]:
    return [sum(claim.key in pair for pair in pairs) for claim in claims]


def test_the_work_does_not_grow_with_a_common_key(new_database: Callable[[str], str]) -> None:
    """The rows that the search reads are those of keys that are not common, however many claims there are."""
    with open_store(new_database("sqlite")) as store:
        article = make_article(" ".join(f"Quill said common rare{n}." for n in range(60)), "many.txt")
        put(store, article, *(make_claim(article, f"common rare{n}.") for n in range(60)))
        asked = make_article("Quill said common rare7. again", "asked.txt", day=2)
        mine = make_claim(asked, "common rare7. again")
        put(store, asked, mine)
        found = propose(store, mine, common=50)
        assert len(found[mine.key]) == 1
        plan = plans(store, mine)
        assert any("ix_claim_key_claim_id (claim_id=?)" in line for line in plan)  # the keys of one claim
        assert any("USING PRIMARY KEY (key=?)" in line for line in plan)  # the claims of one key
        assert not [line for line in plan if line.startswith("SCAN claim")]


def plans(store: Store, claim: Claim) -> list[str]:
    """How SQLite looks up all that it is asked while a claim's candidates are searched."""
    lines: list[str] = []

    def explain(connection: object, cursor: object, statement: str, values: object, *_: object) -> None:
        if statement.lstrip().startswith("SELECT"):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[attr-defined]
            lines.extend(row[-1] for row in cursor.fetchall())  # type: ignore[attr-defined]

    event.listen(store._engine, "before_cursor_execute", explain)
    propose(store, claim)
    event.remove(store._engine, "before_cursor_execute", explain)
    return lines


def test_every_pair_is_proposed_once_by_the_whole_archive(store: Store) -> None:
    articles = [make_article(f"Quill said harbour bridge {n}", f"{n}.txt") for n in range(6)]
    for article in articles:
        put(store, article, make_claim(article, "harbour bridge"))
    keys = [view.id for view in store.claims()]
    assert sorted(map(sorted, anew(store, 10))) == sorted(map(sorted, combinations(keys, 2)))
