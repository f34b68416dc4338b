import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.records import Kind, Modality, Period, Quantity, RelationKind, SpeakerKind, Stance
from claimtrack.relations import MATCHER, judge
from tests.relations.conftest import make_claim

MAY, JUNE = date(2021, 5, 3), date(2021, 6, 20)
SALE = "Okafor bought the zeppelin yard"
LEMMAS = {"bought": "buy", "killed": "kill", "released": "release", "denied": "deny"}


def sale(**given):
    return make_claim(SALE, **{"names": ("okafor",), "lemmas": LEMMAS, "verb": "buy", **given})


def kind_of(a, b):
    relation = judge(a, b)
    return relation and relation.kind


def test_two_speakers_on_one_fact_corroborate():
    relation = judge(sale(), sale(speaker="Ben Silva", outlet="Gazeta", article="other"))
    assert relation is not None
    assert relation.kind is RelationKind.CORROBORATES
    assert 0.5 < relation.score <= 1
    assert "Ana Vidal" in relation.explanation
    assert "Ben Silva" in relation.explanation


def test_claims_of_one_article_have_no_relation():
    assert judge(sale(article="a1"), sale(article="a1", speaker="Ben Silva")) is None


def test_claims_of_different_matters_have_no_relation(claim):
    assert judge(sale(), claim("A strike closed the northern quarries", speaker="Ben Silva")) is None


def test_sharing_only_names_is_no_relation(claim):
    one = claim("Okafor praised Duarte", names=("okafor", "duarte"))
    other = claim("Duarte dined near Okafor", names=("okafor", "duarte"), speaker="Ben Silva")
    assert judge(one, other) is None


def test_the_same_speaker_again_repeats():
    assert kind_of(sale(), sale(outlet="Gazeta")) is RelationKind.REPEATS


def test_a_wire_copy_repeats_whoever_is_named(claim):
    text = "the ferry sank near the old pier shortly after midnight on Monday"
    one, other = claim(text), claim(text, speaker="police", outlet="Gazeta")
    assert kind_of(one, other) is RelationKind.REPEATS


def test_a_near_copy_with_another_figure_is_no_copy(claim):
    def toll(n, **given):
        dead = (Quantity(n, n, "sailor", str(n)),)
        text = f"{n} sailors were killed when the ferry sank near the old pier of Porto"
        return claim(text, quantities=dead, lemmas=LEMMAS, places=("porto",), verb="kill", **given)

    relation = judge(toll(12), toll(21, speaker="Ben Silva"))
    assert relation is not None
    assert relation.kind is RelationKind.CONTRADICTS
    assert "the figures differ" in relation.explanation
    later = judge(toll(12), toll(21, speaker="Ben Silva", day=date(2021, 5, 5)))
    assert later is not None
    assert later.kind is RelationKind.UPDATES


def test_a_paper_and_its_own_source_are_one_origin():
    source = sale(speaker="a person", speaker_kind=SpeakerKind.UNNAMED, relays=("Gazeta",))
    paper = sale(speaker="Gazeta", speaker_kind=SpeakerKind.ORGANISATION, outlet="The Echo")
    assert kind_of(source, paper) is RelationKind.REPEATS


def test_a_denial_of_anothers_statement_contradicts():
    denial = make_claim(
        "The reports that Okafor bought the yard are false",
        names=("okafor",),
        lemmas=LEMMAS,
        speaker="Ben Silva",
    )
    assert kind_of(sale(), denial) is RelationKind.CONTRADICTS
    assert kind_of(sale(), sale(stance=Stance.DENIES, speaker="Ben Silva")) is RelationKind.CONTRADICTS


def test_a_denial_leaves_alone_what_only_stands_beside_the_thing_denied(claim):
    around = ("bridge", "foundation", "crown", "finish", "minister", "river", "cost")
    denial = claim("the foundations were finished", stance=Stance.DENIES, speaker="Ben Silva", context=around)
    beside = claim("the work had cost 41 million crowns", context=around)
    said = claim("the foundations were finished in the spring", context=around)
    assert kind_of(denial, beside) is None
    assert kind_of(denial, said) is RelationKind.CONTRADICTS


def test_finding_none_contradicts_finding_some(claim):
    none = claim("No cases of cholera have been found in Porto", negated=True, places=("porto",), verb="find")
    some = claim("Three sailors in Porto have cholera", places=("porto",), speaker="Ben Silva")
    assert kind_of(none, some) is RelationKind.CONTRADICTS


def test_a_negated_verb_contradicts_only_the_same_deed(claim):
    none = claim("Okafor did not buy the zeppelin yard", negated=True, names=("okafor",), verb="buy")
    assert kind_of(none, sale(speaker="Ben Silva")) is RelationKind.CONTRADICTS
    burned = claim("Okafor burned the zeppelin yard", names=("okafor",), verb="burn", speaker="Ben Silva")
    assert kind_of(none, burned) is not RelationKind.CONTRADICTS
    met = claim("Okafor met Duarte", names=("okafor", "duarte"), lemmas={"met": "meet"}, verb="meet")
    not_met = claim(
        "Okafor did not meet Silva", negated=True, names=("okafor", "silva"), verb="meet", speaker="C"
    )
    assert judge(met, not_met) is None


@pytest.mark.parametrize(
    "said",
    [
        {"stance": Stance.DECLINES},
        {"stance": Stance.DOUBTS},
        {"stance": Stance.ASKS},
        {"modality": Modality.ASKED, "text": SALE + "?"},
        {"text": "We could not confirm that Okafor bought the zeppelin yard"},
    ],
)
def test_non_denials_and_questions_are_no_contradiction_and_no_support(said):
    said = {"text": SALE, "speaker": "Ben Silva", "names": ("okafor",), "lemmas": LEMMAS, **said}
    other = make_claim(said.pop("text"), **said)
    assert judge(sale(), other) is None


def test_an_open_question_is_updated_by_its_answer_days_later(claim):
    checking = claim("Police are investigating whether sailors have cholera")
    none = {"text": "No cases of cholera have been found", "negated": True, "speaker": "Ben Silva"}
    assert judge(checking, make_claim(**none)) is None
    later = judge(checking, make_claim(**none, day=date(2021, 5, 9)))
    assert later is not None
    assert later.kind is RelationKind.UPDATES
    assert "a later answer to an open question" in later.explanation


def test_talks_are_updated_by_the_announcement(claim):
    talks = claim("Okafor is in talks to buy the zeppelin yard", names=("okafor",), verb="be")
    done = claim(
        "Okafor will buy the zeppelin yard", names=("okafor",), verb="buy", speaker="C", day=date(2021, 5, 12)
    )
    relation = judge(done, talks)
    assert relation is not None
    assert (relation.kind, relation.a, relation.b) == (RelationKind.UPDATES, talks.key, done.key)


def test_a_plan_stated_again_weeks_later_updates_and_a_past_fact_does_not(claim):
    plan = claim("Okafor will open the zeppelin yard soon", names=("okafor",), verb="open")
    again = claim(
        "Okafor will open the zeppelin yard in July", names=("okafor",), verb="open", speaker="C", day=JUNE
    )
    assert kind_of(plan, again) is RelationKind.UPDATES
    assert kind_of(sale(), sale(speaker="C", day=JUNE)) is RelationKind.CORROBORATES


def test_a_like_plan_years_later_is_another_plan(claim):
    def plan(text, day):
        return claim(text, names=("okafor",), verb="open", speaker="C", day=day)

    early = plan("Okafor will open the zeppelin yard soon", MAY)
    assert kind_of(early, plan("Okafor will open the zeppelin yard in July", JUNE)) is RelationKind.UPDATES
    late = plan("Okafor will open the zeppelin yard in July", date(2027, 6, 20))
    assert kind_of(early, late) is not RelationKind.UPDATES


def test_a_named_day_updates_that_none_was_agreed(claim):
    story = ("okafor", "duarte", "zeppelin", "yard")
    april = Period(date(2021, 6, 16), date(2021, 6, 30), "late June")
    none = claim("no date or venue has been agreed yet", negated=True, context=story)
    named = claim(
        "will travel “in late June”", periods=(april,), context=story, tense="future", day=JUNE, speaker="C"
    )
    relation = judge(none, named)
    assert relation is not None
    assert relation.kind is RelationKind.UPDATES
    elsewhere = claim("will travel in late June", periods=(april,), tense="future", day=JUNE, speaker="C")
    assert judge(none, elsewhere) is None
    past = claim("war came in late June", periods=(april,), context=story, day=JUNE, speaker="C")
    assert judge(none, past) is None


def test_a_speaker_who_takes_it_back_later_updates_and_never_the_same_day():
    back = {"stance": Stance.DENIES, "outlet": "Gazeta"}
    assert kind_of(sale(), sale(**back, day=date(2021, 5, 5))) is RelationKind.UPDATES
    assert judge(sale(), sale(**back)) is None


def test_a_broken_silence_updates(claim):
    story = ("zeppelin", "yard", "takeover")
    silent = claim("Okafor declined to comment", speaker="Okafor", stance=Stance.DECLINES, context=story)
    spoke = claim(
        "we will buy the zeppelin yard", speaker="Okafor", verb="buy", context=story, day=date(2021, 5, 12)
    )
    relation = judge(silent, spoke)
    assert relation is not None
    assert relation.kind is RelationKind.UPDATES
    assert "Okafor (in The Harbour Post, 3 May 2021) declines to comment;" in relation.explanation


def test_different_ranks_and_different_people_are_different_matters(claim):
    second = claim("Okafor and Duarte will hold a second summit", names=("okafor", "duarte"), verb="hold")
    third = claim(
        "Okafor and Duarte will hold a third summit", names=("okafor", "duarte"), verb="hold", speaker="C"
    )
    assert judge(second, third) is None
    other = claim(
        "Silva may receive Okafor at a summit", names=("okafor", "silva"), verb="receive", speaker="C"
    )
    assert judge(second, other) is None


def test_opposed_words_on_one_fact_contradict_but_not_elsewhere(claim):
    freed = claim("The crew of the ferry Aurora was released", names=("aurora",), lemmas=LEMMAS)
    held = claim(
        "The crew of the ferry Aurora was detained",
        names=("aurora",),
        lemmas={"detained": "detain"},
        speaker="C",
    )
    relation = judge(freed, held)
    assert relation is not None
    assert relation.kind is RelationKind.CONTRADICTS
    assert "the words exclude each other" in relation.explanation


def test_checking_is_no_support(claim):
    checking = claim("Police are checking if the ferry Aurora leaks oil", names=("aurora",))
    leaks = claim("The ferry Aurora leaks oil", names=("aurora",), speaker="Ben Silva")
    assert judge(checking, leaks) is None


def test_unknown_days_never_make_an_update(claim):
    plan = claim("Okafor will open the zeppelin yard", names=("okafor",), day=None)
    again = claim("Okafor will open the zeppelin yard", names=("okafor",), day=JUNE, speaker="Ben Silva")
    assert kind_of(plan, again) is RelationKind.CORROBORATES


def test_the_matcher_has_a_version():
    assert MATCHER.startswith("judge-")


VOCABULARY = re.findall(
    r"\S+",
    """Okafor zeppelin yard buy bought not no denied reports false will may talks second third date venue 12
    Porto “quoted” declined comment whether cases found ? , released detained""",
)
words = st.sampled_from(VOCABULARY)


@st.composite
def claims(draw, article):
    return make_claim(
        " ".join(draw(st.lists(words, max_size=12))),
        article=article,
        speaker=draw(st.sampled_from(["Ana Vidal", "Ben Silva", ""])),
        day=draw(st.sampled_from([None, MAY, date(2021, 5, 8), JUNE])),
        kind=draw(st.sampled_from(list(Kind))),
        stance=draw(st.sampled_from(list(Stance))),
        modality=draw(st.sampled_from(list(Modality))),
        negated=draw(st.booleans()),
        names=draw(st.sampled_from([(), ("okafor",)])),
        quantities=draw(
            st.sampled_from([(), (Quantity(12, 12, "$", "12"),), (Quantity(3, 9, "$", "3 to 9"),)])
        ),
        context=draw(st.sampled_from([(), ("zeppelin", "okafor", "yard")])),
    )


@settings(max_examples=200, deadline=None)
@given(claims("one"), claims("two"))
def test_any_two_claims_are_judged_the_same_both_ways(a, b):
    there, back = judge(a, b), judge(b, a)
    assert there == back
    if there is not None:
        assert {there.a, there.b} == {a.key, b.key}
        assert 0 <= there.score <= 1
        assert there.explanation.endswith(".")
        assert "\n" not in there.explanation
