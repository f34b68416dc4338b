"""The rules' confidence: a probability that grows with what makes an attribution safe."""

from __future__ import annotations

from claimtrack.attribution.confidence import probability
from claimtrack.records import Attribution, Kind, Span

BODY = "Ada Brook said the bridge will reopen in June of next year."


def attribution(
    rule: str, kind: Kind = Kind.INDIRECT, source: tuple[Span, ...] = (Span(0, 9),)
) -> Attribution:
    return Attribution(
        content=(Span(15, 58),),
        source=source,
        cue=(Span(10, 14),),
        sentence=Span(0, 59),
        kind=kind,
        rule=rule,
    )


def test_is_a_probability_for_known_and_unknown_rules() -> None:
    for rule in ("clause", "cited as", "no such rule"):
        assert 0 < probability(BODY, attribution(rule)) < 1


def test_a_plain_report_is_surer_than_a_carried_on_quotation() -> None:
    assert probability(BODY, attribution("clause")) > probability(BODY, attribution("continued quotation"))


def test_a_quotation_is_surer_than_a_paraphrase() -> None:
    quoted, indirect = attribution("clause", Kind.DIRECT), attribution("clause")
    assert probability(BODY, quoted) > probability(BODY, indirect)


def test_a_missing_source_costs_confidence() -> None:
    assert probability(BODY, attribution("clause", source=())) < probability(BODY, attribution("clause"))
