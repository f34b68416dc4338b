"""The gold pairs of speakers across articles, and the figures that grouping reaches on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from claimtrack.records import Article, Resolution, Speaker, SpeakerKind
from claimtrack.speakers import combine, group, identify

FILE = Path(__file__).with_name("speakers.txt")
_KINDS = {
    "org": SpeakerKind.ORGANISATION,
    "gov": SpeakerKind.GOVERNMENT,
    "group": SpeakerKind.GROUP,
    "unnamed": SpeakerKind.UNNAMED,
}
_PART = re.compile(
    r"\{(?P<roles>[^}]*)\}|\((?P<title>[^)]*)\)|@(?P<day>\S+)|\[(?P<alias>[^]]*)\]|#(?P<kind>\w+)"
)


@dataclass(frozen=True)
class Pair:
    """Two mentions and those beside them, each of an article of its own; `answer` as in the file."""

    line: str
    answer: str
    mentions: tuple[tuple[Resolution, date], ...]


def load_pairs() -> list[Pair]:
    """The pairs of the file, in order."""
    return list(_pairs(FILE.read_text(encoding="utf-8")))


def are_one(pair: Pair) -> bool:
    """Whether grouping takes the two for one speaker."""
    found = [
        identify(resolution, Article(f"Article {i}.", f"{i}.txt", published=day))
        for i, (resolution, day) in enumerate(pair.mentions)
    ]
    known: dict[str, Speaker] = {}
    for persona in found:
        known[persona.key] = combine(known.get(persona.key, persona), persona)
    leaders = group(known.values())
    return leaders[found[0].key].key == leaders[found[1].key].key


def figures(pairs: list[Pair]) -> tuple[float, float, list[Pair], list[Pair]]:
    """Precision and recall of automatic merges, the wrong ones, and those missed."""
    merged = [pair for pair in pairs if are_one(pair)]
    wrong = [pair for pair in merged if pair.answer != "same"]
    missed = [pair for pair in pairs if pair.answer == "same" and pair not in merged]
    asked = Counter(pair.answer for pair in pairs)["same"]
    precision = 1 - len(wrong) / len(merged) if merged else 1.0
    return precision, 1 - len(missed) / asked, wrong, missed


def _pairs(text: str) -> Iterator[Pair]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            answer, *mentions = line.split(" | ")
            yield Pair(line, answer.strip(), tuple(map(_mention, mentions)))


def _mention(text: str) -> tuple[Resolution, date]:
    parts = {name: value for m in _PART.finditer(text) for name, value in m.groupdict().items() if value}
    name = _PART.sub("", text).strip()
    roles = tuple(parts["roles"].split("; ")) if "roles" in parts else ()
    aliases = (parts["alias"],) if "alias" in parts else ()
    kind = _KINDS.get(parts.get("kind", ""), SpeakerKind.PERSON)
    mention = f"{parts.get('title', '')} {name}".strip()
    return Resolution(name, kind, mention, "name", 1.0, roles, aliases), date.fromisoformat(
        parts.get("day", "2020-06-01")
    )
