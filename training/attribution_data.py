"""A corpus of annotated attributions → windows of labelled word pieces.

A corpus is JSON lines as in `../shared/bench/attribution`: {"id", "text", "attributions": [{"source",
"cue", "content"}]}, each role a list of [start, end) character spans.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from claimtrack.attribution.pieces import Ints, Pieces, Window, cut, windows_of

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("source", "cue", "content")
NO_LINK = -100  # no target: the loss skips it
NO_SOURCE = -1  # the cue has no source: the link goes to the window's first place


@dataclass(frozen=True)
class Labelled:
    """One article with a tag and two links a piece; links are piece numbers of the article."""

    name: str
    text: str
    attributions: Sequence[dict[str, Any]]
    pieces: Pieces
    tags: Ints
    content_cue: Ints  # content piece → first piece of its cue
    cue_source: Ints  # cue piece → first piece of its source, or NO_SOURCE


@dataclass(frozen=True)
class Batch:
    """Arrays of windows × pieces, padded; place 0 of each window is [CLS]."""

    ids: Ints
    case: Ints
    quote: Ints
    mask: Ints
    tags: Ints
    content_cue: Ints
    cue_source: Ints


def read_corpus(path: Path) -> list[dict[str, Any]]:
    """All articles of a JSON lines file."""
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def split(articles: Sequence[dict[str, Any]], held_out: int, seed: int) -> tuple[list[Any], list[Any]]:
    """Articles to train on and articles held out, drawn by seed from the order of their ids."""
    ordered = sorted(articles, key=lambda article: str(article["id"]))
    random.Random(seed).shuffle(ordered)
    return ordered[held_out:], ordered[:held_out]


def label(article: dict[str, Any], tokenizer: Any) -> Labelled:
    """Tags and links of one article's pieces.  Where two attributions claim a piece, the first keeps it."""
    pieces = cut(article["text"], tokenizer)
    size = len(pieces)
    tags = np.zeros(size, dtype=np.int64)
    content_cue = np.full(size, NO_LINK, dtype=np.int64)
    cue_source = np.full(size, NO_LINK, dtype=np.int64)
    for attribution in article["attributions"]:
        found: dict[str, list[Ints]] = {role: [] for role in ROLES}
        for index, role in enumerate(ROLES):
            for start, end in attribution[role]:
                solid = pieces.ends > pieces.starts  # no break
                at = np.flatnonzero((pieces.starts >= start) & (pieces.ends <= end) & solid & (tags == 0))
                if len(at):
                    tags[at] = 2 * index + 2
                    tags[at[0]] = 2 * index + 1
                    found[role].append(at)
        if found["cue"]:
            cue = found["cue"][0]
            for at in found["content"]:
                content_cue[at] = cue[0]
            cue_source[cue] = first_piece(pieces, attribution["source"])
    return Labelled(
        article["id"], article["text"], article["attributions"], pieces, tags, content_cue, cue_source
    )


def first_piece(pieces: Pieces, spans: Sequence[Sequence[int]]) -> int:
    """The first piece of the first span, NO_SOURCE without spans, NO_LINK if no piece lies in it."""
    if not spans:
        return NO_SOURCE
    start, end = spans[0]
    at = np.flatnonzero((pieces.starts >= start) & (pieces.starts < end) & (pieces.ends > pieces.starts))
    return int(at[0]) if len(at) else NO_LINK


def local(links: Ints, window: Window) -> Ints:
    """Links of a window's pieces as places in the window ([CLS] is 0); those that leave it have no target."""
    part = links[window.start : window.end]
    inside = (part >= window.start) & (part < window.end)
    out = np.where(inside, part - window.start + 1, NO_LINK)
    return np.where(part == NO_SOURCE, 0, out)


def collate(parts: Sequence[tuple[Labelled, Window]], cls_id: int, sep_id: int) -> Batch:
    """One padded batch."""
    width = max(window.end - window.start for _, window in parts) + 2
    shape = (len(parts), width)
    ids, case, quote, mask = (np.zeros(shape, dtype=np.int64) for _ in range(4))
    tags, content_cue, cue_source = (np.full(shape, NO_LINK, dtype=np.int64) for _ in range(3))
    for row, (article, window) in enumerate(parts):
        size = window.end - window.start
        inner = slice(1, size + 1)
        outer = slice(window.start, window.end)
        ids[row, 0], ids[row, size + 1] = cls_id, sep_id
        ids[row, inner] = article.pieces.ids[outer]
        case[row, inner] = article.pieces.case[outer]
        quote[row, inner] = article.pieces.quote[outer]
        mask[row, : size + 2] = 1
        tags[row, inner] = article.tags[outer]
        content_cue[row, inner] = local(article.content_cue, window)
        cue_source[row, inner] = local(article.cue_source, window)
    return Batch(ids, case, quote, mask, tags, content_cue, cue_source)


def batches(
    articles: Sequence[Labelled], size: int, batch: int, rng: random.Random
) -> list[list[tuple[Labelled, Window]]]:
    """One epoch: other cuts and another order each time; windows of like length share a batch."""
    parts: list[tuple[Labelled, Window]] = []
    for article in articles:
        first = rng.randint(size // 4, size)
        parts += [(article, window) for window in windows_of(article.pieces, size, article.text, first)]
    rng.shuffle(parts)
    chunk = 16 * batch
    groups: list[list[tuple[Labelled, Window]]] = []
    for at in range(0, len(parts), chunk):
        near = sorted(parts[at : at + chunk], key=lambda part: part[1].end - part[1].start)
        groups += [near[i : i + batch] for i in range(0, len(near), batch)]
    rng.shuffle(groups)
    return groups
