"""The first tables.

Verdicts and the log are append-only: triggers refuse to change or delete what was written.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "event",
    "outlet",
    "speaker",
    "verdict",
    "article",
    "speaker_alias",
    "speaker_key",
    "claim",
    "claim_key",
    "relation",
    "relay",
)
APPEND_ONLY = ("verdict", "event")


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
    )
    op.create_index(op.f("ix_event_subject"), "event", ["subject"])

    op.create_table(
        "outlet",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("is_agency", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet")),
        sa.UniqueConstraint("folded", name=op.f("uq_outlet_folded")),
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
    )
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=13), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
    )
    op.create_index(op.f("ix_verdict_subject"), "verdict", ["subject"])

    op.create_table(
        "article",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("outlet_id", sa.String(length=13), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("agencies", sa.JSON(), nullable=False),
        sa.Column("detected", sa.JSON(), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.Column("revises", sa.String(length=13), nullable=True),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("ingested", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_article_outlet_id_outlet")),
        sa.ForeignKeyConstraint(["revises"], ["article.id"], name=op.f("fk_article_revises_article")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
    )
    op.create_index(op.f("ix_article_day_id"), "article", ["day", "id"])
    op.create_index(op.f("ix_article_outlet_id"), "article", ["outlet_id"])
    op.create_index(op.f("ix_article_path"), "article", ["path"])
    op.create_index(op.f("ix_article_sha256"), "article", ["sha256"])

    op.create_table(
        "speaker_alias",
        sa.Column("speaker_id", sa.String(length=13), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk_speaker_alias_speaker_id_speaker")
        ),
        sa.PrimaryKeyConstraint("speaker_id", "position", name=op.f("pk_speaker_alias")),
    )
    op.create_index(op.f("ix_speaker_alias_key"), "speaker_alias", ["key"])

    op.create_table(
        "speaker_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("speaker_id", sa.String(length=13), nullable=False),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk_speaker_key_speaker_id_speaker")
        ),
        sa.PrimaryKeyConstraint("key", "speaker_id", name=op.f("pk_speaker_key")),
    )
    op.create_index(op.f("ix_speaker_key_speaker_id"), "speaker_key", ["speaker_id"])

    op.create_table(
        "claim",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("article_id", sa.String(length=13), nullable=False),
        sa.Column("speaker_id", sa.String(length=13), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("cue", sa.JSON(), nullable=False),
        sa.Column("sentence", sa.JSON(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("normalised", sa.Text(), nullable=False),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.Column("resolution", sa.JSON(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_claim_article_id_article")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_claim_speaker_id_speaker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_article_id_start"), "claim", ["article_id", "start"])
    op.create_index(op.f("ix_claim_day_article_id_start_id"), "claim", ["day", "article_id", "start", "id"])
    op.create_index(op.f("ix_claim_speaker_id_day"), "claim", ["speaker_id", "day"])

    op.create_table(
        "claim_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.String(length=13), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_key_claim_id_claim")),
        sa.PrimaryKeyConstraint("key", "claim_id", name=op.f("pk_claim_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_key_claim_id"), "claim_key", ["claim_id"])

    op.create_table(
        "relation",
        sa.Column("id", sa.String(length=13), nullable=False),
        sa.Column("a_id", sa.String(length=13), nullable=False),
        sa.Column("b_id", sa.String(length=13), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("matcher", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("a_id <> b_id", name=op.f("ck_relation_two_claims")),
        sa.ForeignKeyConstraint(["a_id"], ["claim.id"], name=op.f("fk_relation_a_id_claim")),
        sa.ForeignKeyConstraint(["b_id"], ["claim.id"], name=op.f("fk_relation_b_id_claim")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint("a_id", "b_id", name=op.f("uq_relation_a_id_b_id")),
    )
    op.create_index(op.f("ix_relation_b_id"), "relation", ["b_id"])
    op.create_index(op.f("ix_relation_kind_score_id"), "relation", ["kind", "score", "id"])

    op.create_table(
        "relay",
        sa.Column("claim_id", sa.String(length=13), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("printed", sa.Text(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_relay_claim_id_claim")),
        sa.PrimaryKeyConstraint("claim_id", "position", name=op.f("pk_relay")),
    )
    for table in APPEND_ONLY:
        keep(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in APPEND_ONLY:
            op.execute(f"DROP FUNCTION keep_{table}()")


def keep(table: str) -> None:
    """Let rows of a table be added, and nothing else."""
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION keep_{table}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION keep_{table}()"
    )
