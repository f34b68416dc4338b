"""Whether the program, its models, its database and its settings are fit for work, one finding a line.

Looks only: no database is made or upgraded.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from claimtrack.config import KEYS, PREFIX, source_of
from claimtrack.errors import ClaimtrackError, NotFoundError
from claimtrack.settings import Settings, read_settings

ROOM = 200_000_000  # bytes that should be free on the disk of the database
_PROGRAM = ("sqlalchemy", "alembic", "spacy", "onnxruntime", "typer")
# What each extra of the package gives; a test holds these and pyproject.toml together.
GIVES = {
    "postgres": "databases on a PostgreSQL server",
    "html": "articles out of web pages",
    "pdf": "articles out of PDF files",
    "warc": "articles out of web archives (WARC)",
    "zstd": "files packed with Zstandard",
    "fetch": "articles and feeds from the web",
    "tui": "claimtrack review: verdicts in the terminal",
    "web": "claimtrack serve: verdicts in the browser",
    "xlsx": "exports for Excel",
    "dask": "reading on more than one machine",
}


class State(StrEnum):
    """What a finding says."""

    FINE = "fine"
    ABSENT = "absent"  # not there, and not needed either
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `remedy` where something can be done."""

    topic: str
    name: str
    state: State
    found: str
    remedy: str = ""


def examine_all(database: str, **overrides: object) -> Iterator[Finding]:
    """All findings on this database with the settings in force; `overrides` are the command line's."""
    yield from programs()
    try:
        settings = read_settings(**overrides)
    except ClaimtrackError as error:
        yield Finding("settings", "all", State.WRONG, error.message, error.hint)
        settings = None
    if settings is not None:
        yield from models(settings)
    yield from databases(database)
    yield from extras()
    if settings is not None:
        variables = {name: os.environ.get(PREFIX + name.upper()) for name in overrides}
        given = {name for name, value in overrides.items() if value is not None}
        yield from in_force(settings, {name for name in given if str(overrides[name]) != variables[name]})


def programs() -> Iterator[Finding]:
    """Versions of the program and of what it stands on."""
    yield Finding("program", "claimtrack", State.FINE, version("claimtrack"))
    yield Finding(
        "program", "Python", State.FINE, f"{platform.python_version()} on {platform.platform(terse=True)}"
    )
    yield Finding("program", "SQLite", State.FINE, sqlite3.sqlite_version)
    for name in _PROGRAM:
        yield Finding("program", name, State.FINE, version(name))


def models(settings: Settings) -> Iterator[Finding]:
    """The language model, the tagger and the model of entailment, each loaded and named with its weights."""
    from claimtrack.attribution.modes import version as attribution  # noqa: PLC0415 - loads weights
    from claimtrack.language.model import load  # noqa: PLC0415
    from claimtrack.relations.entailment import load_entailment  # noqa: PLC0415

    def entailment() -> str:
        found = load_entailment(settings.entailment)
        return found.fingerprint if found else "off"

    yield _try("models", "language", lambda: load(settings.model).fingerprint)
    yield _try("models", "attribution", lambda: attribution(settings.attribution))
    yield _try("models", "entailment", entailment)


def databases(database: str) -> Iterator[Finding]:
    """Whether the database can be reached, read and written, and is at this program's revision."""
    from claimtrack.store.condition import examine  # noqa: PLC0415 - after the settings, which tell of no driver

    try:
        found = examine(database, count=False)
    except NotFoundError as error:
        yield Finding("database", "place", State.ABSENT, error.message, error.hint)
        yield from _disk(Path(database).resolve().parent)
        return
    except ClaimtrackError as error:
        yield Finding("database", "place", State.WRONG, error.message, error.hint)
        return
    yield Finding("database", "place", State.FINE, f"{found.place} ({found.kind} {found.version})")
    yield Finding("database", "size", State.FINE, f"{found.size:,} bytes")
    if found.revision is None:
        yield Finding("database", "revision", State.ABSENT, "empty", "Fill it with: claimtrack ingest PATH")
    elif found.newer:
        yield Finding(
            "database",
            "revision",
            State.WRONG,
            f"{found.revision}, newer than this program's {found.head}",
            "Install a newer claimtrack",
        )
    elif found.pending:
        yield Finding(
            "database",
            "revision",
            State.WRONG,
            f"{found.revision}; this program's is {found.head}",
            "Run: claimtrack db upgrade",
        )
    else:
        yield Finding("database", "revision", State.FINE, f"{found.revision}, the newest")
    if found.journal is not None and found.revision is not None:
        wal = found.journal == "wal"
        yield Finding(
            "database", "journal", State.FINE if wal else State.WRONG, found.journal,
            "" if wal else "Readers wait for writers. Run: sqlite3 FILE 'PRAGMA journal_mode = WAL'",
        )  # fmt: skip
    yield Finding(
        "database", "writing", State.FINE if found.writable else State.WRONG,
        "allowed" if found.writable else "not allowed",
        "" if found.writable else "Only reading commands will work: ask for the right to write there",
    )  # fmt: skip
    if found.kind == "SQLite":
        yield from _disk(Path(found.place).resolve().parent)


def extras() -> Iterator[Finding]:
    """What is installed beside the default, and what each extra gives."""
    for extra, names in packages_of_extras().items():
        missing = [name for name in names if _version(name) is None]
        gives = GIVES.get(extra, "")
        if missing:
            yield Finding("extras", extra, State.ABSENT, gives, f"pip install 'claimtrack[{extra}]'")
        else:
            held = ", ".join(f"{name} {_version(name)}" for name in names)
            yield Finding("extras", extra, State.FINE, f"{gives} ({held})")


def packages_of_extras() -> dict[str, list[str]]:
    """The packages of each extra that users install, as the installed program declares them."""
    out: dict[str, list[str]] = {}
    for line in requires("claimtrack") or ():
        match = re.match(r"([\w.-]+).*extra == ['\"]([\w-]+)['\"]", line)
        if match and match[2] in GIVES:
            out.setdefault(match[2], []).append(match[1])
    return out


def in_force(settings: Settings, given: set[str]) -> Iterator[Finding]:
    """Every setting with its value and where that comes from."""
    for name in KEYS:
        value = getattr(settings, name)
        shown = "none" if value in (None, "") else f"{value:g}" if isinstance(value, float) else str(value)
        if name == "db":
            shown = _without_password(shown)
        told = f"{shown} ({source_of(name, given=name in given)})"
        wrong = _mistake(settings) if name == "knowledge" else None
        if wrong is None:
            yield Finding("settings", name, State.FINE, told)
        else:
            yield Finding("settings", name, State.WRONG, f"{told}: {wrong.message}", wrong.hint)


def _mistake(settings: Settings) -> ClaimtrackError | None:
    """What is wrong with the folder of knowledge, which every command that reads articles reads."""
    from claimtrack.knowledge import load_knowledge  # noqa: PLC0415

    try:
        load_knowledge(settings.knowledge)
    except ClaimtrackError as error:
        return error
    return None


def _without_password(database: str) -> str:
    from claimtrack.store.session import read_url, shown  # noqa: PLC0415

    try:
        return shown(read_url(database))
    except ClaimtrackError:
        return "no database"  # what is wrong with it is told under database


def _try(topic: str, name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(topic, name, State.FINE, look())
    except ClaimtrackError as error:
        return Finding(topic, name, State.WRONG, error.message, error.hint)
    except Exception as error:  # a broken file can raise anything: that is what is to be told
        return Finding(
            topic, name, State.WRONG, f"{type(error).__name__}: {error}", "Install claimtrack again"
        )


def _disk(folder: Path) -> Iterator[Finding]:
    if not folder.is_dir():
        yield Finding("database", "disk", State.WRONG, f"the folder {folder} does not exist", "Make it")
        return
    free = shutil.disk_usage(folder).free
    enough = free >= ROOM and os.access(folder, os.W_OK)
    found = f"{free:,} bytes free in {folder}" + (
        "" if os.access(folder, os.W_OK) else ", which may not be written to"
    )
    yield Finding(
        "database",
        "disk",
        State.FINE if enough else State.WRONG,
        found,
        "" if enough else "Make room, or choose another folder",
    )


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
