"""Sessions are rows, so that one that is signed out is over wherever its cookie was copied to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0018_meetings"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Everybody signs in once more; what counted the sessions of an account is not needed any longer."""
    op.create_table(
        "sign_in",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(length=80), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_digest")),
    )
    op.create_index("ix_sign_in_account", "sign_in", ["account_id", "began_at"])
    op.drop_column("account", "epoch")


def downgrade() -> None:
    """Sessions are counted again, from nought."""
    op.add_column("account", sa.Column("epoch", sa.Integer(), nullable=False, server_default="0"))
    op.drop_table("sign_in")
