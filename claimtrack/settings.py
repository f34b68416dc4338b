"""What a user sets once: environment variables `CLAIMTRACK_*`, or the file claimtrack.toml.

Only commands that write import this module: pydantic-settings takes a fifth of a second, and reading
commands must answer at once; what they need, they ask of `claimtrack.config`.
"""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from claimtrack.attribution.modes import Mode
from claimtrack.config import read_config, source_of
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

    db: str = Field(default="claimtrack.db", description="The database: a file or a URL.")
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
    dask: str | None = Field(
        default=None, description="The address of a Dask scheduler whose workers find the claims."
    )
    time_limit: float = Field(
        default=120,
        ge=0,
        le=10**8,  # longer than any run, and what every system's timers take
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
    log: Literal["off", "text", "json"] = Field(
        default="off", description="What is told on standard error of work under way."
    )

    contact: str = Field(
        default="",
        pattern=r"^[!-'*-~]{0,200}$",  # what may stand in the brackets of a User-Agent
        description="A web or mail address for the owners of sites that pages are fetched from.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line goes before the environment, and that before the file."""
        # Not TomlConfigSettingsSource: reading commands read the file without pydantic, and both must agree.
        return init_settings, env_settings, InitSettingsSource(settings_cls, read_config())

    @field_validator("entailment")
    @classmethod
    def _off_builtin_or_folder(cls, value: str) -> str:
        if value in ("off", "builtin") or Path(value).expanduser().is_dir():
            return value
        raise ValueError(f"neither off nor builtin nor a folder: {value}")


def read_settings(**overrides: object) -> Settings:
    """The settings in force; `overrides` that are not None go before environment and file.

    Raises UsageError that names every wrong one at once.
    """
    given: dict[str, Any] = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as exc:
        wrong = []
        for error in exc.errors():
            name = str(error["loc"][0])
            source = source_of(name, given=name in given)
            where = source if source.startswith("CLAIMTRACK_") else f"{name} ({source})"
            wrong.append(f"{where}: {error['msg'].removeprefix('Value error, ')}")
        raise UsageError("; ".join(wrong), "Set them otherwise; see docs/settings.md") from exc
