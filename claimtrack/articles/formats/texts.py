"""What readers of formats take in and give out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO, TypeAlias

from claimtrack.articles.formats.bounds import Budget, Limits
from claimtrack.articles.formats.columns import Columns
from claimtrack.articles.overrides import Overrides
from claimtrack.errors import ClaimtrackError
from claimtrack.records import Source


@dataclass(frozen=True)
class Text:
    """The text of one article, the bytes it was read from, and what their markup says of it."""

    path: str
    body: str
    source: Source
    facts: Overrides = field(default_factory=Overrides)
    lasting: bool = True  # whether another text at this path is a newer version of this one
    one_of_many: bool = False  # whether its file may hold other articles


@dataclass(frozen=True)
class Refused:
    """One file, member or record that cannot be read, and why."""

    path: str
    error: ClaimtrackError


@dataclass(frozen=True)
class PassedOver:
    """A file or member of a format that is not read, met among others that nobody named."""

    path: str


Piece: TypeAlias = Text | Refused | PassedOver
# The same bytes from their beginning, counted against this budget; what was given before ends with it.
Again: TypeAlias = Callable[[Budget], BinaryIO]


@dataclass(frozen=True)
class Input:
    """Bytes to read, and how much may be made of them.

    `file` reads on from where it stands; `media_type` is what its beginning was taken for.
    """

    path: str
    file: BinaryIO
    limits: Limits
    columns: Columns
    budget: Budget
    media_type: str = ""
    charset: str | None = None  # as the one who sent the bytes says
    named: bool = True  # by a person: what cannot be read is an error then, and not passed over
    archives: int = 0  # how many archives these bytes lie in
    layers: int = 0  # the same, compressions counted too
    facts: Overrides = field(default_factory=Overrides)  # what is known of them from outside
    many: bool = False  # whether others lie beside these bytes in one file
    row: Overrides = field(default_factory=Overrides)  # what manifests in the archives they lie in give
    again: Again | None = None  # where the bytes can be had a second time

    def unpacked(self, file: BinaryIO, again: Again | None = None) -> Input:
        """What a compressed file holds."""
        within = replace(self, file=file, media_type="", charset=None, layers=self.layers + 1)
        return replace(within, again=again)

    def member(self, path: str, file: BinaryIO, row: Overrides, again: Again | None = None) -> Input:
        """One of the files in an archive, and what the manifest beside it gives for it."""
        within = replace(self.unpacked(file, again), path=path, named=False, many=True)
        return replace(within, archives=self.archives + 1, row=self.row.over(row))

    def page(
        self, path: str, file: BinaryIO, media_type: str, charset: str | None, facts: Overrides
    ) -> Input:
        """One of the pages in a web archive, as its sender described it."""
        within = replace(self.unpacked(file), path=path, named=True, many=True)
        return replace(within, media_type=media_type, charset=charset, facts=facts)


Pieces: TypeAlias = Iterator[Piece]
