"""How far the candidates of a claim reach, and which kind of relation a verdict was given on.

Columns are added and dropped one by one, never by making the table anew: other tables refer to it.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("claim", sa.Column("reach", sa.Double(), server_default="0", nullable=False))
    op.add_column("claim", sa.Column("reach_id", sa.Text(), server_default="", nullable=False))
    op.add_column("verdict", sa.Column("kind", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("verdict", "kind")
    op.drop_column("claim", "reach_id")
    op.drop_column("claim", "reach")
