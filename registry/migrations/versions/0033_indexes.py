"""An index of spells by the list of disciplines: it is counted without reading what else is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033_indexes"
down_revision = "0032_freshness"

NAME = "ix_membership_of_disciplines"


def upgrade() -> None:
    """As the other things to find by have one."""
    columns = ["society_id", "disciplines", "starts_on", "ends_on", "person_id", "branch_id"]
    kept = sa.text("person_id IS NOT NULL")
    op.create_index(NAME, "membership", columns, sqlite_where=kept, postgresql_where=kept)
    if op.get_bind().dialect.name == "sqlite" and _analyzed():
        # Of the one index without statistics among those with, SQLite would expect ten rows a society.
        op.execute(f"ANALYZE {NAME}")


def _analyzed() -> bool:
    found = sa.text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
    return op.get_bind().scalar(found) is not None


def downgrade() -> None:
    """The walk along the roster's own order counts too, more slowly."""
    op.drop_index(NAME, "membership")
