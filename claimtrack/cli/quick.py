"""What a short command need not wait for: pydantic, which Typer asks about every parameter, and tidying up.

Typer checks values with pydantic, whose import takes a quarter of the time that SQLAlchemy's takes.  A
default, a plain text and a word that an Enum knows need no checking; everything else goes Typer's own way.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any

from typer.main import get_command

_NOTHING = object()


class _Plain:
    """Stands where Typer keeps how it checks a parameter, until it meets a value that needs checking."""

    def __init__(self, parameter: Any) -> None:
        self._parameter = parameter

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        found = _as_it_is(value, self._parameter.type_descriptor)
        if found is not _NOTHING and not param.multiple and param.nargs == 1:
            return found
        self._parameter._runtime_param = None  # Typer makes its own again
        return self._parameter.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _as_it_is(value: Any, descriptor: Any) -> Any:
    """The value a parameter takes, if that can be told without checking; else _NOTHING."""
    kind = descriptor.annotation
    if value is None:
        return None
    if not isinstance(kind, type) or descriptor.parameter_info.parser is not None:
        return _NOTHING
    if type(value) is kind:
        return value
    if issubclass(kind, Enum) and value in [member.value for member in kind]:
        return kind(value)
    return _NOTHING


def make_command(app: Any) -> Any:
    """Typer's command for an app, whose parameters are checked with pydantic only where they must be."""
    command = get_command(app)
    _make_plain(command)
    return command


def _make_plain(command: Any) -> None:
    for parameter in command.params:
        _make_parameter_plain(parameter)
    command.get_help_option = partial(
        _plain_help_option, command.get_help_option
    )  # made when first asked for
    for part in getattr(command, "commands", {}).values():
        _make_plain(part)


def _plain_help_option(make: Callable[[Any], Any], ctx: Any) -> Any:
    option = make(ctx)
    _make_parameter_plain(option)
    return option


def _make_parameter_plain(parameter: Any) -> None:
    if getattr(parameter, "_runtime_param", _NOTHING) is None:  # a later Typer may keep it elsewhere
        parameter._runtime_param = _Plain(parameter)


def leave(code: int) -> None:
    """End the process with this code.

    Taking the interpreter apart costs a fifth of a short command's time and frees what the system frees
    anyway.  It is done all the same where a library that starts processes may have put something off to
    the end.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        # It was told; when the interpreter tries again at its end, nothing may fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(code)
    if "multiprocessing" in sys.modules:
        sys.exit(code)
    os._exit(code)
