"""The judge: gates in words first, then the chances that the weighed signals give, then kind and reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from claimtrack.records import Claim, Relation, RelationKind, Signal
from claimtrack.relations.calendar_days import in_order
from claimtrack.relations.entailment import Entailment
from claimtrack.relations.evidence import Evidence, weigh
from claimtrack.relations.explanation import explain, named, reason_in_words
from claimtrack.relations.gates import (
    DENIALS,
    DENIER,
    Finding,
    clash,
    conflict,
    is_shut_out,
    is_unfit,
    same_sentence,
    support,
)
from claimtrack.relations.model import Chances, Question, Setting, chances_of, weights_for
from claimtrack.relations.origins import same_origin
from claimtrack.relations.reading import Reading, is_readable, read
from claimtrack.relations.signals import values_of

MATCHER = "judge-3"

# From these chances a relation is reported; docs/accuracy.md says what others would give.  A conflict that a
# rule can put into words needs less: with each story left out in turn, such findings were right at any.
LIKELY = 0.4
LIKELY_IN_WORDS = 0.15
WORTH_READING = 0.1  # chance of one fact from which a pair is worth an entailment model's time
_TOLD = 0.05  # log-odds from which a signal is stored with a relation


@dataclass(frozen=True)
class Draft:
    """A pair that passed the gates, with all that was measured on it."""

    early: Claim
    late: Claim
    seen: Evidence
    values: dict[str, float]
    chances: Chances
    reading: Reading | None = None


def judge(a: Claim, b: Claim, entailment: Entailment | None = None) -> Relation | None:
    """The relation between two claims of different articles, or None.

    The order of the arguments does not matter: in the result `a` is the earlier claim.
    """
    return next(iter(judge_pairs([(a, b)], entailment)), None)


def judge_pairs(pairs: Iterable[tuple[Claim, Claim]], entailment: Entailment | None = None) -> list[Relation]:
    """The relations among pairs of claims, in the order given; pairs without one leave nothing.

    What becomes of a pair depends on nothing but its two claims.  The entailment model reads only those that
    the other signals leave open: one fact at least as likely as `WORTH_READING`, and no plain copy.
    """
    drafts = [draft for a, b in pairs if (draft := consider(a, b)) is not None]
    if entailment is not None:
        open_ = [k for k, draft in enumerate(drafts) if _is_worth_reading(draft)]
        readings = read(entailment, [(drafts[k].early, drafts[k].late) for k in open_])
        for k, reading in zip(open_, readings, strict=True):
            drafts[k] = with_reading(drafts[k], reading)
    return [relation for draft in drafts if (relation := decide(draft)) is not None]


def _is_worth_reading(draft: Draft) -> bool:
    return (
        draft.chances.fact >= WORTH_READING
        and is_readable(draft.early, draft.late)
        and draft.values["both open"] == 0  # of what is not known yet nothing follows
        and same_sentence(draft.seen) is None
    )


def with_reading(draft: Draft, reading: Reading) -> Draft:
    """The draft, weighed anew with what the entailment model made of it."""
    values = {**draft.values, **reading.values()}
    chances = chances_of(values, setting_of(draft.early, draft.late))
    return replace(draft, values=values, chances=chances, reading=reading)


def consider(a: Claim, b: Claim) -> Draft | None:
    """What was measured on a pair, unless a gate shuts it out."""
    if is_unfit(a, b):
        return None
    early, late = in_order(a, b)
    seen = weigh(early, late)
    if is_shut_out(seen):
        return None
    values = values_of(seen)
    return Draft(early, late, seen, values, chances_of(values, setting_of(early, late)))


def setting_of(a: Claim, b: Claim) -> Setting:
    """Claims with nothing around them were laid side by side by somebody; no archive has proposed them."""
    return Setting.ARCHIVE if a.facets.context and b.facets.context else Setting.GIVEN


def decide(draft: Draft) -> Relation | None:
    """The relation that the chances and the reasons in words agree on."""
    seen, chances = draft.seen, draft.chances
    found: Finding | None = None
    score = 0.0
    if one := _one_statement(draft):
        found, score = one
    if found is None and chances.conflict >= LIKELY_IN_WORDS:
        likely = chances.conflict >= LIKELY
        found, score = conflict(seen, draft.reading if likely else None), chances.conflict
    if found is None and chances.support >= LIKELY:
        found, score = support(seen, draft.reading), chances.support
    if found is None:
        return None
    denier = draft.early if seen.polarity[0] in DENIALS else draft.late
    reason = reason_in_words(found.kind, found.reason.replace(DENIER, named(denier)), seen.gap)
    signals = (Signal("rule", 1.0, reason), *_signals(draft, found.kind))
    text = explain(draft.early, draft.late, reason)
    return Relation(draft.early.key, draft.late.key, found.kind, round(score, 3), signals, text)


def _one_statement(draft: Draft) -> tuple[Finding, float] | None:
    """One sentence or one statement printed twice: words that prove it need no chance of one fact."""
    if copied := same_sentence(draft.seen):
        return copied, draft.seen.near_copy
    if clash(draft.seen):
        return None
    origin = same_origin(draft.early, draft.late, draft.chances.fact)
    return (Finding(RelationKind.REPEATS, origin.note), origin.value) if origin else None


def _signals(draft: Draft, kind: RelationKind) -> tuple[Signal, ...]:
    """The chance of one fact, then the signals by what they count for this kind, heaviest first.

    What counts is the log-odds of one fact and, against or for it, those of a conflict.
    """
    weights = weights_for(draft.values)
    against = 1 if kind in {RelationKind.CONTRADICTS, RelationKind.UPDATES} else -1
    parts = weights[Question.FACT].parts(draft.values)
    for name, part in weights[Question.CONFLICT].parts(draft.values).items():
        parts[name] = parts.get(name, 0.0) + against * part
    notes = draft.seen.notes()
    shared = ", ".join(dict.fromkeys(u.text for u in draft.seen.overlap.shared))
    same = Signal("same fact", round(draft.chances.fact, 3), f"shared: {shared}" if shared else "")
    days = (Signal("days apart", float(draft.seen.gap)),) if draft.seen.gap else ()
    weighed = (
        Signal(name, round(draft.values[name], 3), notes.get(name, ""), round(part, 3))
        for name, part in sorted(parts.items(), key=lambda p: (-abs(p[1]), p[0]))
        if abs(part) >= _TOLD or name in notes
    )
    return (same, *weighed, *days)
