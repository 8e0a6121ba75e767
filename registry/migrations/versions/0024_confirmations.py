"""Members say once a year that all is still true: who was asked in which round, and when they said so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024_confirmations"
down_revision = "0023_accounts"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The day of the newest confirmation stands with the person."""
    op.add_column("person", sa.Column("confirmed_on", sa.Date(), nullable=True))
    op.create_table(
        "confirmation_round",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_by", sa.String(80), nullable=False),
        sa.Column("of_branch_id", KEY, nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        *_keys("confirmation_round"),
        _refers("confirmation_round", "of_branch_id", "branch"),
    )
    op.create_index("ix_confirmation_round_society", "confirmation_round", ["society_id", "id"])
    op.create_table(
        "confirmation_asked",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("round_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("mailed", sa.Boolean(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        *_keys("confirmation_asked"),
        _refers("confirmation_asked", "round_id", "confirmation_round"),
        _refers("confirmation_asked", "person_id", "person"),
    )
    op.create_index("ix_confirmation_asked_round", "confirmation_asked", ["society_id", "round_id"])
    op.create_index("ix_confirmation_asked_person", "confirmation_asked", ["society_id", "person_id"])


def _keys(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    key = sa.Column("id", KEY, nullable=False)
    primary = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    return key, primary, _refers(table, "society_id", "society")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def downgrade() -> None:
    """Who confirmed is lost."""
    op.drop_table("confirmation_asked")
    op.drop_table("confirmation_round")
    op.drop_column("person", "confirmed_on")
