from datetime import date

from claimtrack.records import Kind, RelationKind, SpeakerKind, Stance
from claimtrack.relations.explanation import explain, reason_in_words, statement, written_day


def test_a_statement_names_speaker_relay_outlet_and_day(claim):
    quoted = claim("“The port is open.”", kind=Kind.DIRECT, relays=("Gazeta",))
    assert (
        statement(quoted) == "Ana Vidal (via Gazeta, in The Harbour Post, 3 May 2021) says “The port is open”"
    )


def test_what_is_unknown_is_left_out(claim):
    assert (
        statement(claim("that the port is open", outlet=None, day=None)) == "Ana Vidal says the port is open"
    )


def test_stances_and_refusals_have_their_verbs(claim):
    denied = claim("the port is open", stance=Stance.DENIES, outlet=None, day=None)
    assert statement(denied) == "Ana Vidal denies the port is open"
    refused = claim("to comment", stance=Stance.DECLINES, outlet=None, day=None)
    assert statement(refused) == "Ana Vidal declines to comment"


def test_a_piece_without_subject_follows_a_colon(claim):
    piece = claim("is looking for boats", outlet=None, day=None)
    assert statement(piece) == "Ana Vidal says: is looking for boats"


def test_unnamed_sources_stand_as_printed(claim):
    made = claim(
        "x", speaker="official", speaker_kind=SpeakerKind.UNNAMED, mention="a senior official,", outlet=None
    )
    assert statement(made).startswith("a senior official (3 May 2021)")


def test_where_the_text_names_nobody_the_sentence_says_so(claim):
    made = claim(
        "x", speaker="unspecified", speaker_kind=SpeakerKind.UNNAMED, mention="", outlet=None, day=None
    )
    assert statement(made).startswith("an unnamed source says")


def test_long_claims_are_cut_at_a_word(claim):
    said = statement(claim("the port " + "very " * 60 + "open", outlet=None, day=None))
    assert said.endswith("very …")
    assert len(said) < 180


def test_the_sentence_ends_with_the_reason(claim):
    early, late = claim("the port will close"), claim("the port stays open", day=date(2021, 6, 3))
    said = explain(early, late, "a later statement on the same plan")
    assert said.endswith("stays open: a later statement on the same plan.")


def test_an_update_tells_how_much_later():
    assert (
        reason_in_words(RelationKind.UPDATES, "a later statement", 31) == "a later statement, 31 days after"
    )
    assert reason_in_words(RelationKind.UPDATES, "a later statement", 1) == "a later statement, 1 day after"
    assert reason_in_words(RelationKind.CONTRADICTS, "the days differ", 31) == "the days differ"


def test_a_repeat_says_that_it_is_no_support():
    said = reason_in_words(RelationKind.REPEATS, "the same sentence", 0)
    assert said == "the same sentence, no independent support"


def test_a_sentence_goes_on_in_small_letters(claim):
    assert statement(claim("The port is open")).endswith("says the port is open")


def test_days_are_english_whatever_the_locale():
    assert written_day(date(2021, 3, 9)) == "9 Mar 2021"


def test_many_speak_in_the_plural_and_pronouns_name_nobody(claim):
    def said(mention, kind=SpeakerKind.GROUP):
        return statement(claim("the port is open", mention=mention, speaker_kind=kind, outlet=None, day=None))

    assert said("three dockers") == "three dockers say the port is open"
    assert said("they") == "an unnamed source says the port is open"
    assert said("the", SpeakerKind.UNNAMED) == "an unnamed source says the port is open"


def test_a_comma_before_the_closing_mark_goes(claim):
    assert statement(claim("the port opens “in May,”", outlet=None, day=None)).endswith("“in May”")
