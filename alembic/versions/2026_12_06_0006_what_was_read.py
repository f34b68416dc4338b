"""The bytes an article was read from, its language, and what was fetched from where.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "raw",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_raw")),
    )
    op.create_table(
        "fetched",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("checked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_fetched")),
    )
    op.add_column("article", sa.Column("raw_sha256", sa.String(length=64), nullable=True))
    op.add_column("article", sa.Column("language", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("article", "language")
    op.drop_column("article", "raw_sha256")
    op.drop_table("fetched")
    op.drop_table("raw")
