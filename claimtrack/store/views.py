"""What the store hands to readers: frozen dataclasses, ready to print, without a database behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from claimtrack.records import Kind, RelationKind, Signal, Span, SpeakerKind, Stance, Verdict


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


@dataclass(frozen=True)
class OutletView:
    """One outlet and how much of it the archive holds."""

    id: str
    name: str
    articles: int
    claims: int
    speakers: int
    is_agency: bool


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
