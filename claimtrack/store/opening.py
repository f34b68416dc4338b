"""Open a database: with its tables up to date, and to read from it without what only writing needs."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING

from claimtrack.store.migrate import upgrade
from claimtrack.store.reader import Reader
from claimtrack.store.session import connect, read_url, told

if TYPE_CHECKING:
    from sqlalchemy import Engine


def open_engine(url_or_path: str | PathLike[str], create: bool, read_only: bool = False) -> Engine:
    """The engine of a database whose tables are up to date; raises as `open_store` does."""
    url = read_url(fspath(url_or_path))
    with told(url):
        engine = connect(url, create and not read_only, read_only)
        try:
            upgrade(engine, create and not read_only, read_only)
        except BaseException:
            engine.dispose()
            raise
    return engine


def open_reader(url_or_path: str | PathLike[str]) -> Reader:
    """A database that is there, to read from; raises as `open_store` does."""
    return Reader(open_engine(url_or_path, create=False))
