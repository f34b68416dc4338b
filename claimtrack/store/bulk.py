"""Rows past SQLAlchemy's own handling of each, straight to the driver: for the tables of many rows.

SQLAlchemy makes parameters ready row by row, which takes longer than SQLite takes for the row itself; psycopg
sends a message a row, which takes PostgreSQL longer than to read them all as one JSON text.  A claim has some
27 rows of `claim_key`, an article 80 of `article_band`.  COPY is no faster here, and knows no ON CONFLICT.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, Boolean, Date, Double, Integer, String, Text

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect, Table

    Rows = Sequence[dict[str, Any]]

# What JSON holds as well, so that PostgreSQL can read it out of one.
_PLAIN = (BigInteger, Boolean, Date, Double, Integer, JSON, String, Text)


@cache
def fits(table: Table, columns: tuple[str, ...]) -> bool:
    """Whether rows of these columns can be put: the database itself knows what stands in the others."""
    left = (column for column in table.columns if column.name not in columns)
    return all(type(table.c[name].type) in _PLAIN for name in columns) and all(
        column.default is None or column.server_default is not None for column in left
    )


def put_rows(connection: Connection, *tables: tuple[Table, Rows]) -> None:
    """Insert rows of these tables, those of a table all of the same columns in the same order.

    Where a primary key is there already, the row is written over.  PostgreSQL gets all tables with one
    statement, and looks at references when that ends.
    """
    dialect = connection.dialect
    filled = [(table, tuple(rows[0]), rows) for table, rows in tables if rows]
    if dialect.name == "sqlite":
        for table, columns, rows in filled:
            makers = _makers(dialect, table, columns)
            made = (
                [row | {name: make(row[name]) for name, make in makers} for row in rows] if makers else rows
            )
            values = [tuple(row.values()) for row in made]
            connection.exec_driver_sql(_sqlite(dialect, table, columns), values)
    elif filled:
        texts = tuple(_as_json(rows) for _, _, rows in filled)
        statement = _postgres(dialect, tuple((table, columns) for table, columns, _ in filled))
        connection.exec_driver_sql(statement, texts)


_as_json = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=date.isoformat
).encode


@cache
def _sqlite(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"{_into(dialect, table, columns)} VALUES ({marks}) {_over(dialect, table, columns)}"


@cache
def _makers(
    dialect: Dialect, table: Table, columns: tuple[str, ...]
) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """The columns whose values SQLite cannot take as they are, each with what makes of them what it takes."""
    makers = (
        (name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in columns
        if isinstance(table.c[name].type, (Date, JSON))
    )
    return tuple((name, make) for name, make in makers if make is not None)


@cache
def _postgres(dialect: Dialect, tables: tuple[tuple[Table, tuple[str, ...]], ...]) -> str:
    *first, last = (_from_json(dialect, table, columns) for table, columns in tables)
    before = ", ".join(f"part{number} AS ({insert})" for number, insert in enumerate(first))
    return f"WITH {before} {last}" if before else last


def _from_json(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> str:
    quote = dialect.identifier_preparer.quote
    types = ", ".join(f"{quote(name)} {table.c[name].type.compile(dialect)}" for name in columns)
    source = f"SELECT * FROM json_to_recordset(%s::json) AS given({types})"  # noqa: S608  # names of ours alone
    return f"{_into(dialect, table, columns)} {source} {_over(dialect, table, columns)}"


def _into(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> str:
    quote = dialect.identifier_preparer.quote
    return f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, columns))})"


def _over(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> str:
    quote = dialect.identifier_preparer.quote
    keys = [column.name for column in table.primary_key]
    values = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in columns if name not in keys)
    what = f"UPDATE SET {values}" if values else "NOTHING"
    return f"ON CONFLICT ({', '.join(map(quote, keys))}) DO {what}"
