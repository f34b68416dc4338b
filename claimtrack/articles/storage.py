"""Files by URL: a shared folder or an object store, through fsspec (extra `dask`).

Addresses come from the command line alone.  Only the schemes listed are opened: pages of the web are not
files, and a chain of file systems ("zip://…::…") could reach anywhere.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from claimtrack.articles.decoding import printable
from claimtrack.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What has to be installed beside fsspec.
SCHEMES = {
    "file": "",
    "memory": "",
    "s3": "s3fs",
    "gs": "gcsfs",
    "az": "adlfs",
    "abfs": "adlfs",
    "hdfs": "pyarrow",
}
_URL = re.compile(r"([a-z0-9]+)://(?!.*::)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Folder:
    """The files of one folder of a store, by their full URLs, sorted."""

    url: str
    files: tuple[str, ...]


def is_stored(path: str) -> bool:
    """Whether this is a URL of a kind that is opened."""
    match = _URL.match(path)
    return match is not None and match[1].lower() in SCHEMES


def open_stored(url: str) -> BinaryIO:
    """The file at a URL, to be read.  Raises OSError, as for a file of this machine, and UsageError."""
    try:
        return cast(BinaryIO, _system(url).open(url, "rb"))
    except (OSError, UsageError):
        raise
    except Exception as error:  # each store has errors of its own: no credentials, no such bucket
        raise OSError(0, _reason(error)) from error


def list_stored(url: str) -> tuple[bool, list[Folder]]:
    """Whether a URL is a folder, and the files under it by their folders, hidden ones left out.

    Raises InputError where there is nothing or it cannot be listed, UsageError where a package is missing.
    """
    system = _system(url)
    try:
        if system.isfile(url):
            # As it is called where its folder is listed.
            full = str(system.unstrip_protocol(system._strip_protocol(url)))
            return False, [Folder(posixpath.dirname(full), (full,))]
        return True, list(_folders(system, url))
    except Exception as error:  # as above
        raise InputError(
            f"{printable(url)} cannot be listed: {_reason(error)}", "Check the address"
        ) from error


def _folders(system: Any, url: str) -> Iterator[Folder]:
    under: dict[str, list[str]] = {}
    for path in sorted(system.find(url)):
        full = str(system.unstrip_protocol(path))
        if not any(part.startswith(".") for part in full.partition("://")[2].split("/")):
            under.setdefault(posixpath.dirname(full), []).append(full)
    for folder, files in sorted(under.items()):
        yield Folder(folder, tuple(files))


def _system(url: str) -> Any:
    scheme = url.partition("://")[0].lower()
    try:
        import fsspec  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise UsageError(
            f"{scheme}:// needs a package that is not installed",
            "Install it with: pip install 'claimtrack[dask]'",
        ) from error
    try:
        return fsspec.filesystem(scheme)
    except (ImportError, ValueError) as error:
        package = SCHEMES[scheme]
        raise UsageError(
            f"{scheme}:// needs a package that is not installed", f"Install it with: pip install {package}"
        ) from error


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())
    return printable(words) or type(error).__name__
