"""Attributions and speakers to claims."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.claims.days import stated_on
from claimtrack.claims.facets import measure
from claimtrack.claims.text import normalise, text_of
from claimtrack.language.parsed import ParsedText
from claimtrack.records import Article, Attribution, Claim, Resolution, Speaker


def make_claims(
    article: Article,
    parsed: ParsedText,
    attributions: Sequence[Attribution],
    resolutions: Sequence[Resolution],
    speakers: Sequence[Speaker],
) -> list[Claim]:
    """One claim for each attribution with its resolution and speaker, in the same order.

    Raises ValueError where the three sequences are not of one length.
    """
    claims = []
    for attribution, resolution, speaker in zip(attributions, resolutions, speakers, strict=True):
        text = text_of(article.body, attribution)
        day = stated_on(article, parsed, attribution)
        claims.append(
            Claim(
                article=article.key,
                attribution=attribution,
                text=text,
                speaker=speaker,
                resolution=resolution,
                outlet=article.outlet,
                relays=tuple(relay.name for relay in attribution.relays),
                published=article.published,
                stated_on=day,
                normalised=normalise(text),
                facets=measure(article, parsed, attribution, day),
            )
        )
    return claims
