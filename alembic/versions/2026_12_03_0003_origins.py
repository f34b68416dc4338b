"""Where articles come from: an agency, or another article; and the index that finds near-copies.

Columns are added and dropped one by one, never by making the table anew: other tables refer to it.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in columns():
        op.add_column("article", column)
    op.create_index(op.f("ix_article_origin_of"), "article", ["origin_of"])
    op.create_table(
        "article_band",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.String(length=13), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_band_article_id_article")
        ),
        sa.PrimaryKeyConstraint("band", "article_id", name=op.f("pk_article_band")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_article_band_article_id"), "article_band", ["article_id"])


def downgrade() -> None:
    op.drop_table("article_band")
    op.drop_index(op.f("ix_article_origin_of"), "article")
    for column in reversed(columns()):
        op.drop_column("article", column.name)


def columns() -> list[sa.Column]:
    """The new columns of `article`; of an article that was there before, nothing is known yet."""
    return [
        sa.Column("wire", sa.Text(), nullable=True),
        sa.Column("origin_kind", sa.Text(), server_default="own reporting", nullable=False),
        sa.Column("origin_of", sa.String(length=13), nullable=True),
        sa.Column("origin_agency", sa.Text(), nullable=True),
        sa.Column("origin_share", sa.Double(), server_default="0", nullable=False),
        sa.Column("origin_reason", sa.Text(), server_default="", nullable=False),
    ]
