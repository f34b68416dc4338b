"""Who the speakers of an article are among those of the archive.

The rooms say what an article shows of a speaker and which of such personas are one; the store knows them all.
Only those that share look-up keys are brought together, so an article costs in proportion to itself, and the
outcome is that of grouping the whole archive anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from claimtrack.records import Article, Resolution, Speaker, SpeakerKind
from claimtrack.speakers import combine, group, identify, lookup_keys
from claimtrack.speakers.grouping import CROWD, may_be_one, month
from claimtrack.speakers.personas import is_anchor
from claimtrack.speakers.proposals import MEETING, PAIRING, Proposal, propose
from claimtrack.store import Store
from claimtrack.store.views import SpeakerView

Moved = dict[str, tuple[str, str]]  # claims: the speaker before, and the one now

_PORTION = 100  # personas looked at together when all are grouped anew


def link_speakers(
    store: Store, resolutions: Iterable[Resolution], article: Article, home: str
) -> tuple[dict[Resolution, Speaker], Moved]:
    """The persona of each resolution, stored and grouped; and the claims of other articles that moved by it.

    `home` is the key under which the article is stored.  To be called inside a transaction.
    """
    shown = {resolution: identify(resolution, article, home) for resolution in dict.fromkeys(resolutions)}
    fresh: dict[str, Speaker] = {}
    for persona in shown.values():
        fresh[persona.key] = combine(fresh[persona.key], persona) if persona.key in fresh else persona
    known = store.personas(fresh)
    after = {key: combine(known[key], new) if key in known else new for key, new in fresh.items()}
    written = store.put_speakers(
        {key: (persona, lookup_keys(persona)) for key, persona in after.items()}, known
    )
    touched = [
        after[key] for key in written if key not in known or _telling(known[key]) != _telling(after[key])
    ]
    news = [key for key in written if key not in known or known[key].name != after[key].name]
    moved = store.refresh_speakers([*news, *store.set_leaders(_regroup(store, touched))])
    return {resolution: after[persona.key] for resolution, persona in shown.items()}, moved


@dataclass(frozen=True)
class LikelyPair:
    """Two speakers that may be one: `a` has fewer claims and would become part of `b`."""

    a: SpeakerView
    b: SpeakerView
    reason: str
    score: float


def propose_speakers(store: Store, limit: int | None = None) -> list[LikelyPair]:
    """Pairs of speakers that people should look at: the likeliest first, of like ones those with most claims.

    Pairs that people told apart, and speakers without claims, are left out.  Only speakers that share a
    look-up key are compared, and what a crowd shares is not followed.
    """
    found: dict[tuple[str, str], Proposal] = {}
    for buckets in list(store.alike(PAIRING, MEETING, CROWD)):
        personas = store.personas({key for bucket in buckets for key in bucket})
        for proposal in propose(personas.values()):
            known = found.get((proposal.a, proposal.b))
            if known is None or known.score < proposal.score:
                found[proposal.a, proposal.b] = proposal
    ids = {key for pair in found for key in pair}
    views, told_apart = store.views_of(ids), store.distinct_pairs(ids)
    pairs = []
    for keys, proposal in found.items():
        if keys in told_apart or not all(key in views and views[key].claims for key in keys):
            continue
        a, b = sorted((views[key] for key in keys), key=lambda view: (view.claims, view.id))
        pairs.append(LikelyPair(a, b, proposal.reason, round(proposal.score, 2)))
    pairs.sort(key=lambda p: (-p.score, -p.a.claims, -p.b.claims, p.a.id, p.b.id))
    return pairs[:limit]


def relink(store: Store, step: Callable[[int], None] | None = None) -> Moved:
    """Look all keys up anew and group all personas again: after the rules have changed.

    Returns the claims that moved to another speaker; `step` is told how many personas each step took.
    To be called inside a transaction.
    """
    moved: Moved = {}
    for ids in list(store.linked_speakers()):
        for persona in store.personas(ids).values():
            store.put_keys_of(persona, lookup_keys(persona))
    for ids in list(store.linked_speakers()):
        for start in range(0, len(ids), _PORTION):
            part = list(store.personas(ids[start : start + _PORTION]).values())
            moved |= store.refresh_speakers(store.set_leaders(_regroup(store, part)))
            if step is not None:
                step(len(part))
    return moved


class _Neighbours:
    """The personas that share keys with some, each looked up once."""

    def __init__(self, store: Store, known: Iterable[Speaker]) -> None:
        self._store = store
        self._known = {persona.key: persona for persona in known}
        self._under: dict[str, list[str]] = {}

    def under(self, keys: Iterable[str]) -> list[Speaker]:
        """All personas under these keys."""
        wanted = sorted(keys)
        new = [key for key in wanted if key not in self._under]
        if new:
            found = self._store.speakers_under(new)
            self._under |= {key: found.get(key, []) for key in new}
        return self.load(persona for key in wanted for persona in self._under[key])

    def load(self, ids: Iterable[str]) -> list[Speaker]:
        """The personas with these keys of their own."""
        wanted = list(dict.fromkeys(ids))
        new = [key for key in wanted if key not in self._known]
        if new:
            self._known |= self._store.personas(new)
        return [self._known[key] for key in wanted]

    def closure(self, seeds: Iterable[Speaker]) -> dict[str, Speaker]:
        """These personas and all that may be one with them, at any remove."""
        found = {p.key: p for p in seeds}
        edge = list(found.values())
        seen: dict[str, Speaker] = {}
        while edge:
            under: dict[str, list[Speaker]] = {}
            for persona in edge:
                for key in _keys([persona], "onga"):
                    under.setdefault(key, []).append(persona)
            seen |= {p.key: p for p in self.under(under)}
            edge = [
                p
                for p in seen.values()
                if p.key not in found
                and any(may_be_one(p, q) for key in _keys([p], "onga") for q in under.get(key, ()))
            ]
            found |= {p.key: p for p in edge}
        return found


def _regroup(store: Store, touched: Sequence[Speaker]) -> dict[str, tuple[str | None, str]]:
    """The leaders of these personas and of all whose leader may have changed with them."""
    near = _Neighbours(store, touched)
    anchors = near.closure(p for p in touched if is_anchor(p))
    others = {p.key: p for p in touched if p.key not in anchors}
    beside = _families(store, near, anchors.values(), others) | _offices(near, anchors.values(), others)
    return {
        key: (leader.key if leader.key != key else None, leader.reason)
        for key, leader in group((anchors | others | beside).values()).items()
        if key in anchors or key in others
    }


def _families(
    store: Store, near: _Neighbours, anchors: Iterable[Speaker], others: dict[str, Speaker]
) -> dict[str, Speaker]:
    """The full names of the families concerned; adds to `others` the bare names that may mean them."""
    led = _keys(anchors, "l")
    asked = {f"l:{key[2:]}" for key in _keys(others.values(), "b")}
    rivals = store.speakers_under(sorted(led | asked), limit=CROWD + 1)
    crowded = {key for key, ids in rivals.items() if len(ids) > CROWD}
    open_ = near.under(f"b:{key[2:]}" for key in led - crowded)
    # Of a crowded family no bare name is taken for anybody's: those that were are set free.
    shut = store.speakers_under((f"b:{key[2:]}" for key in led & crowded), led=True)
    others |= {p.key: p for p in (*open_, *near.load(key for ids in shut.values() for key in ids))}
    found = near.closure(near.load(key for name, ids in rivals.items() if name not in crowded for key in ids))
    return found | {p.key: p for p in near.load(key for name in crowded for key in rivals[name])}


def _offices(near: _Neighbours, anchors: Iterable[Speaker], others: dict[str, Speaker]) -> dict[str, Speaker]:
    """The holders of the offices concerned; adds to `others` the nameless offices that may mean them."""
    held = _keys(anchors, "h")
    asked = {f"h:{key[2:]}" for key in _keys(others.values(), "r")}
    others |= {p.key: p for p in near.under(f"r:{key[2:]}" for key in held)}
    return near.closure(near.under(held | asked))


def _keys(personas: Iterable[Speaker], first: str) -> set[str]:
    """The look-up keys of these that begin with one of these letters."""
    return {key for persona in personas for key in lookup_keys(persona) if key[0] in first}


def _telling(persona: Speaker) -> tuple[object, ...]:
    """What of a persona decides how it is grouped: days count by their months."""
    tenures = [(t.text, month(t.since), month(t.until)) for t in persona.tenures]
    kind = persona.kind is SpeakerKind.PERSON
    seen = (month(persona.since), month(persona.until))
    return (persona.name, kind, persona.aliases, persona.roles, seen, tenures)
