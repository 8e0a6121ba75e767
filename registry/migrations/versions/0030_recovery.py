"""Requests to recover an account, and an address that waits to be confirmed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core.db import Instant

revision = "0030_recovery"
down_revision = "0029_factor"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REFERS = {"society_id": "society", "account_id": "account", "asker_id": "account", "approver_id": "account"}


def upgrade() -> None:
    """Nobody has asked yet."""
    op.add_column("account", sa.Column("new_email", sa.LargeBinary(), nullable=True))
    op.add_column("account", sa.Column("new_email_until", Instant(), nullable=True))
    op.create_table(
        "recovery",
        *(sa.Column(name, KEY, nullable=name == "approver_id") for name in REFERS),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        *(sa.Column(name, Instant(), nullable=True) for name in ("approved_at", "withdrawn_at", "used_at")),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery")),
        *(
            sa.ForeignKeyConstraint([name], [f"{to}.id"], name=op.f(f"fk_recovery_{name}_{to}"))
            for name, to in REFERS.items()
        ),
    )
    op.create_index("ix_recovery_society", "recovery", ["society_id", "expires_at"])
    op.create_index(op.f("ix_recovery_account_id"), "recovery", ["account_id"])


def downgrade() -> None:
    """What waits is lost."""
    op.drop_table("recovery")
    for column in ("new_email_until", "new_email"):
        op.drop_column("account", column)
