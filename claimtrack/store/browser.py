"""What the page reads: lists a page at a time, neighbours, and the archive in figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from claimtrack.records import RelationKind, SpeakerKind
from claimtrack.store import overview, pages
from claimtrack.store.database import Database
from claimtrack.store.overview import DayCount, Overview, Quoted
from claimtrack.store.pages import Named, Page, Place, Ties
from claimtrack.store.views import ArticleView, ClaimView, RelationView, ReviewStatus, SpeakerView


class Browser(Database):
    """Each answer costs the same however large the archive is, but for `overview`, `quoted` and `days`."""

    def last_event(self) -> int:
        """The number of the newest entry of the log: while it stays, so does everything else."""
        with self._reading() as connection:
            return overview.last_event(connection)

    def overview(self) -> Overview:
        """How much there is of everything."""
        with self._reading() as connection:
            return overview.count_all(connection)

    def quoted(self, limit: int) -> list[Quoted]:
        """The speakers with most claims."""
        with self._reading() as connection:
            return overview.most_quoted(connection, limit)

    def days(self, speakers: Sequence[str]) -> list[DayCount]:
        """Claims by day: of each of these speakers, and of all others together."""
        with self._reading() as connection:
            return overview.count_days(connection, speakers)

    def article_page(self, after: Place | None, limit: int, outlet: str | None = None) -> Page[ArticleView]:
        """Articles, the newest first."""
        with self._reading() as connection:
            return pages.article_page(connection, after, limit, outlet)

    def claim_page(self, after: Place | None, limit: int, search: str | None = None) -> Page[ClaimView]:
        """Claims, the newest first; a search may stop before its page is full."""
        with self._reading() as connection:
            return pages.claim_page(connection, after, limit, search)

    def claims_of_speaker(self, speaker: str, after: Place | None, limit: int) -> Page[ClaimView]:
        """The claims of the speaker with this key, the newest first."""
        with self._reading() as connection:
            return pages.claims_of_speaker(connection, speaker, after, limit)

    def relation_page(
        self,
        kind: RelationKind,
        after: Place | None,
        limit: int,
        statuses: Collection[ReviewStatus] = (),
    ) -> Page[RelationView]:
        """Relations of a kind, the strongest first."""
        with self._reading() as connection:
            return pages.relation_page(connection, kind, after, limit, statuses)

    def relation_beside(
        self,
        kinds: Sequence[RelationKind],
        beside: str | None,
        backwards: bool = False,
        statuses: Collection[ReviewStatus] = (),
    ) -> str | None:
        """The key of the relation after this one (or before it); the first where none is given."""
        with self._reading() as connection:
            return pages.relation_beside(connection, kinds, beside, backwards, statuses)

    def ties_of(self, claim_ids: Iterable[str], each: int) -> dict[str, Ties]:
        """How these claims are related, with at most `each` relations in full for one claim."""
        with self._reading() as connection:
            return pages.ties_of(connection, claim_ids, each)

    def speaker_page(self, kind: SpeakerKind, after: Place | None, limit: int) -> Page[Named]:
        """Speakers of a kind, by name."""
        with self._reading() as connection:
            return pages.speaker_page(connection, kind, after, limit)

    def speakers_called(self, name: str, limit: int) -> list[SpeakerView]:
        """Speakers one of whose names holds this, those with most claims first."""
        with self._reading() as connection:
            return pages.speakers_called(connection, name, limit)
