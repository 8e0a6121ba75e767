"""What accounts remember of a roster, and saved views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_views"
down_revision = "0007_tags"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Lay the tables."""
    op.create_table(
        "arrangement",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("view_id", KEY, autoincrement=False, nullable=False),
        sa.Column("columns", sa.String(length=1000), nullable=False),
        sa.Column("density", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_arrangement_account_id_account"),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_arrangement_society_id_society"),
        sa.PrimaryKeyConstraint("account_id", "society_id", "view_id", name="pk_arrangement"),
    )
    op.create_table(
        "saved_view",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("columns", sa.String(length=1000), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_saved_view_society_id_society"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_saved_view_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_view"),
    )
    op.create_index("ix_saved_view_society", "saved_view", ["society_id", "ended_at"])
