"""Views for those who open the database with other tools: columns that stay what they are.

Revision ID: 0007
Revises: 0006

A later migration that rebuilds or alters a table in SQLite (batch mode renames it) has to drop these
views first and make them again: SQLite refuses to rename what a view reads, and PostgreSQL to drop its
columns.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

VIEWS = ("v_claims", "v_relations", "v_audit")

# The newest verdict on each subject, unless it was taken back; one that repeats another after an undo shows
# that one's reviewer, time and words.  As `claimtrack.records.in_force` has it.
_JUDGED = """
    SELECT newest.subject AS subject, newest.decision AS decision,
        COALESCE(meant.reviewer, newest.reviewer) AS reviewer,
        COALESCE(meant.at, newest.at) AS at,
        COALESCE(meant.note, newest.note) AS note,
        COALESCE(meant.reason, newest.reason) AS reason
    FROM verdict AS newest
    LEFT JOIN verdict AS meant ON meant.id = newest.carries AND newest.undoes IS NOT NULL
    WHERE newest.id = (SELECT MAX(later.id) FROM verdict AS later WHERE later.subject = newest.subject)
        AND newest.decision <> 'withdrawn'
"""

_CLAIMS = """
CREATE VIEW v_claims AS
SELECT claim.id AS id, article.path AS article, outlet.name AS outlet, article.published AS published,
    claim.content AS content, claim.source AS source, claim.cue AS cue, claim.text AS text,
    speaker.name AS speaker, claim.speaker_id AS speaker_id, {relays} AS relays,
    claim.kind AS kind, claim.stance AS stance, claim.stated_on AS stated_on,
    COALESCE(claim.stated_on, article.published) AS day,
    claim.article_id AS article_id, article.url AS url, article.title AS title,
    article.sha256 AS article_sha256, {sentence} AS sentence, {resolution_rule} AS resolution_rule,
    claim.confidence AS confidence, claim.rule AS rule, claim.extractor AS extractor,
    article.origin_kind AS article_origin, article.origin_of AS article_origin_of,
    article.origin_agency AS article_agency,
    judged.decision AS verdict, judged.reviewer AS reviewer, judged.at AS verdict_at,
    judged.note AS verdict_note, judged.reason AS verdict_reason
FROM claim
JOIN article ON article.id = claim.article_id
JOIN speaker ON speaker.id = claim.speaker_id
LEFT JOIN outlet ON outlet.id = article.outlet_id
LEFT JOIN ({judged}) AS judged ON judged.subject = claim.id
WHERE NOT claim.retired
"""

_RELATIONS = """
CREATE VIEW v_relations AS
SELECT relation.id AS id, relation.a_id AS a, relation.b_id AS b, relation.kind AS relation,
    relation.score AS score, relation.explanation AS explanation, relation.signals AS signals,
    relation.matcher AS matcher,
    judged.decision AS verdict, judged.reviewer AS reviewer, judged.at AS verdict_at,
    judged.note AS verdict_note,
    {sides}
FROM relation
JOIN claim AS a_claim ON a_claim.id = relation.a_id
JOIN claim AS b_claim ON b_claim.id = relation.b_id
JOIN article AS a_article ON a_article.id = a_claim.article_id
JOIN article AS b_article ON b_article.id = b_claim.article_id
JOIN speaker AS a_speaker ON a_speaker.id = a_claim.speaker_id
JOIN speaker AS b_speaker ON b_speaker.id = b_claim.speaker_id
LEFT JOIN outlet AS a_outlet ON a_outlet.id = a_article.outlet_id
LEFT JOIN outlet AS b_outlet ON b_outlet.id = b_article.outlet_id
LEFT JOIN ({judged}) AS judged ON judged.subject = relation.id
WHERE NOT relation.retired
"""

_SIDE = """{s}_speaker.name AS {s}_speaker, {s}_outlet.name AS {s}_outlet,
    {s}_article.published AS {s}_published, {s}_claim.stated_on AS {s}_stated_on,
    {s}_claim.kind AS {s}_kind, {s}_claim.stance AS {s}_stance, {s}_claim.text AS {s}_text,
    {s}_article.path AS {s}_article, {s}_article.url AS {s}_url"""

_AUDIT = """
CREATE VIEW v_audit AS
SELECT event.id AS event, event.at AS at, event.who AS who, event.kind AS kind, event.subject AS subject,
    verdict.decision AS verdict, verdict.reviewer AS reviewer, verdict.reason AS verdict_reason,
    COALESCE(verdict.note, decision.note) AS note,
    verdict.id AS verdict_number, verdict.undoes AS undoes,
    event.payload AS payload, event.program AS program, event.previous AS previous, event.hash AS hash
FROM event
LEFT JOIN verdict ON verdict.id = CASE WHEN event.kind = 'verdict' THEN {verdict} END
LEFT JOIN decision ON decision.id = {decision}
"""


def upgrade() -> None:
    words = _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql()
    sides = ",\n    ".join(_SIDE.format(s=side) for side in "ab")
    for view in (_CLAIMS, _RELATIONS, _AUDIT):
        op.execute(view.format(judged=_JUDGED, sides=sides, **words))


def downgrade() -> None:
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")


def _sqlite() -> dict[str, str]:
    start, end = (f"json_extract(claim.sentence, '$[{place}]')" for place in (0, 1))
    return {
        "relays": _relays("group_concat(near.name, ' | ')"),
        "sentence": _slice(start, end),
        "resolution_rule": "json_extract(claim.resolution, '$.rule')",
        "verdict": "json_extract(event.payload, '$.verdict')",
        "decision": "json_extract(event.payload, '$.decision')",
    }


def _postgresql() -> dict[str, str]:
    start, end = (f"CAST(claim.sentence ->> {place} AS INTEGER)" for place in (0, 1))
    return {
        "relays": _relays("string_agg(near.name, ' | ')"),
        "sentence": _slice(start, end),
        "resolution_rule": "claim.resolution ->> 'rule'",
        "verdict": "CAST(event.payload ->> 'verdict' AS INTEGER)",
        "decision": "event.payload ->> 'decision'",
    }


def _relays(joined: str) -> str:
    near = "SELECT relay.name FROM relay WHERE relay.claim_id = claim.id ORDER BY relay.position"
    return f"(SELECT {joined} FROM ({near}) AS near)"  # noqa: S608  # our own words only


def _slice(start: str, end: str) -> str:
    """The characters of the article between two offsets; SQL counts from one."""
    return f"substr(article.body, {start} + 1, {end} - {start})"
