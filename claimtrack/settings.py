"""What a user sets once: environment variables `CLAIMTRACK_*`.

Only commands that write import this module: pydantic-settings takes a fifth of a second, and reading
commands must answer at once.  `CLAIMTRACK_DB` belongs to the command line's `--db`, which reads it.
"""

from __future__ import annotations

import getpass
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from claimtrack.errors import UsageError
from claimtrack.language.model import DEFAULT_MODEL


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run a user that has no name
        return "unknown"


class Settings(BaseSettings):
    """Settings with their defaults; make one with `read_settings`."""

    model_config = SettingsConfigDict(env_prefix="CLAIMTRACK_", env_ignore_empty=True, frozen=True)

    model: str = Field(default=DEFAULT_MODEL, description="The installed spaCy model that parses articles.")
    reviewer: str = Field(default_factory=_user, description="The name in the log and beside verdicts.")
    knowledge: Path | None = Field(
        default=None, description="A folder of CSV files that add to the starting knowledge."
    )


def read_settings() -> Settings:
    """The settings in force.  Raises UsageError that names every wrong one at once."""
    try:
        return Settings()
    except ValidationError as exc:
        wrong = [f"CLAIMTRACK_{str(e['loc'][0]).upper()}: {e['msg']}" for e in exc.errors()]
        raise UsageError("; ".join(wrong), "Set or unset these environment variables") from exc
