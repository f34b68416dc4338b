"""A quotation forged in every table but the log: the log still holds the hash of what was read."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from claimtrack import pipeline
from claimtrack.articles import discover
from claimtrack.settings import Settings
from claimtrack.store import open_store
from claimtrack.store import tables as t
from claimtrack.store.condition import open_as_it_is

SETTINGS = Settings(attribution="rules", entailment="off")
TEXTS = {
    "a.txt": "QUILLHAVEN -\n\nMayor Ada Quill said on Tuesday that 12 people died in the harbour fire.\n",
    "b.html": "<html><body><p>Police Chief Ben Orr said on Tuesday that 20 people died in the"
    " harbour fire, and that nobody knows yet how it began or who was in the building.</p></body></html>",
}


@pytest.fixture
def archive(database: str, tmp_path: Path) -> str:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with open_store(database) as store:
        outcomes = list(
            pipeline.ingest(store, discover([tmp_path / name for name in TEXTS]).found, settings=SETTINGS)
        )
        assert [outcome.error for outcome in outcomes] == [None, None]
        assert list(store.verify()) == []
    return database


def forge(connection: Connection, old: str, new: str) -> str:
    """Change a text with all that is made of it: body, hashes, claims; the log is left alone."""
    article = connection.execute(
        select(t.Article.id, t.Article.body).where(t.Article.body.contains(old))
    ).one()
    body = article.body.replace(old, new)
    digest = hashlib.sha256(body.encode()).hexdigest()
    same = t.Article.id == article.id
    connection.execute(update(t.Article).where(same).values(body=body, sha256=digest))
    connection.execute(
        update(t.Article).where(same, t.Article.path.endswith(".txt")).values(raw_sha256=digest)
    )
    for claim in connection.execute(select(t.Claim).where(t.Claim.article_id == article.id)).all():
        told = {"text": claim.text.replace(old, new), "folded": claim.folded.replace(old, new)}
        connection.execute(update(t.Claim).where(t.Claim.id == claim.id).values(told))
    return str(article.id)


@pytest.mark.parametrize("number", ["12", "20"])
def test_a_forged_quotation_is_named(archive: str, number: str) -> None:
    with open_as_it_is(archive) as engine, engine.begin() as connection:
        article = forge(connection, number, "99")
    with open_store(archive) as store:
        assert list(store.verify()) == [f"article {article}: the log tells of another text"]


def test_an_article_that_nobody_read_is_named(archive: str) -> None:
    with open_as_it_is(archive) as engine, engine.begin() as connection:
        row = connection.execute(select(t.Article).where(t.Article.path.endswith("a.txt"))).one()._mapping
        connection.execute(t.Article.__table__.insert(), [{**row, "id": "a" + "0" * 12, "path": "c.txt"}])
    with open_store(archive) as store:
        assert list(store.verify()) == [f"article {'a' + '0' * 12}: the log does not tell of it"]


def test_other_bytes_behind_a_text_are_named(archive: str) -> None:
    forged = b"<html>forged</html>"
    digest = hashlib.sha256(forged).hexdigest()
    with open_as_it_is(archive) as engine, engine.begin() as connection:
        page = t.Article.path.endswith(".html")
        article, raw = connection.execute(select(t.Article.id, t.Article.raw_sha256).where(page)).one()
        row = {
            "sha256": digest,
            "media_type": "text/html",
            "size": len(forged),
            "packed": zlib.compress(forged),
        }
        connection.execute(t.Raw.__table__.insert(), [row])
        connection.execute(update(t.Article).where(page).values(raw_sha256=digest))
        connection.execute(t.Raw.__table__.delete().where(t.Raw.sha256 == raw))
    with open_store(archive) as store:
        assert list(store.verify()) == [
            f"article {article}: the log tells of other bytes that it was read from"
        ]
