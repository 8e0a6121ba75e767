"""Consents, purpose by purpose, and the recipients abroad of whom they are asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core.db import Instant

revision = "0026_consents"
down_revision = "0021_findings"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Events are only added: the newest of a purpose is what holds."""
    op.create_table(
        "consent_recipient",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("contact", sa.String(200), nullable=False),
        sa.Column("purpose", sa.String(300), nullable=False),
        sa.Column("way", sa.String(300), nullable=False),
        sa.Column("facts", sa.String(300), nullable=False),
        sa.Column("rights", sa.String(300), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["society_id"], ["society.id"], name=op.f("fk_consent_recipient_society_id_society")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_recipient")),
    )
    op.create_index("ix_consent_recipient_society", "consent_recipient", ["society_id", "id"])
    op.create_table(
        "consent",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("purpose", sa.String(12), nullable=False),
        sa.Column("recipient_id", KEY, nullable=True),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("wording", sa.String(10), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(200), nullable=False),
        sa.Column("recorded_by", sa.String(80), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name=op.f("fk_consent_society_id_society")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["consent_recipient.id"], name=op.f("fk_consent_recipient_id_consent_recipient")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_person", "consent", ["society_id", "person_id", "purpose", "id"])


def downgrade() -> None:
    """What was agreed to is lost."""
    op.drop_table("consent")
    op.drop_table("consent_recipient")
