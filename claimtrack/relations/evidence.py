"""All signals of one pair, measured once; the judge sees nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from claimtrack.records import Claim, Signal
from claimtrack.relations.calendar_days import compare_periods, days_between
from claimtrack.relations.origins import channel, same_speaker
from claimtrack.relations.overlap import Overlap, near_copy, overlap, wording
from claimtrack.relations.polarity import Polarity, answers, names_topic, polarity_of, takes_back_all
from claimtrack.relations.profiles import profile_of
from claimtrack.relations.progress import Stage, declines, fills_in, stage_of
from claimtrack.relations.quantities import compare_quantities, other_measure
from claimtrack.relations.quoting import shared_quotation
from claimtrack.relations.referents import compare_ordinals, compare_places, opposed_words, strangers
from claimtrack.relations.words import concepts_of, weight

# Log-odds that two claims speak of one fact.  A logistic fit to the hand-judged pairs of three stories,
# cross-validated by story, rounded and kept monotone; every weight says "per unit of the signal".
SAME_FACT = {
    "cover_least": 2.5,  # share of the less covered claim found in the other
    "cover_most": 1.0,  # share of the better covered one
    "names": 0.5,  # weight of shared names, at most 3
    "topics": 0.8,  # weight of shared rare words, at most 3
    "wording": 0.9,  # token_set_ratio
    "context": 0.1,  # weight of what one content and the surroundings of the other share, at most 5
    "strangers": -1.5,  # people and organisations that only one claim names, on both sides, at most 2
    "ordinal": 1.6,  # 1 both count it alike, -0.5 one does not count it
    "number": 0.8,  # 1 a figure in common
}
BASE = -2.5
_STATES = frozenset({"", "be", "have", "seem", "remain", "want", "believe", "think", "like"})
VERB_ALONE = 0.6  # "did not meet A" takes back "met A", not "met B": most of its words must be there


@dataclass(frozen=True)
class Evidence:
    """What was measured on an earlier and a later claim."""

    overlap: Overlap
    same_fact: float  # probability
    wording: float
    near_copy: float
    strangers: float
    ordinals: tuple[float, str]
    quantities: tuple[float, str]
    other_measure: bool
    periods: tuple[float, str]
    places: float
    opposed: tuple[float, str]
    quotation: int
    polarity: tuple[Polarity, Polarity]
    answers: float  # how far the denial of the two speaks of what the other affirms; 0 without a denial
    stages: tuple[Stage, Stage]
    setting: float  # weight of what content and surroundings of both share
    fills_in: bool  # the later claim names the day or place that the earlier one leaves open
    event: bool  # the later claim tells of something done or planned, not of how things are
    declined: tuple[bool, bool]
    gap: int | None  # days from the earlier statement to the later
    same_speaker: bool
    channel: str

    def signals(self) -> tuple[Signal, ...]:
        """The signals to store with a relation: those that say something."""
        shared = ", ".join(dict.fromkeys(u.text for u in self.overlap.shared))
        notes = (
            Signal("same fact", self.same_fact, f"shared: {shared}" if shared else ""),
            Signal("wording", self.wording),
            Signal("near copy", self.near_copy if self.near_copy >= 0.6 else 0.0),
            Signal("quotation", float(self.quotation if self.quotation >= 3 else 0), "words quoted by both"),
            Signal("strangers", -self.strangers, "names that only one side knows"),
            Signal("ordinal", *self.ordinals),
            Signal("number", *self.quantities),
            Signal("date", *self.periods),
            Signal("place", self.places),
            Signal("antonym", *self.opposed),
            Signal("denial", -self.answers, " / ".join(self.polarity)),
            Signal("progress", float(self.stages[1] - self.stages[0]), _steps(self.stages)),
            Signal("filled in", float(self.fills_in), "names the day or place left open"),
            Signal("setting", self.setting, "weight of what both stories share"),
            Signal("days apart", float(self.gap or 0)),
            Signal("same speaker", float(self.same_speaker)),
            Signal("passed on", float(bool(self.channel)), self.channel),
        )
        return tuple(Signal(s.name, round(s.value, 3), s.note) for s in notes if s.value)


def _steps(stages: tuple[Stage, Stage]) -> str:
    return " to ".join(s.name.lower() for s in stages)


def weigh(early: Claim, late: Claim) -> Evidence:
    """Measure every signal on a pair."""
    shared, alike, unknown = overlap(early, late), wording(early, late), strangers(early, late)
    ordinals, quantities = compare_ordinals(early, late), compare_quantities(early, late)
    polarity = polarity_of(early), polarity_of(late)
    return Evidence(
        overlap=shared,
        same_fact=same_fact(shared, alike, unknown, ordinals[0], quantities[0]),
        wording=alike,
        near_copy=near_copy(early, late),
        strangers=unknown,
        ordinals=ordinals,
        quantities=quantities,
        other_measure=other_measure(early, late),
        periods=compare_periods(early, late),
        places=compare_places(early, late),
        opposed=opposed_words(early, late),
        quotation=shared_quotation(early, late),
        polarity=polarity,
        answers=_answered(early, late, polarity),
        stages=(stage_of(early), stage_of(late)),
        setting=setting(early, late),
        fills_in=fills_in(early, late),
        event=late.facets.verb not in _STATES or stage_of(late) is Stage.PLAN,
        declined=(declines(early), declines(late)),
        gap=days_between(early, late),
        same_speaker=same_speaker(early, late),
        channel=channel(early, late),
    )


def same_fact(
    shared: Overlap, alike: float, unknown: float, ordinal: float = 0.0, number: float = 0.0
) -> float:
    """Probability that the two claims speak of one fact, whatever they say of it."""
    least, most = sorted((shared.cover_a, shared.cover_b))
    values = {
        "cover_least": least,
        "cover_most": most,
        "names": min(shared.names, 3.0),
        "topics": min(shared.topics, 3.0),
        "wording": alike,
        "context": min(shared.context, 5.0),
        "strangers": min(unknown, 2.0),
        "ordinal": ordinal,
        "number": max(number, 0.0),
    }
    return 1 / (1 + exp(-BASE - sum(SAME_FACT[name] * value for name, value in values.items())))


def _answered(early: Claim, late: Claim, polarity: tuple[Polarity, Polarity]) -> float:
    match tuple(p in {Polarity.NEGATES, Polarity.REFUTES} for p in polarity):
        case True, False:
            return _denial(early, late)
        case False, True:
            return _denial(late, early)
        case True, True:
            return _both_deny(early, late)
    return 0.0


def _both_deny(a: Claim, b: Claim) -> float:
    """How far two denials take back the same; one that names no topic is measured on the other's."""
    if not (takes_back_all(a) and takes_back_all(b)):
        return 0.0
    match names_topic(a), names_topic(b):
        case True, True:
            return min(answers(a, b), answers(b, a))
        case False, True:
            return answers(a, b)
        case True, False:
            return answers(b, a)
    return 0.0


def _denial(denial: Claim, other: Claim) -> float:
    """A refutation or "there is none" takes back the whole topic; "did not V" only what is said with V."""
    if takes_back_all(denial):
        return answers(denial, other)
    if not denial.facets.verb or not same_verb(denial, other) or strangers(denial, other) >= 1:
        return 0.0
    found = answers(denial, other)
    return found if found >= VERB_ALONE else 0.0


def same_verb(denial: Claim, other: Claim) -> bool:
    """Whether the verb that a claim negates stands, as a concept, in the other claim."""
    verb = concepts_of(denial.facets.verb)
    return any(verb & concepts_of(term) for term in (other.facets.verb, *other.facets.terms) if term)


def setting(a: Claim, b: Claim) -> float:
    """Weight of the words that both claims hold in content or surroundings: are they of one story?"""
    one, other = profile_of(a), profile_of(b)
    shared = (one.context | one.words) & (other.context | other.words)
    return sum(worth for word in shared if (worth := weight(word)) > 0.5)
