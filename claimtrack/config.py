"""`claimtrack.toml`: settings kept in a file, found without pydantic so that reading commands may ask too.

What the settings are, and which values they take, is in `claimtrack.settings`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from claimtrack.errors import UsageError

FILE = "claimtrack.toml"
VARIABLE = "CLAIMTRACK_CONFIG"
PREFIX = "CLAIMTRACK_"
# All keys of the file; a test holds them and the fields of `Settings` together.
KEYS = (
    "db",
    "model",
    "attribution",
    "entailment",
    "window",
    "reviewer",
    "knowledge",
    "contact",
    "dask",
    "time_limit",
    "memory_limit",
    "log",
)
_PLACES = ("db", "knowledge", "entailment")  # may be paths: relative to the folder of the file
_WORDS = ("off", "builtin")  # no paths, though they stand where one may

_chosen: list[Path] = []  # the file that --config names, for the length of one command


def use(file: Path | None) -> None:
    """Take settings from this file (--config); None: from where they are found."""
    _chosen[:] = [file] if file is not None else []


def config_file() -> Path | None:
    """The file in force: --config, CLAIMTRACK_CONFIG, or claimtrack.toml in the current folder, if any.

    Raises UsageError for a named file that is not there.
    """
    named = _chosen[0] if _chosen else os.environ.get(VARIABLE)
    if named:
        if not Path(named).is_file():
            raise UsageError(
                f"There is no settings file {named}", f"Name another with --config or {VARIABLE}"
            )
        return Path(named)
    return Path(FILE) if os.path.isfile(FILE) else None


def read_config() -> dict[str, Any]:
    """The settings of the file in force, paths made whole; empty without one.

    Raises UsageError for what is no TOML, and one that names all unknown keys at once.
    """
    file = config_file()
    if file is None:
        return {}
    import tomllib  # noqa: PLC0415 - most have no such file

    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"{file} cannot be read: {error}", "See docs/settings.md for what it may hold"
        ) from error
    unknown = sorted(found.keys() - set(KEYS))
    if unknown:
        raise UsageError(
            f"{file} holds unknown settings: {', '.join(unknown)}", f"Known are: {', '.join(KEYS)}"
        )
    return {key: _placed(key, value, file.parent) for key, value in found.items()}


def plain(name: str) -> str | None:
    """A setting that is a word, from the environment or the file; None where neither has it.

    Raises UsageError as `read_config` does, and for a value that is no text.
    """
    value = os.environ.get(PREFIX + name.upper()) or read_config().get(name)
    if value is not None and not isinstance(value, str):
        raise UsageError(
            f"{name} in {config_file()} is no text", f'Write it in quotation marks: {name} = "…"'
        )
    return value or None


def source_of(name: str, *, given: bool = False) -> str:
    """Where a setting in force comes from: the command line if `given`, a variable, the file, or nowhere."""
    if given:
        return "command line"
    if os.environ.get(PREFIX + name.upper()):
        return PREFIX + name.upper()
    return str(config_file()) if name in read_config() else "default"


def _placed(key: str, value: Any, folder: Path) -> Any:
    if key not in _PLACES or not isinstance(value, str) or value in _WORDS or "://" in value:
        return value
    return str(folder / Path(value).expanduser())
