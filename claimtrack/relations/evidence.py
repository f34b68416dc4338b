"""All signals of one pair, measured once; the judge sees nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from claimtrack.records import Claim
from claimtrack.relations.calendar_days import compare_periods, days_between
from claimtrack.relations.cues import Cues, cues_of
from claimtrack.relations.origins import channel, same_speaker
from claimtrack.relations.overlap import Overlap, near_copy, overlap, word_order, wording
from claimtrack.relations.polarity import Polarity, answers, names_topic, polarity_of, takes_back_all
from claimtrack.relations.progress import Stage, declines, fills_in, stage_of
from claimtrack.relations.quantities import compare_quantities, other_measure
from claimtrack.relations.quoting import shared_quotation
from claimtrack.relations.referents import compare_ordinals, compare_places, opposed_words, strangers
from claimtrack.relations.roles import compare_subjects, same_main_verb
from claimtrack.relations.stories import setting, story
from claimtrack.relations.vocabulary import Coverage, compare_figures, compare_vocabularies, vocabulary_of
from claimtrack.relations.words import concepts_of

_STATES = frozenset({"", "be", "have", "seem", "remain", "want", "believe", "think", "like"})
VERB_ALONE = 0.6  # "did not meet A" takes back "met A", not "met B": most of its words must be there


@dataclass(frozen=True)
class Evidence:
    """What was measured on an earlier and a later claim."""

    overlap: Overlap
    coverage: Coverage
    wording: float
    word_order: float
    near_copy: float
    strangers: float
    ordinals: tuple[float, str]
    quantities: tuple[float, str]
    figures: float
    other_measure: bool
    periods: tuple[float, str]
    places: float
    opposed: tuple[float, str]
    quotation: int
    subject: float
    verb: bool
    tenses: bool  # whether they differ
    cues: tuple[Cues, Cues]
    lengths: float  # how much longer one claim is, as a logarithm
    polarity: tuple[Polarity, Polarity]
    answers: float  # how far the denial of the two speaks of what the other affirms; 0 without a denial
    stages: tuple[Stage, Stage]
    story: float  # likeness of both with their surroundings, 0 to 1
    setting: float  # weight of what content and surroundings of both share
    fills_in: bool  # the later claim names the day or place that the earlier one leaves open
    event: bool  # the later claim tells of something done or planned, not of how things are
    declined: tuple[bool, bool]
    gap: int | None  # days from the earlier statement to the later
    same_speaker: bool
    channel: str

    def notes(self) -> dict[str, str]:
        """What can be said in words of single signals, by their names."""
        opposed = self.coverage.opposed
        notes = {
            "number": self.quantities[1] if self.quantities[0] < 0 else "",
            "same number": self.quantities[1] if self.quantities[0] > 0 else "",
            "date": self.periods[1] if self.periods[0] < 0 else "",
            "same days": self.periods[1] if self.periods[0] > 0 else "",
            "ordinal": self.ordinals[1],
            "antonym": self.opposed[1],
            "dictionary antonym": f"“{opposed[0]}” against “{opposed[1]}”" if opposed else "",
            "denial": " / ".join(self.polarity),
            "stage": " to ".join(stage.name.lower() for stage in self.stages),
        }
        return {name: note for name, note in notes.items() if note}


def weigh(early: Claim, late: Claim) -> Evidence:
    """Measure every signal on a pair."""
    polarity = polarity_of(early), polarity_of(late)
    one, other = vocabulary_of(early), vocabulary_of(late)
    return Evidence(
        overlap=overlap(early, late),
        coverage=compare_vocabularies(one, other),
        wording=wording(early, late),
        word_order=word_order(early, late),
        near_copy=near_copy(early, late),
        strangers=strangers(early, late),
        ordinals=compare_ordinals(early, late),
        quantities=compare_quantities(early, late),
        figures=compare_figures(one, other),
        other_measure=other_measure(early, late),
        periods=compare_periods(early, late),
        places=compare_places(early, late),
        opposed=opposed_words(early, late),
        quotation=shared_quotation(early, late),
        subject=compare_subjects(early, late),
        verb=same_main_verb(early, late),
        tenses=early.facets.tense != late.facets.tense,
        cues=(cues_of(early), cues_of(late)),
        lengths=abs(log((len(one.stems) + 1) / (len(other.stems) + 1))),
        polarity=polarity,
        answers=_answered(early, late, polarity),
        stages=(stage_of(early), stage_of(late)),
        story=story(early, late),
        setting=setting(early, late),
        fills_in=fills_in(early, late),
        event=late.facets.verb not in _STATES or stage_of(late) is Stage.PLAN,
        declined=(declines(early), declines(late)),
        gap=days_between(early, late),
        same_speaker=same_speaker(early, late),
        channel=channel(early, late),
    )


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
    if len(overlap(denial, other).shared) < 2 and compare_subjects(denial, other) <= 0:
        return 0.0
    found = answers(denial, other)
    return found if found >= VERB_ALONE else 0.0


def same_verb(denial: Claim, other: Claim) -> bool:
    """Whether the verb that a claim negates stands, as a concept, in the other claim."""
    verb = concepts_of(denial.facets.verb)
    return any(verb & concepts_of(term) for term in (other.facets.verb, *other.facets.terms) if term)
