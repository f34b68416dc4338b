"""One object to read from and write to a database: opens it, looks keys up, and hands on to the queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from os import PathLike, fspath
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, Engine, select

from claimtrack.errors import NotFoundError, StoreError
from claimtrack.records import Article, Claim, Relation, RelationKind, Signal, Speaker, TextOrigin, Verdict
from claimtrack.store import (
    articles,
    candidates,
    claims,
    decisions,
    disputes,
    events,
    identity,
    integrity,
    origins,
    outlets,
    relations,
    roster,
    speaker_keys,
    speakers,
    verdicts,
    whois,
)
from claimtrack.store import tables as t
from claimtrack.store.articles import Standing
from claimtrack.store.candidates import CANDIDATES, COMMON, ClaimKeys
from claimtrack.store.identity import Moved
from claimtrack.store.migrate import upgrade
from claimtrack.store.origins import PlacedArticle
from claimtrack.store.rows import split
from claimtrack.store.session import IMMEDIATE, connect, read_url, told
from claimtrack.store.views import (
    ArticleView,
    ClaimView,
    DecisionKind,
    DecisionView,
    EventView,
    LinkView,
    OutletView,
    RelationView,
    SpeakerView,
)
from claimtrack.store.whois import Given, Merged, Tally

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
        return self._stream(lambda c: roster.list_speakers(c, search, own_voice, limit))

    def find_speaker(self, name: str) -> SpeakerView:
        """The speaker meant by a name or key; NotFoundError says who else may be meant."""
        with self._reading() as connection:
            if _IDENTIFIER.fullmatch(name) and name.startswith("s"):
                ids = self._ids(name)
                if len(ids) == 1:
                    return roster.view_speakers(connection, ids)[0]
            return roster.find_speaker(connection, name)

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

    def links(self) -> Iterator[LinkView]:
        """All relations without the words of their claims."""
        return self._stream(disputes.list_links)

    def links_around(self, relation_id: str) -> list[LinkView]:
        """The relations that hang together with one, over however many claims."""
        with self._reading() as connection:
            return disputes.links_around(connection, relation_id)

    def signals_of(self, relation_ids: Iterable[str]) -> dict[str, tuple[Signal, ...]]:
        """The signals of these relations."""
        with self._reading() as connection:
            return disputes.signals_of(connection, relation_ids)

    def claims_by_id(self, ids: Iterable[str]) -> dict[str, ClaimView]:
        """The claims with these keys, retired ones too."""
        with self._reading() as connection:
            return claims.view_claims(connection, ids)

    def decided_relations(self) -> Iterator[RelationView]:
        """The relations that people have decided on, those that no longer hold too."""
        return self._stream(relations.decided_relations)

    def get(self, id_or_prefix: str) -> AnyView:
        """The one article, claim, relation or speaker whose key begins so."""
        ids = self._ids(id_or_prefix)
        if not ids:
            raise NotFoundError(
                f"Nothing has the identifier {id_or_prefix!r}",
                "Lists show them; they begin with a, c, r, s or x, and four characters or more will do",
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
                    return roster.view_speakers(connection, ids)[0]

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

    def decisions(self, limit: int | None = None) -> Iterator[DecisionView]:
        """People's decisions about speakers and outlets, the newest first."""
        return self._stream(lambda c: decisions.list_decisions(c, limit))

    def find_decision(self, prefix: str) -> DecisionView:
        """The decision whose key begins so; NotFoundError where there is none or several."""
        with self._reading() as connection:
            return decisions.find_decision(connection, prefix)

    def undoing(self, decision_id: str) -> DecisionView | None:
        """The decision in force that undoes this one, if there is one."""
        with self._reading() as connection:
            return decisions.undoing(connection, decision_id)

    def called(self, name: str) -> list[str]:
        """The speakers with claims that go by exactly this name."""
        with self._reading() as connection:
            return whois.called(connection, name)

    def given(self, name: str) -> Given | None:
        """To whom people gave this name, if they did."""
        with self._reading() as connection:
            return whois.given(connection, name)

    def merged(self, asked: str) -> Merged | None:
        """Whom people made part of another speaker, if that is who is asked for by this name or key."""
        ids = self._ids(asked) if asked.startswith("s") else []
        with self._reading() as connection:
            return whois.merged(connection, ids[0] if len(ids) == 1 else asked)

    def find_outlet(self, name: str) -> str:
        """The key of the outlet meant by a name or key; NotFoundError says which are near."""
        with self._reading() as connection:
            return outlets.find_outlet(connection, name)

    def tallies(self, ids: Iterable[str]) -> dict[str, Tally]:
        """What is shown of these speakers and outlets: their names, and how many claims count for each."""
        with self._reading() as connection:
            return whois.tallies(connection, ids)

    def distinct_pairs(self, ids: Iterable[str]) -> set[tuple[str, str]]:
        """The pairs that people told apart, of which one at least is among these speakers."""
        with self._reading() as connection:
            return whois.distinct_pairs(connection, ids)

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
            origins.put_bands(self._writer, found.former, ())
        articles.put_article(self._writer, found, is_agency, extractor)

    def put_bands(self, article_id: str, bands: Iterable[int]) -> None:
        """Store under which numbers near-copies of an article find it."""
        origins.put_bands(self._writer, article_id, bands)

    def put_origin(self, article_id: str, origin: TextOrigin) -> None:
        """Store where an article's text comes from."""
        origins.put_origin(self._writer, article_id, origin)

    def near_copies(self, article_id: str) -> list[str]:
        """The articles whose texts may be copies of this one's, the likeliest first."""
        with self._reading() as connection:
            return origins.near_copies(connection, article_id)

    def copies_of(self, ids: Iterable[str]) -> list[str]:
        """The current articles that go back to these."""
        with self._reading() as connection:
            return origins.copies_of(connection, ids)

    def placed(self, ids: Iterable[str]) -> dict[str, PlacedArticle]:
        """These articles with what decides which of them is the original."""
        with self._reading() as connection:
            return origins.placed(connection, ids)

    def unindexed(self) -> list[str]:
        """Current articles that near-copies do not find."""
        with self._reading() as connection:
            return origins.unindexed(connection)

    def speakers_for(self, keys: Iterable[str]) -> list[Speaker]:
        """The personas under any of these look-up keys, each as it was put."""
        with self._reading() as connection:
            return speaker_keys.personas_for(connection, keys)

    def speakers_under(
        self, keys: Iterable[str], limit: int | None = None, led: bool = False
    ) -> dict[str, list[str]]:
        """The keys of the personas under each of these look-up keys; see `speaker_keys.ids_under`."""
        with self._reading() as connection:
            return speaker_keys.ids_under(connection, keys, limit, led)

    def personas(self, ids: Iterable[str]) -> dict[str, Speaker]:
        """Personas as they were put, by key."""
        with self._reading() as connection:
            return speakers.load_personas(connection, ids)

    def put_speaker(self, speaker: Speaker, keys: Sequence[str]) -> bool:
        """Store a persona and the keys under which others find it; returns whether that is news."""
        return speakers.put_speaker(self._writer, speaker, keys)

    def put_speakers(self, found: Mapping[str, tuple[Speaker, Sequence[str]]]) -> list[str]:
        """Store personas, by key, with their look-up keys; returns those that are news."""
        return speakers.put_speakers(self._writer, found)

    def put_keys_of(self, speaker: Speaker, keys: Iterable[str]) -> None:
        """Give a persona these look-up keys in place of those it had."""
        speakers.put_keys_of(self._writer, speaker, keys)

    def linked_speakers(self) -> Iterator[list[str]]:
        """The keys of all personas that linking may bring together, in portions."""
        return self._stream(speaker_keys.linked_speakers)

    def alike(self, first: str, meeting: Mapping[str, str], most: int) -> Iterator[list[list[str]]]:
        """The speakers that share a look-up key, key by key, in portions; see `speaker_keys.alike`."""
        return self._stream(lambda c: speaker_keys.alike(c, first, meeting, most))

    def views_of(self, ids: Iterable[str]) -> dict[str, SpeakerView]:
        """Speakers as lists show them, by key."""
        with self._reading() as connection:
            return {view.id: view for part in split(ids) for view in roster.view_speakers(connection, part)}

    def set_leaders(self, leaders: Mapping[str, tuple[str | None, str]]) -> list[str]:
        """Say of personas whose they are taken for, and why; returns those of whom it is news."""
        return speakers.set_leaders(self._writer, leaders)

    def refresh_speakers(self, ids: Iterable[str]) -> Moved:
        """Bring personas that are new, or whose name or leader changed, to the speakers they count as."""
        return identity.refresh_speakers(self._writer, ids)

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
        candidates.put_keys(self._writer, keys)

    def propose(
        self,
        ids: Iterable[str],
        limit: int = CANDIDATES,
        common: int = COMMON,
        window: int | None = None,
        anew: bool = False,
    ) -> dict[str, list[str]]:
        """For each claim the keys of those of other articles to judge it against; see `find_candidates`."""
        return candidates.find_candidates(self._writer, ids, limit, common, window, anew)

    def forget_proposals(self) -> None:
        """Before all claims are asked anew whom they propose."""
        candidates.forget_reach(self._writer)

    def load_claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims as the records they were put from, by key."""
        with self._reading() as connection:
            return claims.load_claims(connection, ids)

    def claims_in(self, article_ids: Iterable[str]) -> list[str]:
        """The keys of the claims of these articles that are not retired."""
        with self._reading() as connection:
            return claims.claims_in(connection, article_ids)

    def current_claims(self) -> Iterator[list[str]]:
        """The keys of all claims that are not retired, in portions."""
        return self._stream(claims.current_ids)

    def put_relations(self, found: Iterable[Relation], matcher: str) -> None:
        """Store relations, or judge known pairs anew."""
        relations.put_relations(self._writer, found, matcher)

    def retire_relations(self) -> None:
        """Take all relations out of the lists, before all pairs are judged anew."""
        relations.retire_relations(self._writer)

    def retire_relations_of(self, claim_ids: Iterable[str]) -> list[tuple[str, str]]:
        """Take the relations of these claims out of the lists; returns the pairs that stood related."""
        return relations.retire_relations_of(self._writer, claim_ids)

    def count_relations(self) -> dict[RelationKind, int]:
        """How many relations hold, by kind."""
        with self._reading() as connection:
            return relations.count_relations(connection)

    def decided_pairs(self) -> Iterator[list[tuple[str, str]]]:
        """The pairs of current claims that people have decided on, in portions."""
        return self._stream(relations.decided_pairs)

    def decide(self, verdict: Verdict) -> None:
        """Add a person's decision, and enter it in the log."""
        kind = verdict.kind or relations.kind_of(self._writer, verdict.subject)
        verdicts.append_verdict(self._writer, replace(verdict, kind=kind))
        payload = {
            "decision": verdict.decision.value,
            "on": kind,
            "at": verdict.at.isoformat(),
            "note": verdict.note,
        }
        events.append_event(self._writer, "verdict", verdict.subject, payload, verdict.reviewer)

    def put_decision(
        self,
        kind: DecisionKind,
        payload: dict[str, Any],
        reviewer: str,
        note: str = "",
        undoes: str | None = None,
    ) -> tuple[DecisionView, Moved]:
        """Add a decision about speakers or outlets, and bring everything to where it puts it.

        The caller enters it in the log.
        """
        made = decisions.append_decision(self._writer, kind, payload, reviewer, note, undoes)
        return made, decisions.settle(self._writer, made)

    def append_event(self, kind: str, subject: str, payload: dict[str, Any], who: str | None = None) -> None:
        """Enter a change in the log, by default as this store's user's."""
        events.append_event(self._writer, kind, subject, payload, self._who if who is None else who)

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
