"""What commands read from a database: lists, single things, and what is known before somebody decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from claimtrack.errors import NotFoundError
from claimtrack.records import Article, RelationKind, Signal, Verdict
from claimtrack.store import (
    articles,
    census,
    claims,
    decisions,
    disputes,
    events,
    fetched,
    integrity,
    near,
    outlets,
    queue,
    raw,
    relations,
    roster,
    verdicts,
    whois,
)
from claimtrack.store.census import Totals
from claimtrack.store.database import Database
from claimtrack.store.fetched import Fetched
from claimtrack.store.queue import Place, QueueFilter
from claimtrack.store.views import (
    ArticleView,
    ClaimView,
    DecisionView,
    EventView,
    LinkView,
    NearView,
    OutletView,
    RelationView,
    ReviewStatus,
    SpeakerView,
)
from claimtrack.store.whois import Given, Merged, Tally

AnyView = ArticleView | ClaimView | RelationView | SpeakerView


class Reader(Database):
    """Lists are iterators that hold a few rows at a time."""

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
        statuses: Collection[ReviewStatus] = (),
    ) -> Iterator[ClaimView]:
        """Claims by day; speaker and outlet by name or key, article by key, its beginning, or path."""
        wanted = claims.ClaimFilter(
            self.find_speaker(speaker).id if speaker is not None else None,
            self.find_outlet(outlet) if outlet is not None else None,
            self.find_article(article) if article is not None else None,
            since,
            until,
            search,
            min_confidence,
            tuple(statuses),
        )
        return self._stream(lambda c: claims.list_claims(c, wanted, limit))

    def speakers(
        self, search: str | None = None, own_voice: bool = False, limit: int | None = None
    ) -> Iterator[SpeakerView]:
        """Speakers with claims, those with most first; `own_voice` adds outlets that speak for themselves."""
        return self._stream(lambda c: roster.list_speakers(c, search, own_voice, limit))

    def find_speaker(self, name: str, exact: bool = False) -> SpeakerView:
        """The speaker meant by a name or key; NotFoundError says who else may be meant.

        A part of a name, or one with a slip in it, will do unless it has to be `exact`.
        """
        ids = self._ids(name) if name.startswith("s") else []
        with self._reading() as connection:
            if len(ids) == 1:
                return roster.view_speakers(connection, ids)[0]
            return roster.find_speaker(connection, name, exact)

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
        statuses: Collection[ReviewStatus] = (),
        since: date | None = None,
    ) -> Iterator[RelationView]:
        """Relations of these kinds, the strongest first."""
        wanted = relations.RelationFilter(
            tuple(kinds),
            self.find_speaker(speaker).id if speaker is not None else None,
            self.find_outlet(outlet) if outlet is not None else None,
            min_score,
            tuple(statuses),
            since,
        )
        return self._stream(lambda c: relations.list_relations(c, wanted, limit))

    def count_relations_with(
        self,
        statuses: Collection[ReviewStatus],
        kinds: Collection[RelationKind] = tuple(RelationKind),
        speaker: str | None = None,
        outlet: str | None = None,
        min_score: float = 0.0,
    ) -> int:
        """How many relations `relations` would list."""
        wanted = relations.RelationFilter(
            tuple(kinds),
            self.find_speaker(speaker).id if speaker is not None else None,
            self.find_outlet(outlet) if outlet is not None else None,
            min_score,
            tuple(statuses),
        )
        with self._reading() as connection:
            return relations.count_matching(connection, wanted)

    def queue(self, wanted: QueueFilter, after: Place | None, limit: int) -> list[tuple[str, Place]]:
        """The next keys of what is to be reviewed, each with the place after which to go on."""
        with self._reading() as connection:
            return queue.list_queue(connection, wanted, after, limit)

    def count_queue(self, wanted: QueueFilter, most: int) -> int:
        """How many keys there are to review; counting ends at `most`."""
        with self._reading() as connection:
            return queue.count_queue(connection, wanted, most)

    def relations_of(self, claim_ids: Collection[str]) -> dict[str, list[RelationView]]:
        """For each of these claims its relations, the strongest first."""
        with self._reading() as connection:
            return relations.relations_of(connection, claim_ids)

    def near(self, claim_ids: Collection[str]) -> dict[str, list[NearView]]:
        """The same without the words of the claims across."""
        with self._reading() as connection:
            return near.near_claims(connection, claim_ids)

    def links(self) -> Iterator[LinkView]:
        """The relations that disputes are made of, without the words of their claims."""
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

    def decided_claims(self, article_ids: Iterable[str]) -> set[str]:
        """The claims of these articles on which, or on whose relations, people have decided."""
        with self._reading() as connection:
            return claims.decided_claims(connection, article_ids)

    def decided_relations_of(self, claim_ids: Iterable[str]) -> list[RelationView]:
        """The relations of these claims that people have decided on, those that no longer hold too."""
        with self._reading() as connection:
            return relations.decided_relations_of(connection, claim_ids)

    def kind_of_relation(self, key: str) -> str:
        """The kind of the relation with this key if it holds; "" where it does not."""
        with self._reading() as connection:
            return relations.current_kind(connection, key)

    def found_claims(self, article_id: str) -> list[ClaimView]:
        """The claims that the last extraction found in an article, even a superseded one, in their order."""
        with self._reading() as connection:
            ids = claims.claims_made_by(connection, article_id, articles.extractor_of(connection, article_id))
            views = claims.view_claims(connection, ids)
        return [views[key] for key in ids]

    def decided_relations(self) -> Iterator[RelationView]:
        """The relations that people have decided on, those that no longer hold too."""
        return self._stream(relations.decided_relations)

    def get(self, id_or_prefix: str, letters: str = "a, c, r, s or x") -> AnyView:
        """The one article, claim, relation or speaker whose key begins so.

        Raises NotFoundError for none, which says with which letters those begin that are asked for, and
        for several.
        """
        ids = self._ids(id_or_prefix)
        if not ids:
            raise NotFoundError(
                f"Nothing has the identifier {id_or_prefix!r}",
                f"Lists show them; they begin with {letters}, and four characters or more will do",
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

    def bodies(self, article_ids: Iterable[str]) -> dict[str, str]:
        """The texts of these articles, by key."""
        with self._reading() as connection:
            return articles.bodies(connection, article_ids)

    def raw(self, article_id: str) -> bytes:
        """The bytes that an article was read from; NotFoundError where none were kept."""
        with self._reading() as connection:
            return raw.load_raw(connection, article_id)

    def verdicts_of(self, ids: Iterable[str]) -> dict[str, tuple[Verdict, ...]]:
        """All decisions on these relations and claims, the newest first."""
        with self._reading() as connection:
            return verdicts.verdicts_of(connection, ids)

    def find_verdict(self, number: int) -> Verdict | None:
        """The verdict with this number, if there is one."""
        with self._reading() as connection:
            return verdicts.find_verdict(connection, number)

    def last_verdicts(self, limit: int) -> list[Verdict]:
        """The last verdicts of the archive, the newest first."""
        with self._reading() as connection:
            return verdicts.last_verdicts(connection, limit)

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

    def fetched(self, urls: Iterable[str]) -> dict[str, Fetched]:
        """What these web addresses answered last, by address; those never asked are left out."""
        with self._reading() as connection:
            return fetched.find_fetched(connection, urls)

    def events(
        self, limit: int | None = None, subjects: Collection[str] | None = None
    ) -> Iterator[EventView]:
        """The log, the newest entry first; with `subjects` only what concerns these keys."""
        return self._stream(lambda c: events.list_events(c, limit, subjects))

    def known_subjects(self, keys: Iterable[str]) -> set[str]:
        """Which of these are whole keys of claims or relations that are there."""
        with self._reading() as connection:
            return verdicts.known_subjects(connection, keys)

    def revised(self, article: str | None = None) -> Iterator[tuple[datetime, str, str]]:
        """When which article took the place of which, the newest first: moment, older key, newer key.

        `article` is the key, its beginning or the path of either.
        """
        wanted = self.find_article(article) if article is not None else None
        return self._stream(lambda c: events.list_revisions(c, wanted))

    def broken_links(self) -> Iterator[str]:
        """One line for each entry of the log that was changed, or that entries before it are missing of."""
        return self._stream(events.check_chain)

    def totals(self) -> Totals:
        """How many articles, claims and entries of the log there are."""
        with self._reading() as connection:
            return census.count_all(connection)

    def verify(self) -> Iterator[str]:
        """One line for each thing in the database that is not what was put there."""
        return self._stream(integrity.check)

    def find_article(self, text: str) -> str:
        """The key of the article meant by a key, its beginning or a path; NotFoundError for none."""
        ids = self._ids(text) if text.startswith("a") else []
        with self._reading() as connection:
            found = ids[0] if len(ids) == 1 else articles.find_article(connection, text)
        if found is None:
            raise NotFoundError(f"No article is called {text!r}", "See `claimtrack articles`")
        return found
