"""The tables, as SQLAlchemy 2 declarative models; `docs/data-model.md` tells what each column means.

Stable keys (a…, c…, r…, s…, o…) are the primary keys: what a user sees is what the tables join on.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

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


class Outlet(Base):
    """Who publishes."""

    __tablename__ = "outlet"

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    is_agency: Mapped[bool]


class Article(Base):
    """One text as one outlet published it."""

    __tablename__ = "article"
    __table_args__ = (Index(None, "day", "id"),)

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    outlet_id: Mapped[str | None] = mapped_column(ForeignKey("outlet.id"), index=True)
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


class Speaker(Base):
    """The real-world source behind mentions."""

    __tablename__ = "speaker"

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    roles: Mapped[list[Any]]


class SpeakerAlias(Base):
    """A name a speaker goes by, the main name first, and its folded form to look it up."""

    __tablename__ = "speaker_alias"

    speaker_id: Mapped[str] = mapped_column(ForeignKey("speaker.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str] = mapped_column(index=True)


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
