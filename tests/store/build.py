"""Small records to fill a store with: texts of our own making."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import text as sql

from claimtrack.records import (
    Article,
    Attribution,
    Claim,
    Kind,
    Relation,
    RelationKind,
    Relay,
    Resolution,
    Signal,
    Span,
    Speaker,
    SpeakerKind,
    digest,
)
from claimtrack.store import Store
from claimtrack.store.session import connect, read_url

MAYOR = Speaker("s" + digest("mayor")[:12], "Ada Quill", SpeakerKind.PERSON, ("Mayor Quill",), ("mayor",))
RIVAL = Speaker("s" + digest("rival")[:12], "Bo Quill", SpeakerKind.PERSON)
COUNCIL = Speaker("s" + digest("council")[:12], "Harbour Council", SpeakerKind.ORGANISATION)


def span(body: str, words: str) -> Span:
    """Where these words stand first."""
    start = body.index(words)
    return Span(start, start + len(words))


def make_article(
    text: str, path: str = "a.txt", outlet: str | None = "Harbour Times", day: int | None = 1, **facts: str
) -> Article:
    published = date(2021, 3, day) if day else None
    return Article(text, path, outlet=outlet, title="Harbour", published=published, **facts)  # type: ignore[arg-type]


def make_claim(
    article: Article, content: str, speaker: Speaker = MAYOR, stated_on: date | None = None
) -> Claim:
    """A claim whose content stands in the article, whose source is the speaker's last name there."""
    body = article.body
    return Claim(
        article=article.key,
        attribution=Attribution(
            content=(span(body, content),),
            source=(span(body, speaker.name.split()[-1]),),
            cue=(span(body, "said"),),
            sentence=Span(0, len(body)),
            kind=Kind.INDIRECT,
            relays=(Relay(body[:3], Span(0, 3)),),
            rule="test",
        ),
        text=content,
        speaker=speaker,
        resolution=Resolution(speaker.name, speaker.kind, speaker.name, "by name"),
        outlet=article.outlet,
        relays=("The Wire",),
        published=article.published,
        stated_on=stated_on,
    )


def put(store: Store, article: Article, *claims: Claim) -> str:
    """Store an article with claims whose candidate keys are their words; returns the article's key."""
    with store.transaction():
        found = store.standing(article)
        claims = tuple(replace(claim, article=found.id) for claim in claims)
        store.put_article(found, extractor="test-1")
        for claim in claims:
            names = (claim.speaker.name, *claim.speaker.aliases)
            store.put_speaker(claim.speaker, [name.split()[-1].lower() for name in names])
        store.refresh_speakers(claim.speaker.key for claim in claims)
        keys = {claim.key: [(word, 1.0) for word in claim.text.lower().split()] for claim in claims}
        store.put_claims(found.id, claims, keys, "test-1")
    return found.id


def make_relation(
    a: Claim, b: Claim, kind: RelationKind = RelationKind.CONTRADICTS, score: float = 0.9
) -> Relation:
    return Relation(a.key, b.key, kind, score, (Signal("negation", 1.0, "one denies"),), "They differ.")


def put_relations(store: Store, *relations: Relation) -> None:
    with store.transaction():
        store.put_relations(relations, "test-1")


def alter(database: str, *statements: str, **values: object) -> None:
    """Change a database of either kind behind the program's back; its triggers look on."""
    engine = connect(read_url(database), create=False)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sql(statement), values)
    engine.dispose()


def alter_kept(database: str, table: str, statement: str) -> None:
    """The same in a table that is only added to, past the triggers that see to it."""
    if database.startswith("postgresql"):
        alter(database, f"ALTER TABLE {table} DISABLE TRIGGER USER", statement)
    else:
        alter(database, f"DROP TRIGGER {table}_no_update", f"DROP TRIGGER {table}_no_delete", statement)
