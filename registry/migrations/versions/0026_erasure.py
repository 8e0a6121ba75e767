"""Salts in the journal, so that values can be erased by law; who asked to be erased, and who was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core.db import Instant

revision = "0026_erasure"
down_revision = "0026_consents"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEALS = (("act", "actor_seal"), ("act", "reason_seal"), ("entry", "seal"))


def upgrade() -> None:
    """Acts of the old form stay as they are, and stay provable, until something must be erased among them."""
    for table, column in SEALS:
        op.add_column(table, sa.Column(column, sa.String(64), nullable=False, server_default=""))
    op.add_column("person", sa.Column("erased_at", Instant(), nullable=True))
    op.create_table(
        "erasure",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("by_self", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.Column("closed_by", sa.String(80), nullable=False),
        sa.Column("ground", sa.String(12), nullable=False),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.Column("act_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_erasure_society_id_society")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_erasure_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_index("ix_erasure_society", "erasure", ["society_id", "id"])
    op.create_index("ix_erasure_person", "erasure", ["society_id", "person_id"])


def downgrade() -> None:
    """Digests under a salt cannot be turned back: a chain sealed since would no longer hold."""
    op.drop_table("erasure")
    op.drop_column("person", "erased_at")
    for table, column in SEALS:
        op.drop_column(table, column)
