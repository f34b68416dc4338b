"""A text without an article as a claim: for pairs of sentences that benchmarks and people bring along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claimtrack.claims.maker import make_claims
from claimtrack.language.model import Model
from claimtrack.records import (
    Article,
    Attribution,
    Claim,
    Kind,
    Relay,
    Resolution,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    digest,
)

NOBODY = "unspecified"


@dataclass(frozen=True)
class Said:
    """What is known of a statement besides its words; by default nothing."""

    text: str
    speaker: str = NOBODY
    speaker_kind: SpeakerKind = SpeakerKind.UNNAMED
    outlet: str | None = None
    stated_on: date | None = None
    relays: tuple[str, ...] = ()
    kind: Kind = Kind.INDIRECT
    stance: Stance = Stance.ASSERTS


def claim_of_text(model: Model, said: Said, path: str) -> Claim:
    """One statement as a claim of an article at `path` that holds nothing else."""
    article = Article(said.text, path, outlet=said.outlet, published=said.stated_on)
    parsed = model.parse(article)
    whole = Span(0, len(said.text))
    relays = tuple(Relay(name, Span(0, 0)) for name in said.relays)
    attribution = Attribution((whole,), (), (), whole, said.kind, said.stance, relays)
    resolution = Resolution(said.speaker, said.speaker_kind, said.speaker, "given")
    key = "s" + digest(said.speaker_kind, said.speaker.casefold())[:12]
    speaker = Speaker(key, said.speaker, said.speaker_kind)
    if not parsed.tokens:  # make_claims asks for the sentence of the content
        return Claim(digest(path, said.text), attribution, said.text, speaker, resolution, said.outlet)
    (claim,) = make_claims(article, parsed, [attribution], [resolution], [speaker])
    # Equal texts have equal articles; here each stands for an article of its own.
    fields = {name: getattr(claim, name) for name in claim.__dataclass_fields__}
    return Claim(**{**fields, "article": "a" + digest(path, said.text)[:12]})
