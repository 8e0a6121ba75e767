"""Applications to join: their steps, papers and recommendations, and what a society asks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from registry.core.db import Instant

revision = "0025_joining"
down_revision = "0024_confirmations"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """What was typed is sealed; the name alone stands in clear."""
    op.create_table(
        "joining_settings",
        sa.Column("society_id", KEY, autoincrement=False, nullable=False),
        sa.Column("tracks", sa.String(60), nullable=False),
        sa.Column("recommenders", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("society_id", name=op.f("pk_joining_settings")),
        _refers("joining_settings", "society_id", "society"),
    )
    _table(
        "application",
        sa.Column("track", sa.String(10), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("typed", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("stands", sa.String(12), nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("membership_id", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("application", "person_id", "person"),
        _refers("application", "membership_id", "membership"),
    )
    op.create_index("ix_application_society", "application", ["society_id", "stands", "id"])
    _of_application(
        "application_step",
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("number", sa.String(120), nullable=False),
        sa.Column("actor_name", sa.String(80), nullable=False),
        sa.Column("decision_id", KEY, nullable=True),
        _refers("application_step", "decision_id", "decision"),
    )
    op.create_index("ix_application_step", "application_step", ["society_id", "application_id"])
    _of_application(
        "application_paper",
        sa.Column("filename", sa.String(200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_application_paper", "application_paper", ["society_id", "application_id"])
    _of_application(
        "recommendation",
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("said_at", Instant(), nullable=True),
        _refers("recommendation", "person_id", "person"),
    )
    op.create_index("ix_recommendation_person", "recommendation", ["society_id", "person_id"])


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", KEY, nullable=False),
        sa.Column("society_id", KEY, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        _refers(name, "society_id", "society"),
    )


def _of_application(name: str, *parts: sa.schema.SchemaItem) -> None:
    key = sa.Column("application_id", KEY, nullable=False)
    _table(name, key, *parts, _refers(name, "application_id", "application"))


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def downgrade() -> None:
    """Whoever applied has to apply again."""
    for table in (
        "recommendation",
        "application_paper",
        "application_step",
        "application",
        "joining_settings",
    ):
        op.drop_table(table)
