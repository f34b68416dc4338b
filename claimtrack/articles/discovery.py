"""Which texts there are: files, folders with all their subfolders, `-` for standard input, and addresses."""

from __future__ import annotations

import os
import posixpath
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from claimtrack.articles import manifest
from claimtrack.articles.decoding import MAX_BYTES, printable, too_large
from claimtrack.articles.manifest import Manifest, manifest_of, read_manifest
from claimtrack.articles.overrides import Overrides
from claimtrack.articles.storage import Folder, is_stored, list_stored, open_stored
from claimtrack.errors import InputError

STDIN = "-"
_READ = "Only .txt and .text files, and texts without an extension, are read"
# "Talks with Mr. Roe" has no extension; a real one is short, without a space and not only digits.
_EXTENSION = re.compile(r"(?!^)\.(?=[^.]*[A-Za-z])[A-Za-z0-9_~-]{1,10}$")
_TEXT_EXTENSIONS = {"", ".txt", ".text"}


@dataclass(frozen=True)
class Limits:
    """How much is read."""

    max_bytes: int = MAX_BYTES  # of one text


@dataclass(frozen=True)
class Found:
    """One text to read: its path as ingested, and what its folder's manifest, or a feed, gives.

    What was fetched already brings its bytes, and what its server calls their media type and encoding.
    """

    path: str
    row: Overrides = field(default_factory=Overrides)
    max_bytes: int = MAX_BYTES
    data: bytes | None = None
    media_type: str = ""
    charset: str | None = None

    def load(self) -> bytes:
        """The bytes of the text.  Raises InputError where they cannot be read or are too many."""
        if self.data is not None:
            return self.data
        try:
            if self.path == STDIN:
                data = sys.stdin.buffer.read(self.max_bytes + 1)
            else:
                with open_stored(self.path) if is_stored(self.path) else open(self.path, "rb") as file:
                    data = file.read(self.max_bytes + 1)
        except OSError as error:
            raise _unreadable(self.path, error) from error
        if len(data) > self.max_bytes:
            raise too_large(self.path, self.max_bytes)
        return data


@dataclass(frozen=True)
class Discovery:
    """What was found: the texts in order, how many files were passed over, and what went wrong.

    `addresses` are those of pages, which are found when they are fetched.
    """

    found: tuple[Found, ...]
    passed_over: int = 0
    failures: tuple[InputError, ...] = ()
    addresses: tuple[str, ...] = ()


def discover(paths: Sequence[str | Path], limits: Limits | None = None) -> Discovery:
    """The texts that `paths` name, each once, in the order named and sorted inside folders.

    Whatever cannot be read becomes a failure, and the rest is found; UsageError is raised only where a URL
    needs a package that is not installed.
    """
    search = _Search(limits or Limits())
    for path in paths:
        search.add(os.fspath(path))
    return Discovery(tuple(search.found), search.passed_over, tuple(search.failures), tuple(search.addresses))


class _Search:
    def __init__(self, limits: Limits) -> None:
        self.found: list[Found] = []
        self.failures: list[InputError] = []
        self.passed_over = 0
        self.addresses: list[str] = []
        self._limits = limits
        self._seen: set[str] = set()  # real paths of files and folders: links make no loops and no doubles
        self._met = 0  # texts, also those found before
        self._manifests: dict[str, Manifest] = {}

    def add(self, path: str) -> None:
        """Take in one path of the command line."""
        if path == STDIN:
            if self._first_time(STDIN):
                self.found.append(Found(STDIN, max_bytes=self._limits.max_bytes))
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
        elif _extension(path) not in _TEXT_EXTENSIONS:
            self._fail(f"{printable(path)} is of a format that is not read", _READ)
        else:
            folder = os.path.dirname(path)
            self._add_file(path, self._manifest(folder or "."))

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
            texts = [file for file in folder.files if _extension(file) in _TEXT_EXTENSIONS]
            beside = self._stored_manifest(folder)
            self.passed_over += sum(posixpath.basename(file) != manifest.NAME for file in folder.files) - len(
                texts
            )
            for text in texts:
                self._met += 1
                if self._first_time(text):
                    row = beside.row(posixpath.basename(text))
                    self.found.append(Found(text, row, self._limits.max_bytes))
        if self._met == met:
            kind = f"no texts in the folder {printable(url)}" if is_folder else f"{printable(url)} is no text"
            self._fail(kind, _READ)

    def _stored_manifest(self, folder: Folder) -> Manifest:
        names = [posixpath.basename(file) for file in folder.files]
        path = f"{folder.url}/{manifest.NAME}"
        if path not in folder.files:
            return Manifest({})
        try:
            content = Found(path, max_bytes=self._limits.max_bytes).load()
        except InputError as error:
            self.failures.append(error)
            return Manifest({})
        found = manifest_of(content, printable(path), [n for n in names if _extension(n) in _TEXT_EXTENSIONS])
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
        texts = [p for p in files if _is_text(p)]
        self.passed_over += len(files) - len(texts)
        beside = self._manifest(path)
        for text in texts:
            self._add_file(text, beside)
        return folders

    def _add_file(self, path: str, beside: Manifest) -> None:
        self._met += 1
        if printable(path) != path:
            # Such a name cannot be stored or shown, and it would not name the file again.
            problem = f"the file name {printable(path)} has characters that cannot be stored"
            self._fail(problem, "Rename the file")
        elif self._first_time(os.path.realpath(path)):
            self.found.append(Found(path, beside.row(os.path.basename(path)), self._limits.max_bytes))

    def _manifest(self, folder: str) -> Manifest:
        key = os.path.realpath(folder)
        if key not in self._manifests:
            try:
                listed = [n for n in os.listdir(folder) if _extension(n) in _TEXT_EXTENSIONS]
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


def _extension(path: str) -> str:
    match = _EXTENSION.search(os.path.basename(path))
    return match[0].lower() if match else ""


def _is_text(path: str) -> bool:
    """Whether a file met in a folder is a text; one without an extension must look like one."""
    if os.path.exists(path) and not os.path.isfile(path):
        return False  # a pipe or a socket would wait for ever
    if _extension(path):
        return _extension(path) in _TEXT_EXTENSIONS
    if not os.path.exists(path):
        return False  # a dangling link; with a text's extension, reading it fails and is told
    try:
        with open(path, "rb") as file:
            return b"\0" not in file.read(8192)
    except OSError:
        return True  # reading it will say why not


def _unreadable(path: str, error: OSError) -> InputError:
    name = "standard input" if path == STDIN else printable(path)
    reason = (error.strerror or "it cannot be opened").lower()
    return InputError(f"{name} cannot be read: {reason}", "Make it readable, or leave it out")
