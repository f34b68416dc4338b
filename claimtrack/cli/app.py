"""The command `claimtrack`: its options, its commands, and what a mistake looks like."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException

from claimtrack import config
from claimtrack.cli.commands import HELP, HOLDERS, add_commands, holders_for
from claimtrack.cli.options import DEFAULT_DATABASE, Globals
from claimtrack.cli.output import talk
from claimtrack.cli.quick import leave, make_command
from claimtrack.errors import ClaimtrackError, UsageError

NAME = "claimtrack"
_BEFORE = ("--db", "--knowledge", "--config", "-v", "--verbose", "--log-json", "--version")
_COMPLETION = f"_{NAME.upper()}_COMPLETE"
INTERRUPTED = 130  # 128 + SIGINT, as shells count
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # as standard output may be refused
STOPPED = (INTERRUPTED, 128 + signal.SIGTERM)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"{NAME} {version(NAME)}")
        raise typer.Exit


def _options(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(
            "--db",
            envvar="CLAIMTRACK_DB",
            metavar="FILE|URL",
            help="The database: a file, or a URL such as postgresql://user@host/name "
            f"(default: {DEFAULT_DATABASE}).",
        ),
    ] = None,
    knowledge: Annotated[
        Path | None,
        typer.Option(
            "--knowledge",
            envvar="CLAIMTRACK_KNOWLEDGE",
            metavar="DIR",
            help="A folder of CSV files that add to the starting knowledge.",
        ),
    ] = None,
    settings_file: Annotated[
        Path | None,
        typer.Option(
            "--config",
            envvar="CLAIMTRACK_CONFIG",
            metavar="FILE",
            help="A file of settings (default: claimtrack.toml here, if there is one).",
        ),
    ] = None,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", "-v", help="Tell what is done; show the traceback of an error.", show_default=False
        ),
    ] = False,
    log_json: Annotated[
        bool,
        typer.Option(
            "--log-json",
            help="Tell what is done on standard error, one JSON object a line.",
            show_default=False,
        ),
    ] = False,
    _: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version.", callback=_version, is_eager=True, show_default=False
        ),
    ] = False,
) -> None:
    state: Globals = ctx.obj
    state.verbose = verbose
    config.use(settings_file)
    state.db_given = db is not None
    state.db = db if db is not None else config.plain("db") or DEFAULT_DATABASE
    state.knowledge = knowledge
    log = "json" if log_json else "text" if verbose else config.plain("log") or "off"
    if log != "off":
        from claimtrack.cli import logs

        if log not in logs.KINDS:
            raise UsageError(f"There is no log {log!r}", f"Set it to {', '.join(logs.KINDS)}")
        state.log = log
        state.command = ctx.invoked_subcommand or ""
        logs.set_up(log)


def make_app(holders: Sequence[str] = tuple(HOLDERS)) -> typer.Typer:
    """The program, with the commands of these files."""
    app = typer.Typer(
        name=NAME,
        help="Track who said what, where it was reported, and who says otherwise.",
        callback=_options,
        rich_markup_mode=None,  # plain help: the same in a terminal, a pipe and docs/cli.md, and quick
        pretty_exceptions_enable=False,
        add_completion=True,
        context_settings={"help_option_names": [*HELP]},
        epilog="Exit codes: 0 done, 1 something failed, 2 wrong use. Data goes to standard output, "
        "talk to standard error.",
    )
    add_commands(app, holders)
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command line; errors become one line on standard error.  The exit code comes back."""
    state = Globals()
    start = time.monotonic()
    code = 1
    try:
        code = _run(arguments, state)
    finally:
        if state.log != "off":
            from claimtrack.cli import logs

            logs.tell_end(state.command, code, time.monotonic() - start)
            logs.set_up("off")
    return code


def _run(arguments: Sequence[str], state: Globals) -> int:
    try:
        # A shell that completes a command line names it elsewhere.
        holders = holders_for(arguments) if _COMPLETION not in os.environ else tuple(HOLDERS)
        code = make_command(make_app(holders)).main(
            args=list(arguments) or ["--help"], prog_name=NAME, standalone_mode=False, obj=state
        )
        sys.stdout.flush()  # what was kept back is refused here, if at all
    except ClaimtrackError as error:
        return _fail(error, str(error), error.exit_code, state)
    except TyperException as error:
        return _fail(error, _usage(error), error.exit_code, state)
    except (KeyboardInterrupt, Abort):
        code = INTERRUPTED
    except Exception as error:  # a mistake of ours: still one line, and how to see more
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            line = f"Nothing more can be written: {error.strerror}. Make room, or send the output elsewhere"
            return _fail(error, line, 1, state)
        reason = f"{type(error).__name__}: {error}"
        hint = f"This should not happen; run it again as `{NAME} -v …` and report what it shows."
        return _fail(error, f"{reason}. {hint}", 1, state)
    if code in STOPPED:
        talk(f"{NAME}: Interrupted. Whole articles were kept; run the same command again to go on.")
    return code if isinstance(code, int) else 0


def _fail(error: Exception, message: str, code: int, state: Globals) -> int:
    state.show_trace(error)
    talk(f"{NAME}: {message}")
    return code


def _usage(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else NAME
    message = error.format_message().rstrip(".").replace("Value error, ", "")
    option = getattr(error, "option_name", None)
    if option in _BEFORE and path != NAME:
        return f"{message}. It belongs before the command: {NAME} {option} …{path.removeprefix(NAME)}"
    return f"{message}{'' if message.endswith('?') else '.'} See {path} --help"


def main() -> None:
    """The console script."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `claimtrack claims | head` ends like any filter
    leave(run(sys.argv[1:]))
