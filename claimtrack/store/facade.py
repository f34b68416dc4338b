"""One object to read from and write to a database: opens it, looks keys up, and hands on to the queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from os import PathLike, fspath
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, select

from claimtrack.errors import NotFoundError, StoreError
from claimtrack.records import Article, Claim, Relation, RelationKind, Speaker, Verdict
from claimtrack.store import articles, claims, events, integrity, outlets, relations, speakers, verdicts
from claimtrack.store import tables as t
from claimtrack.store.articles import Standing
from claimtrack.store.claims import CANDIDATES, COMMON, ClaimKeys
from claimtrack.store.migrate import upgrade
from claimtrack.store.session import IMMEDIATE, connect, read_url, told
from claimtrack.store.views import ArticleView, ClaimView, EventView, OutletView, RelationView, SpeakerView

T = TypeVar("T")
AnyView = ArticleView | ClaimView | RelationView | SpeakerView

_IDENTIFIER = re.compile(r"[acrs][0-9a-f]{3,12}")


def open_store(url_or_path: str | PathLike[str], create: bool = True, who: str = "") -> Store:
    """Open a database by file name or URL, and bring its tables up to date.

    `who` is entered in the log.  With `create` false a database that is not there is a NotFoundError
    and no file is made.  Raises UsageError for a name that cannot be a database, and StoreError for one
    that cannot be opened, is newer than the program, or is another program's.
    """
    url = read_url(fspath(url_or_path))
    with told(url):
        engine = connect(url, create)
        try:
            upgrade(engine, create)
        except BaseException:
            engine.dispose()
            raise
    return Store(engine, who)


class Store:
    """A database of articles and claims.  Lists are iterators that hold a few rows at a time."""

    def __init__(self, engine: Engine, who: str = "") -> None:
        self._engine = engine
        self._who = who
        self._writing: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    # Reading

    def articles(self, limit: int | None = None) -> Iterator[ArticleView]:
        """All articles by publication day, superseded ones too."""
        return self._stream(lambda c: articles.list_articles(c, limit))

    def claims(
        self,
        speaker: str | None = None,
        outlet: str | None = None,
        article: str | None = None,
        since: date | None = None,
        until: date | None = None,
        search: str | None = None,
        min_confidence: float = 0.0,
        limit: int | None = None,
    ) -> Iterator[ClaimView]:
        """Claims by day; speaker and outlet by name or key, article by key, its beginning, or path."""
        wanted = claims.ClaimFilter(
            self.find_speaker(speaker).id if speaker is not None else None,
            self._find_outlet(outlet),
            self._find_article(article) if article is not None else None,
            since,
            until,
            search,
            min_confidence,
        )
        return self._stream(lambda c: claims.list_claims(c, wanted, limit))

    def speakers(
        self, search: str | None = None, own_voice: bool = False, limit: int | None = None
    ) -> Iterator[SpeakerView]:
        """Speakers with claims, those with most first; `own_voice` adds outlets that speak for themselves."""
        return self._stream(lambda c: speakers.list_speakers(c, search, own_voice, limit))

    def find_speaker(self, name: str) -> SpeakerView:
        """The speaker meant by a name or key; NotFoundError says who else may be meant."""
        with self._reading() as connection:
            if _IDENTIFIER.fullmatch(name) and name.startswith("s"):
                ids = self._ids(name)
                if len(ids) == 1:
                    return speakers.view_speakers(connection, ids)[0]
            return speakers.find_speaker(connection, name)

    def outlets(self, limit: int | None = None) -> Iterator[OutletView]:
        """Outlets with articles, those with most first."""
        return self._stream(lambda c: outlets.list_outlets(c, limit))

    def relations(
        self,
        kinds: Collection[RelationKind] = tuple(RelationKind),
        speaker: str | None = None,
        outlet: str | None = None,
        min_score: float = 0.0,
        limit: int | None = None,
    ) -> Iterator[RelationView]:
        """Relations of these kinds, the strongest first."""
        wanted = relations.RelationFilter(
            tuple(kinds),
            self.find_speaker(speaker).id if speaker is not None else None,
            self._find_outlet(outlet),
            min_score,
        )
        return self._stream(lambda c: relations.list_relations(c, wanted, limit))

    def relations_of(self, claim_ids: Collection[str]) -> dict[str, list[RelationView]]:
        """For each of these claims its relations, the strongest first."""
        with self._reading() as connection:
            return relations.relations_of(connection, claim_ids)

    def get(self, id_or_prefix: str) -> AnyView:
        """The one article, claim, relation or speaker whose key begins so."""
        ids = self._ids(id_or_prefix)
        if not ids:
            raise NotFoundError(
                f"Nothing has the identifier {id_or_prefix!r}",
                "Lists show them; they begin with a, c, r or s, and four characters or more will do",
            )
        if len(ids) > 1:
            raise NotFoundError(f"{id_or_prefix!r} fits several", f"Say which: {', '.join(ids)}")
        with self._reading() as connection:
            match id_or_prefix[0]:
                case "a":
                    return articles.view_articles(connection, ids)[0]
                case "c":
                    return claims.view_claims(connection, ids)[ids[0]]
                case "r":
                    return relations.view_relations(connection, ids)[0]
                case _:
                    return speakers.view_speakers(connection, ids)[0]

    def article(self, article_id: str) -> Article:
        """An article as the record it was put from."""
        with self._reading() as connection:
            return articles.load_article(connection, article_id)

    def body(self, article_id: str) -> str:
        """The text of an article, to which all offsets refer."""
        return self.article(article_id).body

    def verdicts_of(self, ids: Iterable[str]) -> dict[str, tuple[Verdict, ...]]:
        """All decisions on these relations and claims, the newest first."""
        with self._reading() as connection:
            return verdicts.verdicts_of(connection, ids)

    def events(self, limit: int | None = None) -> Iterator[EventView]:
        """The log, the newest entry first."""
        return self._stream(lambda c: events.list_events(c, limit))

    def verify(self) -> Iterator[str]:
        """One line for each thing in the database that is not what was put there."""
        return self._stream(integrity.check)

    # Writing: all of it inside `transaction`

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside goes in together or not at all; one writer at a time."""
        if self._writing is not None:
            raise StoreError("A transaction is open already")
        with told(self._engine.url), self._engine.execution_options(**IMMEDIATE).begin() as connection:
            self._writing = connection
            try:
                yield
            finally:
                self._writing = None

    def standing(self, article: Article) -> Standing:
        """Whether an article is new, known or changed, and what it would be stored as."""
        with self._reading() as connection:
            return articles.standing(connection, article)

    def put_article(self, found: Standing, is_agency: bool = False, extractor: str = "") -> None:
        """Store an article; the claims of the one it takes the place of are retired."""
        if found.former:
            claims.retire_claims(self._writer, found.former)
        articles.put_article(self._writer, found, is_agency, extractor)

    def speakers_for(self, keys: Iterable[str]) -> list[Speaker]:
        """The speakers known under any of these look-up keys."""
        with self._reading() as connection:
            return speakers.speakers_for(connection, keys)

    def put_speaker(self, speaker: Speaker, keys: Iterable[str]) -> None:
        """Store a speaker, and the keys under which linking is to find it."""
        speakers.put_speaker(self._writer, speaker, keys)

    def put_claims(
        self,
        article_id: str,
        found: Sequence[Claim],
        keys: Mapping[str, ClaimKeys],
        extractor: str = "",
    ) -> None:
        """Store an article's claims, with the candidate keys of each; others it had are retired."""
        claims.put_claims(self._writer, article_id, found, keys, extractor)

    def put_keys(self, keys: Mapping[str, ClaimKeys]) -> None:
        """Store the candidate keys of claims in place of those they had."""
        claims.put_keys(self._writer, keys)

    def candidates(
        self, ids: Iterable[str], limit: int = CANDIDATES, common: int = COMMON
    ) -> dict[str, list[str]]:
        """For each claim the keys of those of other articles that are worth judging against it."""
        with self._reading() as connection:
            return claims.find_candidates(connection, ids, limit, common)

    def load_claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims as the records they were put from, by key."""
        with self._reading() as connection:
            return claims.load_claims(connection, ids)

    def current_claims(self) -> Iterator[list[str]]:
        """The keys of all claims that are not retired, in portions."""
        return self._stream(claims.current_ids)

    def put_relations(self, found: Iterable[Relation], matcher: str) -> None:
        """Store relations, or judge known pairs anew."""
        relations.put_relations(self._writer, found, matcher)

    def retire_relations(self) -> None:
        """Take all relations out of the lists, before all pairs are judged anew."""
        relations.retire_relations(self._writer)

    def decide(self, verdict: Verdict) -> None:
        """Add a person's decision, and enter it in the log."""
        verdicts.append_verdict(self._writer, verdict)
        payload = {"decision": verdict.decision.value, "at": verdict.at.isoformat(), "note": verdict.note}
        events.append_event(self._writer, "verdict", verdict.subject, payload, verdict.reviewer)

    def append_event(self, kind: str, subject: str, payload: dict[str, Any]) -> None:
        """Enter a change in the log."""
        events.append_event(self._writer, kind, subject, payload, self._who)

    @property
    def _writer(self) -> Connection:
        if self._writing is None:
            raise StoreError("Nothing can be written outside a transaction")
        return self._writing

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._writing is not None:
            yield self._writing
            return
        with told(self._engine.url), self._engine.connect() as connection:
            yield connection

    def _stream(self, query: Callable[[Connection], Iterator[T]]) -> Iterator[T]:
        with self._reading() as connection:
            yield from query(connection)

    def _ids(self, prefix: str) -> list[str]:
        """The keys that begin with `prefix`; none where it cannot begin a key."""
        if not _IDENTIFIER.fullmatch(prefix):
            return []
        column = {"a": t.Article.id, "c": t.Claim.id, "r": t.Relation.id, "s": t.Speaker.id}[prefix[0]]
        # "g" comes after every hex digit: a range, which the key's index answers in any database.
        query = select(column).where(column >= prefix, column < prefix + "g").order_by(column).limit(5)
        with self._reading() as connection:
            return list(connection.scalars(query))

    def _find_outlet(self, name: str | None) -> str | None:
        if name is None:
            return None
        with self._reading() as connection:
            return outlets.find_outlet(connection, name)

    def _find_article(self, text: str) -> str:
        ids = self._ids(text) if text.startswith("a") else []
        with self._reading() as connection:
            found = ids[0] if len(ids) == 1 else articles.find_article(connection, text)
        if found is None:
            raise NotFoundError(f"No article is called {text!r}", "See `claimtrack articles`")
        return found
