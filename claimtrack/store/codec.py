"""Between records and what a column holds: spans, look-up forms, and the nested parts of a claim."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeAlias

from claimtrack.records import (
    ArticleOrigin,
    Attribution,
    Claim,
    Facets,
    Kind,
    Relay,
    Resolution,
    Signal,
    Span,
    Speaker,
    Stance,
    TextOrigin,
    digest,
)
from claimtrack.store.tables import NO_DAY, Article

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from claimtrack.store.rows import AnyRow


ORIGIN = (
    Article.origin_kind,
    Article.origin_of,
    Article.origin_agency,
    Article.origin_share,
    Article.origin_reason,
)  # the columns of `unpack_origin`


def folded(text: str) -> str:
    """The form in which names and contents are searched: case and white space do not count."""
    return " ".join(text.casefold().split())


def outlet_key(name: str) -> str:
    """The stable key of an outlet."""
    return "o" + digest(folded(name))[:12]


def day_of(*days: date | None) -> date:
    """The first known day, or the one that sorts last."""
    return next((day for day in days if day is not None), NO_DAY)


def pack_spans(spans: Iterable[Span]) -> list[list[int]]:
    """Spans as arrays of offsets."""
    return [[span.start, span.end] for span in spans]


def unpack_spans(value: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Arrays of offsets as spans."""
    return tuple(Span(start, end) for start, end in value)


def pack_signals(signals: Iterable[Signal]) -> list[list[Any]]:
    """Signals as arrays of name, value and note."""
    return [[signal.name, signal.value, signal.note, signal.weight] for signal in signals]


def unpack_signals(value: Iterable[Sequence[Any]]) -> tuple[Signal, ...]:
    """Arrays of name, value, note and, since the judge weighs, weight as signals."""
    return tuple(Signal(name, float(number), note, *weight) for name, number, note, *weight in value)


_Place: TypeAlias = tuple[int, int]  # of a span
_Nested: TypeAlias = tuple[Facets, Resolution, list[_Place], list[_Place], list[_Place], _Place]


@cache
def _nested() -> TypeAdapter[tuple[Facets, Resolution]]:
    # pydantic takes long to import, and only writing and judging need it.
    from pydantic import ConfigDict, TypeAdapter  # noqa: PLC0415

    # "more than 10" has no upper bound, and JSON has no infinity: it is written as a string.
    return TypeAdapter(tuple[Facets, Resolution], config=ConfigDict(ser_json_inf_nan="strings"))


@cache
def _stored() -> TypeAdapter[_Nested]:
    from pydantic import TypeAdapter  # noqa: PLC0415  # as above

    return TypeAdapter(_Nested)


def pack_claim(claim: Claim, extractor: str) -> dict[str, Any]:
    """The row of a claim."""
    found = claim.attribution
    facets, resolution = json.loads(_nested().dump_json((claim.facets, claim.resolution)))
    return {
        "id": claim.key,
        "article_id": claim.article,
        "speaker_id": claim.speaker.key,
        "start": min((span.start for span in found.content), default=found.sentence.start),
        "content": pack_spans(found.content),
        "source": pack_spans(found.source),
        "cue": pack_spans(found.cue),
        "sentence": [found.sentence.start, found.sentence.end],
        "kind": found.kind.value,
        "stance": found.stance.value,
        "text": claim.text,
        "folded": folded(claim.text),
        "normalised": claim.normalised,
        "facets": facets,
        "resolution": resolution,
        "stated_on": claim.stated_on,
        "day": day_of(claim.stated_on, claim.published),
        "confidence": found.confidence,
        "rule": found.rule,
        "extractor": extractor,
        "retired": False,
    }


def pack_relays(claim: Claim) -> list[dict[str, Any]]:
    """The rows of a claim's relays: resolved names beside the words that stand for them."""
    pairs = zip_longest(claim.relays, claim.attribution.relays)
    return [
        {
            "claim_id": claim.key,
            "position": position,
            "name": name,
            "printed": relay.name if relay else None,
            "start": relay.span.start if relay else None,
            "end": relay.span.end if relay else None,
        }
        for position, (name, relay) in enumerate(pairs)
    ]


def unpack_claim(row: AnyRow, relays: Sequence[AnyRow], speaker: Speaker) -> Claim:
    """The claim of a row that also holds its article's `published`, `outlet` and origin.

    What is JSON comes as text: read all at once it takes half the time.
    """
    nested = f"[{row.facets},{row.resolution},{row.content},{row.source},{row.cue},{row.sentence}]"
    facets, resolution, content, source, cue, sentence = _stored().validate_json(nested)
    return Claim(
        article=row.article_id,
        attribution=Attribution(
            content=unpack_spans(content),
            source=unpack_spans(source),
            cue=unpack_spans(cue),
            sentence=Span(*sentence),
            kind=Kind(row.kind),
            stance=Stance(row.stance),
            relays=tuple(Relay(r.printed, Span(r.start, r.end)) for r in relays if r.printed is not None),
            rule=row.rule,
            confidence=row.confidence,
        ),
        text=row.text,
        speaker=speaker,
        resolution=resolution,
        outlet=row.outlet,
        relays=tuple(r.name for r in relays if r.name is not None),
        published=row.published,
        stated_on=row.stated_on,
        normalised=row.normalised,
        facets=facets,
        origin=row.origin_of or "",
        wire=row.origin_agency or "",
    )


def unpack_origin(row: AnyRow) -> TextOrigin:
    """Where the article of a row that holds `ORIGIN` comes from."""
    return TextOrigin(
        ArticleOrigin(row.origin_kind),
        row.origin_of or "",
        row.origin_agency or "",
        row.origin_share,
        row.origin_reason,
    )
