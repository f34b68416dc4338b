"""What the resolver knows while it reads an article: the cast, and who has spoken so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from claimtrack.knowledge import Knowledge
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Article, Attribution, Resolution, Span, SpeakerKind
from claimtrack.speakers.cast import Cast, Figure, NameMention
from claimtrack.speakers.metonyms import canonical, known_aliases


@dataclass(frozen=True, slots=True)
class Spoken:
    """One source already resolved: where it stands, and who it is."""

    position: int
    sentence: int
    resolution: Resolution
    figure: Figure | None


@dataclass
class Scene:
    """One article while its sources are being resolved."""

    article: Article
    parsed: ParsedText
    knowledge: Knowledge
    cast: Cast
    attributions: tuple[Attribution, ...]
    spoken: list[Spoken] = field(default_factory=list)

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence at an offset (the last one before it, where none covers it)."""
        found = 0
        for sentence in self.parsed.sentences:
            if sentence.span.start > offset:
                break
            found = sentence.i
        return found

    def mentions_in(self, span: Span) -> list[tuple[NameMention, Figure]]:
        """The names inside a span, in order, each with its figure."""
        inside = [(m, f) for f in self.cast.figures for m in f.mentions if span.covers(m.span)]
        return sorted(inside, key=lambda pair: pair[0].span.start)

    def spoken_before(self, offset: int) -> list[Spoken]:
        """Sources resolved so far that stand before an offset, nearest first."""
        return sorted((s for s in self.spoken if s.position < offset), key=lambda s: -s.position)

    def head_of(self, span: Span) -> Token | None:
        """The token of a span that hangs on a token outside it (the last such, where a name is first)."""
        tokens = self.parsed.within(span)
        if not tokens:
            return None
        low, high = tokens[0].i, tokens[-1].i
        heads = [
            t
            for t in tokens
            if (t.head == t.i or not low <= t.head <= high) and t.pos not in ("PUNCT", "DET")
        ]
        nouns = [t for t in heads if t.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET")]
        return (nouns or heads or list(tokens))[0]


def resolution_of(
    figure: Figure, mention: str, rule: str, confidence: float, knowledge: Knowledge | None = None
) -> Resolution:
    """A figure as the answer to who a mention stands for."""
    name, kind = figure.name, figure.kind
    aliases = [form for form in figure.forms if form != name]
    if knowledge is not None and kind is not SpeakerKind.PERSON:
        name, kind = canonical(name, kind, knowledge)
        if name != figure.name:
            aliases.insert(0, figure.name)
        aliases += known_aliases(figure.name, knowledge)
    return Resolution(
        name=name,
        kind=kind,
        mention=mention,
        rule=rule,
        confidence=confidence,
        roles=tuple(figure.roles),
        aliases=tuple(dict.fromkeys(a for a in aliases if a != name)),
    )
