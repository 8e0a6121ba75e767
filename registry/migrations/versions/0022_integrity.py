"""Findings against somebody's research integrity."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022_integrity"
down_revision = "0028_languages"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """A record is lifted, never deleted."""
    op.create_table(
        "integrity_record",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_why", sa.String(200), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_integrity_record")),
        sa.ForeignKeyConstraint(
            ["society_id"], ["society.id"], name=op.f("fk_integrity_record_society_id_society")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_integrity_record_person_id_person")
        ),
    )
    op.create_index("ix_integrity_record_person", "integrity_record", ["society_id", "person_id"])


def downgrade() -> None:
    """What was found is forgotten."""
    op.drop_table("integrity_record")
