"""Which texts there are: files, folders with all their subfolders, `-` for standard input, and addresses."""

from __future__ import annotations

import io
import os
import posixpath
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from claimtrack.articles import manifest
from claimtrack.articles.decoding import MAX_BYTES, printable
from claimtrack.articles.formats import Columns, Limits, Refused, Text, read_texts
from claimtrack.articles.formats.bounds import HEAD, whole
from claimtrack.articles.formats.registry import is_read
from claimtrack.articles.formats.texts import Pieces
from claimtrack.articles.manifest import Manifest, manifest_of, read_manifest
from claimtrack.articles.overrides import Overrides
from claimtrack.articles.storage import Folder, is_stored, list_stored, open_stored
from claimtrack.errors import InputError

STDIN = "-"
_NAMED_TEXT = (".txt", ".text")
_READ = "docs/articles.md lists the formats that are read"


@dataclass(frozen=True)
class Found:
    """One file to read: its path as ingested, and what its folder's manifest, or a feed, gives for its texts.

    What was fetched already brings its bytes, and what its server calls their media type and encoding.
    """

    path: str
    row: Overrides = field(default_factory=Overrides)
    max_bytes: int = MAX_BYTES  # of one text
    data: bytes | None = None
    media_type: str = ""
    charset: str | None = None
    columns: Columns = field(default_factory=Columns)
    named: bool = True  # by a person, and not met in a folder

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The file, to be read once.  Raises InputError where it cannot be opened or read."""
        if self.data is not None:
            yield io.BytesIO(self.data)
            return
        try:
            if self.path == STDIN:
                yield sys.stdin.buffer
            else:
                with open_stored(self.path) if is_stored(self.path) else open(self.path, "rb") as file:
                    yield file
        except OSError as error:
            raise _unreadable(self.path, error) from error

    def load(self) -> bytes:
        """The bytes of the file.  Raises InputError where they cannot be read or are too many."""
        with self.open() as file:
            return whole(file, self.path, self.max_bytes)

    def texts(self) -> Pieces:
        """The texts in the file, each read when it is asked for; what cannot be read is `Refused`."""
        try:
            with self.open() as file:
                limits = Limits(self.max_bytes)
                # What the server calls the bytes is not asked: they tell it better.
                texts = read_texts(
                    file, self.path, limits, self.columns, named=self.named, charset=self.charset
                )
                for piece in texts:
                    # Standard input is no place: two texts from it are not two versions of one.
                    if isinstance(piece, Text) and self.path == STDIN:
                        yield replace(piece, lasting=False)
                    else:
                        yield piece
        except InputError as error:
            yield Refused(self.path, error)


@dataclass(frozen=True)
class Discovery:
    """What was found: the texts in order, how many files were passed over, and what went wrong.

    `addresses` are those of pages, which are found when they are fetched.
    """

    found: tuple[Found, ...]
    passed_over: int = 0
    failures: tuple[InputError, ...] = ()
    addresses: tuple[str, ...] = ()


def discover(
    paths: Sequence[str | Path], limits: Limits | None = None, columns: Columns | None = None
) -> Discovery:
    """The files with texts that `paths` name, each once, in the order named and sorted inside folders.

    `columns` says where tables hold what.  Whatever cannot be read becomes a failure, and the rest is found;
    UsageError is raised only where a URL needs a package that is not installed.
    """
    search = _Search(limits or Limits(), columns or Columns())
    for path in paths:
        search.add(os.fspath(path))
    return Discovery(tuple(search.found), search.passed_over, tuple(search.failures), tuple(search.addresses))


class _Search:
    def __init__(self, limits: Limits, columns: Columns) -> None:
        self.found: list[Found] = []
        self.failures: list[InputError] = []
        self.passed_over = 0
        self.addresses: list[str] = []
        self._max_bytes = limits.max_bytes
        self._columns = columns
        self._seen: set[str] = set()  # real paths of files and folders: links make no loops and no doubles
        self._met = 0  # texts, also those found before
        self._manifests: dict[str, Manifest] = {}

    def add(self, path: str) -> None:
        """Take in one path of the command line."""
        if path == STDIN:
            if self._first_time(STDIN):
                self.found.append(Found(STDIN, max_bytes=self._max_bytes, columns=self._columns))
        elif re.match(r"https?://", path, re.IGNORECASE):
            if self._first_time(path):
                self.addresses.append(path)
        elif is_stored(path):
            self._add_stored(path)
        elif re.match(r"[a-z][a-z0-9+.-]+://", path, re.IGNORECASE):
            self._fail(f"{printable(path)} is an address", "Only http and https are fetched")
        elif os.path.isdir(path):
            self._add_tree(path)
        elif not os.path.lexists(path):
            self._fail(f"no such file or folder: {printable(path) or 'an empty name'}", "Check the path")
        else:
            folder = os.path.dirname(path)
            self._add_file(path, self._manifest(folder or "."), named=True)

    def _add_tree(self, path: str) -> None:
        met, failed, over = self._met, len(self.failures), self.passed_over
        if os.path.realpath(path) in self._seen:
            return
        folders = [path]
        while folders:
            folders += reversed(self._add_folder(folders.pop()))
        if (self._met, len(self.failures)) == (met, failed):
            over = self.passed_over - over
            counted = f" (files of other formats: {over})" if over else ""
            self._fail(f"no texts in the folder {printable(path)}{counted}", _READ)

    def _add_stored(self, url: str) -> None:
        """Take in a file, or the texts of a folder, of another file system."""
        met = self._met
        try:
            is_folder, folders = list_stored(url)
        except InputError as error:
            self.failures.append(error)
            return
        for folder in folders:
            files = [file for file in folder.files if posixpath.basename(file) != manifest.NAME]
            texts = [file for file in files if not is_folder or self._is_stored_read(file)]
            self.passed_over += len(files) - len(texts)
            beside = self._stored_manifest(folder)
            for text in texts:
                self._met += 1
                if self._first_time(text):
                    row = beside.row(posixpath.basename(text))
                    named = not is_folder
                    self.found.append(Found(text, row, self._max_bytes, columns=self._columns, named=named))
        if self._met == met:
            kind = f"no texts in the folder {printable(url)}" if is_folder else f"{printable(url)} is no text"
            self._fail(kind, _READ)

    def _stored_manifest(self, folder: Folder) -> Manifest:
        path = f"{folder.url}/{manifest.NAME}"
        if path not in folder.files:
            return Manifest({})
        try:
            content = Found(path, max_bytes=self._max_bytes).load()
        except InputError as error:
            self.failures.append(error)
            return Manifest({})
        names = (posixpath.basename(file) for file in folder.files)
        found = manifest_of(content, printable(path), [name for name in names if name != manifest.NAME])
        if found.failure is not None:
            self.failures.append(found.failure)
        return found

    def _add_folder(self, path: str) -> list[str]:
        """Take in the texts of one folder; returns its subfolders, sorted."""
        if not self._first_time(os.path.realpath(path)):
            return []
        try:
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))
        except OSError as error:
            self.failures.append(_unreadable(path, error))
            return []
        paths = [os.path.join(path, name) for name in names]
        folders = [p for p in paths if os.path.isdir(p)]
        files = [p for p in paths if p not in set(folders) and os.path.basename(p) != manifest.NAME]
        texts = [p for p in files if self._is_read(p)]
        self.passed_over += len(files) - len(texts)
        beside = self._manifest(path)
        for text in texts:
            self._add_file(text, beside, named=False)
        return folders

    def _add_file(self, path: str, beside: Manifest, *, named: bool) -> None:
        self._met += 1
        if printable(path) != path:
            # Such a name cannot be stored or shown, and it would not name the file again.
            problem = f"the file name {printable(path)} has characters that cannot be stored"
            self._fail(problem, "Rename the file")
        elif self._first_time(os.path.realpath(path)):
            row = beside.row(os.path.basename(path))
            self.found.append(Found(path, row, self._max_bytes, columns=self._columns, named=named))

    def _is_read(self, path: str) -> bool:
        """Whether a file met in a folder is read: one that is not named as a text must show that it is."""
        if os.path.exists(path) and not os.path.isfile(path):
            return False  # a pipe or a socket would wait for ever
        if path.lower().endswith(_NAMED_TEXT):
            return True
        if not os.path.exists(path):
            return False  # a dangling link; with a text's extension, reading it fails and is told
        try:
            with open(path, "rb") as file:
                return is_read(file.read(HEAD), path, self._columns)
        except OSError:
            return True  # reading it will say why not

    def _is_stored_read(self, path: str) -> bool:
        """The same for a file met in a folder of another file system."""
        if path.lower().endswith(_NAMED_TEXT):
            return True
        try:
            with open_stored(path) as file:
                return is_read(file.read(HEAD), path, self._columns)
        except (OSError, InputError):
            return True  # reading it will say why not

    def _manifest(self, folder: str) -> Manifest:
        key = os.path.realpath(folder)
        if key not in self._manifests:
            try:
                listed = [name for name in os.listdir(folder) if name != manifest.NAME]
                names = [n for n in listed if not os.path.isdir(os.path.join(folder, n))]
            except OSError:
                names = []  # a folder that cannot be listed may still hold a file that can be read
            self._manifests[key] = read_manifest(Path(folder), folder, names)
            failure = self._manifests[key].failure
            if failure is not None:
                self.failures.append(failure)
        return self._manifests[key]

    def _first_time(self, key: str) -> bool:
        new = key not in self._seen
        self._seen.add(key)
        return new

    def _fail(self, problem: str, remedy: str) -> None:
        self.failures.append(InputError(problem, remedy))


def _unreadable(path: str, error: OSError) -> InputError:
    name = "standard input" if path == STDIN else printable(path)
    reason = (error.strerror or "it cannot be opened").lower()
    return InputError(f"{name} cannot be read: {reason}", "Make it readable, or leave it out")
