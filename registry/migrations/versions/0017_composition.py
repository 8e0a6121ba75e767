"""What charters say otherwise than the rules, and who is a leading cadre."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017_composition"
down_revision = "0013"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = sa.text("ends_on IS NULL")


def upgrade() -> None:
    """Lay the tables."""
    op.create_table(
        "charter_parameter",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("article", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name="ck_charter_parameter_ends_after_start"
        ),
        sa.ForeignKeyConstraint(
            ["society_id"], ["society.id"], name="fk_charter_parameter_society_id_society"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_charter_parameter"),
    )
    op.create_index("ix_charter_parameter_key", "charter_parameter", ["society_id", "key", "starts_on"])
    op.create_index(
        "uq_charter_parameter_open",
        "charter_parameter",
        ["society_id", "key"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "official_status",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_official_status_society_id_society"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_official_status_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_official_status"),
        sa.UniqueConstraint("society_id", "person_id", name="uq_official_status_society_id_person_id"),
    )
