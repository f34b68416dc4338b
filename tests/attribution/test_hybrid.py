"""Joining what rules and tagger find: who stands where both speak, and what each adds."""

from __future__ import annotations

from claimtrack.attribution.hybrid import as_attributions, combine
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
