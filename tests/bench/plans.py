"""The database's plans for what the registry asks, and whether one reads a whole table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

LARGE = "act|entry|identity_document|membership|person"
_SCANS = {
    "sqlite": re.compile(rf"^SCAN (?:{LARGE})\b(?!.*VIRTUAL)"),
    # A table of a few pages costs less than a hundred, and no index is quicker.
    "postgresql": re.compile(rf"Seq Scan on (?:{LARGE})\b.*\.\.\d{{3,}}\."),
}
_EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


@contextmanager
def asked(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Every SELECT of the block with its values."""
    found: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, values: Any, *rest: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            found.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def plan(engine: Engine, statement: str, values: Any) -> list[str]:
    """The plan, a line for each step."""
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(_EXPLAIN[engine.dialect.name] + statement, values)
        return [str(row[-1]) for row in rows]


def scans(engine: Engine, steps: list[str]) -> list[str]:
    """The steps that read a large table from end to end."""
    return [step for step in steps if _SCANS[engine.dialect.name].search(step)]
