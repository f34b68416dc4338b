"""The tables, as SQLAlchemy 2 declarative models; `docs/data-model.md` tells what each column means.

Stable keys (a…, c…, r…, s…, o…) are the primary keys: what a user sees is what the tables join on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from claimtrack.records import ArticleOrigin

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


class Base(DeclarativeBase):
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
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy's own form
        str: Text,
        float: Double,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        datetime: UtcTime,
        date: Date,
    }


Key = String(13)  # a letter and 12 hex digits


def _same_as(column: str) -> Callable[[DefaultExecutionContext], Any]:
    """A column's value in a new row that is not given one: what another column of the row holds."""
    return lambda context: context.get_current_parameters()[column]  # type: ignore[no-untyped-call]


def _added(target: str, like: str) -> Mapped[str]:
    """A reference that every row has, though the column allows none: SQLite adds no other kind."""
    return mapped_column(Key, ForeignKey(target), index=True, nullable=True, default=_same_as(like))


class Outlet(Base):
    """Who publishes."""

    __tablename__ = "outlet"

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    is_agency: Mapped[bool]
    effective_id: Mapped[str] = _added("outlet.id", like="id")


class Article(Base):
    """One text as one outlet published it."""

    __tablename__ = "article"
    __table_args__ = (Index(None, "day", "id"),)

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    outlet_id: Mapped[str | None] = mapped_column(ForeignKey("outlet.id"), index=True)
    printed_outlet_id: Mapped[str | None] = mapped_column(
        ForeignKey("outlet.id"), index=True, default=_same_as("outlet_id")
    )
    path: Mapped[str] = mapped_column(index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    body: Mapped[str]
    title: Mapped[str | None]
    byline: Mapped[str | None]
    dateline: Mapped[str | None]
    published: Mapped[date | None]
    url: Mapped[str | None]
    day: Mapped[date]
    marks: Mapped[list[Any]]
    agencies: Mapped[list[Any]]
    detected: Mapped[list[Any]]
    superseded: Mapped[bool]
    revises: Mapped[str | None] = mapped_column(ForeignKey("article.id"))
    extractor: Mapped[str]
    ingested: Mapped[datetime]
    wire: Mapped[str | None]
    origin_kind: Mapped[str] = mapped_column(
        default=ArticleOrigin.OWN.value, server_default=ArticleOrigin.OWN.value
    )
    origin_of: Mapped[str | None] = mapped_column(Key, index=True)  # no foreign key: SQLite cannot add one
    origin_agency: Mapped[str | None]
    origin_share: Mapped[float] = mapped_column(default=0.0, server_default="0")
    origin_reason: Mapped[str] = mapped_column(default="", server_default="")
    raw_sha256: Mapped[str | None] = mapped_column(String(64))  # no foreign key: SQLite cannot add one
    language: Mapped[str | None]


class Raw(Base):
    """The bytes that articles were read from, compressed with zlib; none where they are the text's UTF-8."""

    __tablename__ = "raw"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]
    packed: Mapped[bytes] = mapped_column(LargeBinary)


class Fetched(Base):
    """What an address answered last, so that it is asked only for what is new."""

    __tablename__ = "fetched"

    url: Mapped[str] = mapped_column(primary_key=True)
    etag: Mapped[str]
    last_modified: Mapped[str]
    checked: Mapped[datetime]
    outcome: Mapped[str]


class ArticleBand(Base):
    """The near-copy index: numbers in which texts that share much of their wording are likely to agree."""

    __tablename__ = "article_band"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy's own form; clusters by band

    band: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("article.id"), primary_key=True, index=True)


class Speaker(Base):
    """The real-world source behind mentions."""

    __tablename__ = "speaker"

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    printed: Mapped[str] = mapped_column(default=_same_as("name"), server_default="")
    leader_id: Mapped[str | None] = mapped_column(ForeignKey("speaker.id"), index=True)
    effective_id: Mapped[str] = _added("speaker.id", like="id")
    reason: Mapped[str] = mapped_column(default="", server_default="")
    sense: Mapped[str] = mapped_column(default="", server_default="")
    since: Mapped[date | None]
    until: Mapped[date | None]


class SpeakerAlias(Base):
    """A name a speaker goes by, the main name first, and its folded form to look it up."""

    __tablename__ = "speaker_alias"

    speaker_id: Mapped[str] = mapped_column(ForeignKey("speaker.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)


class SpeakerRole(Base):
    """A role of a speaker, and the first and last day of the articles that show it."""

    __tablename__ = "speaker_role"

    speaker_id: Mapped[str] = mapped_column(ForeignKey("speaker.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[date | None]
    until: Mapped[date | None]


class SpeakerKey(Base):
    """A key under which the linking of speakers finds its candidates."""

    __tablename__ = "speaker_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    speaker_id: Mapped[str] = mapped_column(ForeignKey("speaker.id"), primary_key=True, index=True)


class Claim(Base):
    """An attribution with its speaker; spans are arrays of [start, end] into the article's body."""

    __tablename__ = "claim"
    __table_args__ = (
        Index(None, "day", "article_id", "start", "id"),
        Index(None, "speaker_id", "day"),
        Index(None, "article_id", "start"),
    )

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("article.id"))
    speaker_id: Mapped[str] = mapped_column(ForeignKey("speaker.id"))
    persona_id: Mapped[str] = _added("speaker.id", like="speaker_id")
    override_id: Mapped[str | None] = mapped_column(ForeignKey("speaker.id"), index=True)
    start: Mapped[int]
    content: Mapped[list[Any]]
    source: Mapped[list[Any]]
    cue: Mapped[list[Any]]
    sentence: Mapped[list[Any]]
    kind: Mapped[str]
    stance: Mapped[str]
    text: Mapped[str]
    folded: Mapped[str]
    normalised: Mapped[str]
    facets: Mapped[dict[str, Any]]
    resolution: Mapped[dict[str, Any]]
    stated_on: Mapped[date | None]
    day: Mapped[date]
    confidence: Mapped[float]
    rule: Mapped[str]
    extractor: Mapped[str]
    retired: Mapped[bool]
    reach: Mapped[float] = mapped_column(server_default="0")
    reach_id: Mapped[str] = mapped_column(server_default="")


class Relay(Base):
    """Who passed a claim on, nearest the speaker last: the resolved name and the words that say so."""

    __tablename__ = "relay"

    claim_id: Mapped[str] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    printed: Mapped[str | None]
    start: Mapped[int | None]
    end: Mapped[int | None]


class ClaimKey(Base):
    """The candidate index: what a claim can be found by.  Retired claims have no keys."""

    __tablename__ = "claim_key"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy's own form; clusters by key

    key: Mapped[str] = mapped_column(primary_key=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("claim.id"), primary_key=True, index=True)
    weight: Mapped[float]


class Relation(Base):
    """How two claims stand to each other; the key is made of the pair, so a pair has one row."""

    __tablename__ = "relation"
    __table_args__ = (
        CheckConstraint("a_id <> b_id", name="two_claims"),
        UniqueConstraint("a_id", "b_id"),
        Index(None, "kind", "score", "id"),
    )

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    a_id: Mapped[str] = mapped_column(ForeignKey("claim.id"))
    b_id: Mapped[str] = mapped_column(ForeignKey("claim.id"), index=True)
    kind: Mapped[str]
    score: Mapped[float]
    signals: Mapped[list[Any]]
    explanation: Mapped[str]
    matcher: Mapped[str]
    retired: Mapped[bool]


class Verdict(Base):
    """A person's decision on a relation or claim: append-only, the newest counts."""

    __tablename__ = "verdict"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(Key, index=True)
    decision: Mapped[str]
    reviewer: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str]
    kind: Mapped[str] = mapped_column(server_default="")
    reason: Mapped[str] = mapped_column(server_default="")
    undoes: Mapped[int | None]
    carries: Mapped[int | None]


class Decision(Base):
    """What a person decided about speakers or outlets: append-only, and so is what undoes it."""

    __tablename__ = "decision"

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    undoes: Mapped[str | None] = mapped_column(ForeignKey("decision.id"), index=True)
    reviewer: Mapped[str]
    at: Mapped[datetime]
    note: Mapped[str]


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
    __table_args__ = (Index(None, "subject", "kind"), Index(None, "object", "kind"))

    decision_id: Mapped[str] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    object: Mapped[str]
    value: Mapped[str]
    number: Mapped[int]


class Event(Base):
    """The log of every change: append-only, each entry's hash covers the one before it."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    who: Mapped[str]
    program: Mapped[str]
    payload: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
