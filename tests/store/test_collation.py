"""A PostgreSQL whose database sorts as a language does gives its lists in the order that SQLite gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from claimtrack.records import QueueOrder, Speaker, SpeakerKind, digest
from claimtrack.store import Store, open_store
from claimtrack.store.queue import QueueFilter
from tests.store.build import make_article, make_claim, make_relation, put, put_relations

NAMES = ("Zed", "de Vries", "Ähre", "Ad", "a\u200dd", "ad", "_x")
LOCALE = "en_US.utf8"


def fill(store: Store) -> list[list[str]]:
    """Put a claim of each of these people, and read the lists that are sorted by a name."""
    claims = []
    for number, name in enumerate(NAMES):
        article = make_article(f"{number}. {name} said the bridge is open.", f"{number}.txt", f"{name} Post")
        speaker = Speaker("s" + digest(name)[:12], name, SpeakerKind.PERSON)
        claim = make_claim(article, "the bridge is open", replace(speaker, name="said"))
        claims.append(replace(claim, speaker=speaker))
        put(store, article, claims[-1])
    put_relations(store, *(make_relation(a, b) for a, b in pairwise(claims)))
    wanted = QueueFilter("mia", order=QueueOrder.SPEAKER)
    first = store.queue(wanted, None, 3)
    queued = [*first, *store.queue(wanted, first[-1][1], 20)]
    return [
        [view.name for view in store.speakers()],
        [view.name for view in store.outlets()],
        [quoted.name for quoted in store.quoted(20)],
        [key for key, _ in queued],
        list(walked(store)),
    ]


def walked(store: Store) -> Iterator[str]:
    """The page's list of people, two at a time."""
    page = store.speaker_page(SpeakerKind.PERSON, None, 2)
    yield from (named.name for named in page.items)
    while page.after is not None:
        page = store.speaker_page(SpeakerKind.PERSON, page.after, 2)
        yield from (named.name for named in page.items)


@pytest.mark.slow
def test_lists_do_not_depend_on_the_language_of_the_server(
    postgres: str, new_database: Callable[[str], str]
) -> None:
    with open_store(new_database("sqlite")) as store:
        expected = fill(store)
    assert expected[0] == expected[-1] == sorted(NAMES)
    url = make_url(postgres).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE english TEMPLATE template0 LOCALE '{LOCALE}'"))
    except DBAPIError:
        pytest.skip(f"this machine has no locale {LOCALE}")
    finally:
        engine.dispose()
    with open_store(url.set(database="english").render_as_string(hide_password=False)) as store:
        assert fill(store) == expected
