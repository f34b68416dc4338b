"""The judge: signals in, at most one relation out.  Gates in words first, then thresholds."""

from __future__ import annotations

from datetime import date

from claimtrack.records import Claim, Relation, RelationKind, Signal, Stance
from claimtrack.relations.calendar_days import day_of
from claimtrack.relations.evidence import Evidence, weigh
from claimtrack.relations.explanation import explain, reason_in_words
from claimtrack.relations.polarity import Polarity, is_question
from claimtrack.relations.progress import Stage, is_silent

MATCHER = "rules-1"

SUPPORT = 0.5  # same_fact from which agreement is reported
CHANGE = 0.55  # same_fact from which a later statement is an update
DENIED = 0.4  # share of its topic that a denial must find in the other claim
CONFLICT = 0.6  # same_fact from which figures, dates or opposed words make a conflict
OPPOSED = 0.7  # opposed words mislead oftener than figures do
NEWS_DAYS = 3  # an open matter is not settled by a statement of the same news cycle
PLAN_DAYS = 14  # a plan stated again weeks later is a new statement of it
ONE_STORY = 3.0  # weight of shared words, surroundings included, from which two claims are of one story
COPY = 0.9  # rapidfuzz ratio from which eight words and more are one wire's sentence
_DENIALS = frozenset({Polarity.NEGATES, Polarity.REFUTES})

_PLAN = "a later statement on the same plan"

Finding = tuple[RelationKind, float, str]


def judge(a: Claim, b: Claim) -> Relation | None:
    """The relation between two claims of different articles, or None.

    The order of the arguments does not matter: in the result `a` is the earlier claim.
    """
    if a.article == b.article:
        return None
    early, late = sorted((a, b), key=lambda c: (day_of(c) or date.max, c.key))
    seen = weigh(early, late)
    finding = find(early, late, seen)
    if finding is None:
        return None
    kind, score, reason = finding
    reason = reason_in_words(kind, reason, seen.gap)
    signals = (Signal("rule", 1.0, reason), *seen.signals())
    return Relation(early.key, late.key, kind, round(score, 3), signals, explain(early, late, reason))


def find(early: Claim, late: Claim, seen: Evidence) -> Finding | None:
    """Kind, score and reason: the first rule that holds."""
    if is_question(early) or is_question(late) or _is_no_position(early) or _is_no_position(late):
        return None
    changed = min(v for v, _ in (seen.quantities, seen.periods, seen.opposed, seen.ordinals)) <= -1
    if seen.near_copy >= COPY and not changed and seen.polarity[0] is seen.polarity[1]:
        return RelationKind.REPEATS, seen.near_copy, "the same sentence"
    if different_referents(seen):
        return None
    return _denied(seen) or _changed(seen) or _conflicting(seen) or _supported(seen)


def _is_no_position(claim: Claim) -> bool:
    """No position: "speculation that …" with nobody named, or what a report "did not explain"."""
    unsourced = claim.attribution.stance is Stance.EXPECTS and not claim.attribution.source
    return unsourced or is_silent(claim)


def different_referents(seen: Evidence) -> bool:
    """Whether the two speak of different things of one sort: another summit, another person."""
    if seen.ordinals[0] <= -1 or seen.other_measure:
        return True
    both_past = seen.stages == (Stage.FACT, Stage.FACT)
    return both_past and seen.periods[0] < 0 and not seen.same_speaker


def shares_matter(seen: Evidence) -> bool:
    """Whether more than names is shared: the same people and places are in many stories."""
    figure = max(seen.quantities[0], 0.0)
    matter = seen.overlap.topics + figure
    return matter >= 0.4 and (matter + seen.overlap.persons >= 1.0 or seen.wording >= 0.8)


def _denied(seen: Evidence) -> Finding | None:
    """One denies what the other says."""
    one, other = seen.polarity
    if (one in _DENIALS) == (other in _DENIALS) or seen.answers < DENIED or any(seen.declined):
        return None
    score, days = 0.4 + 0.5 * seen.answers, seen.gap or 0
    if one is Polarity.OPEN:
        answer = RelationKind.UPDATES, score, "a later answer to an open question"
        return answer if days >= NEWS_DAYS else None
    said = seen.stages[0] if other in _DENIALS else seen.stages[1]
    if other is Polarity.OPEN or said < Stage.PLAN:
        return None
    if seen.same_speaker:
        return (RelationKind.UPDATES, score, "a changed position") if days >= 1 else None
    if said is Stage.PLAN and days >= PLAN_DAYS:
        return RelationKind.UPDATES, score, _PLAN
    return RelationKind.CONTRADICTS, score, "one denies what the other says"


def _changed(seen: Evidence) -> Finding | None:
    """A later statement on a matter that was still moving."""
    days, (before, after) = seen.gap or 0, seen.stages
    if before is Stage.FACT or days < NEWS_DAYS or seen.declined[1]:
        return None
    if seen.declined[0]:
        spoke = seen.same_speaker and seen.setting >= ONE_STORY and after >= Stage.PLAN
        broken = RelationKind.UPDATES, max(seen.same_fact, CHANGE), "the speaker had declined to comment"
        return broken if spoke else None
    if seen.fills_in and before < Stage.POSSIBLE <= after < Stage.FACT and seen.setting >= ONE_STORY:
        sure = max(seen.same_fact, min(0.5 + 0.03 * seen.setting, 0.8))
        return RelationKind.UPDATES, sure, "a later statement that names what was open"
    if seen.same_fact < CHANGE or not shares_matter(seen):
        return None
    if days >= PLAN_DAYS:
        return RelationKind.UPDATES, seen.same_fact, _PLAN
    if before < Stage.PLAN <= after and not (before is Stage.POSSIBLE and after is Stage.FACT) and seen.event:
        return RelationKind.UPDATES, seen.same_fact, "a later statement on a matter that was still open"
    return None


def _conflicting(seen: Evidence) -> Finding | None:
    """Figures, days or words that exclude each other, on one fact."""
    if seen.same_fact < CONFLICT or not shares_matter(seen):
        return None
    if any(seen.declined) or Polarity.OPEN in seen.polarity:
        return None
    planned = Stage.FACT not in seen.stages
    if seen.strangers >= 1 or (seen.places < 0 and not planned):  # other people, or elsewhere
        return None
    for (value, note), what in (
        (seen.quantities, "the figures differ"),
        (seen.opposed if seen.same_fact >= OPPOSED else (0.0, ""), "the words exclude each other"),
        (seen.periods if planned else (0.0, ""), "the days differ"),
    ):
        if value < 0:
            later = (seen.gap or 0) >= 1
            if later:
                return RelationKind.UPDATES, seen.same_fact, f"a later statement, and {what} ({note})"
            return RelationKind.CONTRADICTS, seen.same_fact, f"{what} ({note})"
    return None


def _supported(seen: Evidence) -> Finding | None:
    """Both say it."""
    if not _agree(seen):
        return None
    score = max(seen.same_fact, 0.4 + 0.5 * seen.answers if seen.answers >= DENIED else 0.0)
    if seen.same_speaker:
        return RelationKind.REPEATS, score, "the same speaker again"
    if seen.channel:
        return RelationKind.REPEATS, score, f"both go back to {seen.channel}"
    return RelationKind.CORROBORATES, score, "different sources agree"


def _agree(seen: Evidence) -> bool:
    one, other = seen.polarity
    if seen.declined[0] != seen.declined[1] or (one in _DENIALS) != (other in _DENIALS):
        return False
    if min(v for v, _ in (seen.quantities, seen.periods, seen.opposed)) < 0:
        return False
    low, high = sorted(seen.stages)
    if low <= Stage.TALKS and high > Stage.POSSIBLE:  # "is checking whether" is no support for "it is so"
        return False
    if (seen.gap or 0) >= PLAN_DAYS and low < Stage.FACT:  # weeks later, a plan is another plan
        return False
    both_deny = one in _DENIALS and seen.answers >= DENIED
    return (seen.same_fact >= SUPPORT and shares_matter(seen)) or both_deny
