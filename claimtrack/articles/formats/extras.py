"""Packages that a plain installation does not bring along."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from claimtrack.errors import UsageError


def need(module: str, extra: str, what: str) -> Any:
    """The module, imported now; raises UsageError that names the extra which brings it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(
            f"{what} needs a package that is not installed",
            f"Install it with: pip install 'claimtrack[{extra}]'",
        ) from error
