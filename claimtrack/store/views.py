"""What the store hands to readers: frozen dataclasses, ready to print, without a database behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from claimtrack.records import (
    Decision,
    Kind,
    RelationKind,
    Signal,
    Span,
    SpeakerKind,
    Stance,
    Tenure,
    TextOrigin,
    Verdict,
)


@dataclass(frozen=True)
class ArticleView:
    """One article without its body; `id` is the stable key, `status` is current or superseded."""

    id: str
    path: str
    outlet: str | None
    title: str | None
    published: date | None
    url: str | None
    sha256: str
    claims: int  # not counting retired ones
    unknown: tuple[str, ...]  # facts that neither the text nor the user gave
    status: str
    revises: str | None = None  # the article whose file held another text before
    origin: TextOrigin = field(default_factory=TextOrigin)
    language: str | None = None  # ISO 639-1; None where too little of the text tells
    raw_sha256: str | None = None  # of the bytes it was read from; None of articles that came in as text
    media_type: str | None = None  # of these bytes


@dataclass(frozen=True)
class ClaimView:
    """One claim with what is needed to read it; `sentence`, `mention` and `cue` are slices of the body."""

    id: str
    article_id: str
    path: str
    url: str | None
    outlet: str | None
    title: str | None
    published: date | None
    sha256: str  # of the article's body
    speaker_id: str
    speaker: str
    mention: str
    resolution_rule: str
    relays: tuple[str, ...]
    kind: Kind
    stance: Stance
    text: str
    sentence: str
    cue: str
    content: tuple[Span, ...]
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    sentence_span: Span
    stated_on: date | None
    confidence: float
    rule: str
    extractor: str
    retired: bool
    origin: TextOrigin = field(default_factory=TextOrigin)  # where the article's text comes from

    @property
    def day(self) -> date | None:
        """The day the claim counts for: when it was stated, else when it was published."""
        return self.stated_on or self.published


@dataclass(frozen=True)
class RelationView:
    """Two claims and how they stand to each other; `verdict` is the newest one."""

    id: str
    kind: RelationKind
    score: float
    signals: tuple[Signal, ...]
    explanation: str
    matcher: str
    a: ClaimView
    b: ClaimView
    verdict: Verdict | None
    retired: bool = False  # the matcher no longer makes it; kept for its verdicts


@dataclass(frozen=True, slots=True)
class NearView:
    """A relation as one of its claims sees it: how it is related to which claim, said by whom and where."""

    id: str
    kind: RelationKind
    matcher: str
    claim: str  # across
    speaker: str
    outlet: str | None
    decision: Decision | None  # in force, on the relation


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim without its words: who speaks in which article, on which day."""

    claim: str
    article: str
    speaker: str
    day: date | None


@dataclass(frozen=True, slots=True)
class LinkView:
    """A relation without the words of its claims; `decision` is the newest on it or on one of them.

    Of its signals only those are held that name the words in which the two differ.
    """

    id: str
    kind: RelationKind
    score: float
    a: Voice
    b: Voice
    decision: Decision | None
    signals: tuple[Signal, ...]


@dataclass(frozen=True)
class SpeakerView:
    """One speaker and how much of it the archive holds; retired claims do not count."""

    id: str
    name: str
    kind: SpeakerKind
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    claims: int
    outlets: int
    first: date | None
    last: date | None
    tenures: tuple[Tenure, ...] = ()  # the roles with the days on which they were seen


@dataclass(frozen=True)
class OutletView:
    """One outlet and how much of it the archive holds."""

    id: str
    name: str
    articles: int
    claims: int
    speakers: int
    is_agency: bool


class ReviewStatus(StrEnum):
    """How a claim or relation stands with reviewers; a relation of a rejected claim is rejected too."""

    OPEN = "open"  # no verdict counts
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSURE = "unsure"


class DecisionKind(StrEnum):
    """What a person decided about speakers or outlets, as its entry in the log is called too."""

    MERGE = "speakers merged"
    SPLIT = "speaker split"
    RENAME = "speaker renamed"
    ADD_ALIAS = "alias added"
    REMOVE_ALIAS = "alias removed"
    DISTINCT = "speakers told apart"
    MERGE_OUTLETS = "outlets merged"
    UNDO = "decision undone"


@dataclass(frozen=True)
class DecisionView:
    """One decision about speakers or outlets; `in_force` unless another one that is in force undoes it."""

    id: str
    number: int  # 1, 2, 3 … in the order in which they were made
    kind: DecisionKind
    payload: dict[str, Any]
    undoes: str | None
    reviewer: str
    at: datetime
    note: str
    in_force: bool = True


@dataclass(frozen=True)
class EventView:
    """One entry of the append-only log; `hash` covers the entry and the hash before it."""

    id: int
    kind: str
    subject: str
    at: datetime
    who: str
    program: str
    payload: dict[str, Any]
    previous: str
    hash: str
