"""ZIP and tar: their members one after the other.  Nothing is written anywhere; names are labels only."""

from __future__ import annotations

import io
import re
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import IO, BinaryIO

from claimtrack.articles.decoding import printable, too_large
from claimtrack.articles.formats.bounds import Budget, SpentError, Unpacked, damaged, take
from claimtrack.articles.formats.manifests import Manifests, Member, is_manifest, parts_of, read_manifests
from claimtrack.articles.formats.texts import Again, Input, Refused
from claimtrack.errors import InputError

_HEADER_BYTES = 1_000_000  # of one member's header in a tar: long names and attributes
_SHARED_FACTS = 100  # that a tar says of all its members, each of which gets a copy; honest ones say one
_DIRECTORY_BYTES = 320  # of one member in a ZIP's directory, on average and generously
_TAIL = 65_557  # bytes at a ZIP's end in which its directory is named
_IN_MEMORY = 5  # times --max-bytes: a ZIP that comes through a pipe or lies in another archive
_ANY = 1 << 62
# Of the others zipfile unpacks all that it has read at once: of 60 kB in bzip2 that is a gigabyte.
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_zip(item: Input) -> Iterator[Input | Refused]:
    """The members of a ZIP archive; one that is locked or damaged fails alone.  Raises InputError."""
    file = item.file
    if not file.seekable():
        most = _IN_MEMORY * item.limits.max_bytes
        data = take(file, most + 1)
        if len(data) > most:
            raise too_large(item.path, most)
        file = io.BytesIO(data)
    _check_directory(file, item)
    try:
        archive = zipfile.ZipFile(file)
    except Exception as error:  # BadZipFile, and whatever a damaged directory makes of it
        raise damaged(item.path, error) from error
    members = archive.infolist()
    item.budget.enter(len(members))
    packed = file.seek(0, io.SEEK_END)
    files = [i for i in members if not (i.is_dir() or _is_hidden(i.filename) or _is_link(i))]

    def opened(info: zipfile.ZipInfo, path: str, budget: Budget) -> BinaryIO:
        if info.flag_bits & 0x1:
            raise InputError(f"{printable(path)} is locked with a password", "Unpack it yourself")
        if info.compress_type not in _BOUNDED:
            problem = f"{printable(path)} is packed in a way that is not read in a ZIP"
            raise InputError(problem, "Unpack it yourself")
        try:
            member = archive.open(info)
        except Exception as error:  # unknown methods and damaged headers
            raise damaged(path, error) from error
        size = min(info.compress_size, packed)
        return io.BufferedReader(Unpacked(path, member.read, lambda: size, budget, item.limits.ratio))

    def by_name(info: zipfile.ZipInfo) -> Member:
        return info.filename, lambda path: opened(info, path, item.budget)

    manifests = read_manifests(item.path, map(by_name, files))
    yield from manifests.failures
    labels = _Labels(item.path)
    for info in files:
        if is_manifest(info.filename):
            continue
        path = labels.label(info.filename)
        try:
            member = opened(info, path, item.budget)
        except InputError as error:
            yield Refused(path, error)
            continue
        yield item.member(path, member, manifests.row(info.filename), partial(opened, info, path))


def open_tar(item: Input) -> Iterator[Input | Refused]:
    """The regular files of a tar archive; links and devices are left out.  Raises InputError.

    It is gone through twice, because a manifest may lie behind the texts that it names.  Where it can be had
    only once, a manifest in it is refused.
    """
    manifests, file = Manifests(), item.file
    if item.again is not None:
        manifests = _manifests_of_tar(item, item.again)
        yield from manifests.failures
        file = item.again(item.budget)
    labels = _Labels(item.path)
    for name, opened in _files_of_tar(item, file, item.budget):
        if not is_manifest(name):
            path = labels.label(name)
            yield item.member(path, opened(path), manifests.row(name))
        elif item.again is None:
            path = labels.label(name)
            problem = f"{printable(path)} is not read: its archive can be had only once, from a pipe or a tar"
            yield Refused(path, InputError(problem, "Ingest the archive as a file of its own, or unpack it"))


def _manifests_of_tar(item: Input, again: Again) -> Manifests:
    budget = Budget(item.path, item.limits)

    def files() -> Iterator[Member]:
        with suppress(InputError):  # the second time tells, after the texts that come before
            yield from _files_of_tar(item, again(budget), budget)

    try:
        return read_manifests(item.path, files())
    except SpentError:
        return Manifests()  # the same


def _files_of_tar(item: Input, file: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The regular files, each to be opened before the next is asked for.  Raises InputError."""
    try:
        with tarfile.open(fileobj=file, mode="r|", tarinfo=_Member) as archive:
            for member in archive:
                # Else all are kept, each with whatever its header says: gigabytes for a few megabytes.
                archive.members.clear()  # type: ignore[attr-defined]
                budget.enter()
                data = archive.extractfile(member) if member.isreg() and not member.issparse() else None
                if data is not None and not _is_hidden(member.name):
                    yield member.name, partial(_opened, data, budget, item.limits.ratio)
    except (tarfile.TarError, EOFError, OSError, ValueError, RecursionError) as error:
        # RecursionError: tarfile goes a level deeper for each header that is followed by another one
        raise damaged(item.path, error) from error


def _opened(data: IO[bytes], budget: Budget, ratio: int, path: str) -> BinaryIO:
    return io.BufferedReader(Unpacked(path, data.read, lambda: _ANY, budget, ratio))


class _Member(tarfile.TarInfo):
    """A member whose header is not read into memory where it is made to fill it."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if not self.isreg() and self.type not in _WITHOUT_DATA and self.size > _HEADER_BYTES:
            raise tarfile.ReadError("a member's header is longer than any that is meant well")
        if len(archive.pax_headers) > _SHARED_FACTS:
            raise tarfile.ReadError("it says more of all its members than is meant well")
        found: tarfile.TarInfo = super()._proc_member(archive)  # type: ignore[misc]
        return found


_WITHOUT_DATA = (tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE,
                 tarfile.FIFOTYPE)  # fmt: skip


class _Labels:
    """The paths of an archive's members: its own path and their names, each once, none leading out of it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._used: set[str] = set()
        self._last: dict[str, int] = {}  # the number given last, by name: counting anew is quadratic

    def label(self, name: str) -> str:
        shown = printable("/".join(parts_of(name)))[:1000] or "unnamed"
        label, number = shown, self._last.get(shown, 1)
        while label in self._used:
            number += 1
            label = f"{shown} ({number})"
        self._used.add(label)
        self._last[shown] = number
        return f"{self._path}/{label}"


def _is_hidden(name: str) -> bool:
    return any(re.match(r"\.(?!\.?$)|__MACOSX$", part) for part in re.split(r"[/\\]", name))


def _is_link(info: zipfile.ZipInfo) -> bool:
    return (info.external_attr >> 16) & 0o170000 == 0o120000


def _check_directory(file: BinaryIO, item: Input) -> None:
    """Refuse a ZIP whose list of members alone would fill the memory, before it is read."""
    end = file.seek(0, io.SEEK_END)
    file.seek(max(0, end - _TAIL - 76))
    tail = file.read()
    at, large = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    size = struct.unpack_from("<I", tail, at + 12)[0] if 0 <= at <= len(tail) - 22 else 0
    if size == 0xFFFFFFFF and 0 <= large <= len(tail) - 56:
        size = struct.unpack_from("<Q", tail, large + 40)[0]
    if min(size, end) > _DIRECTORY_BYTES * item.limits.members:
        item.budget.enter(item.limits.members + 1)
