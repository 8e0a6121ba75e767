"""Lists of councils, units and branches that wait to be decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core.db import Instant

revision = "0019_lists"
down_revision = "0016_print_layouts"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What was read is sealed, and forgotten once the list is applied or dropped."""
    op.create_table(
        "roster_list",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("account_name", sa.String(80), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("act_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"], ["society.id"], name=op.f("fk_roster_list_society_id_society")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_list")),
    )
    op.create_index("ix_roster_list_society", "roster_list", ["society_id", "id"])


def downgrade() -> None:
    """What the lists did stays."""
    op.drop_table("roster_list")
