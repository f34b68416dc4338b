"""The errors users may meet: each says what happened, what to do, and the process's exit code."""

from __future__ import annotations


class ClaimtrackError(Exception):
    """Base of all expected errors: one line for the user, with a hint at the remedy."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}. {self.hint}" if self.hint else self.message


class UsageError(ClaimtrackError):
    """The command line, a setting or a database URL asks for something that cannot be."""

    exit_code = 2


class InputError(ClaimtrackError):
    """A file, folder or URL that cannot be read as articles."""


class StoreError(ClaimtrackError):
    """The database cannot be opened, is newer than the program, or refuses a change."""


class NotFoundError(ClaimtrackError):
    """No article, claim, relation, speaker or outlet by that name or identifier."""


class ModelError(ClaimtrackError):
    """The language model is missing or does not fit."""
