from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.records import Kind, SpeakerKind, Stance
from claimtrack.relations.origins import (
    channel,
    other_sentences,
    prints_of_one_text,
    same_origin,
    same_speaker,
)
from tests.relations.conftest import make_claim

UNNAMED, BODY = SpeakerKind.UNNAMED, SpeakerKind.ORGANISATION
TEXT = "The ferry to the island will stop in the autumn for want of a crew"
NEXT_DAY, NEXT_WEEK = date(2021, 5, 4), date(2021, 5, 13)


def reason(a, b, same_fact=0.6):
    found = same_origin(a, b, same_fact)
    assert found == same_origin(b, a, same_fact)
    return found.note if found else None


def test_one_named_speaker_is_the_same_and_unnamed_ones_never(claim):
    assert same_speaker(claim("x"), claim("y"))
    assert not same_speaker(claim("x"), claim("y", speaker="Ben Okafor"))
    officials = [claim(t, speaker="officials", speaker_kind=SpeakerKind.GROUP) for t in "xy"]
    assert not same_speaker(*officials)


def test_a_speaker_who_is_the_others_relay_or_outlet_passed_it_on(claim):
    source = claim("x", speaker="a person", speaker_kind=UNNAMED, relays=("Gazeta",))
    paper = claim("y", speaker="Gazeta", speaker_kind=BODY)
    assert channel(source, paper) == channel(paper, source) == "Gazeta"
    printed = claim("z", speaker="Ben Okafor", outlet="Gazeta")
    assert channel(printed, paper) == "Gazeta"
    assert channel(replace(printed, outlet="The Echo", wire="Gazeta"), paper) == "Gazeta"


def test_unnamed_sources_through_one_relay_are_one_and_named_ones_are_not(claim):
    hidden = [claim(t, speaker=t, speaker_kind=UNNAMED, relays=("Gazeta",)) for t in "xy"]
    assert channel(*hidden) == "Gazeta"
    named = [claim(t, speaker=t, relays=("Gazeta",)) for t in "xy"]
    assert channel(*named) == ""


def test_an_outlets_own_unnamed_source_is_the_one_that_others_relay(claim):
    own = claim("x", speaker="an official", speaker_kind=UNNAMED, outlet="Gazeta")
    relayed = claim("y", speaker="a source", speaker_kind=UNNAMED, outlet="The Echo", relays=("Gazeta",))
    other = claim("z", speaker="a source", speaker_kind=UNNAMED, outlet="The Echo")
    assert reason(own, relayed) == "both go back to Gazeta"
    assert reason(own, other) is None


def test_the_same_words_in_quotation_marks_are_one_statement_whatever_the_judge_thinks(claim):
    long = claim(TEXT, kind=Kind.DIRECT)
    cut = claim("the island “will stop in the autumn for want of a crew”", kind=Kind.MIXED, day=NEXT_WEEK)
    assert reason(long, cut, 0.0) == "the same quotation"
    misread = replace(cut, speaker=claim("x", speaker="Ben Okafor").speaker)
    assert reason(long, misread, 0.0) == "the same quotation"  # nobody else says nine such words by chance


def test_a_short_quotation_counts_for_one_speaker_only_and_must_tell_something(claim):
    short = [
        claim(f"{t} “a shameful failure of nerve” {t}", kind=Kind.MIXED, day=d)
        for t, d in (("x", None), ("y", None))
    ]
    assert reason(*short, 0.0) == "the same quotation"
    other = claim("z “a shameful failure of nerve” z", kind=Kind.MIXED, speaker="Ben Okafor")
    assert reason(short[0], other, 0.0) is None
    spokesman = claim(
        "z “a shameful failure of nerve” z", kind=Kind.MIXED, speaker="The Ferry Company", speaker_kind=BODY
    )
    assert reason(short[0], spokesman, 0.0) == "the same quotation"
    empty = [claim(f"{t} “it will be all right” {t}", kind=Kind.MIXED, day=None) for t in "xy"]
    assert reason(*empty, 0.0) is None


def test_words_outside_quotation_marks_are_no_quotation(claim):
    assert reason(claim(TEXT, day=None), claim(TEXT, day=None, speaker="Ben Okafor"), 0.0) is None


@pytest.mark.parametrize(
    ("day", "note"),
    [
        (date(2021, 5, 3), "the same speaker on the same day"),
        (NEXT_DAY, "the same speaker, one day apart"),
        (NEXT_WEEK, None),
        (None, None),
    ],
)
def test_one_speaker_on_one_matter_within_a_day_spoke_once(claim, day, note):
    assert reason(claim("the ferry stops"), claim("no ferry in autumn", day=day)) == note


def test_one_speaker_on_another_matter_spoke_twice(claim):
    assert reason(claim("the ferry stops"), claim("taxes rise", day=NEXT_DAY), 0.1) is None


def test_a_refusal_to_comment_is_given_to_each_paper_anew(claim):
    refusals = [claim(f"to comment to {t}", stance=Stance.DECLINES) for t in "xy"]
    assert reason(*refusals) is None


def test_who_speaks_for_a_body_says_what_the_body_says_that_day(claim):
    ministry = claim("no crew", speaker="Norland's Ministry of Transport", speaker_kind=BODY)
    spokesman = claim("no sailors", speaker="Ben Okafor", mention="ministry spokesman Ben Okafor")
    assert reason(ministry, spokesman) == "Ben Okafor speaks for Norland's Ministry of Transport"
    assert reason(ministry, replace(spokesman, stated_on=NEXT_DAY)) is None
    minister = claim("no sailors", speaker="Ben Okafor", mention="transport minister Ben Okafor")
    union = claim("no sailors", speaker="Ben Okafor", mention="union spokesman Ben Okafor")
    assert reason(ministry, minister) is None
    assert reason(ministry, union) is None


def test_reports_that_name_no_source_do_not_support_each_other(claim):
    reports = claim("no crew", speaker="unspecified", speaker_kind=UNNAMED, mention="")
    media = claim(
        "no sailors",
        speaker="local media",
        speaker_kind=SpeakerKind.GROUP,
        mention="local media",
        day=NEXT_DAY,
    )
    assert reason(reports, media) == "neither report names its source"
    paper = claim("no sailors", speaker="The Guardian", speaker_kind=BODY)
    assert reason(reports, paper) == "a report that names no source, and The Guardian"
    assert reason(reports, replace(paper, stated_on=NEXT_WEEK)) is None
    assert reason(reports, claim("no sailors", speaker="Ben Okafor")) is None
    assert reason(paper, claim("no sailors", speaker="BBC News", speaker_kind=BODY)) is None


def test_a_sentence_stands_in_both_prints_of_one_text(claim):
    original = claim(TEXT, speaker="Ben Okafor", article="a1")
    copy = replace(claim(TEXT.replace("stop", "end"), article="a2", day=None), origin="a1")
    sibling = replace(copy, article="a3")
    assert prints_of_one_text(original, copy)
    assert prints_of_one_text(copy, sibling)
    assert (
        reason(original, copy, 0.0)
        == reason(copy, sibling, 0.0)
        == "the same sentence in a copy of the article"
    )
    # Its other sentences are as little related as those of one article.
    assert (
        reason(original, replace(copy, normalised="nobody was hurt", speaker=original.speaker), 0.9) is None
    )


def test_other_sentences_of_one_text_are_as_little_related_as_those_of_one_article(claim):
    original = claim(TEXT, article="a1")
    other = replace(claim("nobody was hurt on board", article="a2"), origin="a1")
    assert other_sentences(original, other)
    assert reason(original, other, 0.9) is None
    assert not other_sentences(original, replace(other, origin=""))
    part = replace(claim("the island will stop in the autumn", article="a2"), origin="a1")
    assert not other_sentences(original, part)
    assert reason(original, part) == "the same sentence in a copy of the article"


def test_a_sentence_of_one_wire_is_one_statement_and_the_rest_of_it_is_judged(claim):
    wires = [replace(claim(TEXT, speaker=s, article=s, day=None), wire="Lusa") for s in ("x", "y")]
    assert reason(*wires, 0.0) == "the same sentence of Lusa"
    assert reason(wires[0], replace(wires[1], wire="Reuters"), 0.0) is None


@given(st.floats(0, 1), st.sampled_from(["x", "Ana Vidal"]), st.sampled_from(list(SpeakerKind)))
def test_the_surer_of_one_matter_the_surer_of_one_statement(same_fact, speaker, kind):
    a, b = make_claim("the ferry stops"), make_claim("no ferry", speaker=speaker, speaker_kind=kind)
    found, more = same_origin(a, b, same_fact), same_origin(a, b, min(1.0, same_fact + 0.1))
    assert found is None or (more is not None and 0.5 <= found.value <= more.value <= 1)
