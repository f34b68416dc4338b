"""What ingest, linking, judging and people's decisions write, and what they look up to do so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from claimtrack.records import (
    Article,
    Claim,
    Relation,
    RelationKind,
    Source,
    Speaker,
    TextOrigin,
    Verdict,
    in_force,
)
from claimtrack.store import (
    articles,
    candidates,
    claims,
    decisions,
    events,
    fetched,
    identity,
    origins,
    raw,
    relations,
    roster,
    speaker_keys,
    speakers,
    standing,
    verdicts,
)
from claimtrack.store.candidates import CANDIDATES, COMMON, ClaimKeys, Reached
from claimtrack.store.database import Database
from claimtrack.store.fetched import Fetched
from claimtrack.store.identity import Moved
from claimtrack.store.origins import PlacedArticle
from claimtrack.store.parts import WHOLE, Part
from claimtrack.store.rows import split
from claimtrack.store.standing import Standing
from claimtrack.store.views import DecisionKind, DecisionView, SpeakerView


class Writer(Database):
    """All that writes, writes inside `transaction`."""

    def standing(self, article: Article) -> Standing:
        """Whether an article is new, known or changed, and what it would be stored as."""
        with self._reading() as connection:
            return standing.compare(connection, article)

    def put_article(self, found: Standing, is_agency: bool = False, extractor: str = "") -> None:
        """Store an article; the claims of the one it takes the place of are retired."""
        if found.former:
            claims.retire_claims(self._writer, found.former)
            origins.put_bands(self._writer, found.former, ())
        articles.put_article(self._writer, found, is_agency, extractor)

    def other_extractors(self, extractor: str) -> list[str]:
        """The current articles whose claims were made with anything but this."""
        with self._reading() as connection:
            return articles.other_extractors(connection, extractor)

    def put_raw(self, article_id: str, text_sha256: str, source: Source) -> None:
        """Keep the bytes that an article was read from, unless its text says them all."""
        raw.put_raw(self._writer, article_id, text_sha256, source)

    def put_bands(self, article_id: str, bands: Iterable[int], is_new: bool = False) -> None:
        """Store under which numbers near-copies of an article find it; one that `is_new` has none yet."""
        origins.put_bands(self._writer, article_id, bands, is_new)

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

    def put_speakers(
        self,
        found: Mapping[str, tuple[Speaker, Sequence[str]]],
        known: Mapping[str, Speaker] | None = None,
    ) -> list[str]:
        """Store personas, by key, with their look-up keys; returns those that are news.

        `known` are those of them that the archive has, where the caller has loaded them.
        """
        return speakers.put_speakers(self._writer, found, known)

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
    ) -> dict[str, list[str]]:
        """For each claim the keys of those of other articles to judge it against; see `find_candidates`."""
        return candidates.find_candidates(self._writer, ids, limit, common, window)

    def propose_all(
        self, portion: int, limit: int = CANDIDATES, common: int = COMMON, window: int | None = None
    ) -> Iterator[dict[str, list[str]]]:
        """The same for all claims, every pair once, `portion` claims at a time; see `sweep.propose_all`."""
        from claimtrack.store import sweep  # noqa: PLC0415  # NumPy takes long to import, reading needs none

        return sweep.propose_all(self._writer, portion, limit, common, window)

    def propose_part(
        self,
        part: Part,
        portion: int,
        limit: int = CANDIDATES,
        common: int = COMMON,
        window: int | None = None,
    ) -> Iterator[tuple[dict[str, list[str]], Reached]]:
        """The same for a part of the claims, without writing; see `sweep.propose_part`."""
        from claimtrack.store import sweep  # noqa: PLC0415  # NumPy takes long to import, reading needs none

        return self._stream(lambda c: sweep.propose_part(c, part, portion, limit, common, window))

    def put_reach(self, reached: Reached) -> None:
        """Store how far the lists of claims reached, as a part's search gave it."""
        candidates.put_reach(self._writer, reached)

    def changed_keys(self, keys: Mapping[str, ClaimKeys]) -> dict[str, ClaimKeys]:
        """Those of these claims that are stored with other candidate keys."""
        with self._reading() as connection:
            return candidates.changed_keys(connection, keys)

    def load_claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims as the records they were put from, by key."""
        with self._reading() as connection:
            return claims.load_claims(connection, ids)

    def claims_in(self, article_ids: Iterable[str]) -> list[str]:
        """The keys of the claims of these articles that are not retired."""
        with self._reading() as connection:
            return claims.claims_in(connection, article_ids)

    def current_claims(self, part: Part = WHOLE) -> Iterator[list[str]]:
        """The keys of the claims that are not retired, in portions: of all of them, or of a part."""
        return self._stream(lambda c: claims.current_ids(c, part))

    def count_claims(self) -> int:
        """How many claims are not retired."""
        with self._reading() as connection:
            return claims.count_current(connection)

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

    def decide(self, verdict: Verdict, who: str | None = None) -> Verdict:
        """Add a person's decision, and enter it in the log; it comes back with its number.

        `who` brings it in, where that is not the reviewer.
        """
        kind = verdict.kind or relations.kind_of(self._writer, verdict.subject)
        before = in_force(verdicts.verdicts_of(self._writer, [verdict.subject]).get(verdict.subject, ()))
        stored = verdicts.append_verdict(self._writer, replace(verdict, kind=kind))
        payload = {
            "verdict": stored.id,
            "decision": stored.decision.value,
            "on": kind,
            "reviewer": stored.reviewer,
            "at": stored.at.isoformat(),
            "note": stored.note,
            "reason": stored.reason,
            "undoes": stored.undoes,
            "carries": stored.carries,
            "before": before.decision.value if before else None,
        }
        events.append_event(self._writer, events.VERDICT, stored.subject, payload, who or stored.reviewer)
        return stored

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

    def put_fetched(self, answers: Iterable[Fetched]) -> None:
        """Remember what web addresses answered."""
        fetched.put_fetched(self._writer, answers)

    def append_event(self, kind: str, subject: str, payload: dict[str, Any], who: str | None = None) -> None:
        """Enter a change in the log, by default as this store's user's."""
        events.append_event(self._writer, kind, subject, payload, self._who if who is None else who)
