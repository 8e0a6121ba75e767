"""How Alembic reaches the database of the application at hand."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

from registry.core.db import Base

KEPT_BY_MIGRATIONS = ("person_search", "search_vector")
"""The full-text index, of a kind that models cannot say."""


def ours(thing: Any, name: str | None, kind: str, reflected: bool, compared: Any) -> bool:
    """Compare what the models know of."""
    return not (reflected and compared is None and _own_name(name).startswith(KEPT_BY_MIGRATIONS))


def _own_name(name: str | None) -> str:
    return (name or "").removeprefix("ix_person_")


def run() -> None:
    """One transaction for all that is missing."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, include_object=ours)
        with context.begin_transaction():
            context.run_migrations()


run()
