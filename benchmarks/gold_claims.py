"""Annotated claims as the program's own: those of the shared stories and of tests/gold/relations.jsonl."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from claimtrack.articles.overrides import Overrides
from claimtrack.articles.reader import read_article
from claimtrack.claims import make_claims
from claimtrack.claims.bare import Said, claim_of_text
from claimtrack.knowledge import load_knowledge
from claimtrack.language.model import Model
from claimtrack.records import (
    Attribution,
    Claim,
    Kind,
    Relay,
    Resolution,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
)

_GROUPS = ("sources", "officials", "observers", "media", "people")


def story_claims(story: Path, model: Model) -> dict[str, Claim]:
    """The gold claims of a story by their ids: its spans, speakers and relays, our facets."""
    gold = json.loads((story / "gold.json").read_text(encoding="utf-8"))
    meta = {m["file"]: m for m in json.loads((story / "meta.json").read_text(encoding="utf-8"))}
    knowledge, out = load_knowledge(), {}
    for name in sorted({c["file"] for c in gold["claims"]}):
        day = date.fromisoformat(meta[name]["published"])
        body = (story / name).read_bytes().decode("utf-8")
        article = read_article(body, name, knowledge, Overrides(outlet=meta[name]["outlet"], published=day))
        parsed = model.parse(article)
        for c in (c for c in gold["claims"] if c["file"] == name):
            span = Span(*c["content_span"])
            tokens = parsed.within(span)
            if not tokens:
                continue
            sentence = parsed.sentence_of(tokens[0].i).span
            attribution = Attribution(
                (span,),
                (),
                (),
                Span(min(sentence.start, span.start), max(sentence.end, span.end)),
                Kind(c["kind"]),
                stance_of(c["cue"]),
                tuple(Relay(name, Span(0, 0)) for name in c.get("via") or ()),
            )
            speaker = c["speaker"] or "unspecified"
            kind = kind_of(speaker)
            resolution = Resolution(speaker, kind, c["speaker_mention"] or "", "gold")
            made = make_claims(
                article,
                parsed,
                [attribution],
                [resolution],
                [Speaker(f"s-{speaker.casefold()}", speaker, kind)],
            )
            out[c["id"]] = made[0]
    return out


def stance_of(cue: str) -> Stance:
    """What a cue of the gold does with its content."""
    first = cue.lower().split()[:1]
    if "declin" in cue.lower():
        return Stance.DECLINES
    return Stance.DENIES if first and first[0].startswith("den") else Stance.ASSERTS


def kind_of(speaker: str) -> SpeakerKind:
    """Named, unnamed or a group, by how the annotators write speakers."""
    words = speaker.split()
    if speaker == "unspecified" or speaker[:1].islower() or words[0] in {"A", "An", "One"}:
        return SpeakerKind.UNNAMED
    if words[-1].casefold() in _GROUPS or words[0] in {"Two", "Three", "Some", "Several", "Many"}:
        return SpeakerKind.GROUP
    return SpeakerKind.PERSON


def own_pairs(rows: Iterator[dict[str, Any]], model: Model) -> Iterator[tuple[dict[str, Any], Claim, Claim]]:
    """Rows of tests/gold/relations.jsonl with their two claims."""
    for row in rows:
        one, other = (claim_of_text(model, said_of(row[side]), f"{row['id']}-{side}") for side in "ab")
        yield row, one, other


def said_of(side: dict[str, Any]) -> Said:
    """One side of a row."""
    return Said(
        side["text"],
        side["speaker"],
        kind_of(side["speaker"]),
        side["outlet"],
        date.fromisoformat(side["stated_on"]) if side["stated_on"] else None,
        tuple(side["relays"]),
        Kind(side["kind"]),
        Stance(side["stance"]),
    )
