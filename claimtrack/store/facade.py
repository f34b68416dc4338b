"""One object to read from and write to a database, and the way to open it."""

from __future__ import annotations

from os import PathLike

from claimtrack.store.browser import Browser
from claimtrack.store.journal import prefer_wal
from claimtrack.store.opening import open_engine
from claimtrack.store.reader import Reader
from claimtrack.store.writer import Writer


class Store(Reader, Browser, Writer):
    """A database of articles and claims."""


def open_store(
    url_or_path: str | PathLike[str], create: bool = True, who: str = "", read_only: bool = False
) -> Store:
    """Open a database by file name or URL, and bring its tables up to date.

    `who` is entered in the log.  With `create` false a database that is not there is a NotFoundError and no
    file is made; where nobody is named either it is opened to read, and a SQLite file is not put into WAL
    mode.  With `read_only` the database itself refuses every change, and tables of an older program stay as
    they are, which is a StoreError.

    Raises UsageError for a name that cannot be a database, and StoreError for one that cannot be opened,
    is newer than the program, or is another program's.
    """
    engine = open_engine(url_or_path, create, read_only)
    if (create or who) and not read_only:
        prefer_wal(engine)
    return Store(engine, who)
