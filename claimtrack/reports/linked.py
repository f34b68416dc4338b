"""JSON-LD, node by node: one document with its context at the top, or one document a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

Node = dict[str, object]


@dataclass(frozen=True)
class Linked:
    """Nodes, and the document around them: `head` opens it, `holder` is the property that holds them."""

    head: Node  # with the "@context"
    holder: str
    nodes: Iterable[Node]


def write_jsonld(linked: Linked, out: TextIO) -> None:
    """One JSON-LD document, one node a line."""
    out.write(f"{_text(linked.head)[:-1]}, {_text(linked.holder)}: [")
    gap = "\n"
    for node in linked.nodes:
        out.write(gap + _text(node))
        gap = ",\n"
    out.write("\n]}\n" if gap != "\n" else "]}\n")


def write_lines(linked: Linked, out: TextIO) -> None:
    """One JSON-LD document a line, each with the context."""
    for node in linked.nodes:
        out.write(_text({"@context": linked.head["@context"], **node}) + "\n")


LINKED_WRITERS: dict[str, Callable[[Linked, TextIO], None]] = {"jsonld": write_jsonld, "jsonl": write_lines}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def urn(key: str) -> str:
    """A name for what has a key, where it has no address: the same wherever the archive is."""
    return f"urn:claimtrack:{key}"
