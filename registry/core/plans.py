"""A word to SQLite's planner: do not look for this column by an index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Unindexed(FunctionElement[Any]):
    """The column itself."""

    name = "unindexed"
    inherit_cache = True


def unindexed(column: Any) -> ColumnElement[Any]:
    """The column, looked at row by row on SQLite; PostgreSQL knows its rows and plans by itself."""
    element = _Unindexed(column)
    element.type = column.type
    return element


@compiles(_Unindexed)
def _plain(element: _Unindexed, compiler: Any, **kw: Any) -> str:
    return str(compiler.process(element.clauses, **kw))


@compiles(_Unindexed, "sqlite")
def _aside(element: _Unindexed, compiler: Any, **kw: Any) -> str:
    return f"+{compiler.process(element.clauses, **kw)}"


class Aside:
    """A table whose columns are all looked at so, for clauses of rights: they name columns by themselves."""

    def __init__(self, table: Any) -> None:
        """`table` is a model."""
        self._table = table

    def __getattr__(self, name: str) -> ColumnElement[Any]:
        """One column."""
        return unindexed(getattr(self._table, name))
