"""Many rows at once: keys taken beforehand, then COPY on PostgreSQL and one prepared INSERT on SQLite."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

Row = dict[str, Any]
Reader = Callable[[Any], Any]


def table(model: Any) -> Table:
    """The table of a model."""
    found: Table = model.__table__
    return found


def take_keys(connection: Connection, model: Any, count: int) -> Sequence[int]:
    """So many new keys that nobody else gets; on SQLite the writer is alone anyway."""
    rows = table(model)
    if connection.dialect.name == "postgresql":
        series = func.generate_series(1, count).table_valued("n")
        sequence = func.pg_get_serial_sequence(rows.name, "id")
        return list(connection.scalars(select(func.nextval(sequence)).select_from(series)))
    first = (connection.scalar(select(func.max(rows.c.id))) or 0) + 1
    return range(first, first + count)


def enter(connection: Connection, model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns; what they lack has the model's default."""
    if not rows:
        return
    target = table(model)
    constants = {
        column.name: column.default.arg
        for column in target.c
        if isinstance(column.default, ScalarElementColumnDefault) and column.name not in rows[0]
    }
    names = [*rows[0], *constants]
    fixed = tuple(constants.values())
    readers = [_reader(connection, target.c[name].type) for name in rows[0]]
    read = [(place, reader) for place, reader in enumerate(readers) if reader]
    plain = [_plain(row, read, fixed) for row in rows]
    put(connection, model, names, plain)


def _plain(
    row: Mapping[str, Any], read: Sequence[tuple[int, Reader]], fixed: Sequence[Any]
) -> tuple[Any, ...]:
    """The values as the driver takes them; most columns take them as they are."""
    values = [*row.values(), *fixed]
    for place, reader in read:
        values[place] = reader(values[place])
    return tuple(values)


def put(connection: Connection, model: Any, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that stand already as the driver takes them."""
    insert = _copy if connection.dialect.name == "postgresql" else _insert
    insert(connection, table(model).name, names, rows)


def _copy(connection: Connection, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Three times as fast as INSERT."""
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {name} ({', '.join(columns)}) FROM STDIN"
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _insert(
    connection: Connection, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    holes = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({holes})"  # noqa: S608 - names of the model
    connection.exec_driver_sql(statement, list(rows))


def _reader(connection: Connection, kind: Any) -> Reader | None:
    found: Reader | None = kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return found
