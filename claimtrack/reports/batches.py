"""A stream taken some at a time: memory stays flat, and questions to the database stay few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

BATCH = 500


def batches(stream: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Lists of so many, the last one shorter."""
    rest = iter(stream)
    while batch := list(islice(rest, size)):
        yield batch
