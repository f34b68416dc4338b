"""Indexes along which the page walks: a speaker's claims, an outlet's articles, speakers by name.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_claim_speaker_id_day_id"), "claim", ["speaker_id", "day", "id"])
    op.drop_index(op.f("ix_claim_speaker_id_day"), "claim")
    op.create_index(op.f("ix_article_outlet_id_day_id"), "article", ["outlet_id", "day", "id"])
    stands = sa.text("effective_id = id")
    # By its characters: PostgreSQL would sort names by the language of its database.
    name = sa.text('name COLLATE "C"') if op.get_bind().dialect.name == "postgresql" else "name"
    op.create_index(
        "ix_speaker_shown", "speaker", ["kind", name, "id"], sqlite_where=stands, postgresql_where=stands
    )


def downgrade() -> None:
    op.drop_index("ix_speaker_shown", "speaker")
    op.drop_index(op.f("ix_article_outlet_id_day_id"), "article")
    op.create_index(op.f("ix_claim_speaker_id_day"), "claim", ["speaker_id", "day"])
    op.drop_index(op.f("ix_claim_speaker_id_day_id"), "claim")
