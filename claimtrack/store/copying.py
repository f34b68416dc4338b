"""Move a whole database between SQLite and PostgreSQL, either way: every row, every key, the log's chain.

All goes in with one transaction, so that a copy that is stopped leaves an empty destination and can be run
again.  Rows are read and written in portions, which go straight to the driver: SQLAlchemy's own handling of
each takes longer than SQLite takes for the row, and PostgreSQL has COPY.  Memory does not grow with the
database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, func, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NULLTYPE

from claimtrack.errors import ClaimtrackError, StoreError, UsageError
from claimtrack.store import tables as t
from claimtrack.store.condition import check_upgraded, count_rows, examine, is_empty, open_as_it_is
from claimtrack.store.facade import open_store
from claimtrack.store.integrity import check
from claimtrack.store.session import IMMEDIATE, shown

if TYPE_CHECKING:
    from claimtrack.store.rows import AnyRow

PORTION = 1_000  # rows read and written together
LONG = 10  # the same for tables whose rows hold whole texts: 20 MB each at most
_LONG_TABLES = ("article", "raw")

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Copied:
    """What a copy brought over: rows by table, in the order of their names."""

    source: str
    target: str
    rows: Mapping[str, int]


def copy(source: str | PathLike[str], target: str | PathLike[str]) -> Copied:
    """Copy the database `source` into `target`, which is made or must be empty, and prove the copy.

    Others may read and write the source meanwhile; what counts is one moment of it.  Raises StoreError for
    a source that waits for migrations or is not sound, UsageError for a target that holds anything.
    """
    with _named("source"):
        check_upgraded(examine(source, count=False))
    with _named("destination"):
        open_store(target).close()  # makes the tables
    with (
        open_as_it_is(source) as old,
        open_as_it_is(target) as new,
        old.connect().execution_options(**_at_one_moment(old.dialect.name)) as reading,
        new.execution_options(**IMMEDIATE).begin() as writing,
    ):
        if not is_empty(writing):
            raise UsageError(
                f"{shown(new.url)} holds articles already",
                "Name an empty database, or a file that is not there",
            )
        copy_rows(reading, writing)
        rows = count_rows(writing)
        _prove(reading, writing, rows)
    return Copied(shown(old.url), shown(new.url), rows)


@contextmanager
def _named(which: str) -> Iterator[None]:
    """An error inside says which of the two databases to name anew, as neither is given with --db."""
    try:
        yield
    except ClaimtrackError as error:
        raise type(error)(error.message, error.hint.replace("with --db", f"as the {which}")) from error


def _at_one_moment(dialect: str) -> dict[str, Any]:
    """SQLite shows a reader one moment by itself; PostgreSQL has to be asked to."""
    return {} if dialect == "sqlite" else {"isolation_level": "REPEATABLE READ"}


def copy_rows(reading: Connection, writing: Connection) -> None:
    """Copy every row of every table into those of an empty database, unproved."""
    if writing.dialect.name == "sqlite":
        writing.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in t.Base.metadata.sorted_tables:
        _copy_table(reading, writing, table)
    if writing.dialect.name == "postgresql":
        _set_number(writing)


def _copy_table(reading: Connection, writing: Connection, table: Table) -> None:
    """Copy all rows; those that refer to others of their table may come before these."""
    quote = writing.dialect.identifier_preparer.quote
    into = f"{quote(table.name)} ({', '.join(quote(column.name) for column in table.columns)})"
    if writing.dialect.name == "sqlite":  # which looks at references when all is there, as it was asked to
        statement = f"INSERT INTO {into} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608
        for rows in _rows(reading, writing, table):
            writing.exec_driver_sql(statement, rows)
        return
    statement = f"COPY {into} FROM STDIN"  # looks at references when it ends
    try:
        with writing.connection.cursor() as cursor, cursor.copy(statement) as copied:  # type: ignore[attr-defined]
            for rows in _rows(reading, writing, table):
                for row in rows:
                    copied.write_row(row)
    except writing.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(statement, None, error) from error


def _rows(reading: Connection, writing: Connection, table: Table) -> Iterator[list[Row]]:
    """The rows of a table as the driver that writes takes them: those of a SQLite file as they are there."""
    size = LONG if table.name in _LONG_TABLES else PORTION
    alike = reading.dialect.name == writing.dialect.name == "sqlite"
    columns = [type_coerce(column, NULLTYPE) if alike else column for column in table.columns]
    makers = [] if alike else _makers(writing, table)
    query = select(*columns).order_by(*table.primary_key)
    with reading.execute(query, execution_options={"yield_per": size}) as result:
        for rows in result.partitions():
            yield _made(rows, makers)


def _makers(writing: Connection, table: Table) -> list[tuple[int, Callable[[Any], Any]]]:
    """The places of the columns whose values the driver cannot take as they are, and what makes them fit."""
    dialect = writing.dialect
    makers = (column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns)
    return [(place, make) for place, make in enumerate(makers) if make is not None]


def _made(rows: Sequence[AnyRow], makers: list[tuple[int, Callable[[Any], Any]]]) -> list[Row]:
    if not makers:
        return [tuple(row) for row in rows]
    made = []
    for row in rows:
        values = list(row)
        for place, make in makers:
            values[place] = make(values[place])
        made.append(tuple(values))
    return made


def _set_number(writing: Connection) -> None:
    """The next verdict's number follows the last one's: PostgreSQL counts only what it numbers itself."""
    last = writing.scalar(select(func.max(t.Verdict.id)))
    if last is not None:
        writing.execute(select(func.setval(func.pg_get_serial_sequence("verdict", "id"), last)))


def _prove(reading: Connection, writing: Connection, rows: Mapping[str, int]) -> None:
    """Raises StoreError unless the copy has all rows and is sound; nothing of it stays then."""
    if rows != count_rows(reading):
        raise StoreError("The copy lacks rows", "Nothing was copied; report this")
    ends = [
        connection.scalar(select(t.Event.hash).order_by(t.Event.id.desc()).limit(1))
        for connection in (reading, writing)
    ]
    if ends[0] != ends[1]:
        raise StoreError("The copy's log ends otherwise", "Nothing was copied; report this")
    fault = next(iter(check(writing)), None)
    if fault is not None:
        raise StoreError(
            f"The copy is not sound: {fault}", "Nothing was copied; run `claimtrack verify` on the source"
        )
