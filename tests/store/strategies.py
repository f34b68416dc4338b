"""Hypothesis strategies for records as the rooms may hand them to the store: any text, any offsets."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from claimtrack.records import (
    Article,
    Attribution,
    Claim,
    Facets,
    Kind,
    Mark,
    MarkKind,
    Modality,
    Period,
    Quantity,
    Relay,
    Resolution,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    joined,
)

# Decoding refuses NUL, and no decoded text holds a lone surrogate.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
names = texts.filter(str.strip)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
numbers = st.floats(allow_nan=False)
shares = st.floats(0, 1)


@st.composite
def spans(draw: st.DrawFn, body: str) -> Span:
    start, end = sorted((draw(st.integers(0, len(body))), draw(st.integers(0, len(body)))))
    return Span(start, end)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    body = draw(texts.filter(bool))
    return Article(
        body=body,
        path=draw(names),
        outlet=draw(st.none() | names),
        title=draw(st.none() | texts),
        byline=draw(st.none() | texts),
        dateline=draw(st.none() | texts),
        published=draw(st.none() | days),
        url=draw(st.none() | texts),
        marks=tuple(draw(st.lists(st.builds(Mark, spans(body), st.sampled_from(MarkKind)), max_size=3))),
        agencies=tuple(draw(st.lists(texts, max_size=3))),
        detected=tuple(draw(st.dictionaries(texts, texts, max_size=3)).items()),
    )


def tuples(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=3).map(tuple)


facets = st.builds(
    Facets,
    negated=st.booleans(),
    modality=st.sampled_from(Modality),
    tense=texts,
    quantities=tuples(st.builds(Quantity, numbers, numbers, texts, texts)),
    periods=tuples(st.builds(Period, days, days, texts)),
    places=tuples(texts),
    entities=tuples(texts),
    subject=tuples(texts),
    verb=texts,
    terms=tuples(texts),
)
speakers = st.builds(
    Speaker,
    key=st.from_regex(r"s[0-9a-f]{12}", fullmatch=True),
    name=texts.map("A{}".format),
    kind=st.sampled_from(SpeakerKind),
    aliases=st.lists(texts.map("B{}".format), max_size=3, unique=True).map(tuple),
    roles=st.frozensets(texts, max_size=3).map(lambda found: tuple(sorted(found))),
    sense=texts,
)
resolutions = st.builds(
    Resolution,
    name=texts,
    kind=st.sampled_from(SpeakerKind),
    mention=texts,
    rule=texts,
    confidence=shares,
    roles=tuples(texts),
    aliases=tuples(texts),
)


@st.composite
def claims(draw: st.DrawFn, article: Article) -> Claim:
    body = article.body
    content = tuple(draw(st.lists(spans(body), min_size=1, max_size=3)))
    some = st.lists(spans(body), max_size=2).map(tuple)
    relays = tuple(Relay(span.of(body), span) for span in draw(some))
    return Claim(
        article=article.key,
        attribution=Attribution(
            content=content,
            source=draw(some),
            cue=draw(some),
            sentence=draw(spans(body)),
            kind=draw(st.sampled_from(Kind)),
            stance=draw(st.sampled_from(Stance)),
            relays=relays,
            rule=draw(texts),
            confidence=draw(shares),
        ),
        text=joined(body, content),
        speaker=draw(speakers),
        resolution=draw(resolutions),
        outlet=article.outlet,
        relays=tuple(draw(st.lists(texts, max_size=3))),
        published=article.published,
        stated_on=draw(st.none() | days),
        normalised=draw(texts),
        facets=draw(facets),
    )
