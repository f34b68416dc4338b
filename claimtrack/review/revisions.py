"""What became of an article's claims when its text was revised, and whether the outlet said so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from claimtrack.claims.anchors import Fate, Passage, anchor, passage_of
from claimtrack.records import Kind, Verdict, in_force
from claimtrack.store.reader import Reader
from claimtrack.store.views import ArticleView, ClaimView

_NOTICE = re.compile(
    r"\b(correct(?:ion|ed|s)|clarif(?:ication|ied|ies)|editor.s note|an earlier version"
    r"|has been (?:updated|amended)|was amended|we regret|erratum)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Change:
    """A claim of the older text and the one in its place in the newer one; one of the two may be missing."""

    fate: Fate | None  # None: the claim is new
    old: ClaimView | None
    new: ClaimView | None
    verdict: Verdict | None = None  # what counts on the claim of the older text


@dataclass(frozen=True)
class Revision:
    """An article that took the place of another at the same path, with what became of each claim."""

    at: datetime
    older: ArticleView
    newer: ArticleView
    noticed: bool  # the newer text says, and the older one does not, that something was corrected
    changes: tuple[Change, ...]


def revisions(store: Reader, articles: Iterable[tuple[datetime, str, str]]) -> Iterator[Revision]:
    """Revisions as the log tells of them: when, the older article's key, the newer one's."""
    for at, older, newer in articles:
        one, other = store.get(older), store.get(newer)
        if isinstance(one, ArticleView) and isinstance(other, ArticleView):
            yield Revision(at, one, other, _says_so(store, older, newer), changes_of(store, older, newer))


def changes_of(store: Reader, older: str, newer: str) -> tuple[Change, ...]:
    """What became of the claims of one article in the one that took its place, in the order of the texts."""
    before, after = store.found_claims(older), store.found_claims(newer)
    old, new = {claim.id: claim for claim in before}, {claim.id: claim for claim in after}
    verdicts = store.verdicts_of(old)
    found = anchor(passages(store, before), passages(store, after))
    placed = [
        Change(
            a.fate,
            old[a.old.claim],
            new[a.new.claim] if a.new else None,
            in_force(verdicts.get(a.old.claim, ())),
        )
        for a in found
    ]
    known = {change.new.id for change in placed if change.new}
    return (*placed, *(Change(None, None, claim) for claim in after if claim.id not in known))


def is_edited_quotation(change: Change) -> bool:
    """Whether other words stand where the older text quoted somebody."""
    old, new = change.old, change.new
    if change.fate is not Fate.EDITED or old is None or new is None:
        return False
    return Kind.INDIRECT not in (old.kind, new.kind) and old.text != new.text


def passages(store: Reader, claims: Iterable[ClaimView]) -> list[Passage]:
    """Claims with their surroundings, each in its own article's text."""
    bodies: dict[str, str] = {}
    found = []
    for claim in claims:
        if claim.article_id not in bodies:
            bodies[claim.article_id] = store.body(claim.article_id)
        body = bodies[claim.article_id]
        found.append(passage_of(claim.id, body, claim.content, claim.speaker, claim.stance))
    return found


def _says_so(store: Reader, older: str, newer: str) -> bool:
    return len(_NOTICE.findall(store.body(newer))) > len(_NOTICE.findall(store.body(older)))
