"""The few SQL moves that every module of queries shares: write over, walk in portions, ask for many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, false, func

from claimtrack.store.tables import Base

if TYPE_CHECKING:
    from typing import TypeAlias

    AnySelect: TypeAlias = Select[*tuple[Any, ...]]
    AnyRow: TypeAlias = Row[*tuple[Any, ...]]

PORTION = 200  # rows looked at together; bounds the memory of a list of any length

_SURROGATES = re.compile(r"[\ud800-\udfff]")

T = TypeVar("T")


def put(connection: Connection, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; where the primary key is there already, the given columns are written over."""
    if not rows:
        return
    statement = _insert(connection)(table)
    keys = [column.name for column in table.__table__.primary_key]
    values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=values)
        if values
        else statement.on_conflict_do_nothing(index_elements=keys),
        list(rows),
    )


def _insert(connection: Connection) -> Callable[[type[Base]], Any]:
    """The database's own INSERT, which knows ON CONFLICT; importing a dialect is slow, reading needs none."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415

        return sqlite.insert
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert


def can_be_stored(text: str) -> bool:
    """Whether a database can hold a text at all, and be asked for it: no NUL, nothing that is no UTF-8."""
    return "\0" not in text and not _SURROGATES.search(text)


def holds(connection: Connection, column: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """In a query: whether `text` stands in the column, letter for letter.

    Not LIKE: its signs would have to be escaped, and SQLite refuses long patterns.
    """
    if not can_be_stored(text):
        return false()
    place = func.instr if connection.dialect.name == "sqlite" else func.strpos
    found: ColumnElement[bool] = place(column, text) > 0
    return found


def portions(connection: Connection, query: AnySelect) -> Iterator[Sequence[AnyRow]]:
    """The rows of a query, PORTION at a time, without holding the rest in memory."""
    with connection.execute(query, execution_options={"yield_per": PORTION}) as result:
        yield from result.partitions()


def split(values: Iterable[T]) -> Iterator[list[T]]:
    """Any number of values in lists short enough for one `IN (…)`."""
    rest = iter(values)
    while part := list(islice(rest, PORTION)):
        yield part


def grouped(
    connection: Connection, ids: Iterable[str], query: Callable[[list[str]], AnySelect]
) -> dict[str, list[AnyRow]]:
    """The rows for many ids, under the value of their first column, in the query's order."""
    out: dict[str, list[AnyRow]] = {}
    for part in split(dict.fromkeys(ids)):
        for row in connection.execute(query(part)):
            out.setdefault(row[0], []).append(row)
    return out
