"""Tag scores and links of word pieces → attributions with a confidence.

In: for one window the logarithms of the tag probabilities and the link vectors of its pieces.  Out:
candidates that join a source, a cue and contents; `confidence` says how probable it is that a reader
would find the same (content overlaps by half or more and the source is right).

Cues and sources are read from the tags alone.  Contents are read from tags and links at once: a path
over the pieces that says for each whether it is content, and of which cue.  So two contents that touch
come apart where their pieces begin to point to another cue.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimtrack.attribution.pieces import QUOTING, Ints, Range

Floats = NDArray[np.float32]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
SOURCE, CUE, CONTENT = 0, 1, 2  # a role's number; its tags are 2 * role + 1 (B) and + 2 (I)
NEVER = -1e9


@dataclass(frozen=True)
class Settings:
    """What was tuned on held-out training articles; read from the model's config.json."""

    bias: tuple[float, ...] = (0.0, 1.5, 0.0, 0.0)  # added to the logs of outside, source, cue, content
    link_power: float = 0.5  # how much a piece's link weighs beside its tag
    link_floor: float = 0.02  # a smaller share of a link counts as this much
    least_quotation: int = 6  # pieces; all of a longer quotation points to the same cue
    least_content: float = 0.02  # pieces less probably content than this never are
    least_link: float = 0.45  # a content that points less to its cue is left out
    least_source: float = 0.1  # a cue whose best source gets less than this has none
    weights: tuple[float, ...] = ()  # of the confidence's features, the constant first
    least_confidence: float = 0.0

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Settings:
        """From the "decode" part of config.json; what it lacks keeps its default."""
        unknown = sorted(set(values) - {one.name for one in fields(cls)})
        if unknown:
            raise ValueError(f"unknown decode settings: {', '.join(unknown)}")
        ready: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
        return cls(**ready)


@dataclass(frozen=True)
class Span:
    """Pieces start to end (exclusive) of a window that carry one role."""

    role: int
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Candidate:
    """One attribution in pieces of a window, and the features its confidence is read from."""

    source: Span | None
    cue: Span
    contents: tuple[Span, ...]
    features: tuple[float, ...] = field(repr=False)


def find_candidates(scores: Floats, vectors: Floats, quote: Ints, settings: Settings) -> list[Candidate]:
    """Attributions of one window in the order of their cues.

    `scores` [pieces, tags] are log probabilities without the special places, `vectors` [pieces + 2,
    4 × width] the link vectors with them; `quote` is each piece's place in a quotation (pieces.QUOTING).
    """
    spans = role_spans(scores, settings.bias)
    cues = [span for span in spans if span.role == CUE]
    sources = [span for span in spans if span.role == SOURCE]
    if not cues:
        return []
    pointing = link_shares(vectors, 0, 1, len(scores) + 1)
    shares = np.stack([share_of(pointing, cue) for cue in cues], axis=1)
    for start, end in quotations(quote, settings.least_quotation):
        shares[start:end] = shares[start:end].mean(axis=0)
    owned: dict[int, list[tuple[Span, float]]] = {}
    for owner, span in content_spans(scores, shares, settings):
        link = float(shares[span.start : span.end, owner].mean())
        if link >= settings.least_link:
            owned.setdefault(owner, []).append((span, link))
    out = []
    for owner, found in sorted(owned.items()):
        contents = tuple(span for span, _ in found)
        link = sum(share * len(span) for span, share in found) / sum(map(len, contents))
        source, best, none = source_of(vectors, cues[owner], sources, settings)
        features = features_of(scores, source, cues[owner], contents, (link, best, none))
        out.append(Candidate(source, cues[owner], contents, features))
    return out


def quotations(quote: Ints, least: int) -> list[Range]:
    """Pieces of the quotations that have `least` pieces or more, marks included."""
    opening, inside, closing = (QUOTING.index(name) for name in ("opening", "inside", "closing"))
    out: list[Range] = []
    start = -1
    for at, state in enumerate([*quote.tolist(), -1]):
        if start >= 0 and state != inside:
            end = at + (state == closing)
            if end - start >= least:
                out.append((start, end))
            start = -1
        if state == opening:
            start = at
    return out


def role_spans(scores: Floats, bias: Sequence[float]) -> list[Span]:
    """Runs of pieces with the same likeliest role; a run ends where another begins inside it."""
    likely = np.exp(scores)
    roles = np.stack([likely[:, 0], *(likely[:, i] + likely[:, i + 1] for i in (1, 3, 5))], axis=1)
    best = (np.log(np.maximum(roles, 1e-9)) + np.asarray(bias, dtype=np.float32)).argmax(axis=1)
    begins = np.zeros(len(best), dtype=bool)
    for role in (SOURCE, CUE, CONTENT):
        begins |= (best == role + 1) & (likely[:, 2 * role + 1] > likely[:, 2 * role + 2])
    edges = np.flatnonzero(np.concatenate([[True], (best[1:] != best[:-1]) | begins[1:], [True]]))
    pairs = zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
    return [Span(int(best[start]) - 1, start, end) for start, end in pairs if best[start]]


def link_shares(vectors: Floats, link: int, start: int, end: int) -> Floats:
    """Where each of the places start..end points to ([CLS] is place 0): shares that sum to 1."""
    width = vectors.shape[1] // 4
    query = vectors[start:end, 2 * link * width : (2 * link + 1) * width]
    key = vectors[:, (2 * link + 1) * width : (2 * link + 2) * width]
    scores = query @ key.T / np.float32(math.sqrt(width))
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = shares / shares.sum(axis=1, keepdims=True)
    return result


def share_of(shares: Floats, span: Span) -> Floats:
    """How much of each row's shares falls on a span (its places come one later: [CLS])."""
    result: Floats = shares[:, span.start + 1 : span.end + 1].sum(axis=1)
    return result


def content_spans(scores: Floats, shares: Floats, settings: Settings) -> list[tuple[int, Span]]:
    """Content spans and the number of the cue that each belongs to; `shares` is [pieces, cues]."""
    power, floor = settings.link_power, settings.link_floor
    known = np.maximum(shares, floor)
    link = power * np.log(known / known.max(axis=1, keepdims=True))
    outside = np.logaddexp.reduce(scores[:, :5], axis=1)[:, None]
    content = scores[:, 5:7] + settings.bias[3]
    emit = np.concatenate([outside, content[:, :1] + link, content[:, 1:] + link], axis=1)
    possible = np.exp(scores[:, 5:7]).sum(axis=1) >= settings.least_content
    edges = np.flatnonzero(np.diff(np.concatenate([[0], possible.astype(np.int8), [0]])))
    out: list[tuple[int, Span]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        out += owned_runs(best_path(emit[start:end]), shares.shape[1], start)
    return out


def best_path(emit: Floats) -> list[int]:
    """The likeliest states (Viterbi) of a stretch: 0 outside, 1..k a content of cue k begins, k+1..2k it
    goes on, which only the same cue's content does."""
    cues = emit.shape[1] // 2
    here = emit[0].copy()
    here[1 + cues :] = NEVER
    back = np.zeros(emit.shape, dtype=np.int64)
    begin, inside = np.arange(1, cues + 1), np.arange(cues + 1, 2 * cues + 1)
    for at in range(1, len(emit)):
        top = int(here.argmax())
        fresh = here[1 : cues + 1] > here[cues + 1 :]
        back[at, : cues + 1] = top
        back[at, cues + 1 :] = np.where(fresh, begin, inside)
        longer = np.maximum(here[1 : cues + 1], here[cues + 1 :])
        before = here[top]
        here = emit[at].copy()
        here[: cues + 1] += before
        here[cues + 1 :] += longer
    path = [int(here.argmax())]
    for at in range(len(emit) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def owned_runs(path: Sequence[int], cues: int, offset: int) -> list[tuple[int, Span]]:
    """The contents that a path marks, with the number of their cue."""
    out: list[tuple[int, Span]] = []
    owner, start = -1, 0
    for at, state in enumerate([*path, 0]):
        if owner >= 0 and state <= cues:
            out.append((owner, Span(CONTENT, start + offset, at + offset)))
            owner = -1
        if 1 <= state <= cues:
            owner, start = state - 1, at
    return out


def source_of(
    vectors: Floats, cue: Span, sources: Sequence[Span], settings: Settings
) -> tuple[Span | None, float, float]:
    """The source a cue points to, the share that it gets, and the share of "no source"."""
    shares = link_shares(vectors, 1, cue.start + 1, cue.end + 1).mean(axis=0, keepdims=True)
    none = float(shares[0, 0])
    ranked = [(float(share_of(shares, source)[0]), source) for source in sources]
    best, source = max(ranked, key=lambda one: one[0], default=(0.0, None))
    return (source if best >= settings.least_source and best >= none else None), best, none


def sureness(scores: Floats, span: Span) -> tuple[float, float]:
    """Mean probability of a span's role over its pieces, and the probability that one begins there."""
    role = np.exp(scores[span.start : span.end, 2 * span.role + 1 : 2 * span.role + 3]).sum(axis=1)
    return float(role.mean()), float(np.exp(scores[span.start, 2 * span.role + 1]))


def features_of(
    scores: Floats,
    source: Span | None,
    cue: Span,
    contents: tuple[Span, ...],
    links: tuple[float, float, float],
) -> tuple[float, ...]:
    """What the confidence is read from: log odds of the parts, lengths and distances; a constant first."""
    content_link, source_link, no_source = links
    cue_mean, cue_begin = sureness(scores, cue)
    content_mean, content_begin = sureness(scores, max(contents, key=len))
    gap = min(max(one.start - cue.end, cue.start - one.end) for one in contents)
    return (
        1.0,
        logit(cue_mean),
        logit(cue_begin),
        logit(content_mean),
        logit(content_begin),
        logit(content_link),
        logit(source_link if source else max(source_link, no_source)),
        logit(sureness(scores, source)[0] if source else 0.5),
        float(source is None),
        math.log1p(sum(map(len, contents))),
        math.log1p(max(0, gap)),
        float(len(contents) > 1),
    )


def logit(share: float) -> float:
    """Log odds, kept within ± 6.9."""
    share = min(max(share, 1e-3), 1 - 1e-3)
    return math.log(share / (1 - share))


def confidence(features: Sequence[float], weights: Sequence[float]) -> float:
    """The calibrated probability of a candidate (a logistic function); 1 without weights."""
    if not weights:
        return 1.0
    return 1 / (1 + math.exp(-sum(f * w for f, w in zip(features, weights, strict=True))))


def text_range(starts: NDArray[np.int64], ends: NDArray[np.int64], span: Span) -> Range:
    """Character offsets of a span of pieces."""
    return int(starts[span.start]), int(ends[span.end - 1])
