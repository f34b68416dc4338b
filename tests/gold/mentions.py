"""Reads `mentions.txt`, the gold of who each source stands for.

Passages stand under headers "## archive-1 | half | phenomena | outlet | date"; passages of one archive tell
of one world, so a name in two of them is one person.  In a passage `[s1 Ada Brook|she]` marks the words "she"
as the source of statement 1 and says who that is, `[s1 Ada Brook]` is short for `[s1 Ada Brook|Ada Brook]`,
and `[t1 …]` marks what statement 1 says.  A name that begins with "~" stands for somebody whom the passage
does not name.  `[s1 Ada Brook|]` is a statement without source words.  docs/gold.md has the conventions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claimtrack.records import Article, Attribution, Kind, Span

HERE = Path(__file__).parent
HEADER = re.compile(
    r"^## (?P<id>[\w-]+) \| (?P<half>[ab]) \| (?P<phenomena>[\w, -]+) \| (?P<outlet>[^|\n]+) \| "
    r"(?P<date>\d{4}-\d\d-\d\d)\n",
    re.M,
)
_MARK = re.compile(r"\[(?:s(\d+) (?:([^\[\]|]*)\|)?|t(\d+) )|\]")


@dataclass(frozen=True)
class Mention:
    """One source: who it stands for, and the statement that it is the source of."""

    speaker: str
    attribution: Attribution

    @property
    def is_local(self) -> bool:
        """Whether the passage does not name the speaker, whom no other passage can know then."""
        return self.speaker.startswith("~")


@dataclass(frozen=True)
class MentionPassage:
    """One passage as an article, with its mentions in the order of their numbers."""

    id: str
    half: str  # "a" was in sight when the rules were mended, "b" was not
    phenomena: frozenset[str]
    article: Article
    mentions: tuple[Mention, ...]

    @property
    def archive(self) -> str:
        """The passages that tell of the same people share this name."""
        return self.id.rpartition("-")[0]


def parse_mentions(marked: str) -> tuple[str, list[Mention]]:
    """The text without its marks, and the mentions in the order of their numbers; or ValueError."""
    text, at = "", 0
    stack: list[tuple[str, int, str | None, int]] = []
    speakers: dict[int, tuple[str, Span]] = {}
    contents: dict[int, Span] = {}
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group() != "]":
            source, name, content = mark.groups()
            stack.append(("s" if source else "t", int(source or content), name, len(text)))
            continue
        if not stack:
            raise ValueError(f"mark closed that was never opened: {text[-40:]!r}")
        role, number, name, start = stack.pop()
        span = Span(start, len(text))
        if number in (speakers if role == "s" else contents):
            raise ValueError(f"{role}{number} twice: {span.of(text)!r}")
        if role == "s":
            speakers[number] = (span.of(text) if name is None else name, span)
        else:
            contents[number] = span
    text += marked[at:]
    if "~" in text:
        raise ValueError("a description without its words: write [s1 ~a clerk|a clerk]")
    if stack or speakers.keys() != contents.keys():
        raise ValueError(f"open marks, or sources without contents: {speakers.keys() ^ contents.keys()}")
    return text, [_mention(text, *speakers[n], contents[n]) for n in sorted(speakers)]


def _mention(text: str, speaker: str, source: Span, content: Span) -> Mention:
    quoted = content.of(text).strip()[:1] in '“"'
    attribution = Attribution(
        content=(content,),
        source=(source,) if source.start < source.end else (),
        cue=(),
        sentence=Span(min(source.start, content.start), max(source.end, content.end)),
        kind=Kind.DIRECT if quoted else Kind.INDIRECT,
    )
    return Mention(speaker, attribution)


def load_mentions(path: Path = HERE / "mentions.txt") -> Iterator[MentionPassage]:
    """The passages of an annotation file, in order; a broken mark is a ValueError that names the passage."""
    _, *parts = HEADER.split(path.read_text(encoding="utf-8"))
    for name, half, phenomena, outlet, day, marked in zip(*(parts[n::6] for n in range(6)), strict=True):
        try:
            text, mentions = parse_mentions(marked.strip())
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
        article = Article(text, f"{name}.txt", outlet=outlet, published=date.fromisoformat(day))
        yield MentionPassage(name, half, frozenset(phenomena.split(", ")), article, tuple(mentions))
