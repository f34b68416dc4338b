from datetime import date

from claimtrack.records import Period, Quantity
from claimtrack.relations import keys_of
from claimtrack.relations.keys import MOST_KEYS


def test_keys_of_names_topics_figures_and_months(claim):
    made = claim(
        "Okafor bought 12 zeppelins",
        names=("okafor",),
        lemmas={"zeppelins": "zeppelin", "bought": "buy"},
        quantities=(Quantity(12, 12, "zeppelin", "12"),),
        periods=(Period(date(2021, 4, 1), date(2021, 4, 30), "April"),),
    )
    keys = dict(keys_of(made))
    assert keys["w:okafor"] == keys["w:zeppelin"] == keys["q:12 zeppelin"] == 1.0
    assert 0 < keys["w:buy"] < 1
    assert "p:2021-04" in keys


def test_related_words_meet_in_a_key(claim):
    one, other = claim("the takeover"), claim("the purchase")
    assert dict(keys_of(one)).keys() & dict(keys_of(other)).keys()


def test_common_words_are_no_keys_and_surroundings_weigh_little(claim):
    keys = dict(keys_of(claim("year people", speaker="", context=("zeppelin", "say"))))
    assert set(keys.values()) == {0.3}
    assert "w:zeppelin" in keys


def test_keys_are_few_unique_ordered_and_the_same_each_time(claim):
    long = claim(" ".join(f"zeppelin{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(200)))
    keys = keys_of(long)
    assert len(keys) == MOST_KEYS
    assert len({k for k, _ in keys}) == MOST_KEYS
    assert keys == keys_of(long)
    assert list(keys) == sorted(keys, key=lambda k: (-k[1], k[0]))
