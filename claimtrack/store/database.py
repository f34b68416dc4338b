"""An open database: its connections, the one transaction that writes, and keys by their beginnings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, select

from claimtrack.errors import StoreError
from claimtrack.store import tables as t
from claimtrack.store.session import IMMEDIATE, told

T = TypeVar("T")

_IDENTIFIER = re.compile(r"[acrs][0-9a-f]{3,12}")


class Database:
    """What reading and writing share.  What is read inside a transaction is what it has written so far."""

    def __init__(self, engine: Engine, who: str = "") -> None:
        self._engine = engine
        self._who = who
        self._writing: Connection | None = None
        self._held: Connection | None = None

    @property
    def who(self) -> str:
        """Who is entered in the log."""
        return self._who

    @property
    def address(self) -> str:
        """The URL by which another process opens this database: it holds the password, so show it nobody."""
        return self._engine.url.render_as_string(hide_password=False)

    @property
    def is_shared(self) -> bool:
        """Whether other machines can open this database."""
        return self._engine.dialect.name != "sqlite"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def another(self, who: str = "") -> Self:
        """The same database with a transaction of its own: a store serves one thread at a time."""
        return type(self)(self._engine, who)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside goes in together or not at all; one writer at a time."""
        if self._writing is not None:
            raise StoreError("A transaction is open already")
        with told(self._engine.url), self._engine.execution_options(**IMMEDIATE).begin() as connection:
            self._writing = connection
            try:
                yield
            finally:
                self._writing = None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is read as of one moment, whatever others write meanwhile."""
        engine = self._engine
        if engine.dialect.name == "postgresql":  # SQLite's transactions are such by themselves
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with told(self._engine.url), engine.connect() as connection:
            self._held = connection
            try:
                yield
            finally:
                self._held = None

    @property
    def _writer(self) -> Connection:
        if self._writing is None:
            raise StoreError("Nothing can be written outside a transaction")
        return self._writing

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        open_already = self._writing or self._held
        if open_already is not None:
            yield open_already
            return
        with told(self._engine.url), self._engine.connect() as connection:
            yield connection

    def _stream(self, query: Callable[[Connection], Iterator[T]]) -> Iterator[T]:
        with self._reading() as connection:
            yield from query(connection)

    def _ids(self, prefix: str) -> list[str]:
        """The keys that begin with `prefix`; none where it cannot begin a key."""
        if not _IDENTIFIER.fullmatch(prefix):
            return []
        column = {"a": t.Article.id, "c": t.Claim.id, "r": t.Relation.id, "s": t.Speaker.id}[prefix[0]]
        # "g" comes after every hex digit: a range, which the key's index answers in any database.
        query = select(column).where(column >= prefix, column < prefix + "g").order_by(column).limit(5)
        with self._reading() as connection:
            return list(connection.scalars(query))
