"""What a database really holds: cells as bytes, and whether they can be read at all.

A cell that was damaged on the disk may no longer be UTF-8, JSON or a date; reading it as such would fail
without naming the place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Connection, Date, LargeBinary, String, cast, func, select, text

from claimtrack.store import tables as t
from claimtrack.store.rows import portions

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.sql.elements import KeyedColumnElement

_TIME = "%Y-%m-%d %H:%M:%S.%f"
_READ_WHOLE = (t.Outlet, t.Article, t.Speaker, t.Claim, t.Relation, t.Verdict, t.Decision)


def as_bytes(connection: Connection, column: Any) -> ColumnElement[bytes]:
    """In a query: the UTF-8 bytes of a column of text, read without decoding them."""
    if connection.dialect.name == "sqlite":
        return cast(column, LargeBinary)
    return func.convert_to(column, "UTF8", type_=LargeBinary())


def check_file(connection: Connection) -> Iterator[str]:
    """What SQLite itself finds wrong with its file; PostgreSQL looks after its own."""
    if connection.dialect.name == "sqlite":
        for (line,) in connection.execute(text("PRAGMA integrity_check")):
            if line != "ok":
                yield f"database file: {line}"


def check_cells(connection: Connection) -> Iterator[str]:
    """A line for each cell that cannot be read; PostgreSQL lets none in."""
    if connection.dialect.name != "sqlite":
        return
    for table in _READ_WHOLE:
        columns = [c for c in table.__table__.columns if isinstance(c.type, String | JSON | Date | t.UtcTime)]
        key = columns[0] if table is not t.Verdict else t.Verdict.id
        cells = [as_bytes(connection, column).label(f"cell_{column.name}") for column in columns]
        for rows in portions(connection, select(as_bytes(connection, key), *cells)):
            for row in rows:
                for name in unreadable(columns, row[1:]):
                    shown = (row[0] or b"").decode("utf-8", "replace")
                    yield f"{table.__tablename__} {shown}: its {name} cannot be read"


def unreadable(columns: Iterable[KeyedColumnElement[Any]], cells: Iterable[bytes | None]) -> list[str]:
    """The names of the columns whose cells, as SQLite holds them, are not what the program writes."""
    pairs = zip(columns, cells, strict=True)
    return [column.name for column, cell in pairs if cell is not None and not _is_readable(column, cell)]


def _is_readable(column: KeyedColumnElement[Any], cell: bytes) -> bool:
    try:
        read_cell(column, cell)
    except ValueError:
        return False
    return True


def read_cell(column: KeyedColumnElement[Any], cell: bytes) -> Any:
    """The value of a cell as SQLite holds it; raises ValueError for what no program of ours wrote."""
    written = cell.decode("utf-8")
    if isinstance(column.type, JSON):
        return json.loads(written)
    if isinstance(column.type, t.UtcTime):
        moment = datetime.strptime(written, _TIME)  # the column is in UTC
        if moment.strftime(_TIME) != written:
            raise ValueError(written)
        return moment
    if isinstance(column.type, Date):
        if date.fromisoformat(written).isoformat() != written:
            raise ValueError(written)
        return date.fromisoformat(written)
    return written
