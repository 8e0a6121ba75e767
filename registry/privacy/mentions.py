"""Where else a name is written: texts of other records, which an erasure does not rewrite."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, String, Table, Text, func, or_, select
from sqlalchemy.orm import Session

from registry.core.db import Base
from registry.journal.words import TABLES
from registry.privacy.belongings import GOES, STAYS
from registry.privacy.outlook import Outlook

_OF_THE_HOUSE = frozenset({"account", "act", "choice", "entry", "job", "printed_file", "sign_in"})


def mentions(session: Session, view: Outlook) -> list[tuple[str, int]]:
    """What the records are called, and how many hold the name; none of an officer, whose name stays."""
    if view.officer or len(view.person.name) <= 1:
        return []
    found = ((table.name, _count(session, table, view)) for table in _tables())
    return [(TABLES[name].word if name in TABLES else name, many) for name, many in found if many]


def _tables() -> Iterator[Table]:
    """Of a society, and not of the person."""
    for table in Base.metadata.sorted_tables:
        known = table.name in GOES or table.name in STAYS or table.name in _OF_THE_HOUSE
        if not known and "society_id" in table.c and _texts(table):
            yield table


def _texts(table: Table) -> list[ColumnElement[str]]:
    return [column for column in table.c if type(column.type) in {String, Text}]


def _count(session: Session, table: Table, view: Outlook) -> int:
    holding = or_(*(column.contains(view.person.name, autoescape=True) for column in _texts(table)))
    query = select(func.count()).select_from(table).where(table.c.society_id == view.society_id, holding)
    return session.scalar(query) or 0
