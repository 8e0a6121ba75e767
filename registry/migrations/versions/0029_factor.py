"""The second factor: its sealed key, since when it is asked for, and codes for its loss."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core.db import Instant

revision = "0029_factor"
down_revision = "0025_joining"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nobody has one yet."""
    op.add_column("account", sa.Column("totp", sa.LargeBinary(), nullable=True))
    op.add_column("account", sa.Column("totp_since", Instant(), nullable=True))
    op.add_column("account", sa.Column("totp_step", KEY, nullable=True))
    op.create_table(
        "recovery_code",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id_account")
        ),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"])


def downgrade() -> None:
    """Passwords alone open accounts again."""
    op.drop_table("recovery_code")
    for column in ("totp_step", "totp_since", "totp"):
        op.drop_column("account", column)
