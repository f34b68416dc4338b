"""serve: the page to read and review in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.deciding import ReviewerOption
from claimtrack.cli.options import Globals
from claimtrack.cli.output import talk
from claimtrack.errors import UsageError

_PACKAGES = ("fastapi", "starlette", "uvicorn", "multipart", "python_multipart", "h11", "anyio", "pydantic")


def serve(
    ctx: typer.Context,
    host: Annotated[
        str,
        typer.Option(
            "--host", help="The address to listen on; other than this machine's own it asks for a token."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="0 is any that is free.")
    ] = 8017,
    reviewer: ReviewerOption = None,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="No verdicts: only to read.", show_default=False)
    ] = False,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option("--allowed-host", help="A further name that the page answers to.", metavar="NAME"),
    ] = None,
) -> None:
    """Show the archive in a browser, to read, search and review.

    Ends with Ctrl-C. Nothing is asked of other machines, and pages need no JavaScript.
    """
    try:
        from claimtrack.web.server import address_of, listen
        from claimtrack.web.server import serve as run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise UsageError(
            f"The page needs a package that is not installed ({error.name})",
            "Install it with: pip install 'claimtrack[web]'",
        ) from error
    import secrets
    from contextlib import suppress

    from claimtrack.settings import read_settings
    from claimtrack.web.guard import needs_token
    from claimtrack.web.options import Options

    state: Globals = ctx.obj
    options = Options(
        read_settings(reviewer=reviewer).reviewer,
        host,
        read_only,
        secrets.token_urlsafe(32) if needs_token(host) else None,
        tuple(allowed_host or ()),
        state.verbose,
    )
    opened = state.open_to_keep() if read_only else state.open_to_change(options.reviewer)
    with opened as store, listen(host, port) as bound:
        address = address_of(bound, host)
        shown = f"{address}?token={options.token}" if options.token else address

        def ready() -> None:
            talk(f"Listening on {shown} (end with Ctrl-C)")

        with suppress(KeyboardInterrupt):  # uvicorn passes Ctrl-C on when it has ended: that is how to end it
            run(store, options, bound, ready)


def add_to(app: typer.Typer) -> None:
    """Register the command of this file."""
    app.command()(serve)
