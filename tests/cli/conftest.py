from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from claimtrack.cli.app import run as run_command
from claimtrack.records import (
    Article,
    Attribution,
    Claim,
    Decision,
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
    Verdict,
)
from claimtrack.store import open_store
from tests.conftest import Fill, Shelf
from tests.store.build import span


class Done(NamedTuple):
    """What one command line did."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]
Archive = tuple[str, dict[str, str]]  # a database, and the keys of what it holds by a name of ours

MAYOR = Speaker("s0000000000a1", "Ines Holt", SpeakerKind.PERSON, ("Holt",), ("mayor of Lindau",))
UNION = Speaker("s0000000000a2", "Ferry Workers' Union", SpeakerKind.ORGANISATION)
ENGINEER = Speaker("s0000000000a3", "Tomas Brandt", SpeakerKind.PERSON, (), ("harbour engineer",))


def make_article(path: str, outlet: str | None, day: int, body: str, title: str | None) -> Article:
    return Article(
        body,
        path,
        outlet=outlet,
        title=title,
        published=date(2024, 5, day),
        url=f"https://example.org/{path}",
    )


def make_claim(
    article: Article,
    speaker: Speaker,
    source: str,
    cue: str,
    content: str,
    stated: int | None = None,
    stance: Stance = Stance.ASSERTS,
    kind: Kind = Kind.INDIRECT,
    relay: str | None = None,
) -> Claim:
    body = article.body
    relays = (Relay(relay, span(body, relay)),) if relay else ()
    parts = [span(body, words) for words in (source, cue, content)]
    whole = Span(min(p.start for p in parts), max(p.end for p in parts))
    return Claim(
        article=article.key,
        attribution=Attribution(
            content=(parts[2],), source=(parts[0],), cue=(parts[1],), sentence=whole, kind=kind,
            stance=stance, relays=relays, rule="verb cue", confidence=0.9,
        ),
        text=content,
        speaker=speaker,
        resolution=Resolution(speaker.name, speaker.kind, source, "name"),
        outlet=article.outlet,
        relays=(relay,) if relay else (),
        published=article.published,
        stated_on=date(2024, 5, stated) if stated else None,
        normalised=content.casefold(),
    )  # fmt: skip


def fill(database: str) -> dict[str, str]:
    """A small archive by hand: two contradictions, an update, a corroboration and a reprint."""
    closed = "the old ferry pier will stay closed all summer"
    cracked = "“The pilings are cracked from top to bottom.”"
    engineer = "Tomas Brandt, the harbour engineer"
    first = make_article(
        "gazette.txt", "Lindau Gazette", 2,
        "The harbour was quiet at dawn.\n\nMayor Ines Holt said the old ferry pier will reopen in June. "
        "Tomas Brandt, the harbour engineer, denied that the pilings are cracked.\n",
        "Pier to reopen, mayor says",
    )  # fmt: skip
    second = make_article(
        "courier.txt", "The Daily Courier", 3,
        "The Ferry Workers' Union told Northwire that the old ferry pier will stay closed all summer. "
        "The union added: “The pilings are cracked from top to bottom.”\n",
        "Union: pier stays shut",
    )  # fmt: skip
    third = make_article(
        "reprint.txt", "Evening Post", 3,
        "The Ferry Workers' Union told Northwire that the old ferry pier will stay closed all summer.\n",
        None,
    )  # fmt: skip
    fourth = make_article(
        "june.txt", None, 28,
        "Mayor Holt conceded that the old ferry pier will not reopen before September.\n", "A later date",
    )  # fmt: skip
    claims = {
        "june": make_claim(
            first, MAYOR, "Mayor Ines Holt", "said", "the old ferry pier will reopen in June", 1
        ),
        "sound": make_claim(
            first, ENGINEER, engineer, "denied", "the pilings are cracked",
            stance=Stance.DENIES,
        ),
        "closed": make_claim(
            second, UNION, "The Ferry Workers' Union", "told", closed, 3, relay="Northwire"
        ),
        "cracked": make_claim(
            second, UNION, "The union", "added", cracked, kind=Kind.DIRECT
        ),
        "reprint": make_claim(
            third, UNION, "The Ferry Workers' Union", "told", closed, 3, relay="Northwire"
        ),
        "later": make_claim(
            fourth, MAYOR, "Mayor Holt", "conceded", "the old ferry pier will not reopen before September", 27
        ),
    }  # fmt: skip
    measured = (Signal("fuzzy", 86.5, "most words agree"), Signal("negation", 1.0))

    def relate(a: str, b: str, kind: RelationKind, score: float, why: str) -> Relation:
        signals = (Signal("rule", 1.0, why.rstrip(".")), *measured)
        return Relation(claims[a].key, claims[b].key, kind, score, signals, f"One says, another says: {why}")

    relations = [
        relate("june", "closed", RelationKind.CONTRADICTS, 0.91, "June is before the end of summer."),
        relate("sound", "cracked", RelationKind.CONTRADICTS, 0.8, "One denies what the other states."),
        relate("june", "later", RelationKind.UPDATES, 0.88, "The same speaker names a later month."),
        relate("closed", "later", RelationKind.CORROBORATES, 0.7, "Both say it is closed until autumn."),
        relate("closed", "reprint", RelationKind.REPEATS, 0.99, "The same words by the same agency."),
    ]
    with open_store(database) as store, store.transaction():
        for article in (first, second, third, fourth):
            store.put_article(store.standing(article), extractor="rules-1")
        for speaker in (MAYOR, UNION, ENGINEER):
            store.put_speaker(speaker, [speaker.name.casefold()])
        for article in (first, second, third, fourth):
            mine = [claim for claim in claims.values() if claim.article == article.key]
            store.put_claims(article.key, mine, {}, "rules-1")
        store.put_relations(relations, "rules-1")
        store.decide(
            Verdict(
                relations[0].key,
                Decision.CONFIRMED,
                "Ada",
                datetime(2024, 6, 1, tzinfo=UTC),
                "both on record",
            )
        )
    return (
        {name: claim.key for name, claim in claims.items()}
        | {"article": first.key}
        | {f"{r.kind}:{r.score}": r.key for r in relations}
        | {"dispute": "x" + relations[0].key[1:]}
    )


@pytest.fixture
def archive(backend: str, shelf: Shelf) -> Archive:
    """A database that no test changes, and the keys of what it holds by a name of ours."""
    return shelf.shared(backend, fill)


@pytest.fixture
def own_archive(copy_of: Callable[[Fill], Archive]) -> Archive:
    """The same archive for one test alone, to change."""
    return copy_of(fill)


def fill_hostile(database: str) -> None:
    """One claim whose every text would do harm somewhere."""
    orders = "=HYPERLINK(1)|cmd [red]x[/red]\x1b]0;owned\x07 \u202eesrever <b>*bold*</b>"
    body = f"@SUM(A1) said {orders}, she said."
    article = make_article("-2+3.txt", "+49 News", 1, body, f"={orders}")
    speaker = Speaker("s0000000000b1", "@SUM(A1)", SpeakerKind.PERSON, (orders,), ("-1",))
    claim = make_claim(article, speaker, "@SUM(A1)", "said", orders)
    with open_store(database) as store, store.transaction():
        store.put_article(store.standing(article), extractor="rules-1")
        store.put_speaker(speaker, ["sum"])
        store.put_claims(article.key, [claim], {}, "rules-1")


@pytest.fixture
def hostile(backend: str, shelf: Shelf) -> str:
    """A database of one claim whose every text would do harm somewhere, that no test changes."""
    return shelf.shared(backend, fill_hostile)[0]


@pytest.fixture
def keys(archive: Archive) -> dict[str, str]:
    return archive[1]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command line in an empty folder, without a terminal; what it wrote comes back as text."""
    for name in ("CLAIMTRACK_DB", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path, columns: int | None = None) -> Done:
        if columns:
            monkeypatch.setenv("COLUMNS", str(columns))
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        with redirect_stdout(out), redirect_stderr(err):
            code = run_command(list(map(str, arguments)))
        texts = []
        for stream in (out, err):
            stream.flush()
            texts.append(stream.buffer.getvalue().decode("utf-8"))  # type: ignore[attr-defined]
        return Done(code, *texts)

    return call


@pytest.fixture
def ask(run: Run, archive: Archive) -> Run:
    """Run a command on the archive made by hand."""
    return lambda *arguments, **extra: run("--db", archive[0], *arguments, **extra)


@pytest.fixture
def own(run: Run, own_archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on an archive of one's own, as Mia."""
    monkeypatch.setenv("CLAIMTRACK_REVIEWER", "Mia")
    return lambda *arguments, **extra: run("--db", own_archive[0], *arguments, **extra)


@pytest.fixture
def work(run: Run, nowhere: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a new database of each kind, which is named by setting."""
    monkeypatch.setenv("CLAIMTRACK_DB", nowhere)
    return run
