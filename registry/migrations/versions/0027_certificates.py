"""Certificates of membership and of office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core.db import Instant

revision = "0027_certificates"
down_revision = "0026_erasure"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """The chosen facts as they were issued; the spell or the tenure tells whether they hold."""
    op.create_table(
        "certificate",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("membership_id", KEY, nullable=True),
        sa.Column("tenure_id", KEY, nullable=True),
        sa.Column("code", sa.String(26), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.String(80), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("revoked_why", sa.String(200), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        *(_refers(table) for table in ("society", "person", "membership", "tenure")),
    )
    op.create_index("ix_certificate_person", "certificate", ["society_id", "person_id", "id"])
    op.create_index("uq_certificate_code", "certificate", ["code"], unique=True)


def _refers(table: str) -> sa.ForeignKeyConstraint:
    column = f"{table}_id"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_certificate_{column}_{table}"))


def downgrade() -> None:
    """Whoever checks a certificate is then told that there is none."""
    op.drop_table("certificate")
