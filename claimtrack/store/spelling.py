"""Names in the order of their characters' numbers, as SQLite and Python sort them.

PostgreSQL sorts text by the language of its database: with en_US "de Vries" stands before "Zed".
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class spelled(FunctionElement[str]):  # noqa: N801 - used as SQL functions are
    """A column of text to sort and compare by its characters."""

    type = Text()
    inherit_cache = True


@compiles(spelled)
def _as_it_is(element: spelled, compiler: Any, **given: Any) -> str:
    return str(compiler.process(element.clauses, **given))


@compiles(spelled, "postgresql")
def _by_character(element: spelled, compiler: Any, **given: Any) -> str:
    return f'{compiler.process(element.clauses, **given)} COLLATE "C"'
