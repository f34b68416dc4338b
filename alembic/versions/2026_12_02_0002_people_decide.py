"""Decisions of people on speakers and outlets, and who a speaker row stands for.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.String(length=13)
# (table, column, what it refers to, the column whose value old rows take)
REFERENCES = (
    ("speaker", "leader_id", "speaker", None),
    ("speaker", "effective_id", "speaker", "id"),
    ("claim", "persona_id", "speaker", "speaker_id"),
    ("claim", "override_id", "speaker", None),
    ("outlet", "effective_id", "outlet", "id"),
    ("article", "printed_outlet_id", "outlet", "outlet_id"),
)
SPEAKERS = sa.table(
    "speaker",
    sa.column("id"),
    sa.column("roles", sa.JSON()),
    sa.column("since", sa.Date()),
    sa.column("until", sa.Date()),
)


def upgrade() -> None:
    for table, column, target, like in REFERENCES:
        key = sa.ForeignKey(f"{target}.id", name=op.f(f"fk_{table}_{column}_{target}"))
        # Inline: SQLite adds a reference with its column, and never to a table that stands.
        op.add_column(table, sa.Column(column, KEY, key, nullable=True), inline_references=True)
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
        if like is not None:
            op.execute(sa.update(_table(table, column, like)).values({column: sa.column(like)}))
    op.add_column("speaker", sa.Column("printed", sa.Text(), server_default="", nullable=False))
    op.execute(sa.update(_table("speaker", "printed", "name")).values(printed=sa.column("name")))

    _date_personas()
    op.create_table(
        "decision",
        sa.Column("id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("undoes", KEY, nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["undoes"], ["decision.id"], name=op.f("fk_decision_undoes_decision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("number", name=op.f("uq_decision_number")),
    )
    op.create_index(op.f("ix_decision_undoes"), "decision", ["undoes"])
    _keep("decision")
    op.create_table(
        "ruling",
        sa.Column("decision_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_ruling_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("decision_id", "kind", "subject", name=op.f("pk_ruling")),
    )
    op.create_index(op.f("ix_ruling_subject_kind"), "ruling", ["subject", "kind"])
    op.create_index(op.f("ix_ruling_object_kind"), "ruling", ["object", "kind"])


def downgrade() -> None:
    op.drop_table("ruling")
    op.drop_table("decision")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_decision()")
    _undate_personas()
    op.drop_column("speaker", "printed")
    for table, column, _, _ in reversed(REFERENCES):
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
        op.drop_column(table, column)


def _date_personas() -> None:
    """Say of each speaker, and of each role, on which days it was seen; roles get a table of their own."""
    for column in ("reason", "sense"):
        op.add_column("speaker", sa.Column(column, sa.Text(), server_default="", nullable=False))
    for column in ("since", "until"):
        op.add_column("speaker", sa.Column(column, sa.Date(), nullable=True))
    table = op.create_table(
        "speaker_role",
        sa.Column("speaker_id", KEY, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["speaker_id"], ["speaker.id"], name=op.f("fk_speaker_role_speaker_id_speaker")
        ),
        sa.PrimaryKeyConstraint("speaker_id", "role", name=op.f("pk_speaker_role")),
    )
    connection = op.get_bind()
    claims = sa.table(
        "claim", sa.column("speaker_id"), sa.column("article_id"), sa.column("resolution", sa.JSON())
    )
    articles = sa.table("article", sa.column("id"), sa.column("published", sa.Date()))
    shown = sa.select(claims.c.speaker_id, claims.c.resolution, articles.c.published).join(
        articles, articles.c.id == claims.c.article_id
    )
    seen: dict[str, set[object]] = {}
    held: dict[tuple[str, str], set[object]] = {}
    for row in connection.execute(sa.select(SPEAKERS.c.id, SPEAKERS.c.roles)):
        held.update(((row.id, role), set()) for role in row.roles)
    for row in connection.execute(shown):
        days = {row.published} - {None}
        seen.setdefault(row.speaker_id, set()).update(days)
        for role in row.resolution.get("roles", ()):
            held.setdefault((row.speaker_id, role), set()).update(days)
    roles = [
        {
            "speaker_id": speaker,
            "role": role,
            "since": min(days, default=None),
            "until": max(days, default=None),
        }
        for (speaker, role), days in held.items()
    ]
    spans = [{"key": key, "first": min(days), "last": max(days)} for key, days in seen.items() if days]
    if roles:
        op.bulk_insert(table, roles)
    if spans:
        change = sa.update(SPEAKERS).where(SPEAKERS.c.id == sa.bindparam("key"))
        connection.execute(change.values(since=sa.bindparam("first"), until=sa.bindparam("last")), spans)
    op.drop_column("speaker", "roles")


def _undate_personas() -> None:
    op.add_column("speaker", sa.Column("roles", sa.JSON(), server_default="[]", nullable=False))
    connection = op.get_bind()
    rows = sa.table("speaker_role", sa.column("speaker_id"), sa.column("role"))
    held: dict[str, list[str]] = {}
    for row in connection.execute(sa.select(rows.c.speaker_id, rows.c.role).order_by(rows.c.role)):
        held.setdefault(row.speaker_id, []).append(row.role)
    if held:
        change = sa.update(SPEAKERS).where(SPEAKERS.c.id == sa.bindparam("key"))
        connection.execute(
            change.values(roles=sa.bindparam("held")), [{"key": k, "held": v} for k, v in held.items()]
        )
    op.drop_table("speaker_role")
    for column in ("until", "since", "sense", "reason"):
        op.drop_column("speaker", column)


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns))


def _keep(table: str) -> None:
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
