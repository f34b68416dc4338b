"""The manifests in an archive, each for the members of its folder, as on disk."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, TypeAlias

from claimtrack.articles.decoding import printable
from claimtrack.articles.formats.bounds import SpentError, size, whole
from claimtrack.articles.formats.texts import Refused
from claimtrack.articles.manifest import NAME, Manifest, manifest_of
from claimtrack.articles.overrides import Overrides
from claimtrack.errors import InputError

# A member's name, and what opens it under the path that errors are to show.
Member: TypeAlias = tuple[str, Callable[[str], BinaryIO]]
_LONGEST = 1000  # characters of a folder's path that are shown
_MOST_BYTES = 5_000_000  # of all manifests of one archive: their tables are held in memory


@dataclass(frozen=True)
class Manifests:
    """The manifests of one archive by folder, and what is wrong with them, under the members' paths."""

    found: dict[str, Manifest] = field(default_factory=dict)
    failures: tuple[Refused, ...] = ()

    def row(self, name: str) -> Overrides:
        """What the manifest beside the member `name` gives for it; nothing where there is none."""
        folder, base = _place(name)
        beside = self.found.get(folder)
        return beside.row(base) if beside is not None else Overrides()


def is_manifest(name: str) -> bool:
    """Whether the member of this name is a manifest, and so no text."""
    return _place(name)[1] == NAME


def read_manifests(path: str, members: Iterable[Member]) -> Manifests:
    """The manifests among these members of the archive at `path`.

    Only manifests are opened, each before the next member is asked for.  One that cannot be read is among
    the failures; SpentError is raised where the archive has unpacked to all that it may.
    """
    contents: dict[str, tuple[str, bytes]] = {}
    beside: dict[str, list[str]] = {}
    failures: list[Refused] = []
    left = _MOST_BYTES
    for name, open_member in members:
        folder, base = _place(name)
        if base != NAME:
            beside.setdefault(folder, []).append(base)
            continue
        label = posixpath.join(path, printable(folder)[:_LONGEST], base)
        try:
            content = _content(open_member, label, left)
        except SpentError:
            raise  # about the whole archive
        except InputError as error:
            failures.append(Refused(label, error))
        else:
            left -= len(content)
            contents[folder] = label, content  # of two at one place the later, as when they are unpacked
    found = {}
    for folder, (label, content) in contents.items():
        found[folder] = manifest_of(content, printable(label), beside.get(folder, ()))
        failure = found[folder].failure
        if failure is not None:
            failures.append(Refused(label, failure))
    return Manifests(found, tuple(failures))


def _content(open_member: Callable[[str], BinaryIO], label: str, most: int) -> bytes:
    with open_member(label) as file:
        content = whole(file, label, _MOST_BYTES)
    if len(content) > most:
        problem = f"{printable(label)} is one of manifests that are larger than {size(_MOST_BYTES)} together"
        raise InputError(problem, "Unpack the archive and ingest the folder")
    return content


def _place(name: str) -> tuple[str, str]:
    """The folder of a member and its name there."""
    *folder, base = parts_of(name) or [""]
    return "/".join(folder), base


def parts_of(name: str) -> list[str]:
    """The folders of a member and its own name, however the archive spells them; none leads out of it."""
    return [p for p in posixpath.normpath(name.replace("\\", "/")).split("/") if p not in ("", ".", "..")]
