"""Archives to show: texts of our own making, with claims at known offsets."""

from __future__ import annotations

from datetime import date

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
    Stance,
    digest,
)
from claimtrack.store import Store, open_store
from tests.store.build import span

MAYOR = Speaker("s" + digest("holt")[:12], "Ines Holt", SpeakerKind.PERSON, ("Holt",), ("mayor of Lindau",))
UNION = Speaker("s" + digest("union")[:12], "Ferry Workers' Union", SpeakerKind.ORGANISATION)
ENGINEER = Speaker("s" + digest("brandt")[:12], "Tomas Brandt", SpeakerKind.PERSON)


def article(
    path: str, body: str, day: int | None = 1, outlet: str | None = "Lindau Gazette", **facts: str
) -> Article:
    published = date(2024, 5, day) if day else None
    return Article(body, path, outlet=outlet, published=published, **facts)  # type: ignore[arg-type]


def claim(
    of: Article,
    speaker: Speaker,
    *content: str,
    source: str = "",
    stance: Stance = Stance.ASSERTS,
    relay: str = "",
    spans: tuple[Span, ...] = (),
) -> Claim:
    """A claim whose content are these words of the article (or these spans), said by a speaker."""
    spans = spans or tuple(span(of.body, words) for words in content)
    sources = (span(of.body, source),) if source else ()
    whole = [*spans, *sources]
    return Claim(
        article=of.key,
        attribution=Attribution(
            content=spans,
            source=sources,
            cue=(),
            sentence=Span(min(s.start for s in whole), max(s.end for s in whole)),
            kind=Kind.INDIRECT,
            stance=stance,
            relays=(Relay(relay, Span(0, 1)),) if relay else (),
            rule="test",
        ),
        text=" … ".join(s.of(of.body) for s in spans),
        speaker=speaker,
        resolution=Resolution(speaker.name, speaker.kind, source or speaker.name, "name"),
        outlet=of.outlet,
        relays=(relay,) if relay else (),
        published=of.published,
    )


def relate(a: Claim, b: Claim, kind: RelationKind = RelationKind.CONTRADICTS, score: float = 0.9) -> Relation:
    return Relation(a.key, b.key, kind, score, (Signal("negation", 1.0, "one denies", 2.5),), "They differ.")


def put(store: Store, *pairs: tuple[Article, list[Claim]], relations: list[Relation] | None = None) -> None:
    """Store articles with their claims, and relations."""
    with store.transaction():
        for text, claims in pairs:
            store.put_article(store.standing(text), extractor="test-1")
            for one in claims:
                names = (one.speaker.name, *one.speaker.aliases)
                store.put_speaker(one.speaker, [name.split()[-1].lower() for name in names])
            store.refresh_speakers(one.speaker.key for one in claims)
            store.put_claims(text.key, claims, {one.key: [("pier", 1.0)] for one in claims}, "test-1")
            store.append_event("article added", text.key, {})
        store.put_relations(relations or [], "test-1")
        store.append_event("related", "", {})


def fill(database: str) -> dict[str, str]:
    """Three articles about a pier: two contradictions, a changed position, a corroboration; their keys."""
    with open_store(database, who="tester") as store:
        return put_pier(store)


def put_pier(store: Store) -> dict[str, str]:
    """What `fill` puts into a database."""
    first = article(
        "gazette.txt",
        "The harbour was quiet.\n\nMayor Ines Holt said the old ferry pier will reopen in June. "
        "Tomas Brandt denied that the pilings are cracked.\n",
        2,
        title="Pier to reopen, mayor says",
    )
    second = article(
        "courier.txt",
        "The Ferry Workers' Union told Northwire that the old ferry pier will stay closed. "
        "“The pilings are cracked,” it added.\n",
        3,
        "The Daily Courier",
        title="Union: pier stays shut",
    )
    third = article(
        "june.txt", "Holt said the old ferry pier will not reopen in June.\n", 28, title="A later date"
    )
    opens = claim(first, MAYOR, "the old ferry pier will reopen in June", source="Mayor Ines Holt")
    sound = claim(first, ENGINEER, "the pilings are cracked", source="Tomas Brandt", stance=Stance.DENIES)
    closed = claim(
        second,
        UNION,
        "the old ferry pier will stay closed",
        source="The Ferry Workers' Union",
        relay="Northwire",
    )
    cracked = claim(second, UNION, "The pilings are cracked", source="it")
    later = claim(third, MAYOR, "the old ferry pier will not reopen in June", source="Holt")
    pairs = [
        relate(opens, closed, score=0.95),
        relate(sound, cracked, score=0.9),
        relate(opens, later, RelationKind.UPDATES, 0.8),
        relate(closed, later, RelationKind.CORROBORATES, 0.7),
    ]
    put(store, (first, [opens, sound]), (second, [closed, cracked]), (third, [later]), relations=pairs)
    return {
        "first": first.key, "second": second.key, "third": third.key,
        "opens": opens.key, "sound": sound.key, "closed": closed.key, "cracked": cracked.key,
        "later": later.key,
        "pier": pairs[0].key, "pilings": pairs[1].key, "changed": pairs[2].key, "agreed": pairs[3].key,
        "mayor": MAYOR.key,
    }  # fmt: skip
