"""Move a whole database between SQLite and PostgreSQL, either way: every row, every key, the log's chain.

All goes in with one transaction, so that a copy that is stopped leaves an empty destination and can be run
again.  Rows are read and written in portions; memory does not grow with the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from os import PathLike
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, func, insert, select, update

from claimtrack.errors import ClaimtrackError, StoreError, UsageError
from claimtrack.store import tables as t
from claimtrack.store.condition import check_upgraded, count_rows, examine, is_empty, open_as_it_is
from claimtrack.store.facade import open_store
from claimtrack.store.integrity import check
from claimtrack.store.session import IMMEDIATE, shown

PORTION = 1_000  # rows written with one statement
LONG = 10  # the same for tables whose rows hold whole texts: 20 MB each at most
_LONG_TABLES = ("article", "raw")
# Append-only tables, whose rows may not be put right afterwards, in the order in which they were written.
_IN_ORDER = {"event": "id", "verdict": "id", "decision": "number"}

Values = dict[str, Any]


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
        if writing.dialect.name == "sqlite":
            writing.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in t.Base.metadata.sorted_tables:
            _copy_table(reading, writing, table)
        if writing.dialect.name == "postgresql":
            _set_number(writing)
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


def _copy_table(reading: Connection, writing: Connection, table: Table) -> None:
    """Copy all rows; references to rows of the same table are put right when all of those are there."""
    size = LONG if table.name in _LONG_TABLES else PORTION
    order = _IN_ORDER.get(table.name)
    inner = [] if order else [column for column in table.columns if _refers_to(column, table)]
    keys = [table.c[order]] if order else list(table.primary_key)
    for rows in _portions(reading, table, keys, size):
        writing.execute(insert(table), [_before_others(row, inner) for row in rows])
    for column in inner:
        _refer(reading, writing, table, column)


def _refers_to(column: Column[Any], table: Table) -> bool:
    return any(key.column.table is table for key in column.foreign_keys)


def _before_others(row: Values, inner: Sequence[Column[Any]]) -> Values:
    """A row that refers to none but itself: what it refers to may come later."""
    return row | {c.name: None for c in inner if row[c.name] != row["id"]}


def _refer(reading: Connection, writing: Connection, table: Table, column: Column[Any]) -> None:
    query = select(table.c.id, column).where(column != table.c.id).order_by(table.c.id)
    change = update(table).where(table.c.id == bindparam("row")).values({column.name: bindparam("to")})
    with reading.execute(query, execution_options={"yield_per": PORTION}) as result:
        for rows in result.partitions():
            writing.execute(change, [{"row": key, "to": other} for key, other in rows])


def _portions(
    reading: Connection, table: Table, keys: Sequence[Column[Any]], size: int
) -> Iterator[list[Values]]:
    query = select(table).order_by(*keys)
    with reading.execute(query, execution_options={"yield_per": size}) as result:
        rows = result.mappings()
        while part := [dict(row) for row in islice(rows, size)]:
            yield part


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
