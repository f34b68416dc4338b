"""What a user sets once: environment variables `CLAIMTRACK_*`.

Only commands that write import this module: pydantic-settings takes a fifth of a second, and reading
commands must answer at once.  `CLAIMTRACK_DB` belongs to the command line's `--db`, which reads it.
"""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from claimtrack.attribution.modes import Mode
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
    attribution: Mode = Field(
        default=Mode.HYBRID, description="What finds who said what: rules, model or hybrid."
    )
    entailment: str = Field(
        default="builtin",
        description="What compares two statements: builtin, off, or a folder with a model of your own.",
    )
    window: int | None = Field(
        default=None, ge=0, description="Only relate what was said at most so many days apart."
    )
    time_limit: float = Field(
        default=120,
        ge=0,
        allow_inf_nan=False,
        description="Seconds that reading one article may take; 0: any.",
    )
    memory_limit: int = Field(
        default=1500,
        ge=0,
        description="Megabytes that a worker process may have in use; 0: any.",
    )
    reviewer: str = Field(default_factory=_user, description="The name in the log and beside verdicts.")
    knowledge: Path | None = Field(
        default=None, description="A folder of CSV files that add to the starting knowledge."
    )

    @field_validator("entailment")
    @classmethod
    def _off_builtin_or_folder(cls, value: str) -> str:
        if value in ("off", "builtin") or Path(value).expanduser().is_dir():
            return value
        raise ValueError(f"neither off nor builtin nor a folder: {value}")


def read_settings(**overrides: object) -> Settings:
    """The settings in force; `overrides` that are not None go before the environment.

    Raises UsageError that names every wrong one at once.
    """
    given: dict[str, Any] = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as exc:
        wrong = [f"CLAIMTRACK_{str(e['loc'][0]).upper()}: {e['msg']}" for e in exc.errors()]
        raise UsageError("; ".join(wrong), "Set or unset these environment variables") from exc
