"""A database of the first revision keeps its speakers: each is a persona of itself, with its roles dated."""

from __future__ import annotations

import json
from datetime import date

from alembic import command
from sqlalchemy import Connection, inspect, text

from claimtrack.linking import link_speakers, relink
from claimtrack.records import Article, Resolution, SpeakerKind, Tenure, digest
from claimtrack.store import open_store
from claimtrack.store.migrate import config
from claimtrack.store.session import connect, read_url

HAUGEN = "s" + digest("person", "astrid haugen")[:12]  # the key that a name had, and still has
OTHER = "s0000000000a1"
DAYS = (date(2014, 3, 1), date(2018, 5, 2))


def fill(connection: Connection) -> None:
    """Two articles in which Astrid Haugen speaks, and a group, as revision 0001 held them."""

    def put(table: str, **values: object) -> None:
        columns = ", ".join(f'"{name}"' for name in values)
        slots = ", ".join(f":{name}" for name in values)
        connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({slots})"), values)

    put("speaker", id=HAUGEN, name="Astrid Haugen", kind="person", roles=json.dumps(["mayor", "minister"]))
    put("speaker", id=OTHER, name="officials", kind="group", roles="[]")
    put("speaker_alias", speaker_id=HAUGEN, position=0, name="Astrid Haugen", key="astrid haugen")
    put("speaker_alias", speaker_id=OTHER, position=0, name="officials", key="officials")
    put("speaker_key", key="l:haugen", speaker_id=HAUGEN)
    for number, day in enumerate(DAYS):
        article = f"a00000000000{number}"
        put(
            "article", id=article, path=f"{number}.txt", sha256=digest(article), body="Said.", day=str(day),
            published=str(day), marks="[]", agencies="[]", detected="[]", superseded=False, extractor="x",
            ingested="2020-01-01 00:00:00",
        )  # fmt: skip
        put(
            "claim", id=f"c00000000000{number}", article_id=article, speaker_id=HAUGEN, start=0,
            content="[[0, 4]]", source="[]", cue="[]", sentence="[0, 5]", kind="direct", stance="asserts",
            text="Said", folded="said", normalised="", facets="{}",
            resolution=json.dumps({"roles": ["mayor"]}), day=str(day), confidence=1.0, rule="r",
            extractor="x", retired=False,
        )  # fmt: skip


def test_speakers_come_along_and_new_articles_meet_them(nowhere: str) -> None:
    engine = connect(read_url(nowhere), create=True)
    with engine.begin() as connection:
        command.upgrade(config(connection), "0001")
        fill(connection)
    engine.dispose()
    with open_store(nowhere) as store:
        view = store.find_speaker("Astrid Haugen")
        assert (view.id, view.claims) == (HAUGEN, 2)
        assert view.tenures == (Tenure("mayor", *DAYS), Tenure("minister"))
        assert store.find_speaker(OTHER).name == "officials"
        known = store.personas([HAUGEN])[HAUGEN]
        assert (known.since, known.until) == DAYS
        resolution = Resolution("Haugen", SpeakerKind.PERSON, "Haugen", "last name")
        article = Article("Haugen said so.", "new.txt", published=DAYS[1])
        with store.transaction():
            assert relink(store) == {}
            speakers, _ = link_speakers(store, [resolution], article, article.key)
        assert store.find_speaker(speakers[resolution].key).id == HAUGEN
        assert store.find_speaker("Astrid Hauegn").id == HAUGEN


def test_the_way_back_keeps_the_roles(nowhere: str) -> None:
    engine = connect(read_url(nowhere), create=True)
    with engine.begin() as connection:
        command.upgrade(config(connection), "0001")
        fill(connection)
        command.upgrade(config(connection), "head")
        command.downgrade(config(connection), "0001")
        roles = connection.execute(text("SELECT roles FROM speaker WHERE id = :id"), {"id": HAUGEN}).scalar()
        assert (json.loads(roles) if isinstance(roles, str) else roles) == ["mayor", "minister"]
        assert "speaker_role" not in inspect(connection).get_table_names()
    engine.dispose()
