"""The judge's rules in words: which pairs have no relation, and what kind and reason a likely one has.

The chances say *whether* two claims support or exclude each other; these rules say *how*, and nothing is
reported that none of them can put into words.
"""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.records import Claim, RelationKind, Stance
from claimtrack.relations.evidence import Evidence
from claimtrack.relations.memory import once_a_claim
from claimtrack.relations.origins import other_sentences
from claimtrack.relations.polarity import Polarity, is_question
from claimtrack.relations.profiles import PLACE_WEIGHT
from claimtrack.relations.progress import Stage, is_silent
from claimtrack.relations.reading import Reading
from claimtrack.relations.stories import one_story

NEWS_DAYS = 3  # an open matter is not settled by a statement of the same news cycle
PLAN_DAYS = 14  # a plan stated again weeks later is a new statement of it
PLAN_LIFE = 730  # days from which a plan of like words is another plan, not the old one moved on
DENIALS = frozenset({Polarity.NEGATES, Polarity.REFUTES})
DENIED = 0.4  # share of its topic that a denial must find in the other claim
SETTING = 3.0  # weight of shared words, surroundings included, from which two claims are of one story
ONE_EVENT = 0.17  # likeness of two claims with their surroundings, from which they may exclude each other
SAID_ALIKE = 1.2  # rarity of the words that both say, from which they may, whatever stands around them
CLOSE = 0.8  # twice the likeness of stories and the share of the less covered claim, for one plan
TWO_TOPICS = 1.5  # weight of shared concepts that tell a plan without a name
FRAGMENT = 3  # words: "fraud" takes no position that can be denied
SPOKEN = 0.3  # share of the less covered claim's words from which a reading is of one matter
LIKELIER = 0.5  # probability that the other direction must give it
SURE = 0.7  # probability from which a reading of the entailment model is a reason by itself
COPY = 0.9  # rapidfuzz ratio from which eight words and more are one wire's sentence
DENIER = "{denier}"  # in a reason: who denies
_PLAN = "a later statement on the same plan"


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind of relation and why, in words."""

    kind: RelationKind
    reason: str


def is_unfit(a: Claim, b: Claim) -> bool:
    """Whether a pair need not be measured: of one text, of different stories, questions, no position."""
    if a.article == b.article or other_sentences(a, b) or not one_story(a, b):
        return True
    return is_out(a) or is_out(b)


@once_a_claim
def is_out(claim: Claim) -> bool:
    """Whether a claim has no relations: it asks, or takes no position."""
    return is_question(claim) or _is_no_position(claim)


def one_event(seen: Evidence) -> bool:
    """Whether what surrounds or makes up two claims is alike enough for one to exclude the other."""
    return seen.story >= ONE_EVENT or seen.coverage.shared >= SAID_ALIKE


def is_shut_out(seen: Evidence) -> bool:
    """Whether a pair has no relation whatever the signals say: different referents."""
    return same_sentence(seen) is None and different_referents(seen)


def _is_no_position(claim: Claim) -> bool:
    """No position: a word or two, "speculation that …" with nobody named, what a report "did not explain"."""
    if len(claim.normalised.split()) < FRAGMENT:
        return True
    unsourced = claim.attribution.stance is Stance.EXPECTS and not claim.attribution.source
    return unsourced or is_silent(claim)


def different_referents(seen: Evidence) -> bool:
    """Whether the two speak of different things of one sort: another summit, another person."""
    if seen.ordinals[0] <= -1 or seen.other_measure:
        return True
    both_past = seen.stages == (Stage.FACT, Stage.FACT)
    return both_past and seen.periods[0] < 0 and not seen.same_speaker


def same_sentence(seen: Evidence) -> Finding | None:
    """One sentence printed twice, with no figure, day, rank or opposed word changed."""
    details = (seen.quantities, seen.periods, seen.opposed, seen.ordinals)
    changed = min(value for value, _ in details) <= -1
    if seen.near_copy >= COPY and not changed and seen.polarity[0] is seen.polarity[1]:
        return Finding(RelationKind.REPEATS, "the same sentence")
    return None


def shares_matter(seen: Evidence) -> bool:
    """Whether more than names is shared: the same people and places are in many stories."""
    figure = max(seen.quantities[0], 0.0)
    matter = seen.overlap.topics + figure
    return matter >= 0.4 and (matter + seen.overlap.persons >= 1.0 or seen.wording >= 0.8)


def conflict(seen: Evidence, reading: Reading | None = None) -> Finding | None:
    """Which kind of conflict, and why; None where nothing can say what excludes what."""
    return (
        denied(seen) or filled_in(seen) or changed(seen) or details_differ(seen) or _ruled_out(seen, reading)
    )


def _comparable(seen: Evidence) -> bool:
    """Whether two claims take positions on one matter."""
    return (
        shares_matter(seen)
        and one_event(seen)
        and not any(seen.declined)
        and Polarity.OPEN not in seen.polarity
    )


def _ruled_out(seen: Evidence, reading: Reading | None) -> Finding | None:
    """The entailment model is sure that one rules the other out."""
    if reading is None or reading.contradicted < SURE or reading.contradicted_both_ways < LIKELIER:
        return None
    if not _comparable(seen) or min(seen.coverage.a, seen.coverage.b) < SPOKEN:
        return None
    if Stage.FACT not in seen.stages and (seen.gap or 0) >= NEWS_DAYS:
        return Finding(RelationKind.UPDATES, _PLAN)
    return Finding(RelationKind.CONTRADICTS, "read together, the two exclude each other")


def denied(seen: Evidence) -> Finding | None:
    """One denies what the other says."""
    one, other = seen.polarity
    if (one in DENIALS) == (other in DENIALS) or seen.answers < DENIED or any(seen.declined):
        return None
    # What a denial takes back must be said, not only stand around: a denial of one thing leaves the rest.
    if not one_event(seen) or not (seen.coverage.shared or seen.overlap.topics or seen.overlap.names):
        return None
    days = seen.gap or 0
    if one is Polarity.OPEN:
        answer = Finding(RelationKind.UPDATES, "a later answer to an open question")
        return answer if days >= NEWS_DAYS else None
    said = seen.stages[0] if other in DENIALS else seen.stages[1]
    if other is Polarity.OPEN or said < Stage.PLAN:
        return None
    if seen.same_speaker:
        return Finding(RelationKind.UPDATES, "a changed position") if days >= 1 else None
    if said is Stage.PLAN and days >= PLAN_DAYS:
        return Finding(RelationKind.UPDATES, _PLAN)
    return Finding(RelationKind.CONTRADICTS, f"disputed by {DENIER}")


def filled_in(seen: Evidence) -> Finding | None:
    """A later plan that names the day or the place that was open."""
    (before, after), days = seen.stages, seen.gap or 0
    if days < NEWS_DAYS or any(seen.declined) or not seen.fills_in or seen.setting < SETTING:
        return None
    if not before < Stage.POSSIBLE <= after < Stage.FACT:
        return None
    return Finding(RelationKind.UPDATES, "a later statement that names what was open")


def changed(seen: Evidence) -> Finding | None:
    """A later statement on a matter that was still moving."""
    days, (before, after) = seen.gap or 0, seen.stages
    if before is Stage.FACT or not NEWS_DAYS <= days <= PLAN_LIFE or seen.declined[1]:
        return None
    if seen.declined[0]:
        spoke = seen.same_speaker and seen.setting >= SETTING and after >= Stage.PLAN
        return Finding(RelationKind.UPDATES, "the speaker had declined to comment") if spoke else None
    if not shares_matter(seen) or not one_event(seen) or not _one_plan(seen) or seen.strangers >= 1:
        return None
    if days >= PLAN_DAYS:
        return Finding(RelationKind.UPDATES, _PLAN)
    if before < Stage.PLAN <= after and not (before is Stage.POSSIBLE and after is Stage.FACT) and seen.event:
        return Finding(RelationKind.UPDATES, "a later statement on a matter that was still open")
    return None


def _one_plan(seen: Evidence) -> bool:
    """Who and what, and close to each other: many make plans of one kind, and one maker has several."""
    topics, names = seen.overlap.topics, seen.overlap.names
    told = topics >= TWO_TOPICS or (topics >= 0.4 and names >= PLACE_WEIGHT)
    return told and 2 * seen.story + min(seen.overlap.cover_a, seen.overlap.cover_b) >= CLOSE


def details_differ(seen: Evidence) -> Finding | None:
    """Figures, days or words that exclude each other, on one fact."""
    if not _comparable(seen):
        return None
    planned = Stage.FACT not in seen.stages
    if seen.strangers >= 1 or (seen.places < 0 and not planned):  # other people, or elsewhere
        return None
    for (value, note), what in (
        (seen.quantities, "the figures differ"),
        (seen.opposed, "the words exclude each other"),
        (seen.periods if planned else (0.0, ""), "the days differ"),
    ):
        if value < 0:
            if (seen.gap or 0) >= 1:
                return Finding(RelationKind.UPDATES, f"a later statement, and {what} ({note})")
            return Finding(RelationKind.CONTRADICTS, f"{what} ({note})")
    return None


def support(seen: Evidence, reading: Reading | None = None) -> Finding | None:
    """Whether both say it, on one matter, and whether that is independent support."""
    both_deny = seen.polarity[0] in DENIALS and seen.answers >= DENIED
    follows = reading is not None and reading.entailed >= SURE and reading.contradicted < 1 - SURE
    both_open = seen.polarity == (Polarity.OPEN, Polarity.OPEN)
    if not agree(seen, follows) or not (shares_matter(seen) or both_deny or both_open or follows):
        return None
    if seen.same_speaker:
        return Finding(RelationKind.REPEATS, "the same speaker again")
    if seen.channel:
        return Finding(RelationKind.REPEATS, f"both go back to {seen.channel}")
    return Finding(RelationKind.CORROBORATES, "different sources agree")


def clash(seen: Evidence, follows: bool = False) -> bool:
    """Whether sides, figures, days or words of two claims stand against each other.

    Where one `follows` from the other by the entailment model, a negation in one of them is only a wording.
    """
    one, other = seen.polarity
    if seen.declined[0] != seen.declined[1] or ((one in DENIALS) != (other in DENIALS) and not follows):
        return True
    return min(v for v, _ in (seen.quantities, seen.periods, seen.opposed)) < 0


def agree(seen: Evidence, follows: bool = False) -> bool:
    """Whether two claims do not clash, and speak of something as much and as little settled."""
    if clash(seen, follows):
        return False
    low, high = sorted(seen.stages)
    if low <= Stage.TALKS and high > Stage.POSSIBLE:  # "is checking whether" is no support for "it is so"
        return False
    # Weeks later, a plan is another plan.
    return not ((seen.gap or 0) >= PLAN_DAYS and low < Stage.FACT)
