"""Claims made by hand: the facets that the claims room would measure, from few words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from claimtrack.records import (
    Attribution,
    Claim,
    Facets,
    Kind,
    Modality,
    Period,
    Quantity,
    Resolution,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
)

MakeClaim = Callable[..., Claim]
_LEFT_OUT = set(
    re.findall(
        r"\w+",
        """a an the of in at to for from by with and or but that it is are was were be been being has
        on have had will would could may might no not any his her their its as
        this he she they we who which there""",
    )
)


def make_claim(
    text: str,
    *,
    speaker: str = "Ana Vidal",
    article: str | None = None,
    outlet: str | None = "The Harbour Post",
    day: date | None = date(2021, 5, 3),
    relays: tuple[str, ...] = (),
    kind: Kind = Kind.INDIRECT,
    stance: Stance = Stance.ASSERTS,
    speaker_kind: SpeakerKind = SpeakerKind.PERSON,
    mention: str | None = None,
    names: tuple[str, ...] = (),
    places: tuple[str, ...] = (),
    lemmas: dict[str, str] | None = None,
    verb: str = "do",
    subject: tuple[str, ...] = ("someone",),
    negated: bool = False,
    modality: Modality = Modality.ACTUAL,
    tense: str = "past",
    quantities: tuple[Quantity, ...] = (),
    periods: tuple[Period, ...] = (),
    context: tuple[str, ...] = (),
) -> Claim:
    """A claim whose terms are its words in lower case, `lemmas` applied, little words left out."""
    words = [w.casefold() for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)]
    terms = tuple((lemmas or {}).get(w, w) for w in words if w not in _LEFT_OUT and len(w) > 1)
    facets = Facets(
        negated=negated,
        modality=modality,
        tense=tense,
        quantities=quantities,
        periods=periods,
        places=places,
        entities=(*names, *places),
        subject=subject,
        verb=verb,
        terms=terms,
        context=context,
    )
    span = Span(0, len(text))
    return Claim(
        article=article or f"a-{speaker}-{outlet}-{day}-{text[:12]}",
        attribution=Attribution((span,), (), (), span, kind, stance),
        text=text,
        speaker=Speaker(f"s-{speaker.casefold()}", speaker, speaker_kind),
        resolution=Resolution(speaker, speaker_kind, speaker if mention is None else mention, "test"),
        outlet=outlet,
        relays=relays,
        published=day,
        stated_on=day,
        normalised=" ".join(words),
        facets=facets,
    )


@pytest.fixture
def claim() -> MakeClaim:
    """The factory."""
    return make_claim
