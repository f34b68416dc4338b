"""The frozen dataclasses that pass between rooms.

Offsets are character offsets into ``Article.body``, end exclusive; ``body[span.start:span.end]`` is
what is shown.  The words *source*, *cue* and *content* are those of PARC 3 (Pareti 2012) and PolNeAR
(Newell et al., LREC 2018).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property


class MarkKind(StrEnum):
    """What a marked stretch of an article is, where it is not running text."""

    BOILERPLATE = "boilerplate"  # navigation, share and comment prompts, copyright, newsletters
    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    CREDIT = "credit"  # "(AP Photo/…)", "The Associated Press contributed to this report."


class Kind(StrEnum):
    """How the content is given: inside quotation marks, outside, both, or unsourced."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    OWN_VOICE = "own voice"


class Stance(StrEnum):
    """What the source does with the content."""

    ASSERTS = "asserts"
    DENIES = "denies"
    CONFIRMS = "confirms"
    DECLINES = "declines"
    DOUBTS = "doubts"
    ASKS = "asks"
    PROMISES = "promises"
    EXPECTS = "expects"


class SpeakerKind(StrEnum):
    """What stands behind a mention."""

    PERSON = "person"
    ORGANISATION = "organisation"
    GOVERNMENT = "government"
    GROUP = "group"  # "observers", "local media": many, none of them named
    UNNAMED = "unnamed"  # "a senior official": one, not named


class Modality(StrEnum):
    """Whether the content speaks of a fact, a plan, a possibility, a condition or a question."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"
    ASKED = "asked"


class RelationKind(StrEnum):
    """How two claims of different articles stand to each other, strongest reading first."""

    CONTRADICTS = "contradicts"
    UPDATES = "updates"
    CORROBORATES = "corroborates"
    REPEATS = "repeats"


class ArticleOrigin(StrEnum):
    """Where an article's text comes from, as far as the archive and the text itself show."""

    OWN = "own reporting"  # nothing shows otherwise
    WIRE = "wire copy"  # an agency's text, as the article says or the copy it repeats says
    REPRINT = "reprint"  # all but all of it stands in an earlier article, or another outlet's dateline does
    REWRITE = "rewrite"  # a good part of it does


class Decision(StrEnum):
    """A person's verdict on a relation or a claim."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"  # what an undo leaves where nothing was decided before


_LONGEST_KEY = 2_000  # bytes
JUDGED = (Decision.CONFIRMED, Decision.REJECTED, Decision.UNSURE)  # what people choose from


class QueueOrder(StrEnum):
    """What comes first of what waits for review."""

    SCORE = "score"  # the likeliest relation; the least certain claim
    DISAGREEMENT = "disagreement"  # where reviewers differ or the program was overruled, then close calls
    SPEAKER = "speaker"


class Fault(StrEnum):
    """What a reviewer found wrong with a claim."""

    WRONG_SPEAKER = "wrong speaker"
    WRONG_SPAN = "wrong span"
    NOT_A_CLAIM = "not a claim"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A pair of character offsets, end exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


def joined(body: str, spans: Iterable[Span], gap: str = " … ") -> str:
    """The text of several spans as one line of reading, with `gap` where words were left out."""
    return gap.join(span.of(body) for span in spans)


def digest(*parts: str) -> str:
    """SHA-256 of the parts, unambiguously joined, as 64 hex digits."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def short_key(text: str) -> str:
    """A text to look things up by: itself, or where it is long its beginning and its digest.

    PostgreSQL indexes nothing of more than 2,704 bytes, and cut texts would be taken for each other.
    """
    if len(text.encode("utf-8", "surrogatepass")) <= _LONGEST_KEY:
        return text
    return f"{text[:200]}…{digest(text)[:32]}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of an article that is not running text; cleaning marks, it never cuts."""

    span: Span
    kind: MarkKind


@dataclass(frozen=True)
class Article:
    """One text as one outlet published it.  Unknown facts are None, never guessed."""

    body: str
    path: str  # as ingested; "-" for standard input
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    published: date | None = None
    url: str | None = None
    marks: tuple[Mark, ...] = ()
    agencies: tuple[str, ...] = ()  # named in dateline, byline or credits: the text may be theirs
    detected: tuple[tuple[str, str], ...] = ()  # (field, how it came to be known)
    wire: str | None = None  # the agency whose text this is, as dateline, byline or rights line say
    language: str | None = None  # ISO 639-1; None where too little of the text tells
    # Whether another text at this path is a newer version of this one, as it is not in numbered records.
    lasting: bool = field(default=True, compare=False)

    @property
    def is_foreign(self) -> bool:
        """Whether the text is known to be in a language other than English."""
        return self.language not in (None, "en")

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the body's UTF-8 bytes, 64 hex digits."""
        return hashlib.sha256(self.body.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def key(self) -> str:
        """Stable identifier: the outlet and the hash of the body."""
        return "a" + digest((self.outlet or "").casefold(), self.sha256)[:12]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of the facts that neither the text nor the user gave."""
        return tuple(name for name in ("outlet", "title", "published") if getattr(self, name) is None)


@dataclass(frozen=True)
class Source:
    """The bytes that a text was read from, and what they are."""

    media_type: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes, 64 hex digits."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class TextOrigin:
    """Where an article's text comes from; `share` is how much of it and its original is common, 0 to 1."""

    kind: ArticleOrigin = ArticleOrigin.OWN
    of: str = ""  # Article.key of the text it copies or rewrites
    agency: str = ""  # whose text it is: an agency, or the outlet that a reprint's dateline names
    share: float = 0.0
    reason: str = ""

    @property
    def words(self) -> str:
        """ "own reporting", "wire copy of Lusa", "rewrite of a1b2c3…"."""
        agency_first = (self.agency, self.of) if self.kind is ArticleOrigin.WIRE else (self.of, self.agency)
        whose = next(filter(None, agency_first), "")
        return f"{self.kind} of {whose}" if whose and self.kind is not ArticleOrigin.OWN else str(self.kind)


@dataclass(frozen=True, slots=True)
class Relay:
    """Who passed a statement on before this outlet printed it, and the words that say so."""

    name: str
    span: Span


@dataclass(frozen=True)
class Attribution:
    """What the extractor finds in the text.  `source` is empty where the text names nobody."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    sentence: Span  # from the first to the last sentence that content, source and cue touch
    kind: Kind
    stance: Stance = Stance.ASSERTS
    relays: tuple[Relay, ...] = ()  # in order, nearest the speaker last
    rule: str = ""  # which rule or model made it
    confidence: float = 1.0  # calibrated probability that it is right


@dataclass(frozen=True)
class Resolution:
    """Who a source mention stands for inside its own article, and which rule said so."""

    name: str  # the fullest name the article (or the starting knowledge) gives
    kind: SpeakerKind
    mention: str  # the source words as printed; "" where the text names nobody
    rule: str
    confidence: float = 1.0
    roles: tuple[str, ...] = ()  # "Russian President", "Kremlin aide"
    aliases: tuple[str, ...] = ()  # other forms of the name in this article


@dataclass(frozen=True, slots=True)
class Tenure:
    """A role, and the first and last day of the articles that show it; None where no day is known."""

    text: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Speaker:
    """The real-world source behind mentions, as known across articles.

    As the rooms make it, it is a *persona*: what one article, or one exact full name, shows of somebody.
    The archive then says which personas are one speaker.
    """

    key: str
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sense: str = ""  # which of several namesakes, as far as the roles tell; "" where they do not
    since: date | None = None  # the first and last day of its articles
    until: date | None = None
    tenures: tuple[Tenure, ...] = ()  # the roles with their days


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a claim: `low <= value <= high`, in `unit` (a lemma such as "people", or "")."""

    low: float
    high: float
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of calendar days that a claim speaks of, both ends inclusive."""

    start: date
    end: date
    text: str


@dataclass(frozen=True)
class Facets:
    """What a claim's content speaks of, measured once so that judging a pair is cheap."""

    negated: bool = False
    modality: Modality = Modality.ACTUAL
    tense: str = "present"  # past, present or future
    quantities: tuple[Quantity, ...] = ()
    periods: tuple[Period, ...] = ()
    places: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()  # names in the content, normalised, places included
    subject: tuple[str, ...] = ()  # lemmas of the main clause's subject
    verb: str = ""  # lemma of the main verb
    terms: tuple[str, ...] = ()  # lemmas of the content words, in order
    # lemmas of the nouns, names and verbs that the content leans on: the rest of its sentence, the
    # sentence before it and the article's title
    context: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """An attribution with its speaker, outlet, relays and the day it was stated."""

    article: str  # Article.key
    attribution: Attribution
    text: str  # the content spans as printed, joined
    speaker: Speaker
    resolution: Resolution
    outlet: str | None
    relays: tuple[str, ...] = ()
    published: date | None = None
    stated_on: date | None = None
    normalised: str = ""
    facets: Facets = field(default_factory=Facets)
    origin: str = ""  # Article.key of the text that the article copies or rewrites; "": none is known
    wire: str = ""  # the agency whose text the article is, "" where it is none's

    @cached_property
    def key(self) -> str:
        """Stable identifier: the article and the content spans."""
        spans = ",".join(f"{s.start}-{s.end}" for s in self.attribution.content)
        sources = ",".join(f"{s.start}-{s.end}" for s in self.attribution.source)
        return "c" + digest(self.article, spans, sources)[:12]


@dataclass(frozen=True, slots=True)
class Signal:
    """One measured reason for a relation; `note` is the reason in words, where there are any.

    `weight` is what it counted, in log-odds for the relation that was found, below zero where it spoke
    against; 0 where it was not weighed.
    """

    name: str
    value: float
    note: str = ""
    weight: float = 0.0


@dataclass(frozen=True)
class Relation:
    """Two claims of different articles; `b` is the later one where *updates* needs an order."""

    a: str  # Claim.key
    b: str
    kind: RelationKind
    score: float  # 0..1
    signals: tuple[Signal, ...]
    explanation: str

    @property
    def key(self) -> str:
        """Stable identifier of the pair: a verdict on it outlives a change of kind or score."""
        return "r" + digest(*sorted((self.a, self.b)))[:12]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's decision; `subject` is the key of a relation or a claim.  Never overwritten."""

    subject: str
    decision: Decision
    reviewer: str
    at: datetime  # UTC
    note: str = ""
    kind: str = ""  # of the relation, as it stood when it was judged; "" of a claim
    reason: str = ""  # a Fault, where a claim was rejected for it
    id: int = field(default=0, compare=False)  # 1, 2, 3 … as they were given; 0: not stored yet
    undoes: int | None = None  # the verdict that this one takes back; it repeats what was so before that
    carries: int | None = None  # the verdict that this one repeats: after an undo, or for a revised text


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """A verdict as a file gives it; `place` says where in the file, for whoever has to mend it."""

    place: str
    subject: str  # a key or its beginning, as written
    decision: Decision
    reviewer: str = ""  # "": the file names nobody
    note: str = ""
    reason: Fault | None = None


def in_force(verdicts: Sequence[Verdict]) -> Verdict | None:
    """What counts of the verdicts on one subject, the newest first; None where nothing is decided."""
    if not verdicts or verdicts[0].decision is Decision.WITHDRAWN:
        return None
    newest = verdicts[0]
    if newest.undoes is None:
        return newest
    return next((v for v in verdicts if v.id == newest.carries), newest)


def standing(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Of the verdicts on one subject, the newest first, those that nobody took back."""
    undone = {verdict.undoes for verdict in verdicts}
    return tuple(v for v in verdicts if v.undoes is None and v.id not in undone)
