"""Tables as classes with their columns as attributes: `Claim.day` in a query is the column `day` of `claim`.

SQLAlchemy's own declarative models look the same, but bring its ORM along; importing that, and reading
annotations, takes half as long as all that a reading command does.  Nothing here needs sessions or objects.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Column, ColumnClause, FromClause, Index, MetaData, Table
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

T = TypeVar("T")
M = TypeVar("M", bound="Model")


class Model:
    """A table; a subclass names it and lists its columns, as `column` and `optional` make them."""

    metadata: ClassVar[MetaData]
    __tablename__: ClassVar[str]
    __table_items__: ClassVar[tuple[SchemaItem, ...]] = ()  # indexes and constraints over several columns
    __table_options__: ClassVar[dict[str, Any]] = {}
    __table__: ClassVar[Table]

    def __init_subclass__(cls) -> None:
        if "__tablename__" not in cls.__dict__:
            return  # the base of all, or another name for a table
        columns = [(name, value) for name, value in cls.__dict__.items() if isinstance(value, Column)]
        for name, value in columns:
            value.name = value.key = name
        items = (*(value for _, value in columns), *cls.__table_items__)
        cls.__table__ = Table(cls.__tablename__, cls.metadata, *items, **cls.__table_options__)

    @classmethod
    def __clause_element__(cls) -> FromClause:
        """The table, where a statement is given the class."""
        return cls.__table__


def column(kind: type[TypeEngine[T]] | TypeEngine[T], *items: SchemaItem, **options: Any) -> ColumnClause[T]:
    """A column that every row fills."""
    return Column(kind, *items, **{"nullable": False, **options})


def optional(
    kind: type[TypeEngine[T]] | TypeEngine[T], *items: SchemaItem, **options: Any
) -> ColumnClause[T | None]:
    """A column that a row may leave empty."""
    return Column(kind, *items, nullable=True, **options)


def index(*columns: str) -> Index:
    """An index over several columns, named by the convention."""
    return Index(None, *columns)


def same_as(name: str) -> Callable[[DefaultExecutionContext], Any]:
    """A column's value in a new row that is not given one: what another column of the row holds."""
    return lambda context: context.get_current_parameters()[name]  # type: ignore[no-untyped-call]


def aliased(model: type[M]) -> type[M]:
    """Another name for a table, to join it with itself."""
    table = model.__table__.alias()
    return type(f"Other{model.__name__}", (model,), {"__table__": table, **dict(table.columns.items())})
