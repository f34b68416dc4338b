"""What the resolver knows while it reads an article: the cast, and who has spoken so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from claimtrack.knowledge import Knowledge
from claimtrack.language.parsed import ParsedText, Token
from claimtrack.records import Article, Attribution, Resolution, Span, SpeakerKind
from claimtrack.speakers.cast import Cast, Figure, NameMention
from claimtrack.speakers.confidence import confidence_of
from claimtrack.speakers.metonyms import canonical, known_aliases
from claimtrack.speakers.names import name_words

STEM = 3  # letters of a place's name, besides the last one, with which its adjective begins


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
    spoken: list[Spoken] = field(default_factory=list)  # by position
    speaking: set[Figure] = field(default_factory=set)  # the figures among them
    places: dict[str, frozenset[str]] = field(
        default_factory=dict, repr=False
    )  # named by descriptions and roles

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence at an offset (the last one before it, where none covers it)."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.parsed.sentences]

    @cached_property
    def places_by_stem(self) -> dict[str, set[str]]:
        """The words of the governments' names by what they have in common with their adjectives."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for figure in self.cast.bodies():
            if figure.kind is SpeakerKind.GOVERNMENT:
                for word in name_words(figure.name):
                    if len(word) > STEM:
                        found[word[:-1]].add(word)
        return dict(found)

    @cached_property
    def mentions(self) -> list[tuple[NameMention, Figure]]:
        """All names of the article, in order, each with its figure."""
        pairs = [(m, f) for f in self.cast.figures for m in f.mentions]
        return sorted(pairs, key=lambda pair: pair[0].span.start)

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [m.span.start for m, _ in self.mentions]

    def mentions_between(self, start: int, end: int) -> list[tuple[NameMention, Figure]]:
        """The names that begin between two offsets, in order, each with its figure."""
        starts = self._mention_starts
        return self.mentions[bisect_left(starts, start) : bisect_left(starts, end)]

    @cached_property
    def sources(self) -> list[tuple[int, Attribution]]:
        """The attributions that name a source, in the order of their sources, each with its place."""
        sourced = [(a.source[0].start, a) for a in self.attributions if a.source]
        return sorted(sourced, key=lambda pair: pair[0])

    @cached_property
    def contents(self) -> tuple[list[tuple[int, int, Span]], int]:
        """All content spans by their starts, with their attributions; and how long the longest is."""
        spans = sorted((s.start, i, s) for i, a in enumerate(self.attributions) for s in a.content)
        return spans, max((s.end - s.start for _, _, s in spans), default=0)

    def mentions_in(self, span: Span) -> list[tuple[NameMention, Figure]]:
        """The names inside a span, in order, each with its figure; a last "Jr." may lose its stop."""
        end = span.end + (self.article.body[span.end : span.end + 1] == ".")
        near = self.mentions_between(span.start, span.end)
        return [(m, f) for m, f in near if span.start <= m.span.start and m.span.end <= end]

    def sources_after(self, span: Span, limit: int) -> list[tuple[Figure, int]]:
        """The figures named in the sources of the attributions that follow a place, nearest first."""
        out: list[tuple[Figure, int]] = []
        following = bisect_right(self.sources, span.end, key=lambda pair: pair[0])
        for _, other in islice(self.sources, following, None):
            for source in other.source:
                out.extend((f, m.span.start) for m, f in self.mentions_in(source))
            if len(out) >= limit:
                break
        return out[:limit]

    def spoken_before(self, offset: int) -> Iterator[Spoken]:
        """Sources resolved so far that stand before an offset, nearest first."""
        end = bisect_left(self.spoken, offset, key=lambda s: s.position)
        while end:  # of several at one place, the one resolved first comes first
            start = bisect_left(self.spoken, self.spoken[end - 1].position, key=lambda s: s.position)
            yield from self.spoken[start:end]
            end = start

    def add_spoken(self, spoken: Spoken) -> None:
        """Note a source that has been resolved."""
        insort(self.spoken, spoken, key=lambda s: s.position)
        if spoken.figure is not None:
            self.speaking.add(spoken.figure)

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


def resolution_of(figure: Figure, mention: str, rule: str, knowledge: Knowledge) -> Resolution:
    """A figure as the answer to who a mention stands for, as sure as the rule that found it."""
    name, kind = figure.name, figure.kind
    aliases = [form for form in figure.forms if form != name]
    if kind is not SpeakerKind.PERSON:
        name, kind = canonical(name, kind, knowledge)
        if name != figure.name:
            aliases.insert(0, figure.name)
        aliases += known_aliases(figure.name, knowledge)
    return Resolution(
        name=name,
        kind=kind,
        mention=mention,
        rule=rule,
        confidence=confidence_of(rule),
        roles=tuple(figure.roles),
        aliases=tuple(dict.fromkeys(a for a in aliases if a != name)),
    )
