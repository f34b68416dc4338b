"""What commands that fetch share: their options, and the fetcher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from claimtrack.errors import UsageError

if TYPE_CHECKING:
    from claimtrack.articles.web.fetcher import Fetcher
    from claimtrack.settings import Settings

DELAY = 1.0
MAX_BYTES = 20_000_000
_PACKAGES = ("httpx", "httpcore", "feedparser", "protego")

DelayOption = Annotated[
    float,
    typer.Option(
        "--delay",
        min=0,
        max=86_400,  # a day
        help="Seconds between two requests to one host.",
        metavar="SECONDS",
    ),
]
MaxBytesOption = Annotated[
    int,
    typer.Option("--max-bytes", min=1, help="The largest text, in bytes, as sent and unpacked.", metavar="N"),
]
AllowPrivateOption = Annotated[
    bool,
    typer.Option(
        "--allow-private",
        help="Also fetch from addresses inside your network, and from any port.",
        show_default=False,
    ),
]


class Manners(NamedTuple):
    """The options, as given."""

    delay: float
    max_bytes: int
    allow_private: bool


def open_fetcher(manners: Manners, settings: Settings) -> Fetcher:
    """What fetches as the options and settings say.  Raises UsageError where its packages are missing."""
    from importlib import import_module
    from importlib.metadata import version

    try:
        for name in _PACKAGES:
            import_module(name)  # all of them now, before anything is made
    except ModuleNotFoundError as error:
        if error.name not in _PACKAGES:
            raise
        raise UsageError(
            "Fetching needs packages that are not installed",
            "Install them with: pip install 'claimtrack[fetch]'",
        ) from error
    from claimtrack.articles.web import fetcher

    contact = f" (+{settings.contact})" if settings.contact else ""
    return fetcher.Fetcher(
        fetcher.Manners(
            agent=f"claimtrack/{version('claimtrack')}{contact}",
            delay=manners.delay,
            max_bytes=manners.max_bytes,
            allow_private=manners.allow_private,
        )
    )
