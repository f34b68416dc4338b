"""The few SQL moves that every module of queries shares: write over, walk in portions, ask for many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, Select, bindparam, false, func

from claimtrack.store.bulk import fits, put_rows
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
    name, columns = connection.dialect.name, tuple(rows[0])
    if len(rows) > 1 and fits(table.__table__, columns):
        put_rows(connection, (table.__table__, rows))
        return
    connection.execute(_upsert(name, table, columns), list(rows))  # type: ignore[arg-type]  # a class is hashable


@cache
def _upsert(dialect: str, table: type[Base], columns: tuple[str, ...]) -> Any:
    """The statement of `put`, built once: to build it takes longer than to run it for a few rows."""
    statement = _insert(dialect)(table)
    keys = [column.name for column in table.__table__.primary_key]
    values = {name: statement.excluded[name] for name in columns if name not in keys}
    if not values:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_=values)


def _insert(dialect: str) -> Callable[[type[Base]], Any]:
    """The database's own INSERT, which knows ON CONFLICT; importing a dialect is slow, reading needs none."""
    if dialect == "sqlite":
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


THESE: BindParameter[list[str]] = bindparam("these", expanding=True)  # for `column.in_(THESE)`


def grouped(
    connection: Connection, ids: Iterable[str], query: Callable[[list[str]], AnySelect] | AnySelect
) -> dict[str, list[AnyRow]]:
    """The rows for many ids, under the value of their first column, in the query's order.

    A query that is built once and asks for `THESE` saves the time to build it anew for each portion.
    """
    out: dict[str, list[AnyRow]] = {}
    for part in split(dict.fromkeys(ids)):
        found = (
            connection.execute(query(part)) if callable(query) else connection.execute(query, {"these": part})
        )
        for row in found:
            out.setdefault(row[0], []).append(row)
    return out
