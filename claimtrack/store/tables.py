"""The tables; `docs/data-model.md` tells what each column means.

Stable keys (a…, c…, r…, s…, o…) are the primary keys: what a user sees is what the tables join on.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    ColumnClause,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

from claimtrack.records import ArticleOrigin
from claimtrack.store.model import Model, column, index, optional, same_as

GIVEN = 1_000_000  # `speaker_alias.position` from which on names are those that people gave
NO_DAY = date.max  # `day` columns: sorts what has no date last, the same way in every database


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC, always timezone-aware in Python; SQLite keeps it without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time, and drop the zone where the database cannot hold one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(Model):
    """Common naming, so that every constraint can be named in a later migration."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


_WITHOUT_ROWID = {"sqlite_with_rowid": False}
Key = String(13)  # a letter and 12 hex digits


def _added(target: str, like: str) -> ColumnClause[str]:
    """A reference that every row has, though the column allows none: SQLite adds no other kind."""
    return column(Key, ForeignKey(target), index=True, nullable=True, default=same_as(like))


class Outlet(Base):
    """Who publishes."""

    __tablename__ = "outlet"

    id = column(Key, primary_key=True)
    name = column(Text)
    folded = column(Text, unique=True)
    is_agency = column(Boolean)
    effective_id = _added("outlet.id", like="id")


class Article(Base):
    """One text as one outlet published it."""

    __tablename__ = "article"
    __table_items__ = (index("day", "id"), index("outlet_id", "day", "id"))

    id = column(Key, primary_key=True)
    outlet_id = optional(Key, ForeignKey("outlet.id"), index=True)
    printed_outlet_id = optional(Key, ForeignKey("outlet.id"), index=True, default=same_as("outlet_id"))
    path = column(Text, index=True)
    sha256 = column(String(64), index=True)
    body = column(Text)
    title = optional(Text)
    byline = optional(Text)
    dateline = optional(Text)
    published = optional(Date)
    url = optional(Text)
    day = column(Date)
    marks = column(JSON)
    agencies = column(JSON)
    detected = column(JSON)
    superseded = column(Boolean)
    revises = optional(Key, ForeignKey("article.id"))
    extractor = column(Text)
    ingested = column(UtcTime)
    wire = optional(Text)
    origin_kind = column(Text, default=ArticleOrigin.OWN.value, server_default=ArticleOrigin.OWN.value)
    origin_of = optional(Key, index=True)  # no foreign key: SQLite cannot add one
    origin_agency = optional(Text)
    origin_share = column(Double, default=0.0, server_default="0")
    origin_reason = column(Text, default="", server_default="")
    raw_sha256 = optional(String(64))  # no foreign key: SQLite cannot add one
    language = optional(Text)


class Raw(Base):
    """The bytes that articles were read from, compressed with zlib; none where they are the text's UTF-8."""

    __tablename__ = "raw"

    sha256 = column(String(64), primary_key=True)
    media_type = column(Text)
    size = column(Integer)
    packed = column(LargeBinary)


class Fetched(Base):
    """What an address answered last, so that it is asked only for what is new."""

    __tablename__ = "fetched"

    url = column(Text, primary_key=True)
    etag = column(Text)
    last_modified = column(Text)
    checked = column(UtcTime)
    outcome = column(Text)


class ArticleBand(Base):
    """The near-copy index: numbers in which texts that share much of their wording are likely to agree."""

    __tablename__ = "article_band"
    __table_options__ = _WITHOUT_ROWID  # clusters by band

    band = column(BigInteger, primary_key=True)
    article_id = column(Key, ForeignKey("article.id"), primary_key=True, index=True)


class Speaker(Base):
    """The real-world source behind mentions."""

    # The index of those who stand for themselves, ix_speaker_shown, is made by migration 0008 alone: naming a
    # partial index here would load both databases' dialects at every start.
    __tablename__ = "speaker"

    id = column(Key, primary_key=True)
    name = column(Text)
    kind = column(Text)
    printed = column(Text, default=same_as("name"), server_default="")
    leader_id = optional(Key, ForeignKey("speaker.id"), index=True)
    effective_id = _added("speaker.id", like="id")
    reason = column(Text, default="", server_default="")
    sense = column(Text, default="", server_default="")
    since = optional(Date)
    until = optional(Date)


class SpeakerAlias(Base):
    """A name a speaker goes by, the main name first, and its folded form to look it up."""

    __tablename__ = "speaker_alias"

    speaker_id = column(Key, ForeignKey("speaker.id"), primary_key=True)
    position = column(Integer, primary_key=True)
    name = column(Text)
    key = column(Text, index=True)


class SpeakerRole(Base):
    """A role of a speaker, and the first and last day of the articles that show it."""

    __tablename__ = "speaker_role"

    speaker_id = column(Key, ForeignKey("speaker.id"), primary_key=True)
    role = column(Text, primary_key=True)
    since = optional(Date)
    until = optional(Date)


class SpeakerKey(Base):
    """A key under which the linking of speakers finds its candidates."""

    __tablename__ = "speaker_key"

    key = column(Text, primary_key=True)
    speaker_id = column(Key, ForeignKey("speaker.id"), primary_key=True, index=True)


class Claim(Base):
    """An attribution with its speaker; spans are arrays of [start, end] into the article's body."""

    __tablename__ = "claim"
    __table_items__ = (
        index("day", "article_id", "start", "id"),
        index("speaker_id", "day", "id"),
        index("article_id", "start"),
    )

    id = column(Key, primary_key=True)
    article_id = column(Key, ForeignKey("article.id"))
    speaker_id = column(Key, ForeignKey("speaker.id"))
    persona_id = _added("speaker.id", like="speaker_id")
    override_id = optional(Key, ForeignKey("speaker.id"), index=True)
    start = column(Integer)
    content = column(JSON)
    source = column(JSON)
    cue = column(JSON)
    sentence = column(JSON)
    kind = column(Text)
    stance = column(Text)
    text = column(Text)
    folded = column(Text)
    normalised = column(Text)
    facets = column(JSON)
    resolution = column(JSON)
    stated_on = optional(Date)
    day = column(Date)
    confidence = column(Double)
    rule = column(Text)
    extractor = column(Text)
    retired = column(Boolean)
    reach = column(Double, server_default="0")
    reach_id = column(Text, server_default="")


class Relay(Base):
    """Who passed a claim on, nearest the speaker last: the resolved name and the words that say so."""

    __tablename__ = "relay"

    claim_id = column(Key, ForeignKey("claim.id"), primary_key=True)
    position = column(Integer, primary_key=True)
    name = optional(Text)
    printed = optional(Text)
    start = optional(Integer)
    end = optional(Integer)


class ClaimKey(Base):
    """The candidate index: what a claim can be found by.  Retired claims have no keys."""

    __tablename__ = "claim_key"
    __table_options__ = _WITHOUT_ROWID  # clusters by key

    key = column(Text, primary_key=True)
    claim_id = column(Key, ForeignKey("claim.id"), primary_key=True, index=True)
    weight = column(Double)


class Relation(Base):
    """How two claims stand to each other; the key is made of the pair, so a pair has one row."""

    __tablename__ = "relation"
    __table_items__ = (
        CheckConstraint("a_id <> b_id", name="two_claims"),
        UniqueConstraint("a_id", "b_id"),
        index("kind", "score", "id"),
    )

    id = column(Key, primary_key=True)
    a_id = column(Key, ForeignKey("claim.id"))
    b_id = column(Key, ForeignKey("claim.id"), index=True)
    kind = column(Text)
    score = column(Double)
    signals = column(JSON)
    explanation = column(Text)
    matcher = column(Text)
    retired = column(Boolean)


class Verdict(Base):
    """A person's decision on a relation or claim: append-only, the newest counts."""

    __tablename__ = "verdict"

    id = column(Integer, primary_key=True)
    subject = column(Key, index=True)
    decision = column(Text)
    reviewer = column(Text)
    at = column(UtcTime)
    note = column(Text)
    kind = column(Text, server_default="")
    reason = column(Text, server_default="")
    undoes = optional(Integer)
    carries = optional(Integer)


class Decision(Base):
    """What a person decided about speakers or outlets: append-only, and so is what undoes it."""

    __tablename__ = "decision"

    id = column(Key, primary_key=True)
    number = column(Integer, unique=True)
    kind = column(Text)
    payload = column(JSON)
    undoes = optional(Key, ForeignKey("decision.id"), index=True)
    reviewer = column(Text)
    at = column(UtcTime)
    note = column(Text)


class Says(StrEnum):
    """What a ruling says of its subject; `docs/data-model.md` tells what the other columns hold."""

    MERGED = "merged"  # the speaker is the object
    PLACED = "placed"  # the claim is the object's
    RENAMED = "renamed"  # the speaker is shown as value
    NAMED = "named"  # the folded name means the object
    NOT_NAMED = "not named"  # the folded name does not mean the object, and leads nobody anywhere by itself
    DISTINCT = "distinct"  # the speaker is not the object
    OUTLET_MERGED = "outlet merged"  # the outlet is the object


class Ruling(Base):
    """What the decisions in force say, one row a thing said: made from `decision`, and made anew by undo."""

    __tablename__ = "ruling"
    __table_items__ = (index("subject", "kind"), index("object", "kind"))

    decision_id = column(Key, ForeignKey("decision.id"), primary_key=True)
    kind = column(Text, primary_key=True)
    subject = column(Text, primary_key=True)
    object = column(Text)
    value = column(Text)
    number = column(Integer)


class Event(Base):
    """The log of every change: append-only, each entry's hash covers the one before it."""

    __tablename__ = "event"

    id = column(Integer, primary_key=True, autoincrement=False)
    kind = column(Text)
    subject = column(Text, index=True)
    at = column(UtcTime)
    who = column(Text)
    program = column(Text)
    payload = column(JSON)
    previous = column(String(64))
    hash = column(String(64), unique=True)
