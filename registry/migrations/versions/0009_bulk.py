"""What was chosen of the roster, and the jobs done on it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_bulk"
down_revision = "0008_views"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Lay the tables."""
    _lay_choices()
    _lay_jobs()


def _lay_choices() -> None:
    op.create_table(
        "choice",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("branch_id", KEY, nullable=True),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("spell_ids", sa.JSON(), nullable=False),
        sa.Column("announced", sa.Integer(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_choice_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_choice"),
    )
    op.create_index("ix_choice_society", "choice", ["society_id", "account_id", "at"])


def _lay_jobs() -> None:
    op.create_table(
        "job",
        sa.Column("society_id", KEY, nullable=False),
        sa.Column("branch_id", KEY, nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("choice_id", KEY, nullable=True),
        sa.Column("act_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["society_id"], ["society.id"], name="fk_job_society_id_society"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
    )
    op.create_index("ix_job_society", "job", ["society_id", "id"])
