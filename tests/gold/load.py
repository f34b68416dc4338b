"""Reads the hand-made gold: `python -m tests.gold.load attribution|chains > gold.jsonl`.

`attribution.txt` holds passages under headers "## id | phenomena | desk".  In a passage `[s1 Ada Brook]`
marks words with their role (s source, c cue, t content, r relay) in attribution number 1; a number that
comes again adds a span, marks may nest, and other square brackets are text.  docs/gold.md has the rest.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROLES = {"s": "source", "c": "cue", "t": "content", "r": "relay"}
HEADER = re.compile(r"^## (?P<id>[\w-]+) \| (?P<phenomena>[\w, -]+) \| (?P<desk>\w+)\n", re.M)
TOKEN = re.compile(r"\[([sctr])(\d+) |[\[\]]")

Spans = dict[str, list[list[int]]]


@dataclass(frozen=True)
class Passage:
    """One passage: its text without marks, and every link of every attribution as spans by role."""

    id: str
    phenomena: frozenset[str]
    desk: str
    text: str
    links: tuple[Spans, ...]

    def outermost(self) -> list[Spans]:
        """PolNeAR's form: no content inside another one, the outer report stands; no relays."""
        kept = [a for n, a in enumerate(self.links) if not any(_inside(a, b) for b in self.links[:n])]
        return [{role: spans for role, spans in a.items() if role != "relay"} for a in kept]

    def innermost(self) -> list[Spans]:
        """The product's form: who said it, with the relays; the reports by those relays are left out."""
        relays = [span for a in self.links for span in a["relay"]]
        return [a for a in self.links if not any(span in relays for span in a["source"] + a["content"])]

    def row(self, chains: bool = False) -> dict[str, object]:
        """The row of the bench format: outermost links, or innermost ones with relays."""
        attributions = self.innermost() if chains else self.outermost()
        return {"id": self.id, "text": self.text, "attributions": attributions}


def _inside(inner: Spans, outer: Spans) -> bool:
    return all(any(s >= a and e <= b for a, b in outer["content"]) for s, e in inner["content"])


def parse_marks(marked: str) -> tuple[str, tuple[Spans, ...]]:
    """The text without its marks, and the attributions in the order of their numbers; or ValueError."""
    text, at = "", 0
    stack: list[tuple[str, int, int] | None] = []  # role, number and start of each open mark; None: text
    found: dict[int, Spans] = {}
    for token in TOKEN.finditer(marked):
        text += marked[at : token.start()]
        at = token.end()
        if token.group(1):
            stack.append((ROLES[token.group(1)], int(token.group(2)), len(text)))
            continue
        opened = stack.pop() if token.group() == "]" and stack else None
        if token.group() == "[":
            stack.append(None)
        if opened is None:
            text += token.group()
        else:
            role, number, start = opened
            found.setdefault(number, {name: [] for name in ROLES.values()})[role].append([start, len(text)])
    wrong = [n for n, spans in found.items() if not spans["cue"] or not spans["content"]]
    if stack or wrong:
        raise ValueError(f"open mark or attribution without cue or content {wrong}: {marked[:60]!r}")
    links = ({role: sorted(spans) for role, spans in found[n].items()} for n in sorted(found))
    return text + marked[at:], tuple(links)


def load_attribution(path: Path = HERE / "attribution.txt") -> Iterator[Passage]:
    """The passages of an annotation file, in order."""
    _, *parts = HEADER.split(path.read_text(encoding="utf-8"))
    for name, phenomena, desk, body in zip(*(parts[n::4] for n in range(4)), strict=True):
        text, links = parse_marks(body.strip())
        yield Passage(name, frozenset(phenomena.split(", ")), desk, text, links)


def load_relations(path: Path = HERE / "relations.jsonl") -> Iterator[dict[str, Any]]:
    """The judged pairs of claims."""
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    for passage in load_attribution():
        sys.stdout.write(json.dumps(passage.row(sys.argv[1:] == ["chains"]), ensure_ascii=False) + "\n")
