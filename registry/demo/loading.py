"""Many rows at once: keys taken beforehand, Core batches on SQLite and COPY on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from registry.core.vault import Vault
from registry.demo.people import Invented
from registry.demo.spells import Spell
from registry.memberships.models import number_key
from registry.people.document_numbers import check
from registry.people.services import index_keys, seal_document

Row = dict[str, Any]


def table(model: Any) -> Table:
    """The table of a model."""
    found: Table = model.__table__
    return found


def take_keys(connection: Connection, model: Any, count: int) -> range:
    """So many new keys; on PostgreSQL the sequence moves past them."""
    rows = table(model)
    first = (connection.scalar(select(func.max(rows.c.id))) or 0) + 1
    if connection.dialect.name == "postgresql" and count:
        connection.execute(
            select(func.setval(func.pg_get_serial_sequence(rows.name, "id"), first + count - 1))
        )
    return range(first, first + count)


def enter(connection: Connection, model: Any, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns; what they lack has the model's default."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, table(model), rows)
    else:
        connection.execute(insert(table(model)), rows)


def _copy(connection: Connection, target: Table, rows: Sequence[Row]) -> None:
    """Text of every value by the column's own type; three times as fast as INSERT."""
    constants = {
        column.name: column.default.arg
        for column in target.c
        if isinstance(column.default, ScalarElementColumnDefault) and column.name not in rows[0]
    }
    names = [*rows[0], *constants]
    readers = [_reader(connection, target.c[name].type) for name in rows[0]]
    fixed = tuple(constants.values())
    statement = f"COPY {target.name} ({', '.join(names)}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(
                (*(read(value) for read, value in zip(readers, row.values(), strict=True)), *fixed)
            )


def _reader(connection: Connection, kind: Any) -> Callable[[Any], Any]:
    found: Callable[[Any], Any] | None = kind.dialect_impl(connection.dialect).bind_processor(
        connection.dialect
    )
    return found or (lambda value: value)


def person_row(key: int, society_id: int, invented: Invented, number: str) -> Row:
    """A row of `person` with its sort key and search text."""
    keys = index_keys(society_id, invented.facts, (number,))
    return {"id": key, "society_id": society_id} | keys | invented.facts


def membership_rows(
    person: Mapping[str, Any], number: str, spells: Sequence[Spell], categories: Mapping[str, int]
) -> list[Row]:
    """Rows of `membership` without keys, for a row of `person`."""
    return [
        {
            "society_id": person["society_id"],
            "person_id": person["id"],
            "category_id": categories[spell.category],
            "branch_id": spell.branch_id,
            "number": number,
            "sort_number": number_key(number),
            "starts_on": spell.starts_on,
            "starts_known": spell.starts_known,
            "ends_on": spell.ends_on,
            "end_reason": spell.end_reason and spell.end_reason.value,
        }
        for spell in spells
    ]


def document_rows(vault: Vault, person: Mapping[str, Any], invented: Invented) -> list[Row]:
    """Rows of `identity_document`, checked and sealed as when a clerk types them."""
    columns = ("society_id", "kind", "country", "sealed", "fingerprint", "last4")
    sealed = (
        seal_document(vault, person["society_id"], check(paper.kind, paper.number, paper.country))
        for paper in invented.papers
    )
    return [
        {column: getattr(document, column) for column in columns} | {"person_id": person["id"]}
        for document in sealed
    ]
