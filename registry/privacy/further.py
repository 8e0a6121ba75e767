"""Rows of other areas that tell of a person, as they stand, for the copy that the person takes along."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, LargeBinary, Row, Table, select
from sqlalchemy.orm import Session

from registry.core.db import Base
from registry.journal.recording import plain
from registry.privacy.belongings import GOES, STAYS

TOLD = (
    "proposal",
    "proposed_fact",
    "confirmation_asked",
    "certificate",
    "integrity_record",
    "official_status",
    "invitation",
    "role_grant",
    "erasure",
)
"""Tables whose rows have no key of their own in the copy."""
_OF_THE_HOUSE = frozenset({"id", "society_id", "version"})


def further(session: Session, society_id: int, ids: Collection[int]) -> dict[str, list[dict[str, Any]]]:
    """By table, with what a row says; keys of other rows and sealed contents are left out."""
    found = {name: _rows(session, Base.metadata.tables[name], society_id, ids) for name in TOLD}
    return {name: rows for name, rows in found.items() if rows}


def words(name: str) -> str:
    """What the rows of a table are called."""
    return (GOES[name] if name in GOES else STAYS[name]).word


def _rows(session: Session, table: Table, society_id: int, ids: Collection[int]) -> list[dict[str, Any]]:
    columns = [column for column in table.c if _speaks(column)]
    query = select(*columns).where(table.c.society_id == society_id, table.c.person_id.in_(ids))
    return [_told(row) for row in session.execute(query.order_by(table.c.id))]


def _speaks(column: Column[Any]) -> bool:
    house = column.key in _OF_THE_HOUSE or column.key.endswith("_id")
    return not house and not isinstance(column.type, LargeBinary)


def _told(row: Row[Any]) -> dict[str, Any]:
    values = {key: plain(value) for key, value in row._mapping.items()}  # noqa: SLF001 - its public name
    return {key: value for key, value in values.items() if value not in (None, "")}
