"""Verdicts say what is wrong, may be taken back, and follow their claims into a revised text.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("verdict", sa.Column("reason", sa.Text(), server_default="", nullable=False))
    op.add_column("verdict", sa.Column("undoes", sa.Integer(), nullable=True))
    op.add_column("verdict", sa.Column("carries", sa.Integer(), nullable=True))


def downgrade() -> None:
    for column in ("carries", "undoes", "reason"):
        op.drop_column("verdict", column)
