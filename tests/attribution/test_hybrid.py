"""Joining what rules and tagger find: who stands where both speak, and what each adds."""

from __future__ import annotations

import pytest

from claimtrack.attribution.finder import find_attributions
from claimtrack.attribution.hybrid import as_attributions, combine
from claimtrack.attribution.modes import find
from claimtrack.attribution.quotations import find_quotations
from claimtrack.attribution.tagger import RawAttribution
from claimtrack.language.model import load
from claimtrack.language.parsed import ParsedText
from claimtrack.records import Article, Attribution, Kind, Span, Stance

TEXT = "The mayor denied that the bridge is shut. “It is open,” she said, according to Reuters."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def found(content: str, source: str, cue: str, rule: str, confidence: float = 0.8) -> Attribution:
    return Attribution(
        (span(content),), (span(source),) if source else (), (span(cue),), Span(0, len(TEXT)),
        Kind.INDIRECT, rule=rule, confidence=confidence,
    )  # fmt: skip


def parsed() -> ParsedText:
    return load().parse(Article(TEXT, "a.txt"))


def learned(*raw: RawAttribution) -> list[Attribution]:
    return as_attributions(parsed(), raw, find_quotations(TEXT, parsed().paragraphs))


def pair(words: str) -> tuple[int, int]:
    return span(words).start, span(words).end


def test_ranges_become_attributions_with_stance_and_without_that() -> None:
    (a,) = learned(
        RawAttribution((pair("The mayor"),), (pair("denied"),), (pair("that the bridge is shut."),), 0.9)
    )
    assert [s.of(TEXT) for s in a.content] == ["the bridge is shut"]
    assert (a.stance, a.kind, a.rule, a.confidence) == (Stance.DENIES, Kind.INDIRECT, "tagger", 0.9)


def test_most_of_a_quotation_becomes_all_of_it() -> None:
    (a,) = learned(RawAttribution((pair("she"),), (pair("said"),), (pair("It is open"),), 0.9))
    assert [s.of(TEXT) for s in a.content] == ["“It is open,”"]
    assert a.kind is Kind.DIRECT


def test_where_both_speak_the_tagger_stands_and_gains_what_it_lacks() -> None:
    rule = found("the bridge is shut", "The mayor", "denied", "clause")
    model = found("bridge is shut", "", "denied", "tagger")
    (a,) = combine(parsed(), [rule], [model])
    assert (a.rule, a.source) == ("tagger", rule.source)


def test_fixed_forms_go_before_the_tagger() -> None:
    rule = found("It is open", "Reuters", "according to", "cited as")
    model = found("It is open", "she", "said", "tagger")
    assert [a.rule for a in combine(parsed(), [rule], [model])] == ["cited as"]


def test_safe_forms_fill_gaps_and_doubtful_ones_do_not() -> None:
    safe = found("It is open", "Reuters", "according to", "according to")
    doubtful = found("the bridge is shut", "The mayor", "denied", "clause")
    assert combine(parsed(), [safe, doubtful], []) == [safe]


def test_a_link_inside_a_report_stays_beside_it() -> None:
    outer = found("“It is open,” she said", "Reuters", "according to", "tagger")
    inner = found("It is open", "she", "said", "cited as")
    assert combine(parsed(), [inner], [outer]) == [outer, inner]


def tagged(text: str, source: str, cue: str, content: str) -> list[Attribution]:
    """What becomes of the tagger's ranges, each the first place of these words."""
    ranges = [((text.index(w), text.index(w) + len(w)),) for w in (source, cue, content)]
    parse = load().parse(Article(text, "a.txt"))
    return as_attributions(parse, [RawAttribution(*ranges, 0.9)], find_quotations(text, parse.paragraphs))


def test_a_range_that_ends_inside_a_word_ends_at_its_border() -> None:
    text = "Tides will rise, its head, Uwe Kranz, said."
    (a,) = tagged(text, "we Kran", "said", "ides will rise, its head, U")
    assert [s.of(text) for s in a.content] == ["Tides will rise, its head"]
    assert [s.of(text) for s in a.source] == ["Uwe Kranz"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "speaker"),
    [
        ("The minister was warned that the dam was weak.", "The minister", "was warned", []),
        ("Police were warned that the dam was weak.", "Police", "were warned", []),
        ("He was assured by Solberg that the dam was weak.", "He", "was assured", ["Solberg"]),
        ("The minister warned that the dam was weak.", "The minister", "warned", ["The minister"]),
    ],
)
def test_who_is_told_is_not_who_speaks(text: str, source: str, cue: str, speaker: list[str]) -> None:
    (a,) = tagged(text, source, cue, "the dam was weak")
    assert [s.of(text) for s in a.source] == speaker


def test_what_is_only_asked_or_supposed_is_no_report() -> None:
    assert tagged("Did Solberg say the dam was weak?", "Solberg", "say", "the dam was weak") == []
    assert tagged("If Solberg says the dam is weak, go.", "Solberg", "says", "the dam is weak") == []


def hybrid(text: str) -> list[tuple[str, Stance, str]]:
    """Source, stance and content of what rules and tagger find together."""
    article = Article(text, "a.txt")
    return [
        (" ".join(s.of(text) for s in a.source), a.stance, " … ".join(s.of(text) for s in a.content))
        for a in find(article, load().parse(article))
    ]


@pytest.mark.parametrize(
    ("denier", "verb", "claimant"),
    [
        ("The minister", "denied a claim", "Greenpeace"),
        ("The mayor", "rejected accusations", "Senator Moss"),
        ("Beijing", "dismissed claims", "Washington"),
    ],
)
def test_a_denied_claim_is_not_denied_by_who_makes_it(denier: str, verb: str, claimant: str) -> None:
    found = hybrid(f"{denier} {verb} by {claimant} that the river was poisoned.")
    assert (claimant, Stance.ASSERTS, "the river was poisoned") in found
    assert [who for who, stance, _ in found if stance is Stance.DENIES] == [denier]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The firm did not respond to a request for comment.", "The firm"),
        ("Senator Moss could not be reached for comment.", "Senator Moss"),
        ("Neither Moss nor the ministry responded to requests for comment.", "Neither Moss nor the ministry"),
    ],
)
def test_refusals_are_the_rules(text: str, source: str) -> None:
    ((who, stance, _),) = hybrid(text)
    assert (who, stance) == (source, Stance.DECLINES)


def test_transcripts_are_the_rules_and_rubrics_are_not() -> None:
    turns = [
        "GOV. DANA WHITFIELD: Good morning. The bridge will open on Friday after two years of work.",
        "REPORTER: Governor, will there be a toll on the bridge?",
        "GOV. WHITFIELD: No. There will be no toll on the bridge.",
    ]
    text = "\n\n".join(turns)
    assert [(who, said) for who, _, said in hybrid(text)] == [
        tuple(turn.rstrip(".").split(": ", 1)) for turn in turns
    ]
    body = "CLARIFICATION: The bridge has been open since Friday."
    article = Article(body, "a.txt")
    rules = find_attributions(article, load().parse(article))
    assert [a.rule for a in rules] == ["speaker label"]
    assert combine(load().parse(article), rules, []) == []
