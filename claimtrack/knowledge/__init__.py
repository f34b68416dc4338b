"""The starting knowledge: what the product knows before it reads."""

from claimtrack.knowledge.base import (
    Knowledge,
    Metonym,
    MetonymKind,
    Organisation,
    Title,
    TitleKind,
    name_key,
)
from claimtrack.knowledge.files import FILES, load_knowledge

__all__ = [
    "FILES",
    "Knowledge",
    "Metonym",
    "MetonymKind",
    "Organisation",
    "Title",
    "TitleKind",
    "load_knowledge",
    "name_key",
]
